/**
 * What the header of a message to the Train page says (rnnviz/web/training/payload.py). No code.
 *
 * @typedef {TrainHeader|StartHeader} PageHeader  of either mount of the component
 *
 * @typedef {Object} StartHeader  of the ring on the cliff (rnnviz/web/training/cliff_payload.py)
 * @property {"start"} kind
 * @property {import("../maths/header.js").Catalogue|null} texts
 * @property {Place} across @property {Place} up  where the walks start, on either axis
 * @property {import("../maths/header.js").ArraySpec[]} arrays  none
 *
 * @typedef {{name: string, at: number, low: number, high: number}} Place  low, high: the ends of the
 *   axis
 *
 * @typedef {Object} TrainHeader
 * @property {"runs"} kind
 * @property {string} id  another one is another comparison
 * @property {import("../maths/header.js").Catalogue|null} [texts]  with the first message
 * @property {number} serial  of what the server says is looked at; rises when it says so anew
 * @property {number|null} at  the update looked at then; null: the latest
 * @property {[number, number]|null} zoom  the updates that charts show then; null: all
 * @property {string} unseen  the letters of the runs that they do not show
 * @property {number} planned  updates of the longest run
 * @property {string} status  what is going on, and how long it will take
 * @property {string} lookBack  the look back that is being computed; empty: there is none
 * @property {string} error  of a worker process
 * @property {string} refusal  why a choice was not taken over
 * @property {boolean} playing @property {boolean} stepping @property {boolean} busy
 * @property {boolean} slow  one update a second
 * @property {number|null} guess  the place of the answer that was guessed
 * @property {boolean} ended  no run can go on
 * @property {boolean} [alone]  there is no server: what only one can do is not offered
 * @property {boolean} [saved]  they were made before, and nothing of them goes on (web/site)
 * @property {boolean} room  for another run
 * @property {[asker: string, number: number]} answers  to whom, and to which poll
 * @property {Strides} strides
 * @property {TaskHeader} task
 * @property {RunHeader[]} runs
 * @property {string} where  they are trained, in words
 * @property {HereHeader|null} here  where the browser trains these runs; null: the server does
 * @property {import("../maths/header.js").ArraySpec[]} arrays  `A.loss` is a series of run A,
 *   `A.map.h` one of its maps
 *
 * @typedef {Object} HereHeader  (rnnviz/web/training/here.py); `here.A`, `here.heldOut`, `here.batches.0`, …
 *   among the arrays are payloads of their own, their bytes eight to a number
 * @property {string} script  of the worker
 * @property {number} order  rises when the server has the runs go on, or stop
 * @property {Record<string, number>} goals  how far each is to go, by its id
 * @property {Beginning|null} beginning  what the server is about to have the runs do
 * @property {Record<string, string>} terms  what live knobs are called
 * @property {Record<string, {clipped: number, changes: import("../maths/training/past.js").Change[]}>}
 *   runs  by letter: how many updates were clipped, and the knobs that were turned
 *
 * @typedef {{keys: string[], goals: Record<string, number>, is_stepping: boolean}} Beginning  once a
 *   button of Streamlit's with one of these keys is pressed
 *
 * @typedef {{series: number, rows: number}} Strides  each how many-th update numbers are of, and
 *   rows of maps: powers of two
 *
 * @typedef {Object} TaskHeader
 * @property {"classification"|"regression"} kind
 * @property {number} solved  the held-out share or error from which on it is
 * @property {number} heldOut  how many sequences it is judged on
 * @property {{says: string, loss: number, metric: number}} baseline  says: of whom
 *
 * @typedef {Object} RunHeader
 * @property {string} letter  "A" to "D"
 * @property {string} says  what it chose
 * @property {string} id  another one is another history
 * @property {number} update  how many were made
 * @property {number} from  after which update this message's numbers begin
 * @property {string[]} series  names of its numbers, one for each update
 * @property {string[]} states
 * @property {Way[]} ways  each layer and direction, the last first
 * @property {number[]} columns  the time steps its maps show, from 1
 * @property {Gate[]} gates
 * @property {Array<Happening & {knob: string}>} changes  of knobs
 * @property {Happening|null} stopped  by a number that is not finite
 * @property {number|null} solvedAt  after how many updates
 * @property {Clip[]} clips  how gradients are clipped, each from the update after `after` on
 * @property {LiveKnobs} live  what can be changed while it trains, as it is now
 * @property {number} layers
 * @property {number} parameters  how many numbers it trains
 * @property {string} schedule  of the learning rate
 *
 * @typedef {{prefix: string, title: string}} Way  prefix: how its names begin
 * @typedef {{name: string} & Pick<import("../maths/header.js").Part,
 *   "title"|"role"|"term"|"purpose">} Gate
 * @typedef {{update: number, text: string}} Happening
 * @typedef {{after: number, kind: "none"|"norm"|"value", threshold: number|null}} Clip
 * @typedef {{learning_rate: number, clip_norm: number|null, clip_value: number|null, dropout:
 *   number, recurrent_dropout: number}} LiveKnobs
 */

export {};
