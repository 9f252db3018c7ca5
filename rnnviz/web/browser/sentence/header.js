/** What the header of a sentence's payload says (rnnviz/web/data/text/payload.py). No code. */

export {};

/**
 * A named value of the network, at every token.
 *
 * @typedef {Object} ValueSpec
 * @property {string} name  of its arrays: "0.f" (tokens, units), "0.df" its gradient
 * @property {string} title  "forget gate"
 * @property {string} symbol  "f", as the cell's equations have it
 * @property {string} role  a colour's, see drawing/colours.js
 * @property {number|null} layer  from 1; null where there is only one
 * @property {number} units
 * @property {boolean} isGate  it lies between 0 and 1
 */

/**
 * The arrays "norm", "product" (tokens): of dL/dx, L being the logarithm of the probability that is
 * asked for; "changes" (tokens, others): of L, with another token in a token's place.
 *
 * @typedef {Object} Sentence
 * @property {"characters"|"words"} by  what a token is
 * @property {{colour: string, unit: string, token: string}} keys  in links, of what is looked at
 * @property {string[]} tokens
 * @property {string} asked  the token whose probability is looked at, after the last
 * @property {number} logarithm  of its probability
 * @property {string[]} others  what each token is replaced by
 * @property {ValueSpec[]} values
 */

/**
 * @typedef {Sentence & import("../maths/header.js").Spoken
 *   & {id: string, arrays: import("../maths/header.js").ArraySpec[]}} SentenceHeader
 */
