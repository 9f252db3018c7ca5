/** A table whose lines are pressed: its heads sort, ↑ and ↓ go from line to line, one Tab passes it. */

import { assign, element, listen } from "../../drawing/dom.js";

/**
 * @template C
 * @typedef {{column: C, text: string, isNumber: boolean}} Head
 */
/** @typedef {{key: string, cells: string[]}} Line  the first cell is pressed */

/**
 * @template C
 * @param {string} label @param {Head<C>[]} heads
 * @param {{sort: (column: C) => void, press: (key: string) => void}} follow
 */
export function lineTable(label, heads, { sort, press }) {
  const titles = heads.map(({ column, text, isNumber }) => {
    const act = { click: () => sort(column) };
    const title = element("button", { type: "button", class: "text", on: act }, text);
    return element("th", { scope: "col", class: isNumber ? "numeric" : null }, title);
  });
  const body = element("tbody");
  const table = element(
    "table",
    { "aria-label": label },
    element("thead", {}, ...rowOf(titles)),
    body,
  );
  /** @type {HTMLElement[]} */
  let buttons = [];

  /** @param {HTMLElement} one  the line that Tab leads to */
  function offer(one) {
    for (const node of buttons) assign(node, "tabindex", node === one ? 0 : -1);
  }
  /** @param {KeyboardEvent} event */
  function key(event) {
    const at = buttons.findIndex((node) => node === event.target);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - 10, PageDown: at + 10 }[
      event.key
    ];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = buttons[Math.min(Math.max(to, 0), buttons.length - 1)];
    offer(next);
    next.focus();
  }
  listen(body, { keydown: key });
  /** @param {Line} line */
  function row({ key, cells: [name, ...rest] }) {
    const act = { click: () => press(key) };
    const node = element("button", { type: "button", "data-key": key, on: act }, name);
    buttons.push(node);
    const numbers = rest.map((text) => element("td", { class: "numeric" }, text));
    return element("tr", {}, element("th", { scope: "row" }, node), ...numbers);
  }
  return {
    element: element("div", { class: "lesion-lines" }, table),
    /** @param {Line[]} lines @param {C} by @param {boolean} isUp */
    show(lines, by, isUp) {
      buttons = [];
      body.replaceChildren(...lines.map(row));
      if (buttons.length > 0) offer(buttons[0]);
      heads.forEach(({ column }, k) => {
        const order = isUp ? "ascending" : "descending";
        assign(titles[k], "aria-sort", column === by ? order : null);
      });
    },
    /** @param {string} key  of the line that is under way; "" for none */
    point(key) {
      for (const node of buttons) assign(node, "aria-pressed", String(node.dataset.key === key));
    },
  };
}

/** @param {HTMLElement[]} cells */
function rowOf(cells) {
  return [element("tr", {}, ...cells)];
}
