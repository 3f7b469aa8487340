// Drawing: nodes of pictures, scales, axes. What is drawn again keeps its nodes.
const byId = (id) => document.getElementById(id);

function svg(name, attributes = {}, parent = null) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  set(node, attributes);
  parent?.append(node);
  return node;
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = String(value);
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
  return node;
}

function element(name, attributes = {}, parent = null, text = null) {
  const node = document.createElement(name);
  set(node, attributes);
  if (text !== null) node.textContent = text;
  parent?.append(node);
  return node;
}

// The picture in a box, as wide as the box.
function canvas(box, height) {
  if (!widths.get(box)) widths.set(box, box.clientWidth);
  const width = Math.max(240, Math.round(widths.get(box)));
  const node = box.firstElementChild ?? svg("svg", { role: "img" }, box);
  set(node, { viewBox: `0 0 ${width} ${height}`, height, width });
  return { node, width, height };
}
const widths = new Map();

const scale = (from, to, low, high) => (value) => low + ((value - from) / (to - from || 1)) * (high - low);

// A layer of a picture by name, made once.
function layer(node, name) {
  for (const child of node.children) if (child.dataset.layer === name) return child;
  return svg("g", { "data-layer": name }, node);
}

// Children of a layer, as many as there are attributes for, each set anew; `tell` gives the text of some.
function filled(parent, name, all) {
  while (parent.children.length > all.length) parent.lastElementChild.remove();
  all.forEach(({ text, ...attributes }, k) => {
    const node = parent.children[k] ?? svg(name, {}, parent);
    set(node, attributes);
    if (text !== undefined) tell(node, text);
  });
}

const LEFT = 58, RIGHT = 14;

// Ticks and labels of both axes, and a frame's two lines.
function axes(node, { x, y, xTicks, yTicks, box, xLabel = "", xFormat = plain, yFormat = plain }) {
  const lines = [
    ...xTicks.map((t) => ({ class: "grid", d: `M${f(x(t))} ${box.top}V${box.bottom}` })),
    ...yTicks.map((t) => ({ class: "grid", d: `M${box.left} ${f(y(t))}H${box.right}` })),
    { class: "axis", d: `M${box.left} ${box.top}V${box.bottom}H${box.right}` },
  ];
  filled(layer(node, "grid"), "path", lines);
  const texts = [
    ...xTicks.map((t) => ({ x: f(x(t)), y: box.bottom + 15, "text-anchor": "middle", class: "tick", text: xFormat(t) })),
    ...yTicks.map((t) => ({ x: box.left - 6, y: f(y(t) + 4), "text-anchor": "end", class: "tick", text: yFormat(t) })),
  ];
  if (xLabel) texts.push({ x: (box.left + box.right) / 2, y: box.bottom + 31, "text-anchor": "middle", class: "", text: xLabel });
  filled(layer(node, "labels"), "text", texts);
}

// Ticks and label of an axis of time from 0 to `end` ms: in seconds where it is long.
function timeAxis(end, width) {
  const inSeconds = end > 5000;
  return {
    xTicks: ticks(0, end, width / 90), xLabel: say(inSeconds ? "time-s" : "time"), xFormat: (t) => plain(inSeconds ? t / 1000 : t),
  };
}

const f = (value) => Math.round(value * 10) / 10;

// A curve through points that lie in order.
const curve = (xs, ys) => {
  let d = "";
  for (let k = 0; k < xs.length; k++) d += `${k ? "L" : "M"}${f(xs[k])} ${f(ys[k])}`;
  return d;
};
