// What comes out: the exported rules, asked about a scenario.
const FREE = [-Infinity, Infinity];

// The parameters of a scenario in SI: those that were set.
function valuesOf(scenario) {
  const found = {};
  for (const one of ruleOf(scenario).parameters) {
    found[one.name] = has(scenario.set, one.name) ? shifted(scenario.set[one.name], one.factor) : one.value;
  }
  return found;
}

// The times of every event in seconds, the pattern repeated; `leaves` says which spikes are in it.
function trainsOf(scenario, leaves) {
  const found = {};
  for (const [event, row] of Object.entries(scenario.spikes)) {
    const once = inOrder(row).filter(leaves).map((one) => seconds(one.ms));
    const every = seconds(scenario.every), all = [];
    for (let k = 0; k < scenario.repeat; k++) for (const t of once) all.push(k * every + t);
    found[event] = all;
  }
  return found;
}

// Why a scenario cannot be asked, in words; empty when it can.
function impossible(scenario) {
  const times = Object.values(scenario.spikes).flat().map((one) => one.ms);
  const length = times.length ? Math.max(...times) - Math.min(...times) : 0;
  if (scenario.repeat > 1 && length >= scenario.every) {
    return say("too-long", { length: apart(plain(length)), every: apart(plain(scenario.every)) });
  }
  if (scenario.repeat * times.length > 20000) return say("too-many");
  const [lower, upper] = boundsOf(scenario);
  if (!scenario.unbounded && !(scenario.w0 >= lower && scenario.w0 <= upper)) {
    return say("outside", { lower: apart(plain(lower)), upper: apart(plain(upper)) });
  }
  return "";
}

// The course of the weight, from the start to where it has come to rest.
function course(scenario, is_unbounded, leaves = () => true) {
  const rule = ruleOf(scenario), values = valuesOf(scenario);
  const ready = plasticity.rules[rule.key].ready(values, is_unbounded ? FREE : boundsOf(scenario));
  const [lower, upper] = boundsOf(scenario);
  const w0 = is_unbounded ? scenario.w0 : Math.min(Math.max(scenario.w0, lower), upper);
  const trains = trainsOf(scenario, leaves);
  const run = ready.run(trains, w0);
  let after = run.end, wait = 0;
  if (rule.settles.length && run.times.length) {
    // As `plasticity ask` reads it: what still moves after the last event has come to rest by then.
    wait = DATA.settled * Math.max(...rule.settles.map((name) => values[name]));
    after = ready.flow(lastState(run, rule), wait).w;
  }
  return { ready, run, trains, w0, after, wait };
}

const lastState = (run) => Object.fromEntries(Object.entries(run.state).map(([name, all]) => [name, all[all.length - 1]]));

// Everything that the page shows of a scenario.
function answered(scenario, absent) {
  const found = { fault: impossible(scenario) };
  if (found.fault) return found;
  try {
    found.unbounded = course(scenario, true);
    const [lower, upper] = boundsOf(scenario);
    const fits = scenario.w0 >= lower && scenario.w0 <= upper;
    found.bounded = fits ? course(scenario, false) : null;
    found.shown = scenario.unbounded ? found.unbounded : found.bounded;
    const away = Object.values(scenario.spikes).flat().some((one) => one.away);
    const gone = (one) => one.away || one.id === absent;
    if (away || absent !== null) found.without = course(scenario, scenario.unbounded, (one) => !gone(one));
    found.book = booked(scenario, found.shown);
  } catch (error) {
    found.fault = say("no-number", { reason: apart(String(error.message).slice(0, 200)) });
  }
  return found;
}

// The ledger, with the largest entries apart where there are many.
const MOST_PAIRS = 40000;
function booked(scenario, { ready, trains, w0 }) {
  const n = (trains.pre?.length ?? 0) * (trains.post?.length ?? 0);
  return n > MOST_PAIRS ? null : ready.ledger(trains, w0);
}

// The window: kept until what it is of changes.
const windows = new Map();
function windowOf(scenario) {
  const rule = ruleOf(scenario);
  const key = JSON.stringify([rule.key, scenario.set, scenario.w0, scenario.upper, scenario.unbounded]);
  if (!windows.has(key)) {
    if (windows.size > 20) windows.clear();
    windows.set(key, madeWindow(scenario, rule));
  }
  return windows.get(key);
}

const LAGS = Array.from({ length: 161 }, (_, k) => (k - 80) * 1.25e-3);
function madeWindow(scenario, rule) {
  try {
    const values = valuesOf(scenario);
    const once = (lag) => {
      const asked = { ...scenario, repeat: 1, spikes: pairAt(rule, lag) };
      const { after, w0 } = course(asked, scenario.unbounded);
      return after - w0;
    };
    return { lags: LAGS, changes: LAGS.map(once), values };
  } catch {
    return null;
  }
}

// One spike of each neuron, 100 ms after the beginning at the earliest; other events half a second later.
function pairAt(rule, lag) {
  const found = { pre: [spike(100 + Math.max(0, -lag * 1e3))], post: [spike(100 + Math.max(0, lag * 1e3))] };
  for (const event of plasticity.rules[rule.key].events) if (!has(found, event)) found[event] = [spike(700)];
  return found;
}
