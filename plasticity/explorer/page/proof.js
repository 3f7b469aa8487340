// The proof: trains whose weights the exact engine computed when the page was written, computed again here.
const ENOUGH = 1e-12;

function proved() {
  return DATA.proof.flatMap(({ rule, trains, w0, expected }) =>
    [plasticity.rules[rule].bounds, FREE].map((bounds, k) => {
      const found = plasticity.rules[rule].run(trains, w0, {}, bounds).end;
      const off = Math.abs(found - expected[k]) / Math.max(1, Math.abs(expected[k]));
      return { rule, trains, unbounded: k > 0, expected: expected[k], found, off };
    }),
  );
}

function drawProof() {
  const all = (proofs ??= proved());
  const worst = Math.max(...all.map((one) => one.off));
  const n = new Set(all.map((one) => one.rule)).size;
  const holds = worst <= ENOUGH;
  const line = byId("proof");
  tell(line, say(holds ? "proof-holds" : "proof-fails", { n: apart(all.length), rules: apart(n), worst: apart(plain(worst, 2)) }));
  line.dataset.worst = worst;
  line.className = holds ? "" : "fault";
  const table = byId("proof-table");
  table.replaceChildren();
  const head = element("tr", {}, element("thead", {}, table));
  for (const name of ["rule", "spikes", "exact", "here", "difference"]) element("th", { scope: "col" }, head, say(`proof-${name}`));
  const body = element("tbody", {}, table);
  for (const one of all) {
    const row = element("tr", {}, body);
    element("th", { scope: "row", class: "name" }, row, one.rule + (one.unbounded ? ` (${say("free-short")})` : ""));
    const spikes = Object.values(one.trains).reduce((sum, times) => sum + times.length, 0);
    for (const text of [String(spikes), String(one.expected), String(one.found), plain(one.off, 2)]) number(row, text);
  }
}
let proofs = null;
