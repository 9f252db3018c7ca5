/**
 * What is being looked at on the stepper. No code.
 *
 * @typedef {Object} State
 * @property {number} step  time step, from 0
 * @property {number} part  inside one step: how many of the cell's named values are done, from 0
 * @property {"steps"|"inside"} level
 * @property {number} layer  index in header.layers
 * @property {number} item  sequence of the batch
 * @property {number} unit  from 0
 * @property {string|null} name  the value in focus
 * @property {{unit?: number, step?: number, name?: string}|null} hover
 * @property {boolean} playing
 * @property {number} speed  steps per second
 * @property {import("./changes.js").History} history  what the visitor changed, with its past
 * @property {{units: "one"|"all", steps: "one"|"on"|"every"}} reach  how far a held value reaches
 * @property {{name: string, unit: number, step: number}|null} explained
 * @property {"values"|"difference"} shown  in the maps
 */

export {};
