// What the page says: every sentence stands in the words of a language, under one key.
let language = document.documentElement.lang;

// The words of a key, with numbers and names put into their {places}.
function say(key, places = {}) {
  const text = DATA.words[language][key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => places[name] ?? `{${name}}`);
}

// The same, or the key's own text where a language has none: names and meanings that records bring.
const sayOr = (key, text) => DATA.words[language][key] ?? text;

// A number or a name in a sentence: read from left to right, whatever the language around it.
const apart = (text) => (language === "he" ? `\u2066${text}\u2069` : String(text));

function tell(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function translate() {
  document.documentElement.lang = language;
  document.documentElement.dir = language === "he" ? "rtl" : "ltr";
  document.title = say("title");
  for (const node of document.querySelectorAll("[data-word]")) tell(node, say(node.dataset.word));
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
  for (const one of ["en", "he"]) byId(`in-${one}`).setAttribute("aria-pressed", String(one === language));
}
