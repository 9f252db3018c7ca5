/**
 * What is being looked at on the stepper. No code.
 *
 * @typedef {Object} State
 * @property {number} step  time step, from 0
 * @property {number} from  the first time step in view, of a run that is longer than the view
 * @property {number} part  inside one step: how many of the cell's named values are done, from 0
 * @property {"steps"|"inside"} level
 * @property {number} layer  index in header.layers
 * @property {number} item  sequence of the batch
 * @property {number} unit  from 0
 * @property {string|null} name  the value in focus
 * @property {Place|null} hover
 * @property {boolean} playing
 * @property {number} speed  steps per second
 * @property {import("./changes/changes.js").History} history  what the visitor changed, with its past
 * @property {Reach} reach  how far a held value reaches
 * @property {import("./maps/selection.js").Selection|null} selection  squares of a map of this layer
 * @property {Explained|null} explained  the number whose arithmetic is shown
 * @property {"values"|"difference"} shown  in the maps
 * @property {string|null} weights  the parameter whose table is open, "all" of them; null: none
 * @property {readonly Figure[]} figures  the pictures that are open, in the order of the page
 * @property {import("./lesions/lesion_order.js").Order} ranking  the lines of the table of lesions
 * @property {import("./unrolled/passes.js").Pass|null} pass  where the passes are played: which has come to
 *   `step`; null: neither is
 * @property {string} notice  of the link that led here; empty where it said all it should
 *
 * @typedef {{unit?: number, step?: number, name?: string|null}} Place  as much of it as is meant
 * @typedef {{units: "one"|"all", steps: "one"|"on"|"every"}} Reach
 * @typedef {{name: string, unit: number, step: number}} Explained
 * @typedef {import("./figures/figure_names.js").Figure} Figure
 *
 * @typedef {import("../drawing/store.js").Store<State>} StateStore
 * @typedef {keyof State|"run"|"theme"|"mount"} Topic  run: other numbers. theme: other colours.
 *   mount: all of it, at first
 * @typedef {ReadonlySet<Topic>} Changed  what a view is to follow
 */

export {};
