/**
 * What the Shapes page is sent (rnnviz/web/shapes/payload.py). No code.
 *
 * @typedef {CallHeader|MoreHeader} ShapesHeader
 *
 * @typedef {Object} CallHeader  the call, its picture, what is true of it
 * @property {"call"} kind
 * @property {string} id
 * @property {import("../maths/header.js").Catalogue|null} texts
 * @property {number} turn  which of the changes that were asked for it answers
 * @property {number} moves  how often something led here anew
 * @property {string} look  what is looked at, as the address says it
 * @property {string} pasted  what was read of the code pasted last, or why nothing was; "" before
 *   any was
 * @property {boolean} isRefused  nothing was
 * @property {string} refusal  why what was asked for last is not shown; "" where it is
 * @property {Record<string, SettingSpec>} settings
 * @property {import("./net.js").Net} net
 * @property {number} inputs  numbers read at each step
 * @property {number} features  numbers of the output at each step
 * @property {number} vocabulary  of the embedding before it; 0: there is none
 * @property {number} outputs  of the linear layer after it; 0: there is none
 * @property {boolean} isBatched
 * @property {boolean} isGiven  the initial state
 * @property {boolean} hasLengths  each sequence has one of its own
 * @property {CodePiece[][]} code  line by line
 * @property {TensorSpec[]} tensors
 * @property {FactSpec[]} facts
 * @property {ExampleSpec} example  of which the arrays are
 * @property {import("../maths/header.js").ArraySpec[]} arrays
 *
 * @typedef {Object} MoreHeader  what stands below
 * @property {"more"} kind
 * @property {string} id
 * @property {import("../maths/header.js").Catalogue|null} texts
 * @property {ParametersSpec} parameters
 * @property {{ways: WaySpec[], oneEach: string[], note: string}} calls  two in a row
 * @property {{lengths: number[], note: string, ways: PaddingWay[], words: string[], summaries:
 *   FactSpec[]}} padding
 * @property {TongueSpec[]} tongues
 * @property {MistakeSpec[]} mistakes
 * @property {import("../maths/header.js").ArraySpec[]} arrays
 *
 * @typedef {Object} SettingSpec
 * @property {string} label
 * @property {string} value  as a link writes it
 * @property {number|null} low  of a number
 * @property {number|null} high
 * @property {number|null} step
 * @property {string} range  what it can be, in words
 * @property {Array<{key: string, label: string}>} options  of a choice
 *
 * @typedef {{text: string, setting: string}} CodePiece  setting: whose value it is; "" of all else
 * @typedef {{name: string, shape: string, symbols: string, contents: string}} TensorSpec
 * @typedef {{tool: string, code: string, gates: string, arrays: Array<{name: string, shape: string}>,
 *   notes: string[]}} TongueSpec  code: "" where the tool has no such layer
 * @typedef {{key: string, code: string, error: string, words: string, advice: string}} MistakeSpec  words: "" where PyTorch says nothing
 * @typedef {{key: string, code: string, holds: boolean, why: string}} FactSpec
 *
 * @typedef {Object} ExampleSpec  the arrays are "h" and "c": (rows of h_n, steps, items, units)
 * @property {number} hidden  units of c that were computed: fewer where there are too many
 * @property {number} out  of h
 * @property {number[]} items  the sequences whose numbers were sent
 * @property {string} note  where they are of a smaller network; else ""
 *
 * @typedef {Object} WaySpec  one way to treat the state between two calls
 * @property {"carried"|"detached"|"reset"} way
 * @property {string} title
 * @property {string} code
 * @property {number[]} gradient  at each step of both calls
 * @property {boolean} isOneCall  the numbers are those of one long call
 * @property {boolean} reachesBack  the gradient reaches into the first call
 * @property {boolean} grows  memory does, with every call
 * @property {string} numbers  each in a sentence
 * @property {string} reach
 * @property {string} memory
 * @property {string} raises  what PyTorch says at the second backward; "" where it does not
 *
 * @typedef {{title: string, isPacked: boolean, gradient: number[][]}} PaddingWay
 *   gradient: of each sequence, at each step
 *
 * @typedef {Object} ParametersSpec
 * @property {LayerSpec[]} layers
 * @property {Array<{title: string, symbols: string, numbers: string, total: string}>} formulas
 * @property {Array<{name: string, count: number, shown: string, isThis: boolean}>} kinds
 * @property {string[]} notes
 *
 * @typedef {{title: string, isRecurrent: boolean, matrices: MatrixSpec[]}} LayerSpec
 *
 * @typedef {Object} MatrixSpec
 * @property {string} name
 * @property {string} shape
 * @property {string} symbols
 * @property {string} contents
 * @property {string} shown  how many numbers it has
 * @property {number} rows
 * @property {number|null} columns  null: a vector
 * @property {GateRows[]} gates  none: its rows are no gates'
 *
 * @typedef {{gate: string, title: string, role: string, start: number, stop: number}} GateRows
 */

export {};
