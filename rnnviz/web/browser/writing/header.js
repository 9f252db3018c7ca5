/** What the writing place is sent (rnnviz/web/step/writing_payload.py). No code. */

export {};

/**
 * @typedef {Object} WritingHeader
 * @property {import("../maths/header.js").Catalogue|null} texts
 * @property {string} text  the equations as the server has them
 * @property {number} turn  which of the texts that were sent it has answered
 * @property {boolean} isShown  they are a cell, which stands below
 * @property {string} shown  what the cell that stands below is called
 * @property {import("../equations/language.js").Language} language
 * @property {import("../equations/notation.js").Notation} notation
 * @property {import("../maths/header.js").Operations} operations
 * @property {{hidden: number, inputs: number}} sizes
 * @property {{module: string, entry: string}} files  of the cell that stands below
 * @property {import("../maths/header.js").ArraySpec[]} arrays
 */
