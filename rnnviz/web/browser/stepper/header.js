/**
 * What the header of a run on the stepper says (rnnviz/web/step/payload.py). No code.
 *
 * @typedef {Omit<import("../maths/header.js").NetworkHeader, keyof Shown> & Shown} StepHeader
 *
 * @typedef {Object} Shown  what a run's header has besides the network
 * @property {string} id  of all that is sent: other numbers, another id
 * @property {import("../maths/header.js").Catalogue|null} texts
 * @property {string} title @property {string} story
 * @property {Sequence} sequence
 * @property {import("../maths/header.js").Operations} operations
 * @property {StepLayer[]} layers
 * @property {AnswerSpec|null} readout
 * @property {import("../maths/header.js").Marks} marks
 * @property {string} badge  where the numbers come from
 * @property {import("./changes/changes.js").Change[]} changes  those it begins with
 * @property {[string, string]|null} beside  titles of the two that are compared; null: it stands alone
 * @property {string} view  a link's text: where it begins; empty where no link says so
 * @property {Experiment[][]} experiments  of each sequence; that of the unit in view is not among them
 * @property {TypedWeights} weights
 *
 * @typedef {Object} Sequence  what the network reads
 * @property {string[]} labels  one for each step, of the first sequence
 * @property {string[][]} item_labels  of each sequence
 * @property {string[]} input_names
 * @property {boolean} one_hot  one input is 1 at each step, the others 0
 * @property {string[]|null} alphabet  the symbols, where one is read at each step: those inputs
 *   come first, a mark after them
 *
 * @typedef {import("../weights/names.js").Layout & {typed: boolean, train: string}} TypedWeights
 *   what can be typed of the network. typed: what is typed is the network itself, not a change to
 *   one. train: why a run cannot begin at these weights, as a sentence; empty where it can
 *
 * @typedef {{text: string, changes: import("./changes/changes.js").Change[]}} Experiment  text: what is done
 *
 * @typedef {import("../maths/header.js").ReadoutSpec & {labels: string[], in_order: boolean}} AnswerSpec
 *   labels: one for each output; in_order: the first counts most, not the largest
 *
 * @typedef {import("../maths/header.js").LayerSpec & Described} StepLayer
 *
 * @typedef {Object} Described
 * @property {number} layer  from 0, the lowest
 * @property {boolean} reverse
 * @property {Diagram} diagram
 * @property {Equation[]} equations  one for each named value
 * @property {string} latex  all of them, to be copied
 * @property {Map<string, import("../maths/header.js").Part>} parts
 *
 * @typedef {{name: string, symbols: Token[], numbers: Token[]}} Equation  a line of each
 *   (rnnviz/notation/writer.py)
 * @typedef {"value"|"parameter"|"number"|"operator"|"function"|"bracket"} TokenKind
 * @typedef {[kind: TokenKind, text: string, reference?: string]} Token  reference: whose number
 *   stands there
 *
 * @typedef {Object} Diagram  in pixels from the top left (rnnviz/diagram/layout.py)
 * @property {DiagramNode[]} nodes @property {DiagramEdge[]} edges
 * @property {{x: number, y: number, width: number, height: number}} frame  the cell's outline
 * @property {number} width @property {number} height
 *
 * @typedef {Object} DiagramNode
 * @property {string} id
 * @property {"leaf"|"gate"|"operator"|"function"|"state"} kind
 * @property {string} name  the value it shows
 * @property {string} text  its badge, sign or symbol
 * @property {import("../maths/header.js").Role} role
 * @property {number} x @property {number} y  its centre
 * @property {number} width @property {number} height
 *
 * @typedef {Object} DiagramEdge
 * @property {string} source @property {string} target  ids of nodes
 * @property {string} name  the value that flows on it
 * @property {import("../maths/header.js").Role} role
 * @property {Array<[x: number, y: number]>} points  its corners
 * @property {boolean} lane  part of a conveyor: a state on which only operators act
 */

export {};
