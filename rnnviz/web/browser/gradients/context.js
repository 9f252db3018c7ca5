/**
 * What every view of the Gradients page gets, and what it is. No code.
 *
 * @typedef {Object} Context
 * @property {import("./header.js").SetupHeader} header
 * @property {import("../drawing/store.js").Store<State>} store
 * @property {() => import("./bench.js").Shown[]} measured  the cells that are shown
 * @property {() => import("./bench.js").Looked} detail  of the cell looked at
 * @property {() => import("./bench.js").CellBound|null} bound
 * @property {() => import("./settle.js").Settled} settled
 * @property {import("../drawing/root.js").Root["tip"]} tip
 * @property {import("../drawing/root.js").Root["theme"]} theme
 * @property {() => boolean} isVeiled  the question is not answered yet
 * @property {(step: number|null) => void} point  move the cursor; null: stay
 * @property {(range: [number, number]|null) => void} zoom  to these steps; null: to all
 * @property {(() => void)|null} savePage  have this view made a file; null: it is one
 * @property {(name: string) => void} toggle  show a cell or hide it
 * @property {() => HTMLElement} cellChoice  a place for the menu that says which cell is looked at
 *
 * @typedef {Object} State  what is looked at; steps and units from 0
 * @property {import("./header.js").Knobs} knobs
 * @property {string} cell  the one looked at, by name
 * @property {CurveOf} state  whose gradient the curves are
 * @property {boolean} local  the part that comes straight from the loss is drawn too
 * @property {boolean} bound  the upper bound is drawn too
 * @property {boolean} attention  the curves with an attention above the layer are drawn too
 * @property {number} step  where the cursor is
 * @property {number|null} unit  followed along the direct path
 * @property {number|null} cut  the step before which the graph is cut; null: in the middle
 * @property {SpectrumPart} spectrum @property {SpectrumOf} spectrumOf
 * @property {number|null} matrix  the step whose Jacobian is shown; null: the last
 * @property {[first: number, last: number]|null} zoom  the steps that the charts show; null: all
 * @property {Guess|null} guess  null: the question is open
 * @property {import("./header.js").Asked|null} asked  the knobs that the guess is about
 * @property {number} settled  another number: what takes longer than a frame has come further
 *
 * @typedef {"grows"|"same"|"tenth"|"thousandth"|"millionth"|"less"|"show"} Guess
 * @typedef {"h"|"long"} CurveOf  long: the state that is kept longest
 * @typedef {"norm"|"all"} SpectrumPart  of the singular values the largest, or all
 * @typedef {"products"|"steps"} SpectrumOf
 *
 * @typedef {keyof State|"mount"|"theme"} Change  mount: everything is new; theme: the colours are
 * @typedef {ReadonlySet<Change>} Changed
 *
 * @typedef {typeof import("../drawing/heat_map.js").heatMap} HeatMap
 * @typedef {NonNullable<Parameters<HeatMap>[0]["hover"]>} Hover  what a map tells under the pointer
 *
 * @typedef {Object} View
 * @property {HTMLElement} element
 * @property {(changed: Changed) => void} update
 * @property {() => void} destroy
 * @property {() => void} [label]  say for which knobs it is, while `update` waits
 */

export {};
