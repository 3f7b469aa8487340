// Choices and sliders: the rule, its parameters, the start weight, the bounds, repetitions, presets.
function drawChoices() {
  byId("again").disabled = !presetNow || kept(state) === presetText(presetNow);
  const key = [language, state.rule, state.variant, presetNow].join(" ");
  if (byId("preset").dataset.key === key) return;
  byId("preset").dataset.key = key;
  options(byId("rule"), Object.entries(DATA.rules).map(([name, one]) => ({ value: name, text: sayOr(`names-${name}`, name), group: sayOr(`families-${one.family}`, one.family) })), state.rule);
  const variants = Object.keys(DATA.rules[state.rule].variants);
  options(byId("variant"), variants.map((name) => ({ value: name, text: say(`variant-${name || "own"}`) })), state.variant);
  const presets = DATA.presets.map((one) => ({ value: one.id, text: say(`preset-${one.id}`), group: say(`group-${one.group}`) }));
  options(byId("preset"), [{ value: "", text: say("preset-none") }, ...presets], presetNow);
  const note = byId("preset-note");
  note.hidden = !presetNow;
  tell(note, presetNow ? say(`note-${presetNow}`) : "");
  const rule = ruleOf(state);
  tell(byId("rule-summary"), sayOr(`summaries-${state.rule}`, rule.summary));
  tell(byId("rule-reference"), rule.reference);
  tell(byId("source"), sourceOf(rule.key));
}

// What the page runs of a rule, as it was exported.
function sourceOf(name) {
  const script = document.scripts[document.scripts.length - 1].textContent;
  const start = script.indexOf(`plasticity.add({\n\tname: ${JSON.stringify(name)}`);
  return script.slice(start, script.indexOf("\n});", start) + 4);
}

function options(select, wanted, value) {
  const key = JSON.stringify([language, wanted]);
  if (select.dataset.of !== key) {
    select.dataset.of = key;
    select.replaceChildren();
    const groups = new Map();
    for (const { value, text, group } of wanted) {
      if (group && !groups.has(group)) groups.set(group, element("optgroup", { label: group }, select));
      element("option", { value }, group ? groups.get(group) : select, text);
    }
  }
  select.value = value;
}

function startChoices() {
  byId("preset").addEventListener("change", (change) => {
    const found = DATA.presets.find((one) => one.id === change.target.value);
    if (found) choosePreset(found);
  });
  byId("again").addEventListener("click", () => choosePreset(DATA.presets.find((one) => one.id === presetNow)));
  byId("rule").addEventListener("change", (change) => changeRule(change.target.value, ""));
  byId("variant").addEventListener("change", (change) => changeRule(state.rule, change.target.value));
  byId("reset").addEventListener("click", () => {
    state.set = {};
    state.upper = null;
    changed();
  });
}

function choosePreset(preset) {
  state = checkedScenario(JSON.stringify(preset.scenario));
  presetNow = preset.id;
  chosen = hovered = null;
  fitView();
  changed();
}

// Another rule, about the same spikes: what both have stays.
function changeRule(name, variant) {
  const before = ruleOf(state), wasStart = state.w0 === before.start;
  state.rule = name;
  state.variant = variant;
  const rule = ruleOf(state), names = rule.parameters.map((one) => one.name);
  state.upper = null;
  state.set = variant || before.key.includes(name) ? Object.fromEntries(Object.entries(state.set).filter(([key]) => names.includes(key))) : {};
  if (wasStart) state.w0 = rule.start;
  const spikes = {};
  for (const event of eventsOf(state)) spikes[event] = state.spikes[event] ?? (SIDES.includes(event) ? [] : [spike(freshTime())]);
  state.spikes = spikes;
  fitView();
  changed();
}

// When an event that a rule newly hears comes at first: after the last spike.
const freshTime = () => Math.max(0, ...Object.values(state.spikes).flat().map((one) => one.ms)) + 20;

function drawNumbers() {
  const rule = ruleOf(state);
  const settings = [
    { id: "w0", label: say("w0"), value: state.w0, unit: rule.weight_unit, ...weightRange(rule) },
    { id: "upper", label: say("upper"), value: state.upper ?? rule.bounds[1], unit: rule.weight_unit, low: 0.01, high: 2, step: 0.01, least: 1e-6, most: 1e6 },
    { id: "repeat", label: say("repeat"), value: state.repeat, unit: "×", low: 1, high: 200, step: 1, least: 1, most: MOST_REPEATS },
    { id: "every", label: say("every"), value: state.every, unit: "ms", low: 10, high: 2000, step: 10, least: 0.001, most: LATEST },
  ];
  sliders(byId("settings"), settings, changeSetting, true);
  sliders(byId("parameters"), rule.parameters.filter((one) => !rule.idle.includes(one.name)).map(asSlider), changeParameter, false);
  byId("reset").disabled = !Object.keys(state.set).length && state.upper === null;
}

function weightRange(rule) {
  const [lower, upper] = boundsOf(state);
  const low = Number.isFinite(lower) && !state.unbounded ? lower : -1, high = Number.isFinite(upper) && !state.unbounded ? upper : 2;
  return { low, high: Math.max(high, low + 1e-3), step: 0.01, least: -1e6, most: 1e6 };
}

function asSlider(parameter) {
  const shown = Number((parameter.value / parameter.factor).toPrecision(12));
  const ends = [parameter.least, parameter.most].map((end) => Number((end / parameter.factor).toPrecision(12)));
  const reach = shown ? 4 * Math.abs(shown) : 1;
  const low = Math.max(ends[0], shown < 0 ? -reach : 0), high = Math.min(ends[1], shown < 0 ? 0 : reach);
  const step = 10 ** Math.floor(Math.log10((high - low) / 100));
  return {
    id: `p-${parameter.name}`, name: parameter.name, value: state.set[parameter.name] ?? shown, unit: parameter.unit === "1" ? "" : parameter.unit,
    label: meaningOf(parameter), low, high, step, least: ends[0], most: ends[1], standard: shown, parameter,
  };
}

const meaningOf = (parameter) => sayOr(`meanings-${parameter.meaning}`, parameter.meaning);

// A label, a slider and a field for each; made anew when there are others.
function sliders(box, wanted, change, hasChoice) {
  const key = JSON.stringify([language, state.rule, state.variant, wanted.map((one) => [one.id, one.label])]);
  if (box.dataset.of !== key) {
    box.dataset.of = key;
    box.replaceChildren();
    for (const one of wanted) makeSlider(box, one, change);
    if (hasChoice) makeUnboundedChoice(box);
  }
  for (const one of wanted) {
    const [range, field] = [byId(`${one.id}-range`), byId(one.id)];
    set(range, { min: one.low, max: one.high, step: one.step, "aria-valuetext": `${one.value} ${one.unit}` });
    range.value = Math.min(one.value, one.high);
    if (document.activeElement !== field) field.value = Number.isFinite(one.value) ? one.value : "";
  }
  if (hasChoice) byId("unbounded").checked = state.unbounded;
}

function makeSlider(box, one, change) {
  const part = element("div", { class: "slider" }, box);
  const label = element("label", { for: one.id, id: `${one.id}-label` }, part);
  if (one.name) {
    element("span", { class: "name" }, label, one.name);
    label.append(one.label ? ` ${one.label}` : "");
  } else label.append(one.label);
  const range = element("input", { type: "range", id: `${one.id}-range`, "aria-labelledby": `${one.id}-label` }, part);
  const span = element("span", { class: "number" }, part);
  const field = element("input", { type: "number", id: one.id, step: "any" }, span);
  element("span", { class: "unit" }, span, one.unit);
  range.addEventListener("input", () => change(one, Number(Number(range.value).toPrecision(6)), `slide ${one.id}`));
  field.addEventListener("change", () => {
    const value = Number(field.value);
    const right = field.value !== "" && Number.isFinite(value) && value >= one.least && value <= one.most;
    if (!right || (one.parameter && !isAllowed(one.parameter, value)) || (one.id === "repeat" && !Number.isInteger(value))) {
      field.setAttribute("aria-invalid", "true");
      return warn(say("refused-number", { name: apart(one.name ?? one.label) }));
    }
    field.removeAttribute("aria-invalid");
    change(one, value, "");
  });
}

function makeUnboundedChoice(box) {
  const part = element("div", { class: "slider check" }, box);
  const field = element("input", { type: "checkbox", id: "unbounded" }, part);
  element("label", { for: "unbounded" }, part, say("unbounded"));
  field.addEventListener("change", () => {
    state.unbounded = field.checked;
    changed();
  });
}

function changeSetting(one, value, by) {
  state[one.id] = one.id === "upper" && value === ruleOf(state).bounds[1] ? null : value;
  changed(by);
}

function changeParameter(one, value, by) {
  if (value === one.standard) delete state.set[one.name];
  else state.set[one.name] = value;
  changed(by);
}
