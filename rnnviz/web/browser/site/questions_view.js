/** Several questions, each with its guess for as long as the page is open. */

import { element } from "../drawing/dom.js";
import { questionView } from "./question_view.js";

/** @typedef {import("./header.js").Question} Question */

export function questionsView() {
  const root = element("div", { class: "questions" });
  /** By what is asked. @type {Map<string, number>} */
  const guesses = new Map();
  /** @type {ReturnType<typeof questionView>[]} */
  const views = [];
  /** @type {Question[]} */
  let asked = [];

  /** @param {Question[]} questions */
  function show(questions) {
    asked = questions;
    while (views.length < questions.length) views.push(made(views.length));
    root.replaceChildren(...views.map((one) => one.element));
    questions.forEach((one, k) => views[k].show(one, guesses.get(one.text) ?? null));
  }
  const made = (/** @type {number} */ k) =>
    questionView((guess) => {
      guesses.set(asked[k].text, guess);
      views[k].show(asked[k], guess);
    });
  return { element: root, show };
}
