// A scenario: what is asked. As the page holds it, as it is kept in a link or a file, and as a line of the shell.
const SIDES = ["pre", "post"];
const MOST_SPIKES = 400, MOST_TEXT = 60000, LATEST = 1e5, MOST_REPEATS = 1000;
let lastId = 0;

const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
const spike = (ms, away = false) => ({ id: ++lastId, ms, away });
const inOrder = (row) => [...row].sort((a, b) => a.ms - b.ms);
const ruleOf = (scenario) => DATA.rules[scenario.rule].variants[scenario.variant];
// The bounds of the weight: the rule's, or up to the upper one that was set.
const boundsOf = (scenario) => [ruleOf(scenario).bounds[0], scenario.upper ?? ruleOf(scenario).bounds[1]];
const eventsOf = (scenario) => DATA.rules[scenario.rule].events;

class Refused extends Error {}

function refuse(key, places) {
  throw new Refused(say(key, places));
}

// What a file or link says, checked: it may come from anybody.
function checkedScenario(text) {
  if (text.length > MOST_TEXT) refuse("refused-long");
  let kept;
  try {
    kept = JSON.parse(text);
  } catch {
    refuse("refused-json");
  }
  if (kept === null || typeof kept !== "object" || Array.isArray(kept)) refuse("refused-json");
  const known = ["plasticity", "rule", "variant", "set", "spikes", "away", "w0", "upper", "unbounded", "repeat", "every"];
  for (const key of Object.keys(kept)) if (!known.includes(key)) refuse("refused-key", { key: apart(quoted(key)) });
  if (kept.plasticity !== 1) refuse("refused-kind");
  if (typeof kept.rule !== "string" || !has(DATA.rules, kept.rule)) refuse("refused-rule", { name: apart(quoted(kept.rule)) });
  const variant = kept.variant ?? "";
  const variants = DATA.rules[kept.rule].variants;
  if (typeof variant !== "string" || !has(variants, variant)) refuse("refused-variant", { name: apart(quoted(variant)) });
  const rule = variants[variant];
  const scenario = {
    rule: kept.rule,
    variant,
    set: checkedSettings(rule, kept.set ?? {}),
    spikes: checkedSpikes(kept.rule, kept.spikes ?? {}),
    w0: checkedNumber(kept.w0 ?? rule.start, "w0", -1e6, 1e6),
    upper: kept.upper === undefined ? null : checkedNumber(kept.upper, "w_max", Math.max(rule.bounds[0], 0) + 1e-6, 1e6),
    unbounded: kept.unbounded ?? false,
    repeat: checkedNumber(kept.repeat ?? 1, "repeat", 1, MOST_REPEATS),
    every: checkedNumber(kept.every ?? 1000, "every", 0.001, LATEST),
  };
  if (typeof scenario.unbounded !== "boolean") refuse("refused-number", { name: apart("unbounded") });
  if (!Number.isInteger(scenario.repeat)) refuse("refused-number", { name: apart("repeat") });
  takeAway(scenario, kept.away ?? []);
  return scenario;
}

const quoted = (value) => `"${String(value).slice(0, 40).replace(/[^\x20-\x7e\u0590-\u05ff]/g, "?")}"`;

function checkedNumber(value, name, least, most) {
  if (typeof value !== "number" || !(value >= least && value <= most)) refuse("refused-number", { name: apart(name) });
  return value;
}

function checkedSettings(rule, set) {
  if (set === null || typeof set !== "object" || Array.isArray(set)) refuse("refused-json");
  const found = {};
  for (const [name, value] of Object.entries(set)) {
    const parameter = rule.parameters.find((one) => one.name === name);
    if (!parameter) refuse("refused-parameter", { name: apart(quoted(name)) });
    checkedNumber(value, name, -Number.MAX_VALUE, Number.MAX_VALUE);
    if (!isAllowed(parameter, value)) refuse("refused-number", { name: apart(name) });
    found[name] = value;
  }
  return found;
}

const isAllowed = (parameter, shown) => {
  const value = shifted(shown, parameter.factor);
  return Number.isFinite(value) && value >= parameter.least && value <= parameter.most;
};

function checkedSpikes(rule, spikes) {
  if (spikes === null || typeof spikes !== "object" || Array.isArray(spikes)) refuse("refused-json");
  const found = {};
  const heard = DATA.rules[rule].events;
  for (const event of Object.keys(spikes)) if (!heard.includes(event)) refuse("refused-event", { name: apart(quoted(event)) });
  for (const event of heard) {
    const row = spikes[event] ?? [];
    if (!Array.isArray(row) || row.length > MOST_SPIKES) refuse("refused-spikes", { name: apart(event) });
    for (const ms of row) checkedNumber(ms, event, 0, LATEST);
    const times = [...row].sort((a, b) => a - b);
    if (times.some((ms, k) => k && ms - times[k - 1] < 0.001)) refuse("refused-together", { name: apart(event) });
    found[event] = times.map((ms) => spike(ms));
  }
  return found;
}

function takeAway(scenario, away) {
  if (!Array.isArray(away)) refuse("refused-json");
  for (const name of away) {
    const [, event, place] = /^(\w+):(\d{1,4})$/.exec(String(name)) ?? [];
    const one = event && has(scenario.spikes, event) ? scenario.spikes[event][Number(place) - 1] : undefined;
    if (!one) refuse("refused-away", { name: apart(quoted(name)) });
    one.away = true;
  }
}

// The names of the spikes that are taken away, such as "pre:2".
const awayNames = (scenario) =>
  Object.entries(scenario.spikes).flatMap(([event, row]) =>
    inOrder(row).flatMap((one, k) => (one.away ? [`${event}:${k + 1}`] : [])));

const timesOf = (row) => inOrder(row).map((one) => one.ms);

// As it is kept: only what is not as always.
function kept(scenario) {
  const rule = ruleOf(scenario), away = awayNames(scenario);
  const spikes = Object.fromEntries(Object.entries(scenario.spikes).map(([event, row]) => [event, timesOf(row)]));
  return JSON.stringify({
    plasticity: 1,
    rule: scenario.rule,
    ...(scenario.variant && { variant: scenario.variant }),
    ...(Object.keys(scenario.set).length && { set: scenario.set }),
    spikes,
    ...(away.length && { away }),
    ...(scenario.w0 !== rule.start && { w0: scenario.w0 }),
    ...(scenario.upper !== null && { upper: scenario.upper }),
    ...(scenario.unbounded && { unbounded: true }),
    ...(scenario.repeat > 1 && { repeat: scenario.repeat, every: scenario.every }),
  });
}

// The line of the shell that repeats it.
function askLine(scenario) {
  const rule = ruleOf(scenario);
  const words = ["plasticity ask", `--rule ${scenario.rule}`];
  if (scenario.variant) words.push(`--variant ${scenario.variant}`);
  for (const one of rule.parameters) {
    if (has(scenario.set, one.name)) {
      const unit = one.unit === "1" ? "" : one.unit;
      words.push(`--set ${inShell(`${one.name}=${scenario.set[one.name]}${unit}`)}`);
    }
  }
  for (const event of eventsOf(scenario)) {
    const times = timesOf(scenario.spikes[event]).join(",");
    if (SIDES.includes(event)) words.push(`--${event} ${times || "''"}`);
    else if (times) words.push(`--event ${event}=${times}`);
  }
  words.push(`--w0=${scenario.w0}`);
  if (scenario.upper !== null && !scenario.unbounded) words.push(`--w-max ${scenario.upper}`);
  if (scenario.unbounded) words.push("--unbounded");
  if (scenario.repeat > 1) words.push(`--repeat ${scenario.repeat} --every ${scenario.every}ms`);
  for (const name of awayNames(scenario)) words.push(`--without ${name}`);
  return words.join(" ");
}

const inShell = (text) => (/^[\w=.+,:/-]+$/.test(text) ? text : `'${text}'`);
