/** Why a change that a link says cannot be made here: a sentence for each, about a word of it. No DOM. */

import { cut } from "../../weights/number_text.js";
import { _ } from "../../drawing/texts.js";

/** @param {string|undefined} text @param {number} count */
export const noLayer = (text, count) =>
  _("“{text}” is no layer from 1 to {count}.", { text: said(text), count });

/** @param {string|undefined} text @param {number} count */
export const noSequence = (text, count) =>
  _("“{text}” is no sequence from 1 to {count}.", { text: said(text), count });

/** @param {string|undefined} text @param {number} count */
export const noStep = (text, count) =>
  _("“{text}” is no step from 1 to {count}.", { text: said(text), count });

/** @param {string|undefined} text @param {number} count */
export const noUnit = (text, count) =>
  _("“{text}” is no unit from 1 to {count}.", { text: said(text), count });

/** @param {string|undefined} text @param {number} count */
export const noInput = (text, count) =>
  _("“{text}” is no input from 1 to {count}.", { text: said(text), count });

/** @param {string|undefined} text @param {number} count */
export const noSymbol = (text, count) =>
  count === 0
    ? _("What is read here are numbers.")
    : _("“{text}” is no letter from 1 to {count}.", { text: said(text), count });

/** @param {string} text */
export const noValue = (text) => _("This cell has no value “{text}”.", { text: said(text) });

/** @param {string} text */
export const backwards = (text) =>
  _("“{text}” ends before it begins: the earlier step stands first.", { text: said(text) });

/** @param {string} [text] */
const said = (text = "") => cut(text);
