/** At the head of every page: light or dark. */

import { assign, button, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

const SCHEME = "rnnviz colour scheme";

/** @param {() => void} recolour  called when the colours are others */
export function schemeButton(recolour) {
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

  function show() {
    write(turn, scheme() === "dark" ? _("light") : _("dark"));
    assign(turn, "data-scheme", scheme());
  }
  isDark.addEventListener("change", () => {
    show();
    recolour();
  });
  show();
  return turn;
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
