// The spikes of every row, as handles.
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
