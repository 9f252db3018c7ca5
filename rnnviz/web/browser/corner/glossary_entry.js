/** An entry of the glossary: what a term is for, where it is shown, where it is from. */

import { button, element } from "../drawing/dom.js";
import { _, _nodes } from "../drawing/texts.js";
import { symbolNode } from "../stepper/words.js";

/** @typedef {import("./header.js").Entry} Entry */
/** @typedef {import("./header.js").Meaning} Meaning */
/** @typedef {import("./glossary.js").Host} Host */

/**
 * @param {Entry} entry
 * @param {string} here  what it is for where it was pressed
 * @param {Host["link"]} link @param {() => void} back  to the list
 */
export function entryView(entry, here, link, back) {
  const head = element(
    "div",
    { class: "section-head" },
    element("h3", { tabindex: -1 }, entry.name),
    element("span", { class: "spring" }),
    button(_("all terms"), _("all terms"), back, { class: "text" }),
  );
  const called = entry.aliases.join(", ");
  return [
    head,
    called ? element("p", { class: "quiet" }, _("Also called: {names}", { names: called })) : null,
    here ? element("p", { class: "glossary-here" }, _("Here: {purpose}", { purpose: here })) : null,
    ...hereFirst(entry.meanings, here).map((meaning) => meaningView(meaning, here, link)),
  ].filter((node) => node !== null);
}

/** @param {Meaning[]} meanings @param {string} here */
const hereFirst = (meanings, here) =>
  meanings.toSorted((a, b) => Number(b.purpose === here) - Number(a.purpose === here));

/** What was said already is not said again. @param {Meaning} meaning @param {string} here @param {Host["link"]} link */
function meaningView({ purpose, symbols, places, paper }, here, link) {
  const marks = symbols.flatMap((symbol) => [symbolNode(symbol), " "]);
  return element(
    "div",
    { class: "glossary-meaning" },
    purpose === here ? null : element("p", {}, ...marks, purpose),
    element(
      "p",
      { class: "quiet" },
      ..._nodes("See it: {places}", { places: placesOf(places, link) }),
    ),
    paper ? element("p", { class: "quiet" }, _("From: {paper}", { paper })) : null,
  );
}

/** @param {Meaning["places"]} places @param {Host["link"]} link */
function placesOf(places, link) {
  const nodes = places.flatMap((place, k) => {
    const href = link(place);
    const shown =
      href === null
        ? place.name
        : element("a", { href, target: "_blank", rel: "noopener" }, `${place.name} ↗`);
    return k === 0 ? [shown] : [", ", shown];
  });
  return element("span", {}, ...nodes);
}
