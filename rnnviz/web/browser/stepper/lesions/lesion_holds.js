/** A line of the lesion table as the hold it is, and whether that is under way. No DOM. */

import { _ } from "../../drawing/texts.js";
import { isOfWeights } from "../changes/changes.js";
import { answerInWords, signed } from "./lesion_words.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../maths/lesions.js").Lesioned} Lesioned */

/** @param {Context} context @param {Lesioned} lesion @returns {import("../changes/holding.js").Hold} */
export function lesionHold({ model, store }, { name, unit, value }) {
  return { kind: "hold", layer: store.state.layer, name, unit, from: 0, to: model.T, value };
}

/** @param {Pick<Lesioned, "name"|"unit"|"value">} lesion */
export function lesionKey({ name, unit, value }) {
  return JSON.stringify([name, unit, value]);
}

/** Whether nothing else is changed. @param {Context} context @param {string} key  of a lesion */
export function isUnderWay({ header, model, store }, key) {
  const { present } = store.state.history;
  const changes = header.weights.typed ? present.filter((one) => !isOfWeights(one)) : present;
  const [one, ...others] = changes;
  if (one?.kind !== "hold" || others.length > 0 || one.layer !== store.state.layer) return false;
  if (one.from !== 0 || one.to !== model.T || (typeof one.unit === "object" && one.unit))
    return false;
  return JSON.stringify([one.name, one.unit, one.value]) === key;
}

/** Of the line whose hold is; "" where none is. @param {Context} context @param {Lesioned[]} found */
export function keyUnderWay(context, found) {
  return found.map(lesionKey).find((key) => isUnderWay(context, key)) ?? "";
}

/** @param {Context} context @param {Lesioned} one @param {string} what  is held */
export function heldInWords({ header, model }, one, what) {
  const loss = signed(one.loss - model.ghost.loss);
  if (header.readout === null || one.answer === null)
    return _("Held: {what}. The loss changes by {loss}.", { what, loss });
  const answer = answerInWords(header.readout, one.answer);
  return _("Held: {what}. {answer}; the loss changes by {loss}.", { what, answer, loss });
}
