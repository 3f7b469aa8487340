// The page as a whole: one scenario, drawn whole whenever it changes.
let state = null, result = {}, presetNow = "";

function drawAnswer(found) {
  byId("answer").classList.toggle("artificial", state.unbounded);
  const fault = byId("fault");
  fault.hidden = !found.fault;
  tell(fault, found.fault);
  const verdict = byId("verdict");
  if (found.fault || !found.shown) {
    for (const id of ["verdict", "beside", "what-if"]) tell(byId(id), "");
    delete verdict.dataset.after;
    return;
  }
  const { w0, after } = found.shown;
  const way = verdictOf(after - w0);
  verdict.className = `verdict ${way}`;
  verdict.dataset.after = after;
  tell(verdict, say(`verdict-${way}`, { change: apart(signed(after - w0)), from: apart(plain(w0)), to: apart(plain(after)), size: apart(plain(Math.abs(after - w0), 3)) }));
  tell(byId("beside"), besideText(found));
  tell(byId("what-if"), withoutText(found));
  byId("what-if").dataset.after = found.without ? found.without.after : "";
}

const verdictOf = (change) => (change > 0 ? "up" : change < 0 ? "down" : "same");

// The other reading of the weight, in a sentence.
function besideText(found) {
  const late = found.shown.wait ? ` ${say("settled", { seconds: apart(plain(found.shown.wait, 3)) })}` : "";
  if (!found.bounded) return say("beside-none") + late;
  const other = state.unbounded ? found.bounded : found.unbounded;
  const key = other.after === found.shown.after ? "beside-alike" : "beside";
  return say(`${key}-${state.unbounded ? "bounded" : "free"}`, { to: apart(plain(other.after)) }) + late;
}

function withoutText(found) {
  if (!found.without) return "";
  const names = awayNames(state), one = spikeOf(hovered);
  if (one && !one.away) names.push(`${rowOf(hovered)}:${inOrder(state.spikes[rowOf(hovered)]).indexOf(one) + 1}`);
  const told = names.slice(0, 4).map((name) => {
    const [event, place] = name.split(":");
    return `${nameOf(event)} ${apart(place)}`;
  });
  if (names.length > 4) told.push("\u2026");
  const by = found.shown.after - found.without.after;
  return say("without", { spikes: told.join(", "), to: apart(plain(found.without.after)), change: apart(signed(by)) });
}

// Everything, drawn from the scenario.
function redraw() {
  const absent = spikeOf(hovered) && dragged === null ? hovered : null;
  result = answered(state, absent);
  drawChoices();
  drawAdding();
  drawRaster();
  drawAnswer(result);
  drawNumbers();
  const is = !result.fault && Boolean(result.shown);
  for (const id of ["weight-plot", "trace-plot", "window-plot", "ledger-scroll"]) byId(id).hidden = !is;
  if (is) {
    drawLegend(result);
    drawWeight(result);
    drawTraces(result);
    drawWindow(result);
    drawLedger(result);
    lightRows();
  }
  drawKept();
}

// The scenario has changed: by one gesture, such as a drag, or by a step of its own.
function changed(by = "") {
  remember(state, by);
  const isOutside = Object.values(state.spikes).flat().some((one) => one.ms > view.to);
  if (dragged === null && (isOutside || !by.startsWith("move"))) fitView();
  redraw();
}

// A preset as it would be kept.
const presetTexts = new Map();
function presetText(id) {
  if (!presetTexts.has(id)) presetTexts.set(id, kept(checkedScenario(JSON.stringify(DATA.presets.find((one) => one.id === id).scenario))));
  return presetTexts.get(id);
}

// Another scenario in place of this one.
function take(scenario) {
  state = scenario;
  presetNow = "";
  chosen = hovered = null;
  changed();
}

function warn(text) {
  const fault = byId("fault");
  fault.hidden = false;
  tell(fault, text);
}

function travel(from, to) {
  const found = step(from, to);
  if (!found) return;
  state = found;
  presetNow = DATA.presets.find((one) => presetText(one.id) === present)?.id ?? presetNow;
  chosen = hovered = null;
  fitView();
  redraw();
}

function speak(one) {
  language = one;
  translate();
  drawProof();
  tell(byId("made"), say("made", { version: apart(DATA.version) }));
  byId("weight-legend").dataset.of = "";
  redraw();
}

// The first preset; or a few spikes under the rule that the page was written for.
function firstScenario() {
  const rule = byId("data").dataset.rule;
  if (!rule) {
    presetNow = DATA.presets[0].id;
    return checkedScenario(JSON.stringify(DATA.presets[0].scenario));
  }
  const spikes = Object.fromEntries(DATA.rules[rule].events.map((event) => [event, [60]]));
  return checkedScenario(JSON.stringify({ plasticity: 1, rule, spikes: { ...spikes, pre: [10, 30], post: [15, 35] } }));
}

// Pictures are as wide as their boxes, which are measured when they change and not at every drawing.
function watchWidths() {
  const watcher = new ResizeObserver((entries) => {
    const news = entries.filter(({ target, contentRect }) => contentRect.width && Math.abs(widths.get(target) - contentRect.width) >= 1);
    for (const { target, contentRect } of news) widths.set(target, contentRect.width);
    if (news.length) redraw();
  });
  for (const id of ["raster", "weight-plot", "trace-plot", "window-plot"]) watcher.observe(byId(id));
}

function start() {
  startChoices();
  startEditing();
  startAdding();
  startKeeping();
  startLedger();
  for (const one of ["en", "he"]) byId(`in-${one}`).addEventListener("click", () => speak(one));
  byId("undo").addEventListener("click", () => travel(past, future));
  byId("redo").addEventListener("click", () => travel(future, past));
  addEventListener("keydown", (key) => {
    if (!(key.ctrlKey || key.metaKey) || key.target.tagName === "INPUT") return;
    const name = key.key.toLowerCase();
    if (name === "z") key.shiftKey ? travel(future, past) : travel(past, future);
    else if (name === "y") travel(future, past);
    else return;
    key.preventDefault();
  });
  translate();
  state = fromLink() ?? firstScenario();
  begin(state);
  fitView();
  const refusal = byId("fault").textContent;
  speak(language);
  watchWidths();
  if (refusal) warn(refusal);
}

start();

// For tests and for the console of the browser: what is shown, and a spike moved as a drag moves it.
window.explorer = {
  kept: () => kept(state),
  show: (text) => take(checkedScenario(text)),
  weight: () => result.shown?.after,
  without: () => result.without?.after,
  // The weights at the last event of a scenario: between the bounds, and without them.
  ends: (text) => [false, true].map((free) => course(checkedScenario(text), free).run.end),
  nudge(k) {
    const one = state.spikes.pre[k % state.spikes.pre.length];
    dragged = one.id;
    move(one.id, one.ms + 0.1, "drag");
    dragged = null;
  },
};
