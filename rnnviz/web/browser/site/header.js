/**
 * What stands in a page of the site (rnnviz/web/site). No code.
 *
 * @typedef {Object} Index  of an archive (rnnviz/web/site/archive.py)
 * @property {PageHeader} page
 * @property {unknown[]} values  what several headers share
 * @property {Array<[bytes: number, count: number]>} numbers  of each array: bytes a number, numbers
 * @property {Record<string, [header: Tree, arrays: ArrayEntry[], more: Tree]>} pieces
 *
 * @typedef {number|Tree[]|{[name: string]: Tree}} Tree  a number: the place of a value
 * @typedef {[name: string, shape: number[], place: number]} ArrayEntry
 *
 * @typedef {Object} PageHeader  what a page says of itself; what is not its own is not there
 * @property {import("../maths/header.js").Catalogue|null} texts
 * @property {Field[]} fields
 * @property {Record<string, string[]>} pieces  of a payload → the settings that each depends on
 * @property {string} reading  how to read it
 * @property {OwnSequences} own  Step
 * @property {Record<string, string[]|null>} others  Step: what the app has besides: values of
 *   settings, or whole settings
 * @property {[string, string]} untouched  Step: the titles of a run and its untouched run
 * @property {Record<string, string>} bifurcation  By hand: what a link to it says
 * @property {Field[]} knobs  Gradients
 * @property {Field} scene @property {Field[]} asked
 * @property {any} look  Gradients: fields; Shapes: its key
 * @property {string[]} settings  Shapes: their keys
 * @property {Record<string, string>} usual @property {string} guess  a heading
 * @property {Array<{heading: string, lessons: Lesson[]}>} lessons  Train
 * @property {LessonSpec} lesson  the page's own
 * @property {Field[]} link  of the view
 * @property {boolean} isLive  this browser trains the runs
 * @property {{live: string, saved: string}} made  where they come from
 * @property {{title: string, lead: string}} phase  of the phase diagram's section
 *
 * @typedef {About & (ChoiceKind|SeveralKind|NumberKind|TextKind)} Field  a setting
 * @typedef {Object} About
 * @property {string} name
 * @property {string} key  in links
 * @property {string} label
 * @property {string} help
 * @property {string|number|string[]|null} default
 * @property {boolean} optional  there may be none
 * @property {Record<string, string[]>} when  what other settings must be for it to be there
 * @typedef {Array<[value: string, label: string]>} Options
 * @typedef {{kind: "choice", options: Options}} ChoiceKind
 * @typedef {{kind: "several", options: Options, fewest: number}} SeveralKind
 * @typedef {{kind: "whole"|"number", low: number, high: number}} NumberKind
 * @typedef {{kind: "text"}} TextKind
 *
 * @typedef {Object} OwnSequences  (rnnviz/web/site/own_sequences.py)
 * @property {Record<string, string>} kinds  sequence → the setting that says which
 * @property {number} longest  steps
 * @property {Array<[letter: string, shown: string]>} letters  in the order of the inputs
 * @property {string} notHere  what this folder has not
 * @property {Saturation} saturation
 *
 * @typedef {Object} Saturation  when numbers are too large (rnnviz/scenes/saturation.py)
 * @property {number} large  up to this they are not
 * @property {number} atAnEnd  how near to it a gate has to be
 * @property {number} most  of the gates, where they have nothing left to decide
 * @property {string} ofGates @property {string} ofH  what is said then
 *
 * @typedef {{name: string, title: string, file: string}} Lesson
 *
 * @typedef {Object} LessonSpec  what is asked, and what came out (rnnviz/training/verdicts.py)
 * @property {string} name
 * @property {string} question
 * @property {string[]} options
 * @property {boolean[]} rights  of each option, whether it came out
 * @property {string} happened
 * @property {string} why
 * @property {string} tale  what is usually told; "" where that came out
 * @property {number|null} at  the update at which it is seen best
 * @property {[number, number]|null} zoom
 *
 * @typedef {Object} Question
 * @property {string} text
 * @property {string[]} options
 * @property {string[]} said  of no guess, then of each option: what came out beside it
 */

export {};
