/** Building and changing elements. Text is always set as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An HTML element: `class` and any attribute by name, `on` for listeners, children as nodes or
 * text.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node|string|null)} children
 */
export function element(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/**
 * The same for SVG.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...any} children
 */
export function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

function dress(node, { on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) assign(node, name, value);
  for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/**
 * Set an attribute; null, undefined and false take it away. One that is set already is left: a
 * browser looks at a node anew whenever it is written to, the same value or not.
 */
export function assign(node, name, value) {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else {
    const text = value === true ? "" : String(value);
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

/**
 * Set the text only where it differs: an unchanged node costs no layout, and a text that changes in
 * place costs less than a new one.
 */
export function write(node, text) {
  const only = node.firstChild;
  if (only === null || only.nextSibling !== null || only.nodeType !== Node.TEXT_NODE) {
    if (node.textContent !== text) node.textContent = text;
  } else if (only.data !== text) only.data = text;
}

/**
 * Mark a node as showing a value, so that a test (or a reader of the page) finds the exact number.
 */
export function mark(node, name, unit, value) {
  assign(node, "data-name", name);
  assign(node, "data-unit", unit);
  assign(node, "data-value", value);
}

/** A button that says what it does to a screen reader, whatever it shows. */
export function button(label, shown, press, attributes = {}) {
  return element(
    "button",
    { type: "button", "aria-label": label, title: label, ...attributes, on: { click: press } },
    shown,
  );
}

/**
 * A row of choices of which one holds.
 * @param {string} label @param {Array<[string, string]>} options value and what is shown
 * @param {(value: string) => void} choose
 */
export function segmented(label, options, choose) {
  const buttons = options.map(([value, shown]) =>
    element(
      "button",
      { type: "button", "data-choice": value, on: { click: () => choose(value) } },
      shown,
    ),
  );
  const group = element(
    "div",
    { class: "segmented", role: "group", "aria-label": label },
    ...buttons,
  );
  const show = (chosen) => {
    for (const one of buttons)
      one.setAttribute("aria-pressed", String(one.dataset.choice === chosen));
  };
  return { element: group, show };
}

/**
 * A labelled menu.
 * @param {string} label
 * @param {Array<[string, string]>} options
 * @param {(value: string) => void} choose
 */
export function menu(label, options, choose) {
  const select = element(
    "select",
    { "aria-label": label, on: { change: () => choose(select.value) } },
    ...options.map(([value, shown]) => element("option", { value }, shown)),
  );
  const show = (value) => {
    if (select.value !== String(value)) select.value = String(value);
  };
  return { element: select, show };
}

/** Whether any of these keys changed. @param {Set<string>} changed @param {...string} keys */
export function touches(changed, ...keys) {
  return keys.some((key) => changed.has(key));
}
