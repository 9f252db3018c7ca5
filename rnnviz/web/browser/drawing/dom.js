/** Building and changing elements. Text is always set as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {GlobalEventHandlersEventMap} Events  by name: what a listener of each is given */
/** @typedef {{[E in keyof Events]?: (event: Events[E]) => void}} Listeners */
/** @typedef {string|number|boolean|null|undefined} Value  of an attribute; true: it is there */
/** @typedef {Record<string, Value|Listeners>} Attributes  by name; listeners are those of `on` */
/** @typedef {Node|string|null|undefined} Child  null and undefined: none */

/**
 * An HTML element: `class` and any attribute by name, `on` for listeners, children as nodes or
 * text.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 */
export function element(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/**
 * The same for SVG.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 */
export function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * @template {HTMLElement|SVGElement} N
 * @param {N} node @param {Attributes} attributes @param {Child[]} children
 */
function dress(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "object" && value !== null) listen(node, value);
    else assign(node, name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/**
 * Listen to several kinds of events.
 * @param {GlobalEventHandlers} node @param {Listeners} listeners
 * @returns {() => void} to stop
 */
export function listen(node, listeners) {
  const end = new AbortController();
  /** @template {keyof Events} E @param {E} event @param {Listeners[E]} listener */
  function add(event, listener) {
    if (listener) node.addEventListener(event, listener, { signal: end.signal });
  }
  for (const event of /** @type {Array<keyof Events>} */ (Object.keys(listeners)))
    add(event, listeners[event]);
  return () => end.abort();
}

/**
 * Set an attribute; null, undefined and false take it away. One that is set already is left: a
 * browser looks at a node anew whenever it is written to, the same value or not.
 * @param {Element} node @param {string} name @param {Value} value
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
 * @param {Node} node @param {string} text
 */
export function write(node, text) {
  const only = node.firstChild;
  if (only instanceof Text && only.nextSibling === null) {
    if (only.data !== text) only.data = text;
  } else if (node.textContent !== text) node.textContent = text;
}

/**
 * Mark a node as showing a value, so that a test (or a reader of the page) finds the exact number.
 * @param {Element} node @param {string} name @param {number|null} unit @param {number} value
 */
export function mark(node, name, unit, value) {
  assign(node, "data-name", name);
  assign(node, "data-unit", unit);
  assign(node, "data-value", value);
}

/**
 * A button that says what it does to a screen reader, whatever it shows.
 * @param {string} label @param {Child} shown @param {() => void} press
 * @param {Attributes} [attributes]
 */
export function button(label, shown, press, attributes = {}) {
  return element(
    "button",
    { type: "button", "aria-label": label, title: label, ...attributes, on: { click: press } },
    shown,
  );
}

/**
 * Have a node that is no button, as a number within a line, answer like one: pressed, or with Enter
 * or space.
 * @template {HTMLElement|SVGElement} N
 * @param {N} node @param {() => void} press
 */
export function pressable(node, press) {
  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    press();
  }
  assign(node, "role", "button");
  assign(node, "tabindex", 0);
  listen(node, { click: press, keydown: key });
  return node;
}

/**
 * A row of choices of which one holds.
 * @template {string} V
 * @param {string} label @param {Array<[V, string]>} options value and what is shown
 * @param {(value: V) => void} choose
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
  const show = (/** @type {V} */ chosen) => {
    for (const one of buttons)
      one.setAttribute("aria-pressed", String(one.dataset.choice === chosen));
  };
  return { element: group, show };
}

/**
 * A labelled menu.
 * @template {string} V
 * @param {string} label
 * @param {Array<[V, string]>} options
 * @param {(value: V) => void} choose
 */
export function menu(label, options, choose) {
  const select = element(
    "select",
    { "aria-label": label, on: { change: () => choose(options[select.selectedIndex][0]) } },
    ...options.map(([value, shown]) => element("option", { value }, shown)),
  );
  const show = (/** @type {string|number} */ value) => {
    if (select.value !== String(value)) select.value = String(value);
  };
  return { element: select, show };
}

/**
 * Whether any of these keys changed.
 * @template {string} K
 * @param {ReadonlySet<K>} changed @param {...NoInfer<K>} keys
 */
export function touches(changed, ...keys) {
  return keys.some((key) => changed.has(key));
}
