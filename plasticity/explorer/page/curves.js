// The weight, clamped beside unbounded, and the traces, all over time.
const WEIGHT_HEIGHT = 190, STRIP = 50, SAMPLES = 120;

// When the curves are looked at, in seconds: the events, and a grid between them.
const AFTER = [3, 6, 12, 25, 50].map(seconds); // what flows after an event is over within a coarse step
function looked(run, to, step) {
  const all = [];
  for (let t = 0; t < to; t += step) all.push(t);
  all.push(to);
  const events = [...run.times].filter((t) => t <= to);
  if (step > 0.04) for (const t of events) for (const after of AFTER) if (t + after < to) all.push(t + after);
  return Float64Array.from([...all, ...events]).sort();
}

// All variables of a course up to `end` ms, looked at once for both pictures.
function sampled(one, end) {
  if (one.sampledTo !== end) {
    const times = looked(one.run, end / 1e3, end / 1e3 / SAMPLES);
    Object.assign(one, { sampledTo: end, times, before: one.ready.at(one.run, times) });
  }
  return one;
}

// The end of the time axis of the weight, in ms: of all repetitions.
const wholeEnd = (scenario) => (scenario.repeat > 1 ? (scenario.repeat - 1) * scenario.every + view.to : view.to);

// A course as a path: the weight flows between events and jumps at them.
function weightPath(one, flows, x, y, end) {
  const { run, w0 } = one;
  const xs = [x(view.from)], ys = [y(w0)];
  const add = (t, w) => {
    xs.push(x(t * 1e3));
    ys.push(y(w));
  };
  if (!flows) {
    for (let k = 0; k < run.times.length; k++) {
      add(run.times[k], run.before[k]);
      add(run.times[k], run.weights[k]);
    }
    add(end / 1e3, run.end);
    return curve(xs, ys);
  }
  const { times, before } = sampled(one, end), w = before.w;
  let k = 0;
  times.forEach((t, place) => {
    add(t, w[place]);
    for (; k < run.times.length && run.times[k] <= t; k++) add(run.times[k], run.weights[k]);
  });
  return curve(xs, ys);
}

const isSame = (one, other) =>
  one.w0 === other.w0 && one.after === other.after && one.run.weights.every((w, k) => w === other.run.weights[k]);

function extent(courses) {
  let low = Infinity, high = -Infinity;
  for (const { run, w0, after } of courses) {
    for (const w of [w0, after, ...run.weights]) {
      if (w < low) low = w;
      if (w > high) high = w;
    }
  }
  const room = Math.max((high - low) * 0.12, Math.abs(high) * 1e-3, 1e-6);
  return [low - room, high + room];
}

function drawWeight(found) {
  const { node, width, height } = canvas(byId("weight-plot"), WEIGHT_HEIGHT);
  const end = wholeEnd(state), rule = ruleOf(state);
  const courses = [found.bounded, found.unbounded, found.without].filter(Boolean);
  const [low, high] = extent(courses);
  const box = { left: LEFT, right: width - RIGHT, top: 8, bottom: height - 36 };
  const x = scale(0, end, box.left, box.right), y = scale(low, high, box.bottom, box.top);
  axes(node, {
    x, y, box, yTicks: ticks(low, high, 5), ...timeAxis(end, width),
  });
  const bounds = boundsOf(state).filter((w) => w > low && w < high);
  filled(layer(node, "bounds"), "path", bounds.map((w) => ({ class: "bound", d: `M${box.left} ${f(y(w))}H${box.right}` })));
  const paths = [];
  const path = (name, one) => one && paths.push({ class: name, d: weightPath(one, rule.flows, x, y, end) });
  path("biological", found.bounded);
  // what meets no bound is drawn once, and dashed on itself
  if (found.bounded && isSame(found.bounded, found.unbounded)) paths.push({ ...paths[0], class: "artificial-line" });
  else path("artificial-line", found.unbounded);
  path("ghost", found.without);
  filled(layer(node, "courses"), "path", paths);
  set(node, { "aria-label": say("weight-picture", { answer: byId("verdict").textContent }) });
  tell(byId("weight-note"), say(state.repeat > 1 ? "all-repeats" : "one-pattern", { n: apart(state.repeat) }));
}

function drawLegend(found) {
  const items = [["biological", "bounded"], ["artificial-line", "free"], ["ghost", "without"]];
  const list = byId("weight-legend");
  const shown = items.filter(([, name]) => name !== "bounded" || found.bounded);
  const key = `${language} ${shown}`;
  if (list.dataset.of === key) return;
  list.dataset.of = key;
  list.replaceChildren();
  for (const [look, name] of shown) {
    const item = element("li", {}, list);
    const sample = svg("svg", { viewBox: "0 0 36 10", "aria-hidden": "true" }, item);
    svg("path", { class: look, d: "M0 5H36" }, sample);
    item.append(say(`line-${name}`));
  }
}

// Every variable but the weight, a strip each.
function drawTraces(found) {
  const rule = ruleOf(state), names = rule.variables;
  byId("trace-plot").hidden = !names.length;
  tell(byId("trace-note"), say(names.length ? (state.repeat > 1 ? "first-pattern" : "traces-note") : "no-traces"));
  if (!names.length) return;
  const { node, width } = canvas(byId("trace-plot"), names.length * STRIP + 42);
  const { run, times, before } = sampled(found.shown, view.to), x = timeScale(width);
  set(node, { "aria-label": say("trace-picture", { names: names.map((one) => one.name).join(", ") }) });
  const box = { left: LEFT, right: width - RIGHT, top: 4, bottom: names.length * STRIP + 4 };
  axes(node, { x, y: () => 0, box, yTicks: [], ...timeAxis(view.to, width) });
  const strips = names.map((one, k) => strip(one, run, times, before[one.name], x, 4 + k * STRIP));
  filled(layer(node, "areas"), "path", strips.map((one) => ({ class: "area", d: one.area })));
  filled(layer(node, "lines"), "path", strips.map((one) => ({ class: "trace", d: one.line })));
  filled(layer(node, "names"), "text", strips.flatMap((one) => one.texts));
  filled(layer(node, "floors"), "path", strips.map((one) => ({ class: "axis", d: `M${box.left} ${f(one.floor)}H${box.right}` })));
}

function strip(variable, run, times, before, x, top) {
  const after = run.state[variable.name], xs = [], ys = [];
  let k = 0;
  while (k < run.times.length && run.times[k] < times[0]) k++;
  for (let place = 0; place < times.length; place++) {
    xs.push(times[place]);
    ys.push(before[place]);
    for (; k < run.times.length && run.times[k] <= times[place]; k++) {
      xs.push(run.times[k]);
      ys.push(after[k]);
    }
  }
  const low = Math.min(0, ...ys), high = Math.max(0, ...ys);
  const y = scale(low, high || 1, top + STRIP - 6, top + 16);
  const line = curve(xs.map((t) => x(t * 1e3)), ys.map(y));
  const area = xs.length ? `${line}L${f(x(xs[xs.length - 1] * 1e3))} ${f(y(0))}L${f(x(xs[0] * 1e3))} ${f(y(0))}Z` : "";
  const unit = variable.unit === "1" ? "" : ` (${variable.unit})`;
  const factor = variable.factor;
  return {
    line, area, floor: y(0),
    texts: [
      { x: LEFT + 6, y: top + 12, "text-anchor": "start", class: "", text: `${variable.name}${unit}` },
      { x: LEFT - 6, y: f(y(high) + 8), "text-anchor": "end", class: "tick", text: high > low ? plain((high > -low ? high : low) / factor, 2) : "" },
      { x: LEFT - 6, y: f(y(0) + 3), "text-anchor": "end", class: "tick", text: "0" },
    ],
  };
}
