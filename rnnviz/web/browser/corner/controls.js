/** The controls and sections that there are on the page now, each by its name. */

import { nameOf } from "../drawing/hidden.js";

const LONGEST = 48;
/** Where an element says what it is, if not in a label of its own. */
const TITLES = '[data-testid="stWidgetLabel"], h2, h3, h4, summary, legend, button, label';

/** @typedef {{name: string, label: string}} Control */

/** What is in sight of them, in the order of the page. @returns {Control[]} */
export function controlsOnPage() {
  /** @type {Map<string, Control>} */
  const found = new Map();
  for (const node of nodesIn(document.body)) {
    const name = node.checkVisibility() ? nameOf(node) : null;
    if (name !== null && !found.has(name)) found.set(name, { name, label: labelOf(node, name) });
  }
  return [...found.values()];
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

/** @param {Element} node @param {string} name */
function labelOf(node, name) {
  const spoken = node.getAttribute("aria-label") ?? node.querySelector(TITLES)?.textContent ?? "";
  const label = spoken.trim() || name.replaceAll(/[-_]/g, " ");
  return label.length > LONGEST ? `${label.slice(0, LONGEST)} …` : label;
}
