// Undo and redo: what was, as it would be kept.
const past = [], future = [];
const MOST_STEPS = 200;
let present = "";

// A step is done: what was before can be had back. Steps of one gesture, such as a slider's way, are one.
let gesture = "";
function remember(scenario, by = "") {
  const now = kept(scenario);
  if (now === present) return;
  if (!by || by !== gesture) {
    past.push(present);
    if (past.length > MOST_STEPS) past.shift();
  }
  gesture = by;
  present = now;
  future.length = 0;
  showHistory();
}

function begin(scenario) {
  present = kept(scenario);
  past.length = future.length = 0;
  showHistory();
}

function step(from, to) {
  if (!from.length) return null;
  to.push(present);
  present = from.pop();
  gesture = "";
  showHistory();
  return checkedScenario(present);
}

function showHistory() {
  byId("undo").disabled = !past.length;
  byId("redo").disabled = !future.length;
}
