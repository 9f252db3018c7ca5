/** What is to be said of a link that does not say all it should. */

import { _, ngettext } from "../../drawing/texts.js";
import { cut } from "../../weights/number_text.js";
import { weightName } from "../changes/change_words.js";

/**
 * @param {import("./link.js").Faults} link
 * @param {import("../header.js").StepHeader} header
 */
export function missing({ isCut, misfits, refused }, header) {
  if (isCut)
    return _("This link was cut short: what was chosen, held or dragged in it could not be read.");
  const [sentence] = [
    ...refused.map((one) => refusal(one, header)),
    ...misfits.map((word) =>
      _("In this link, “{word}” does not fit what is shown here and was left out.", {
        word: cut(word),
      }),
    ),
  ];
  const others = refused.length + misfits.length - 1;
  if (others < 1) return sentence ?? "";
  const more = ngettext(
    "{count} more part of it was left out.",
    "{count} more parts of it were left out.",
    others,
  );
  return `${sentence} ${more}`;
}

/** @param {import("./link.js").Refused} one @param {import("../header.js").StepHeader} header */
function refusal(one, header) {
  const { problem } = one;
  if ("array" in one)
    return _("In this link, {name} could not be read and stays as it was: {problem}", {
      name: weightName(header, one.array, one.index),
      problem,
    });
  const holes = { word: cut(one.word), problem };
  return one.key === undefined
    ? _("In this link, “{word}” was left out: {problem}", holes)
    : _("In this link, “{word}” was left out, and what is there stays: {problem}", holes);
}
