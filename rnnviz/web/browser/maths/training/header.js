/**
 * What a run is trained from in the browser (rnnviz/web/training/in_browser.py). No code.
 *
 * @typedef {import("../header.js").LayerSpec & {prefix: string}} TrainedLayer  prefix: how the full
 *   names of its parameters begin
 *
 * @typedef {Object} RunSpec
 * @property {TrainedLayer[]} layers  in order of execution
 * @property {import("../header.js").StageSpec[]} stages  without dropout
 * @property {import("../header.js").ArraySpec[]} arrays  its parameters by their full names, in order
 * @property {"classification"|"regression"} kind
 * @property {number} solved  the held-out share or error from which on it is
 * @property {Sizes} sizes
 * @property {RunKnobs} knobs
 * @property {import("./generator.js").Standing} dropout  where its generator of dropout stands
 *
 * @typedef {{steps: number, batch: number, inputs: number, outputs: number}} Sizes
 *
 * @typedef {Object} RunKnobs  as rnnviz/training/knobs/settings.py has them
 * @property {"sgd"|"momentum"|"rmsprop"|"adam"|"adamw"} optimizer
 * @property {number} learning_rate
 * @property {number|null} clip_norm @property {number|null} clip_value
 * @property {"constant"|"linear"|"cosine"|"step"} schedule
 * @property {number} momentum @property {number} rms_decay @property {number} beta_1
 * @property {number} beta_2 @property {number} epsilon @property {number} weight_decay
 * @property {number} dropout @property {number} recurrent_dropout
 * @property {number} auxiliary  the weight of the second head's loss
 * @property {number|null} truncate
 * @property {number} updates  planned
 */

/**
 * Sequences with their answers, (time, batch, …).
 * @typedef {Object} Batch
 * @property {number} size  sequences
 * @property {Float64Array} x @property {Float64Array} targets
 * @property {Uint8Array} mask  1: the step counts in the loss
 * @property {Uint8Array} scored  1: it counts in the metric
 * @property {Uint8Array|null} absent  1: the sequence has no such step; null: all have all
 */

export {};
