/** What is to be said of a link that does not say all it should. */

import { _, ngettext } from "../../drawing/texts.js";

/** @param {{isCut: boolean, misfits: number}} link */
export function missing({ isCut, misfits }) {
  if (isCut)
    return _("This link was cut short: what was chosen, held or dragged in it could not be read.");
  if (misfits === 0) return "";
  return ngettext(
    "{count} part of this link does not fit what is shown here and was left out.",
    "{count} parts of this link do not fit what is shown here and were left out.",
    misfits,
  );
}
