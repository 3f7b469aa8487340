// What hands do to spikes: drag, move by keys, add, take away, remove, swap.
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
