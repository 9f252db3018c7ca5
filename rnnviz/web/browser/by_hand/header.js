/**
 * What the header of a run on the By hand page says besides (rnnviz/web/by_hand/payload.py). No code.
 *
 * @typedef {import("../stepper/header.js").StepHeader & Extra} ByHandHeader
 *
 * @typedef {Object} Extra
 * @property {ChallengeSpec|null} challenge  the one that is open
 * @property {ChallengeEntry[]} challenges  all there are
 * @property {{says: string, isThere: boolean}} learnt  what a training wants; whether there is one
 * @property {TrainingNews|null} training
 * @property {number} answered  how many polls were
 * @property {boolean} isBifurcation  it begins with one unit whose recurrent weight is 1
 * @property {ScenarioSpec[]} scenarios  those that the cell has the gates for
 * @property {string[]} missing  titles of the others
 *
 * @typedef {{key: string, title: string}} ChallengeEntry
 *
 * @typedef {Object} ScenarioSpec  rnnviz/scenes/scenarios.py
 * @property {string} key
 * @property {string} title
 * @property {string} look  what to look for, in a sentence
 * @property {Record<string, number[]>} arrays  what it sets: name → all numbers of the array
 *
 * @typedef {Object} ChallengeSpec  rnnviz/challenges/challenge.py
 * @property {string} key
 * @property {string} title
 * @property {string} task  what is to be done, in a sentence
 * @property {string} rule  when it counts as solved
 * @property {string[]} hints  each says more than the one before
 * @property {string} source
 * @property {"value"|"gradient"|"share"} measure  what is judged
 * @property {string} of  the name of the value or state; the place of the input
 * @property {string} measured  how that is called in a picture
 * @property {number} tolerance
 * @property {number[][]} wanted  for each sequence, one number a step
 * @property {boolean[][]} counts  the same shape: whether a step counts
 */

/**
 * @typedef {Object} TrainingNews  how a training stands (rnnviz/web/by_hand/descending.py)
 * @property {string} id  of the browser's own choice
 * @property {number} answers  the number of the poll
 * @property {number} made  updates, of
 * @property {number} planned
 * @property {Array<number|null>} losses  before the first and after each; null: not finite
 * @property {Array<number|null>} searched  the best of as many random tries
 * @property {Record<string, number[]>} weights  name → all numbers of the array, as they are now
 * @property {string} error  why it ended, if something went wrong
 */

export {};
