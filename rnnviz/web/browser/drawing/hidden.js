/**
 * Controls and sections that a link leaves out. Each has a name: a part of a component `data-control`,
 * one of Streamlit's its key. The document says which are left out, and whether they are being
 * chosen; in every root a sheet has them shown accordingly. What is left out is not there for
 * keyboard and screen readers either.
 */

import { assign } from "./dom.js";

const [LEFT_OUT, CHOOSING] = ["data-left-out", "data-choosing"];
const NAME = /^[a-zA-Z][\w-]{0,60}$/;
/** Streamlit's own names of a key; of the Train page's, the part that is the same tomorrow. */
const KEY = /^st-key-(?:(train)-\d+-)?([a-zA-Z][\w-]*)$/;
const OF_TRAIN = "train-";
/** Keys of what is no control: the frame's, and those in which a question or number stands. */
const NEVER =
  /^(ahead|handed|tools|corner|heading|wide-heading|written|read-|guess-.*-|settings-|train-take-)/;
/** @type {Array<[string, string]>} */
const OTHERS = [["sidebar", '[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"]']];

/** The names in a link; what cannot be one is left out. @param {string} text */
export const namesIn = (text) => [...new Set(text.split(","))].filter(isName);

/** @param {string} name */
const isName = (name) => NAME.test(name) && !NEVER.test(name);

/** Which are left out. */
export const leftOut = () => namesIn(document.documentElement.getAttribute(LEFT_OUT) ?? "");

/** @param {string[]} names */
export function leaveOut(names) {
  assign(document.documentElement, LEFT_OUT, names.join(",") || null);
}

export const isChoosing = () => document.documentElement.hasAttribute(CHOOSING);

/** @param {boolean} isOn */
export function chooseControls(isOn) {
  document.documentElement.toggleAttribute(CHOOSING, isOn);
}

/**
 * Give parts of a component their names.
 * @param {string} prefix  of the component @param {Iterable<[string, Element]>} parts
 */
export function nameControls(prefix, parts) {
  for (const [name, node] of parts) assign(node, "data-control", `${prefix}-${name}`);
}

/** @param {string} name */
export function selectorOf(name) {
  const other = OTHERS.find(([one]) => one === name);
  if (other) return other[1];
  const own = `[data-control="${name}"], .st-key-${name}`;
  if (!name.startsWith(OF_TRAIN)) return own;
  const end = `-${name.slice(OF_TRAIN.length)}`;
  return `${own}, [class*="st-key-train-"]:is([class*="${end} "], [class$="${end}"])`;
}

/** What an element is called here; null: it cannot be left out. @param {Element} node */
export function nameOf(node) {
  const own = node.getAttribute("data-control");
  if (own !== null) return own;
  for (const [name, selector] of OTHERS) if (node.matches(selector)) return name;
  for (const one of node.classList) {
    const [, train, key] = KEY.exec(one) ?? [];
    const name = train ? OF_TRAIN + key : key;
    if (name && isName(name)) return name;
  }
  return null;
}

/**
 * Have what stands in a root follow.
 * @param {Node} root  a document's, or a component's @returns {() => void} to stop
 */
export function followLeftOut(root) {
  if (!(root instanceof Document || root instanceof ShadowRoot)) return () => {};
  const sheet = new CSSStyleSheet();
  const show = () => sheet.replaceSync(rules(leftOut(), isChoosing()));
  const watch = new MutationObserver(show);
  watch.observe(document.documentElement, { attributeFilter: [LEFT_OUT, CHOOSING] });
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  show();
  return () => {
    watch.disconnect();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}

/** @param {string[]} names @param {boolean} areChosen  now, and so in sight */
function rules(names, areChosen) {
  const which = `:is(${names.map(selectorOf).join(", ")})`;
  if (!areChosen) return `${which} { display: none !important; }`;
  return `[data-control]:hover { outline: 2px solid; outline-offset: 1px; cursor: pointer; }
    ${which} { opacity: 0.3; outline: 2px dashed !important; outline-offset: 1px; }`;
}
