// The ledger: which pair of spikes did what. Rows, spikes and points of the window light up together.
const MOST_ROWS = 50;
const PAIR_HEADS = ["pre-at", "post-at", "lag", "change", "taken"], INSTANT_HEADS = ["event-at", "change", "taken"];
let links = new Set(); // what is lit: "pre:0" a spike by its place, "entry:3" a row

function drawLedger(found) {
  const book = found.book, pairs = book?.by === "pairs";
  byId("ledger-scroll").hidden = !book;
  tell(byId("ledger-note"), book ? say(pairs ? "ledger-pairs" : "ledger-instants") : say("ledger-none"));
  if (!book) return;
  const heads = pairs ? PAIR_HEADS : INSTANT_HEADS;
  const [head, body, foot] = ledgerParts(heads);
  const n = Math.min(book.dw.length, MOST_ROWS);
  while (body.children.length > n) body.lastElementChild.remove();
  for (let k = 0; k < n; k++) ledgerRow(body, book, k, pairs, heads.length);
  const rest = book.dw.length > n;
  foot.children[0].hidden = !rest;
  if (rest) summary(foot.children[0], say("more", { n: apart(book.dw.length - n) }), total(book.dw, n), total(book.clipped, n));
  summary(foot.children[1], say("sum"), total(book.dw, 0), total(book.clipped, 0));
}

// Head, body and foot of the table, made anew for other columns or another language.
function ledgerParts(heads) {
  const table = byId("ledger"), key = `${language} ${heads}`;
  if (table.dataset.of !== key) {
    table.dataset.of = key;
    table.replaceChildren();
    const head = element("tr", {}, element("thead", {}, table));
    for (const name of heads) element("th", { scope: "col" }, head, say(`head-${name}`));
    element("tbody", {}, table);
    const foot = element("tfoot", {}, table);
    for (let k = 0; k < 2; k++) {
      const row = element("tr", {}, foot);
      element("th", { scope: "row", colspan: heads.length - 2 }, row);
      for (let place = 0; place < 2; place++) element("bdi", {}, element("td", {}, row));
    }
  }
  return table.children;
}

function total(values, from) {
  let sum = 0;
  for (let k = from; k < values.length; k++) sum += values[k];
  return sum;
}

function summary(row, text, dw, clipped) {
  tell(row.children[0], text);
  tell(row.children[1].firstChild, signed(dw));
  tell(row.children[2].firstChild, signed(clipped));
}

const number = (row, text) => element("bdi", {}, element("td", {}, row), text);
const inMs = (t) => (Number.isNaN(t) ? "" : plain(rounded(t * 1e3, 6)));

function ledgerRow(body, book, k, pairs, columns) {
  const texts = pairs ? pairCells(book, k) : [instantName(book, k)];
  const row = body.children[k] ?? emptyRow(body, columns);
  [...texts, signed(book.dw[k]), signed(book.clipped[k])].forEach((text, place) => tell(row.children[place].firstChild, text));
  const look = verdictOf(book.dw[k]), cell = row.children[columns - 2];
  if (cell.className !== look) cell.className = look;
}

function emptyRow(body, columns) {
  const row = element("tr", { "data-entry": body.children.length }, body);
  for (let place = 0; place < columns; place++) element("bdi", {}, element(place ? "td" : "th", place ? {} : { scope: "row" }, row));
  return row;
}

function pairCells(book, k) {
  const [pre, post] = [book.pre[k], book.post[k]];
  if (Number.isNaN(pre) && Number.isNaN(post)) return [say("tiny", { n: apart(book.n_summed) }), "", ""];
  return [inMs(pre) || MINUS, inMs(post) || MINUS, inMs(post - pre) || say("alone")];
}

// What came in an instant, in words.
function instantName(book, k) {
  const came = SIDES.filter((side) => !Number.isNaN(book[side][k]));
  if (!came.length) return say("flowed", { time: apart(inMs(book.time[k])) });
  return `${came.map((side) => sayOr(`${side}-short`, side)).join(" + ")} ${inMs(book[came[0]][k])} ms`;
}

// The spike of the pattern that falls at a time.
function placeOf(side, time) {
  const place = inOrder(state.spikes[side]).findIndex((one) => Math.abs(seconds(one.ms) - time) < 1e-9);
  return place < 0 ? [] : [`${side}:${place}`];
}

function light(what) {
  links = new Set(what);
  for (const row of byId("ledger").querySelectorAll("tr[data-entry]")) row.classList.toggle("linked", links.has(`entry:${row.dataset.entry}`));
  drawRaster();
  if (result.book) drawWindow(result);
}

function startLedger() {
  const table = byId("ledger");
  table.addEventListener("pointerover", (over) => {
    const k = over.target.closest("tr[data-entry]")?.dataset.entry;
    if (k !== undefined) light([`entry:${k}`, ...SIDES.flatMap((side) => placeOf(side, result.book[side][k]))]);
  });
  table.addEventListener("pointerleave", () => light([]));
}

// The rows of the spike that is looked at are lit.
function lightRows() {
  const id = hovered ?? chosen, event = rowOf(id);
  const at = SIDES.includes(event) ? seconds(spikeOf(id).ms) : NaN;
  for (const row of byId("ledger").querySelectorAll("tr[data-entry]")) {
    row.classList.toggle("linked", Math.abs((result.book?.[event]?.[row.dataset.entry] ?? NaN) - at) < 1e-9);
  }
}
