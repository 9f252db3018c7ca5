/** The controls and sections that there are on the page now, each by its name. */

import { nameOf } from "../drawing/hidden.js";

const LONGEST = 48;
/** Where an element says what it is, if not in a label of its own. */
const TITLES =
  '[data-testid="stWidgetLabel"], [data-testid="stExpander"] summary, h2, h3, h4, .opener, ' +
  ":scope > summary, legend";
/** Of Streamlit's titles the words, without the sign before them. */
const WORDS = '[data-testid="stMarkdownContainer"]';

/** @typedef {{name: string, label: string}} Control */

/** What is in sight of them, in the order of the page. @returns {Control[]} */
export function controlsOnPage() {
  /** @type {Map<string, Control>} */
  const found = new Map();
  for (const node of nodesIn(document.body)) {
    const name = node.checkVisibility() ? nameOf(node) : null;
    if (name !== null && !found.has(name)) found.set(name, { name, label: labelOf(node, name) });
  }
  return toldApart([...found.values()]);
}

/**
 * All elements under one, those of components too.
 * @param {Element|ShadowRoot} root @returns {Generator<Element>}
 */
function* nodesIn(root) {
  for (const node of root.querySelectorAll("*")) {
    yield node;
    if (node.shadowRoot) yield* nodesIn(node.shadowRoot);
  }
}

/** Those with one label have their names beside it. @param {Control[]} controls */
function toldApart(controls) {
  return controls.map(({ name, label }) => {
    const isShared = controls.some((one) => one.name !== name && one.label === label);
    return { name, label: isShared ? `${label} (${inWords(name)})` : label };
  });
}

/** @param {Element} node @param {string} name */
function labelOf(node, name) {
  const said = node.getAttribute("aria-label") ?? node.getAttribute("title") ?? titleOf(node);
  const label = said.trim() || inWords(name);
  return label.length > LONGEST ? `${label.slice(0, LONGEST)} …` : label;
}

/** @param {string} name */
const inWords = (name) => name.replaceAll(/[-_]/g, " ");

/**
 * Its first title, or Streamlit's button that is all it has; none where a control within it has it
 * by itself.
 * @param {Element} node
 */
function titleOf(node) {
  const button = node.hasAttribute("data-control") ? null : node.querySelector("button");
  const isAll = button?.textContent?.trim() === node.textContent?.trim();
  const title = node.querySelector(TITLES) ?? (isAll ? button : null);
  for (let up = title; up && up !== node; up = up.parentElement) if (nameOf(up) !== null) return "";
  return (title?.querySelector(WORDS) ?? title)?.textContent ?? "";
}
