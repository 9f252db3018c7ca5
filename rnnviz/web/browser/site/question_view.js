/** Predict, commit, reveal: a question until it is answered, then the guess beside what came out. */

import { button, element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { inMarkdown } from "./markdown.js";

/** @typedef {import("./header.js").Question} Question */

/** The guess of who makes none; others are the place of an option, from 0. */
export const SHOW_ME = -1;

/** @param {(guess: number) => void} choose */
export function questionView(choose) {
  const root = element("section", {
    class: "question",
    "data-testid": "question",
    "aria-live": "polite",
  });

  /** @param {string} text @param {number} guess */
  const offer = (text, guess) =>
    button(text, "", () => choose(guess), { class: "guess", "data-guess": guess });
  return {
    element: root,
    /** @param {Question} asked @param {number|null} guess */
    show({ text, options, said }, guess) {
      if (guess !== null) {
        const outcome = inMarkdown(`**${text}** ${said[guess - SHOW_ME]}`);
        return root.replaceChildren(element("p", {}, ...outcome));
      }
      const buttons = [...options.map(offer), offer(_("just show me"), SHOW_ME)];
      for (const one of buttons) one.append(...inMarkdown(one.title));
      const lead = element("b", {}, _("Guess first:"));
      root.replaceChildren(
        element("p", {}, lead, " ", ...inMarkdown(text)),
        element("div", { class: "guesses" }, ...buttons),
      );
    },
  };
}
