/**
 * What the headers of the Gradients page say (rnnviz/web/gradients/payload.py). No code.
 *
 * @typedef {Object} SetupHeader
 * @property {string} id  of all that is sent: other numbers, another id
 * @property {"setup"} kind
 * @property {import("../maths/header.js").Catalogue|null} texts
 * @property {Knobs} start  the knobs at first
 * @property {Look} look  what is looked at first
 * @property {Asked|null} asked  the knobs that the guess is about
 * @property {Record<string, [key: string, usual: string|number|null]>} address  of each thing that
 *   is looked at the key in links, and what it is where they do not say
 * @property {number} moves  how often Back or Forward led here
 * @property {boolean} isFile  it stands in a file: there is no server, and no address to write
 * @property {number} seed  of the numbers drawn
 * @property {Record<RangeName, RangeKnob> & Record<ChoiceName, ChoiceKnob>} knobs
 * @property {Record<string, string>} activations  function -> the plain cell that has it
 * @property {string} plain  what that cell is called, whatever its function
 * @property {number} inputs
 * @property {{float32: number, clip: number}} marks  norms of gradients to be marked
 * @property {import("../maths/header.js").Operations} operations
 * @property {Layer[]} layers  the gallery's, then those of the Step page's
 *   network
 * @property {Scene} scene
 * @property {import("../maths/header.js").ArraySpec[]} arrays
 *
 * @typedef {Object} Knobs
 * @property {string[]} cells  by name
 * @property {number} length  steps
 * @property {number} scale  the spectral radius of every recurrent matrix
 * @property {string} activation
 * @property {number} forget_bias  of the gate that keeps
 * @property {number} input_scale @property {number} hidden @property {number} seed
 * @property {string} loss  where it is asked
 * @property {number} step  at which one, from 1
 *
 * @typedef {Pick<Knobs, "length"|"scale"|"activation"|"input_scale"|"hidden">} Asked
 * @typedef {Object} Look  steps and units from 1
 * @property {string|null} cell
 * @property {import("./context.js").CurveOf} state
 * @property {"hidden"|"shown"} local @property {"hidden"|"shown"} bound
 * @property {"hidden"|"shown"} attention
 * @property {number} at  the cursor
 * @property {number|null} unit @property {number|null} cut
 * @property {import("./context.js").SpectrumPart} spectrum
 * @property {import("./context.js").SpectrumOf} jacobians
 * @property {number|null} matrix
 * @property {number|null} first @property {number|null} last  what the charts are zoomed to
 * @property {import("./context.js").Guess|null} guess
 *
 * @typedef {"activation"|"loss"} ChoiceName
 * @typedef {Exclude<keyof Knobs, "cells"|ChoiceName>} RangeName
 * @typedef {{label: string, help: string}} About
 * @typedef {About & {default: number, low: number, high: number, step: number}} RangeKnob
 * @typedef {About & {default: string, options: [key: string, label: string][]}} ChoiceKnob
 *
 * @typedef {Object} Described  a cell and what is known of it
 * @property {string} name
 * @property {import("../maths/header.js").Cell} cell
 * @property {Record<string, string[]>} gates  to its parameters
 * @property {{function: string, matrix: string}|null} plain  of h = function(matrix @ h_prev + …)
 * @property {number|null} steepest  the largest slope of that function
 * @property {string|null} why  there is no bound
 * @property {Map<string, import("../maths/header.js").Part>} parts
 *
 * @typedef {GalleryCell|SceneLayer} Layer
 * @typedef {Described & Drawn} GalleryCell
 * @typedef {Object} Drawn
 * @property {Record<string, [array: string, k: number]>} draws  parameter -> its draw, the k-th
 * @property {{keep: string, sign: number}|null} memory  the bias of the gate that keeps
 *
 * @typedef {Described & import("../maths/header.js").LayerSpec & Place} SceneLayer
 * @typedef {{layer: number, reverse: boolean}} Place  layer: from 0, the lowest
 *
 * @typedef {Object} Scene  the Step page's network; its arrays are `scene.x`, `scene.0.W_i`, …
 * @property {string} title @property {string} badge
 * @property {string} cell  the last layer's
 * @property {number} length  steps
 * @property {import("../maths/header.js").ReadoutSpec|null} readout
 * @property {import("../maths/header.js").StageSpec[]} stages
 * @property {import("../maths/header.js").LossSpec} loss
 *
 * @typedef {SetupHeader|PhaseHeader} PageHeader
 * @typedef {PhaseMap|NoPhaseMap} PhaseHeader
 * @typedef {{kind: "phase", id: "none", about: string, arrays: []}} NoPhaseMap  not computed yet
 * @typedef {Object} PhaseMap  arrays: scales x lengths for each cell
 * @property {"phase"} kind
 * @property {string} id
 * @property {string} about  at which knobs it was computed
 * @property {string[]} cells @property {number[]} scales @property {number[]} lengths
 * @property {number} seeds  how many each number is the mean of
 * @property {number} done  the share that is computed, 0 to 1
 * @property {import("../maths/header.js").ArraySpec[]} arrays
 */

export {};
