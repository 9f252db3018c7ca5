/** What can be chosen, with a bar for each that fills as votes come in. */

import { assign, element, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { spans } from "./marked.js";
import { shareWords } from "./words.js";

/**
 * @typedef {import("./header.js").AskedNow} AskedNow
 * @typedef {{update: (asked: AskedNow) => void, element: HTMLElement}} Tally
 */

/**
 * Of one question.
 * @param {AskedNow} first
 * @param {((option: number) => void)|null} choose  null: who looks has no vote
 * @returns {Tally}
 */
export function tallyView(first, choose) {
  const rows = first.options.map((text, place) => row(text, place, choose));
  const outcome = element("p", { class: "outcome" });
  const options = element(
    "div",
    { class: "options", role: "group", "aria-label": _("What can be chosen") },
    ...rows.map((one) => one.element),
  );
  return {
    element: element(
      "div",
      { class: "tally" },
      element("p", { class: "asked" }, ...spans(first.text)),
      options,
      outcome,
    ),
    update(asked) {
      for (const one of rows) one.update(asked);
      outcome.hidden = asked.outcome === "";
      outcome.replaceChildren(...spans(asked.outcome));
    },
  };
}

/** @param {string} text @param {number} place @param {((option: number) => void)|null} choose */
function row(text, place, choose) {
  const bar = element("span", { class: "fill", "aria-hidden": "true" });
  const share = element("span", { class: "share" });
  const note = element("span", { class: "note" });
  const inside = [bar, element("span", { class: "text" }, ...spans(text)), note, share];
  const node = choose
    ? element("button", { type: "button", class: "option", on: { click: () => choose(place) } })
    : element("div", { class: "option" });
  node.append(...inside);
  return {
    element: node,
    /** @param {AskedNow} asked */
    update({ counts, votes, mine, answers, isRevealed }) {
      const count = counts?.[place] ?? 0;
      const isMine = mine === place;
      const isRight = answers.includes(place);
      bar.style.width = `${votes === 0 ? 0 : (100 * count) / votes}%`;
      write(share, counts ? shareWords(count, votes) : "");
      const notes = [isRight ? _("✓ right") : "", isMine ? _("your vote") : ""].filter(Boolean);
      write(note, notes.join(" · "));
      node.classList.toggle("right", isRight);
      assign(node, "data-count", counts ? count : null);
      if (choose) {
        assign(node, "aria-pressed", String(isMine));
        assign(node, "disabled", isRevealed);
      }
    },
  };
}
