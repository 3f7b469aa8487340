// What scrolls by itself takes the focus, so that a keyboard can scroll it.
for (const one of document.querySelectorAll("div.wide, div.highlight > pre, div.math")) {
  if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
}
