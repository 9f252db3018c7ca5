/** All challenges by name: which were solved in this browser, which one is open, and a way to each. */

import { assign, button, element, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

/**
 * @param {import("./header.js").ByHandHeader} header
 * @param {import("./progress.js").Progress} progress
 * @param {{open: (key: string) => void, forget: () => void}} does
 */
export function challengeList({ challenges, challenge }, progress, { open, forget }) {
  const summary = element("summary");
  const entries = challenges.map(({ key, title }) => {
    const mark = element("span", { class: "solved-mark", "aria-hidden": "true" });
    const node = element(
      "button",
      { type: "button", "data-challenge": key, on: { click: () => open(key) } },
      mark,
      title,
    );
    assign(node, "aria-current", key === challenge?.key ? "true" : null);
    return { key, title, mark, node };
  });
  const clear = button(
    _("Forget what was solved in this browser"),
    _("Forget what was solved in this browser"),
    forget,
    { class: "text" },
  );
  const list = element("div", { class: "challenge-list" }, ...entries.map(({ node }) => node));
  const node = element("details", { class: "challenges-all" }, summary, list, clear);
  node.open = challenge === null;

  function show() {
    for (const { key, title, mark, node } of entries) {
      const isSolved = progress.has(key);
      write(mark, isSolved ? "✓ " : "○ ");
      const label = isSolved ? _("{challenge}: solved", { challenge: title }) : title;
      assign(node, "aria-label", label);
      assign(node, "title", label);
    }
    const solved = entries.filter(({ key }) => progress.has(key)).length;
    write(summary, _("Challenges: {solved} of {all} solved", { solved, all: entries.length }));
    clear.hidden = solved === 0;
  }
  show();
  return { element: node, show };
}
