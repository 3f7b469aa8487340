// What the page was written with: words, presets, weights of the exact engine, and the rules with what they say.
const DATA = JSON.parse(document.getElementById("data").textContent);

for (const { variants } of Object.values(DATA.rules)) {
  for (const one of Object.values(variants)) {
    const { parameters, bounds, start, weight_unit, summary } = plasticity.rules[one.key];
    Object.assign(one, { parameters, bounds, start, weight_unit, summary });
  }
}
