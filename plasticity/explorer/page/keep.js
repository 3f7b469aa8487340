// A scenario kept: in the link of the page, in a file, and as the line of the shell.
function drawKept() {
  tell(byId("ask-line"), askLine(state));
  const shown = result.shown;
  tell(byId("ask-answer"), shown ? say("ask-answer", { w: apart(String(shown.after)) }) : "");
  clearTimeout(linking);
  linking = setTimeout(putInLink, 250);
}
let linking = 0, ownLink = "";

const linkText = () => `#${encodeURIComponent(kept(state))}`;

function putInLink() {
  ownLink = linkText();
  try {
    history.replaceState(null, "", ownLink);
  } catch {
    // a page inside another, or one that changes fast, may not: the button still copies
  }
}

// The scenario of a link; what it says is told when it cannot be taken.
function fromLink() {
  if (location.hash.length < 2) return null;
  try {
    if (location.hash.length > 3 * MOST_TEXT) refuse("refused-long");
    return checkedScenario(decodeURIComponent(location.hash.slice(1)));
  } catch (error) {
    warn(say("link-refused", { reason: error instanceof Refused ? error.message : say("refused-json") }));
    return null;
  }
}

async function copy(text, told) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element("textarea", { class: "unseen", "aria-hidden": "true" }, document.body);
    area.value = text;
    area.select();
    document.execCommand("copy"); // a page from disk has no other way in some browsers
    area.remove();
  }
  tell(byId("kept"), say(told));
}

function save() {
  const link = element("a", { href: URL.createObjectURL(new Blob([`${kept(state)}\n`], { type: "application/json" })), download: "scenario.json" });
  link.click();
  URL.revokeObjectURL(link.href);
  tell(byId("kept"), say("saved"));
}

async function open(file) {
  if (!file) return;
  try {
    if (file.size > MOST_TEXT) refuse("refused-long");
    take(checkedScenario(await file.text()));
    tell(byId("kept"), say("opened"));
  } catch (error) {
    warn(say("file-refused", { reason: error instanceof Refused ? error.message : say("refused-json") }));
  }
}

function startKeeping() {
  byId("copy-link").addEventListener("click", () => {
    putInLink();
    copy(location.href.split("#")[0] + linkText(), "link-copied");
  });
  byId("copy-ask").addEventListener("click", () => copy(askLine(state), "ask-copied"));
  byId("save").addEventListener("click", save);
  byId("open").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", async (change) => {
    await open(change.target.files[0]);
    change.target.value = "";
  });
  addEventListener("hashchange", () => {
    if (location.hash === ownLink) return;
    const found = fromLink();
    if (found) take(found);
  });
}
