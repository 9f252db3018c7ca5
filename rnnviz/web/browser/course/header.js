/**
 * What the course is sent (rnnviz/web/course/course.py), wherever it stands: in the app or in a folder. No
 * code.
 *
 * @typedef {Object} CourseHeader
 * @property {import("../maths/header.js").Catalogue|null} texts
 * @property {string|null} unit  the key of the one that is open; null: all of them are listed
 * @property {UnitSpec[]} units  those of the course in its order, then activities beside it
 * @property {Record<Page, string>} paths  of the pages, from where the app is
 * @property {Record<string, string>} [lessons]  of the site: those of the Train page's lessons
 * @property {import("../maths/header.js").ArraySpec[]} arrays  none
 *
 * @typedef {"step"|"gradients"|"train"|"by hand"|"shapes"|"cells"|"course"} Page
 *
 * @typedef {Object} UnitSpec  see rnnviz/course/unit.py
 * @property {string} key @property {string} title @property {boolean} isInCourse
 * @property {Page} page @property {string} link @property {string} revealed
 * @property {number} seconds
 * @property {string} question @property {string[]} options @property {number} answer
 * @property {string} outcome
 * @property {ActSpec[]} acts
 * @property {{sentence: string, source: string, kindly: string, truth: string}|null} belief
 *
 * @typedef {{text: string, seen: Wanted, found: string, link: string}} ActSpec
 *
 * @typedef {Object} Wanted  what an act waits for
 * @property {string} what  the word of the announcement
 * @property {Record<string, Value|Value[]|{least?: number, most?: number}>} values  what some of its
 *   values must be
 * @property {number} times  how many that differ
 * @typedef {string|number|boolean} Value
 *
 * @typedef {Object} Places  where pages are, and how one comes to them
 * @property {(page: Page, link: string) => string} href
 * @property {(page: Page, link: string) => void} go  without losing what the session has
 * @property {() => void} leave  the unit, and stay on the page
 */

export {};
