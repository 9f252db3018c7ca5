/**
 * The Step page of the site: its settings choose among the networks and sequences that it has, or a
 * sequence of the reader's own.
 */

import { readAddress, writeAddress } from "../drawing/address.js";
import { element, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import stepper from "../stepper/stepper.js";
import { bytesOf, payloadOf } from "./archive.js";
import { placed } from "./components.js";
import { withFresh } from "./fresh.js";
import { Refusal } from "./own_sequence.js";
import { ownPayload } from "./own_payload.js";
import { notesView } from "./notes_view.js";
import { openPage, reading } from "./page.js";
import { SHOW_ME, questionView } from "./question_view.js";
import { settingsForm } from "./settings_form.js";

/** @typedef {import("./archive.js").Archive} Archive */
/** @typedef {import("./settings_form.js").Values} Values */

const GUESS = "guess";
const WORD = /^(\d{1,3})-(\d{1,2})$/; // the sequence from 1, the guess from 0: none was made

openPage((archive) => {
  const { fields, own: typed } = archive.page;
  const form = settingsForm(fields, show);
  const notes = notesView();
  const refused = element("p", { class: "refused", role: "alert", hidden: true });
  const question = questionView(guess);
  const component = placed(stepper, "stepper", {
    hear(_name, item) {
      asking.item = item;
      ask();
    },
    answers: (name) => name === "item",
  });
  const asking = askingOf(() => own);
  let own = payloadOf(archive, form.with({ sequence: usualSequence(fields) }));

  /** What was shown before stays where what was typed cannot be read. */
  function show() {
    const refusal = refusalOf(() => {
      own = payloadFor(archive, form.values());
    });
    write(refused, refusal);
    refused.hidden = refusal === "";
    const beside = refusal ? null : besideOf(archive, form);
    notes.show([...notThere(archive), ...own.more.notes, ...(beside?.notes ?? [])]);
    component.show(bytesOf(own, beside));
    asking.follow();
    ask();
  }
  function ask() {
    const asked = asking.question();
    question.element.hidden = asked === null;
    if (asked) question.show(asked, asking.guess());
  }
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
  const about = element("p", { class: "quiet" }, typed.notHere);
  const above = [form.element, refused, about, notes.element, question.element];
  return {
    elements: [...above, component.element, reading(archive)],
    recolour: component.refresh,
  };
});

/** @param {import("./header.js").Field[]} fields */
const usualSequence = (fields) => String(fields.find(({ key }) => key === "sequence")?.default);

/**
 * What the settings ask for: a sequence that ships, or one that is typed; trained weights, or fresh
 * ones.
 * @param {Archive} archive @param {Values} values
 */
function payloadFor(archive, values) {
  const name = archive.page.own.kinds[lookup(values, "sequence")];
  if (name !== undefined) return ownPayload(archive, values, name);
  const trained = payloadOf(archive, values);
  const isFresh = lookup(values, "weights") === "fresh";
  return isFresh ? withFresh(trained, Number(lookup(values, "seed"))) : trained;
}

/** Why something cannot be done, in a sentence; "" where it was. @param {() => void} act */
function refusalOf(act) {
  try {
    act();
    return "";
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** What a link of the app's asks for besides, in a sentence. @param {Archive} archive */
function notThere({ page: { others } }) {
  const query = new URLSearchParams(readAddress().query);
  const keys = Object.keys(others).filter((key) => {
    const text = query.get(key)?.trim().toLowerCase();
    return text !== undefined && others[key]?.includes(text) !== false;
  });
  if (keys.length === 0) return [];
  const names = keys.map((key) => `\`${key}\``).join(", ");
  return [
    _("The link asks for what this folder has not, under {keys}: the app shows it.", {
      keys: names,
    }),
  ];
}

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
  const other = payloadFor(archive, form.with({ cell }));
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
  /** Of what is typed, and of fresh weights, there are none. @returns {import("./header.js").Question[]} */
  const questions = () => run().more.questions ?? [];
  return {
    /** @param {number} next  the sequence in view */
    set item(next) {
      item = next;
    },
    question: () => questions()[item] ?? null,
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
      const asked = questions()[Number(place) - 1];
      const guess = Number(chosen) + SHOW_ME;
      if (asked === undefined) guesses.delete(key());
      else if (guess < asked.options.length) guesses.set(key(Number(place) - 1), guess);
    },
  };
}
