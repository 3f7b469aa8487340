// Numbers as they are read, and as they are written for a machine.
const MINUS = "\u2212";

const withMinus = (text) => text.replace("-", MINUS);

// A weight or a time: as many digits as are told apart, no trailing zeros.
function plain(value, digits = 6) {
  if (!Number.isFinite(value)) return value > 0 ? "\u221e" : value < 0 ? `${MINUS}\u221e` : "?";
  const size = Math.abs(value);
  if (size && (size < 1e-4 || size >= 1e6)) {
    const [mantissa, exponent] = value.toExponential(2).split("e");
    return `${withMinus(String(Number(mantissa)))}\u00b710${superscript(Number(exponent))}`;
  }
  return withMinus(String(Number(value.toPrecision(digits))));
}

const superscript = (n) => [...String(n)].map((c) => "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[c] ?? "\u207b").join("");

// A change: with its sign, three digits.
const signed = (value) => (value > 0 ? "+" : "") + plain(value, 3);

// Text of a number in a unit that is a power of ten of the SI unit, shifted as text: "15" ms is the float 0.015.
function shifted(value, factor) {
  const power = Math.round(Math.log10(factor));
  if (!power || Number(`1e${power}`) !== factor) return value * factor;
  const [mantissa, exponent] = String(value).toLowerCase().split("e");
  return Number(`${mantissa}e${Number(exponent ?? 0) + power}`);
}

const seconds = (ms) => shifted(ms, 1e-3);
const rounded = (value, digits) => Number(value.toFixed(digits));

// A few round numbers between two ends, for an axis.
function ticks(from, to, about) {
  const rough = (to - from) / Math.max(about, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((one) => one >= rough) ?? 10 * power;
  const found = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++) found.push(Number((k * step).toPrecision(12)));
  return found;
}
