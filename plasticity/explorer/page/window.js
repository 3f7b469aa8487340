// The window: what one pair would do against its lag, with the pairs of this scenario on it.
const WINDOW_HEIGHT = 230;

function drawWindow(found) {
  const made = windowOf(state), box = byId("window-plot");
  box.hidden = !made;
  tell(byId("window-note"), say(noteOfWindow(made, found.book)));
  if (!made) return;
  const { node, width, height } = canvas(box, WINDOW_HEIGHT);
  const points = pointsOf(found.book);
  const values = [0, ...made.changes, ...points.map((one) => one.dw)];
  const low = Math.min(...values), high = Math.max(...values), room = (high - low) * 0.08 || 1e-6;
  const frame = { left: LEFT + 8, right: width - RIGHT, top: 8, bottom: height - 36 };
  const x = scale(-100, 100, frame.left, frame.right), y = scale(low - room, high + room, frame.bottom, frame.top);
  axes(node, {
    x, y, box: frame, xTicks: [-100, -50, 0, 50, 100], yTicks: ticks(low - room, high + room, 5), xLabel: say("lag-axis"), yFormat: (v) => plain(v, 3),
  });
  filled(layer(node, "zero"), "path", [
    { class: "axis", d: `M${f(x(0))} ${frame.top}V${frame.bottom}` }, { class: "axis", d: `M${frame.left} ${f(y(0))}H${frame.right}` },
  ]);
  filled(layer(node, "curve"), "path", windowParts(made, x, y).map((d) => ({ class: "trace", d })));
  // dots: lines of no length with round ends, which one path holds
  const dots = (lit) => points.filter((one) => links.has(one.key) === lit).map((one) => `M${f(x(one.lag * 1e3))} ${f(y(one.dw))}h0`).join("");
  filled(layer(node, "pairs"), "path", [{ class: "pair", d: dots(false) }, { class: "pair linked", d: dots(true) }]);
  set(node, { "aria-label": say("window-picture", { n: points.length }) });
}

function noteOfWindow(made, book) {
  if (!made) return "no-window";
  if (book?.by !== "pairs") return "window-note-alone";
  return book.pre.some((t, k) => Number.isNaN(t) !== Number.isNaN(book.post[k])) ? "window-note-lone" : "window-note";
}

// Both sides and the point at no lag between them: the window jumps there.
function windowParts(made, x, y) {
  const part = (from, to) => curve(made.lags.slice(from, to).map((t) => x(t * 1e3)), made.changes.slice(from, to).map(y));
  const middle = (made.lags.length - 1) / 2;
  return [part(0, middle), part(middle + 1, made.lags.length)];
}

const MOST_POINTS = 400;
function pointsOf(book) {
  if (!book || book.by !== "pairs") return [];
  const found = [];
  for (let k = 0; k < book.dw.length && found.length < MOST_POINTS; k++) {
    const lag = book.post[k] - book.pre[k];
    if (Math.abs(lag) <= 0.1) found.push({ lag, dw: book.dw[k], key: `entry:${k}` });
  }
  return found;
}
