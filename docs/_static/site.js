// What scrolls by itself takes the focus, so that a keyboard can scroll it.
for (const one of document.querySelectorAll("div.wide, div.highlight > pre, div.math")) {
  if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
}
// The arrows of the menu say what they open.
for (const arrow of document.querySelectorAll("nav details > summary:not([aria-label])")) {
  const link = arrow.closest("li")?.querySelector("a");
  if (link) arrow.setAttribute("aria-label", `Pages of ${link.textContent.trim()}`);
}
