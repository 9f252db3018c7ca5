/** What is to be said of a link that does not say all it should. */

import { _, ngettext } from "../../drawing/texts.js";
import { weightName } from "../changes/change_words.js";

/**
 * @param {import("./link.js").Faults} link
 * @param {import("../header.js").StepHeader} header
 */
export function missing({ isCut, misfits, refused }, header) {
  if (isCut)
    return _("This link was cut short: what was chosen, held or dragged in it could not be read.");
  if (refused.length > 0) {
    const [{ array, index, problem }] = refused;
    const name = weightName(header, array, index);
    return _("In this link, {name} could not be read and stays as it was: {problem}", {
      name,
      problem,
    });
  }
  if (misfits === 0) return "";
  return ngettext(
    "{count} part of this link does not fit what is shown here and was left out.",
    "{count} parts of this link do not fit what is shown here and were left out.",
    misfits,
  );
}
