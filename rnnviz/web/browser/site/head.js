/** At the head of every page: light or dark, and a link to the view. */

import { copied } from "../drawing/clipboard.js";
import { assign, button, element, write } from "../drawing/dom.js";
import { N_, _ } from "../drawing/texts.js";

const SCHEME = "rnnviz colour scheme";
const SHOWN = 4000; // milliseconds that what became of a press stands there
const COPIED = N_("Copied.");
const REFUSED = N_("The browser lets no page copy here: copy the address above.");

/** @param {() => void} recolour  called when the colours are others */
export function head(recolour) {
  const root = document.documentElement;
  const isDark = matchMedia("(prefers-color-scheme: dark)");
  const known = stored();
  if (known !== null) root.dataset.scheme = known;
  const scheme = () => root.dataset.scheme ?? (isDark.matches ? "dark" : "light");
  const turn = button(_("light or dark"), "", () => {
    root.dataset.scheme = scheme() === "dark" ? "light" : "dark";
    keep(root.dataset.scheme);
    show();
    recolour();
  });
  const said = element("span", { role: "status", class: "said" });
  const copy = button(_("copy the link to this view"), _("copy link"), onCopy);
  let timer = 0;

  async function onCopy() {
    write(said, _((await copied(globalThis.location.href)) ? COPIED : REFUSED));
    clearTimeout(timer);
    timer = setTimeout(() => write(said, ""), SHOWN);
  }
  function show() {
    write(turn, scheme() === "dark" ? _("light") : _("dark"));
    assign(turn, "data-scheme", scheme());
  }
  isDark.addEventListener("change", () => {
    show();
    recolour();
  });
  show();
  return element("div", { class: "tools" }, said, copy, turn);
}

/** What was chosen on any page; a browser may keep nothing for a page on a disk. */
function stored() {
  try {
    const found = localStorage.getItem(SCHEME);
    return found === "light" || found === "dark" ? found : null;
  } catch {
    return null;
  }
}

/** @param {string} scheme */
function keep(scheme) {
  try {
    localStorage.setItem(SCHEME, scheme);
  } catch {
    // it is in force on this page alone
  }
}
