/** The Shapes page of the site: of all calls, those that stand in its archive. */

import { readAddress, writeAddress } from "../drawing/address.js";
import { element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import shapes from "../shapes/shapes.js";
import { bytesOf, keyOf } from "./archive.js";
import { placed } from "./components.js";
import { openPage } from "./page.js";
import { questionsView } from "./questions_view.js";

/** @typedef {import("./settings_form.js").Values} Values */
/** @typedef {{settings: Record<string, string>, changed: string[], look: string, turn: number}} Asked */

openPage((archive) => {
  const { settings, usual, look: lookKey } = archive.page;
  const calls = archive.withValues("call", settings);
  const call = placed(shapes, "shapes", {
    hear: (_name, asked) => heard(asked),
    answers: isAnswered,
  });
  const more = placed(shapes, "shapes", { hear() {}, answers: () => false });
  const questions = questionsView();
  let place = {
    values: /** @type {Values} */ (calls[0]),
    look: "",
    turn: 0,
    moves: 0,
    refusal: "",
  };

  function show() {
    const { header, arrays, more: besides } = archive.piece(keyOf("call", settings, place.values));
    const { look, turn, moves, refusal } = place;
    const aside = { look, turn, moves, refusal, pasted: "", isRefused: false };
    const id = keyOf("", settings, place.values);
    call.show(bytesOf({ header: { ...header, ...aside, id }, arrays, more: {} }));
    const below = archive.piece(keyOf("more", settings, place.values));
    more.show(bytesOf({ ...below, header: { ...below.header, id } }));
    questions.show(besides.questions);
  }
  /** @param {Asked} asked */
  function heard({ settings: wanted, changed, look, turn }) {
    const found = nearest(calls, new Map(Object.entries(wanted)), changed);
    const values = found ?? place.values;
    const refusal = found ? whatGaveWay(wanted, found) : notThere(wanted, changed);
    place = { ...place, values, look, turn, refusal };
    const said = [...values].filter(([key, text]) => text !== usual[key]);
    writeAddress(settings, new Map(said), "choice");
    show();
  }
  function arrive() {
    const asked = new URLSearchParams(readAddress().query);
    const wanted = new Map(settings.map((key) => [key, asked.get(key) ?? usual[key]]));
    const changed = settings.filter((key) => asked.has(key));
    const values = nearest(calls, wanted, changed) ?? nearest(calls, wanted, []) ?? calls[0];
    place = {
      ...place,
      values,
      look: asked.get(lookKey) ?? "",
      moves: place.moves + 1,
      refusal: "",
    };
    show();
  }
  window.addEventListener("popstate", arrive);
  arrive();
  const heading = element("h2", { class: "of-questions" }, archive.page.guess);
  return {
    elements: [call.element, heading, questions.element, more.element],
    recolour() {
      call.refresh();
      more.refresh();
    },
  };
});

/** @param {string} name */
const isAnswered = (name) => name === "asked";

/**
 * Of the calls that have what was changed as it is wanted, that which is most like the rest of it.
 * @param {Values[]} calls @param {Values} wanted @param {string[]} changed
 */
function nearest(calls, wanted, changed) {
  const fitting = calls.filter((values) =>
    changed.every((key) => lookup(values, key) === wanted.get(key)),
  );
  const distance = (/** @type {Values} */ values) =>
    [...values].filter(([key, text]) => wanted.get(key) !== text).length;
  return fitting.toSorted((one, other) => distance(one) - distance(other))[0] ?? null;
}

/** @param {Record<string, string>} wanted @param {Values} found */
function whatGaveWay(wanted, found) {
  const others = [...found].filter(([key, text]) => wanted[key] !== text).map(([key]) => key);
  if (others.length === 0) return "";
  return _("This folder has not every call: {settings} gave way. The app computes any.", {
    settings: others.join(", "),
  });
}

/** @param {Record<string, string>} wanted @param {string[]} changed */
const notThere = (wanted, changed) =>
  _("This folder has no call with {settings}. The app computes any.", {
    settings: changed.map((key) => `${key}=${wanted[key]}`).join(", "),
  });
