/** What is looked at of a sentence, and what its views are given. No code. */

export {};

/**
 * @typedef {Object} State
 * @property {import("./looks.js").Payload} payload
 * @property {import("./looks.js").Source} source  what it is coloured by
 * @property {number|null} unit  null: all of them
 * @property {number} place  the chosen token
 * @property {number|null} pointed  the token that the pointer is at
 * @property {number} theme  counts how often the colours became others
 */

/**
 * @typedef {Object} Context
 * @property {import("../drawing/store.js").Store<State>} store
 * @property {() => import("./looks.js").Look} look  of the state as it is
 * @property {() => import("../drawing/heat_map_plan.js").Ramp} ramp  its colours
 * @property {() => import("../drawing/theme.js").Theme} theme
 */

/** @typedef {{element: HTMLElement, update: (changed: ReadonlySet<keyof State>) => void}} View */
