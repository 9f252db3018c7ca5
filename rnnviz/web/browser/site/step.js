/** The Step page of the site: its settings choose among the networks and sequences that it has. */

import { readAddress, writeAddress } from "../drawing/address.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import stepper from "../stepper/stepper.js";
import { bytesOf, payloadOf } from "./archive.js";
import { placed } from "./components.js";
import { notesView } from "./notes_view.js";
import { openPage, reading } from "./page.js";
import { SHOW_ME, questionView } from "./question_view.js";
import { settingsForm } from "./settings_form.js";

/** @typedef {import("./archive.js").Archive} Archive */

const GUESS = "guess";
const WORD = /^(\d{1,3})-(\d{1,2})$/; // the sequence from 1, the guess from 0: none was made

openPage((archive) => {
  const form = settingsForm(archive.page.fields, show);
  const notes = notesView();
  const question = questionView(guess);
  const component = placed(stepper, "stepper", {
    hear(_name, item) {
      asking.item = item;
      ask();
    },
    answers: (name) => name === "item",
  });
  const asking = askingOf(() => own);
  let own = payloadOf(archive, form.values());

  function show() {
    own = payloadOf(archive, form.values());
    const beside = besideOf(archive, form);
    notes.show([...own.more.notes, ...(beside?.notes ?? [])]);
    component.show(bytesOf(own, beside));
    asking.follow();
    ask();
  }
  const ask = () => question.show(asking.question(), asking.guess());
  /** @param {number} chosen */
  function guess(chosen) {
    asking.take(chosen);
    ask();
  }
  window.addEventListener("popstate", () => {
    asking.follow();
    ask();
  });
  show();
  return {
    elements: [form.element, notes.element, question.element, component.element, reading(archive)],
    recolour: component.refresh,
  };
});

/**
 * What stands beside the run, as the app has it (rnnviz/scenes/beside.py): another cell's run with
 * the same settings, or its own untouched one.
 * @param {Archive} archive @param {ReturnType<typeof settingsForm>} form
 * @returns {{titles: [string, string], other: import("./archive.js").Piece|null, notes: string[]}|null}
 */
function besideOf(archive, form) {
  const cell = lookup(form.values(), "beside");
  if (cell === "nothing") return null;
  if (cell === "untouched") return { titles: archive.page.untouched, other: null, notes: [] };
  const other = payloadOf(archive, form.with({ cell }));
  const [own, title] = [lookup(form.values(), "cell"), cell].map((one) => form.label("cell", one));
  const notes = other.more.notes.map((/** @type {string} */ note) =>
    _("{cell}: {note}", { cell: title, note }),
  );
  return { titles: [own, title], other, notes };
}

/**
 * The guesses about the runs and their sequences, in the address as the app has them:
 * `guess=3-2` is the second option, of the third sequence.
 * @param {() => import("./archive.js").Piece} run
 */
function askingOf(run) {
  /** @type {Map<string, number>} */
  const guesses = new Map();
  let item = 0;
  const key = (place = item) => `${run().header.id} ${place}`;
  return {
    /** @param {number} next  the sequence in view */
    set item(next) {
      item = next;
    },
    question: () => run().more.questions[item],
    guess: () => guesses.get(key()) ?? null,
    /** @param {number} chosen */
    take(chosen) {
      guesses.set(key(), chosen);
      writeAddress([GUESS], new Map([[GUESS, `${item + 1}-${chosen - SHOW_ME}`]]), "choice");
    },
    /** Take the guess that the address says; where it says none, none is made of this sequence. */
    follow() {
      const [, place, chosen] =
        WORD.exec(new URLSearchParams(readAddress().query).get(GUESS) ?? "") ?? [];
      const asked = run().more.questions[Number(place) - 1];
      const guess = Number(chosen) + SHOW_ME;
      if (asked === undefined) guesses.delete(key());
      else if (guess < asked.options.length) guesses.set(key(Number(place) - 1), guess);
    },
  };
}
