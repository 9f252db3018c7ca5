/**
 * What the button is sent (rnnviz/web/sharing.py). No code.
 *
 * @typedef {Object} SharingHeader
 * @property {import("../maths/header.js").Catalogue|null} texts
 * @property {number} longest  letters of a link that still gets a code
 * @property {string|null} link  which the code is of; null: of none yet
 * @property {{path: string, size: number}|null} code  as an SVG's path, one unit a dot
 * @property {import("../maths/header.js").ArraySpec[]} arrays
 */

export {};
