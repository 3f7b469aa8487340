// The spikes of every row, as handles: dragged, moved by keys, added, taken away, removed.
const ROW = 40, GAP = 6, TOP = 6;
let chosen = null; // the id of the spike that is edited
let hovered = null; // the id of the spike whose absence is shown
let view = { from: 0, to: 100 }; // ms
let dragged = null;

function fitView() {
  const times = Object.values(state.spikes).flat().map((one) => one.ms);
  const last = Math.max(40, ...times);
  view = { from: 0, to: last + Math.max(15, 0.12 * last) };
}

const rowOf = (id) => eventsOf(state).find((event) => state.spikes[event].some((one) => one.id === id));
const spikeOf = (id) => Object.values(state.spikes).flat().find((one) => one.id === id);
const nameOf = (event) => (SIDES.includes(event) ? say(event) : sayOr(event, event));

function timeScale(width) {
  return scale(view.from, view.to, LEFT, width - RIGHT);
}

function drawRaster() {
  const events = eventsOf(state);
  const height = TOP + events.length * (ROW + GAP) + 34;
  const { node, width } = canvas(byId("raster"), height);
  set(node, { role: "group", "aria-label": say("spikes") });
  const x = timeScale(width);
  const bottom = TOP + events.length * (ROW + GAP);
  axes(node, {
    x, y: () => 0, yTicks: [], box: { left: LEFT, right: width - RIGHT, top: TOP, bottom }, ...timeAxis(view.to, width),
  });
  const rows = layer(node, "rows");
  while (rows.children.length > events.length) rows.lastElementChild.remove();
  events.forEach((event, k) => drawRow(rows, event, k, x, width));
  showChosen();
}

function drawRow(rows, event, k, x, width) {
  const group = rows.children[k] ?? svg("g", { role: "group" }, rows);
  if (!group.children.length) {
    svg("rect", { class: "row", rx: 4 }, group).addEventListener("pointerdown", (press) => addAt(press, group.dataset.event));
    svg("text", { "text-anchor": "end", "aria-hidden": "true" }, group);
  }
  const top = TOP + k * (ROW + GAP);
  set(group, { "data-event": event, "aria-label": say("row", { name: nameOf(event) }) });
  set(group.children[0], { x: LEFT, y: top, width: width - RIGHT - LEFT, height: ROW });
  tell(set(group.children[1], { x: LEFT - 8, y: top + ROW / 2 + 4 }), sayOr(`${event}-short`, event));
  const wanted = inOrder(state.spikes[event]);
  const nodes = new Map([...group.children].slice(2).map((one) => [Number(one.dataset.id), one]));
  const name = nameOf(event);
  wanted.forEach((one, place) => {
    const mark = nodes.get(one.id) ?? newMark(group, one.id);
    nodes.delete(one.id);
    // in the order of time, so that Tab goes from left to right; the one that has the focus stays where it is
    if (group.children[place + 2] !== mark && mark !== document.activeElement) group.insertBefore(mark, group.children[place + 2] ?? null);
    drawMark(mark, one, { event, name, place, top }, x);
  });
  for (const gone of nodes.values()) gone.remove();
}

function newMark(group, id) {
  const mark = svg("g", { class: "spike", tabindex: 0, role: "slider", "aria-valuemin": 0, "aria-valuemax": LATEST, "data-id": id }, group);
  svg("rect", { class: "grip", x: -9, y: 1, width: 18, height: ROW - 2, rx: 3 }, mark);
  svg("path", { class: "line", d: `M0 14V${ROW - 3}` }, mark);
  svg("circle", { class: "head", cx: 0, cy: 10, r: 6 }, mark);
  mark.addEventListener("pointerdown", (press) => startDrag(press, id));
  mark.addEventListener("keydown", (key) => spikeKey(key, id));
  mark.addEventListener("focus", () => choose(id));
  mark.addEventListener("pointerenter", () => hover(id));
  mark.addEventListener("pointerleave", () => hover(null));
  return mark;
}

function drawMark(mark, one, { event, name, place, top }, x) {
  const away = one.away ? " away" : "", is = one.id === chosen ? " chosen-one" : "";
  const linked = links.has(`${event}:${place}`) ? " linked" : "";
  const key = `${away}${is}${linked} ${one.ms} ${f(x(one.ms))} ${top} ${place} ${name}`;
  if (drawn.get(mark) === key) return; // of 200 spikes, one moves
  drawn.set(mark, key);
  set(mark, {
    class: `spike${away}${is}${linked}`,
    transform: `translate(${f(x(one.ms))} ${top})`,
    "aria-valuenow": one.ms,
    "aria-valuetext": `${one.ms} ms${one.away ? `, ${say("is-away")}` : ""}`,
    "aria-label": `${name} ${place + 1}`,
  });
}

const drawn = new WeakMap();

// The part of a picture that a press fell on, in ms.
function msAt(press) {
  const box = byId("raster").firstElementChild.getBoundingClientRect();
  const x = timeScale(box.width);
  const ms = view.from + ((press.clientX - box.left - x(view.from)) / (x(view.to) - x(view.from))) * (view.to - view.from);
  return rounded(Math.max(0, ms), view.to - view.from > 2000 ? 0 : 1);
}

function addAt(press, event) {
  if (press.button) return;
  press.preventDefault();
  add(event, msAt(press));
}

function add(event, ms) {
  if (!Number.isFinite(ms) || ms < 0 || ms > LATEST) return warn(say("refused-number", { name: nameOf(event) }));
  if (state.spikes[event].length >= MOST_SPIKES) return warn(say("refused-spikes", { name: nameOf(event) }));
  const one = spike(freeTime(event, ms));
  state.spikes[event].push(one);
  chosen = one.id;
  changed();
  byId("raster").querySelector(`[data-id="${one.id}"]`)?.focus();
}

// The nearest time at which no other spike of the row falls.
function freeTime(event, ms, but = null) {
  const taken = (at) => state.spikes[event].some((one) => one.id !== but && Math.abs(one.ms - at) < 0.01);
  let at = rounded(Math.min(Math.max(0, ms), LATEST), 6);
  while (taken(at)) at = rounded(at + 0.1, 6);
  return at;
}

function move(id, ms, by = `move ${id}`) {
  const one = spikeOf(id);
  if (!one || !Number.isFinite(ms)) return;
  one.ms = freeTime(rowOf(id), ms, id);
  changed(by);
}

function startDrag(press, id) {
  if (press.button) return;
  press.preventDefault();
  press.stopPropagation();
  const mark = press.currentTarget;
  mark.focus({ preventScroll: true });
  mark.setPointerCapture(press.pointerId);
  const offset = msAt(press) - spikeOf(id).ms, by = `drag ${id} ${press.timeStamp}`;
  dragged = id;
  const along = (now) => move(id, rounded(msAt(now) - offset, 1), by);
  const end = () => {
    dragged = null;
    mark.removeEventListener("pointermove", along);
    fitView();
    redraw();
  };
  mark.addEventListener("pointermove", along);
  mark.addEventListener("lostpointercapture", end, { once: true });
}

function spikeKey(key, id) {
  if (key.ctrlKey || key.metaKey || key.altKey) return;
  const by = key.shiftKey ? 0.1 : 1, one = spikeOf(id);
  const steps = { ArrowLeft: -by, ArrowDown: -by, ArrowRight: by, ArrowUp: by, PageDown: -10, PageUp: 10 };
  if (key.key in steps) move(id, rounded(one.ms + steps[key.key], 6));
  else if (key.key === "Home") move(id, 0);
  else if (key.key === "Delete" || key.key === "Backspace") remove(id);
  else if (key.key === "Enter" || key.key === "+") add(rowOf(id), rounded(one.ms + 5, 6));
  else if (key.key === "t" || key.key === "T" || key.key === " ") takeOne(id);
  else return;
  key.preventDefault();
}

function remove(id) {
  const event = rowOf(id);
  if (!event) return;
  const place = inOrder(state.spikes[event]).findIndex((one) => one.id === id);
  state.spikes[event] = state.spikes[event].filter((one) => one.id !== id);
  const left = inOrder(state.spikes[event]);
  const next = left[Math.min(place, left.length - 1)] ?? Object.values(state.spikes).flat()[0];
  chosen = next?.id ?? null;
  hovered = null;
  changed();
  (next ? byId("raster").querySelector(`[data-id="${next.id}"]`) : byId("add")).focus();
}

function takeOne(id) {
  const one = spikeOf(id);
  if (!one) return;
  one.away = !one.away;
  changed();
}

function choose(id) {
  if (chosen === id) return;
  chosen = hovered = id;
  redraw();
}

function hover(id) {
  if (dragged !== null || hovered === id) return;
  hovered = id;
  redraw();
}

// The line below the rows, about the spike that is chosen.
function showChosen() {
  const one = spikeOf(chosen), is = Boolean(one);
  for (const name of ["chosen-time", "earlier", "later", "take-away", "remove"]) byId(name).disabled = !is;
  const event = is && rowOf(chosen);
  tell(byId("chosen-name"), is ? `${nameOf(event)} ${inOrder(state.spikes[event]).indexOf(one) + 1}` : say("none-chosen"));
  const field = byId("chosen-time");
  if (document.activeElement !== field) field.value = is ? one.ms : "";
  byId("take-away").setAttribute("aria-pressed", String(Boolean(one?.away)));
  byId("give-back").disabled = !Object.values(state.spikes).flat().some((any) => any.away);
}

function startEditing() {
  byId("chosen-time").addEventListener("change", (change) => {
    const ms = Number(change.target.value);
    if (change.target.value === "" || !(ms >= 0 && ms <= LATEST)) return warn(say("refused-number", { name: say("time") }));
    move(chosen, ms, "");
    fitView();
    redraw();
  });
  byId("earlier").addEventListener("click", () => move(chosen, rounded(spikeOf(chosen).ms - 1, 6)));
  byId("later").addEventListener("click", () => move(chosen, rounded(spikeOf(chosen).ms + 1, 6)));
  byId("take-away").addEventListener("click", () => takeOne(chosen));
  byId("remove").addEventListener("click", () => remove(chosen));
  byId("swap").addEventListener("click", () => {
    [state.spikes.pre, state.spikes.post] = [state.spikes.post, state.spikes.pre];
    changed();
  });
  byId("give-back").addEventListener("click", () => {
    for (const one of Object.values(state.spikes).flat()) one.away = false;
    changed();
  });
  byId("clear").addEventListener("click", () => {
    for (const event of eventsOf(state)) state.spikes[event] = [];
    chosen = hovered = null;
    changed();
  });
}

// The rows that a spike can be added to.
function drawAdding() {
  options(byId("add-row"), eventsOf(state).map((event) => ({ value: event, text: sayOr(`${event}-short`, event) })), byId("add-row").value || "pre");
  if (!byId("add-row").value) byId("add-row").value = "pre";
}

function startAdding() {
  const field = byId("add-time");
  byId("adding").addEventListener("submit", (submit) => {
    submit.preventDefault();
    if (field.value === "") return warn(say("refused-number", { name: say("time") }));
    add(byId("add-row").value, Number(field.value));
    field.value = rounded(Number(field.value) + 20, 6);
  });
}
