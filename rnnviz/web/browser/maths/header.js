/**
 * What a payload's header says, as `unpack` hands it on: what every page sends alike, and what the
 * network is run from. What a page adds stands in its own header.js. No code.
 */

export {};

/** @typedef {"hidden"|"inputs"|"projected"} Size  which of a layer's sizes a dimension has */

/**
 * A cell as data (rnnviz.representation). A part (`i.2`) is a step of a named value's equation.
 *
 * @typedef {Object} Cell
 * @property {Array<[name: string, operation: string, operands: Array<string|number>]>} steps  in the
 *   order of computation
 * @property {string[]} names  the named values, in that order
 * @property {string[]} states  what is handed on in time: n is read as n_prev
 * @property {Map<string, Size[]>} parameters  rows, then columns
 * @property {Map<string, Size>} sizes  of x, every n_prev, vector parameter, value and part
 * @property {string[]} gates  the named values that a sigmoid gives
 * @property {Operations} operations
 */

/** @typedef {Record<string, Operation>} Operations  by name */

/**
 * What Python's table says of an operation besides its rules (rnnviz/operations).
 *
 * @typedef {Object} Operation
 * @property {"function"|"infix"|"prefix"} form
 * @property {string} text  before its operands' numbers or between them
 * @property {string[]} chain  the operators a line of it goes on with
 * @property {number|null} low  no value is below; null: there is no bound
 * @property {number|null} high  no value is above
 * @property {boolean} isDirect  it is elementwise and no function
 */

/**
 * A layer in one direction.
 *
 * @typedef {Object} LayerSpec
 * @property {Cell} cell
 * @property {number} hidden  units
 * @property {number} inputs  how many numbers it reads at each step
 * @property {number} [projected]  how many numbers h has, where those are not as many as its units
 * @property {boolean} [reverse]  it reads the last step first
 */

/** @typedef {LayerStageSpec|PoolStageSpec|ReadoutStageSpec} StageSpec  rnnviz/web/stages.py */
/**
 * @typedef {{kind: "layer", directions: number[], skip: boolean}} LayerStageSpec
 *   directions: places in the header's layers. skip: it hands up what it reads, too.
 */
/** @typedef {{kind: "mean"|"maximum"|"attention"}} PoolStageSpec */
/** @typedef {{kind: "readout"}} ReadoutStageSpec */

/** @typedef {{kind: "linear"|"softmax"}} ReadoutSpec */

/**
 * @typedef {Object} LossSpec
 * @property {"sum"|"squared error"|"cross entropy"} kind
 * @property {number[]} steps  those that count, from 0
 * @property {string} text  what L is, as a sentence
 */

/** @typedef {{name: string, shape: number[]}} ArraySpec */

/**
 * A language's texts (rnnviz/texts).
 *
 * @typedef {Object} Catalogue
 * @property {string} language  its code, as in `lang="zh"`
 * @property {Record<string, string|string[]>} messages  text → translation, or its plural forms
 */
/** @typedef {{texts: Catalogue|null}} Spoken  null: English, which needs none */

/**
 * What a network is run from.
 *
 * @typedef {Object} NetworkHeader
 * @property {LayerSpec[]} layers  in order of execution: layer 0 forward, layer 0 reverse, …
 * @property {StageSpec[]} stages
 * @property {ReadoutSpec|null} readout
 * @property {LossSpec} loss
 * @property {number} batch  sequences
 * @property {number} item  the sequence that is shown at first
 * @property {ArraySpec[]} arrays  x is T x batch x inputs; `0.W_i` is a parameter of layers[0]
 */

/** @typedef {"forget"|"input"|"candidate"|"output"|"cell"|"hidden"|"other"} Role  has a colour */
/**
 * A named value.
 *
 * @typedef {Object} Part
 * @property {string} title @property {Role} role
 * @property {string} symbol  `f_t`
 * @property {string} purpose  what it is for, in a phrase
 * @property {string} does  the same in a few words; none where it has no box
 * @property {string} term  its entry in the glossary
 */
/** @typedef {{float32: number, clip: number|null}} Marks  norms of gradients to be marked */

/**
 * The same before `unpack`: JSON has no Map, and operations are told once for all cells.
 *
 * @typedef {Omit<Cell, "parameters"|"sizes"|"operations">
 *   & {parameters: Record<string, Size[]>, sizes: Record<string, Size>}} PackedCell
 */
/**
 * @template {{cell: Cell, parts: Map<string, Part>}} L
 * @typedef {L extends {parts: Map<string, infer P>}
 *   ? Omit<L, "cell"|"parts"> & {cell: PackedCell, parts: Record<string, P>} : never} PackedLayer
 */
/**
 * @template {{layers: Array<{cell: Cell, parts: Map<string, Part>}>}} H
 * @typedef {Omit<H, "layers"> & {layers: Array<PackedLayer<H["layers"][number]>>}} Packed
 */
