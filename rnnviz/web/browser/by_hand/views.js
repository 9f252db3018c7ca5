/** The By hand page's views by name, and where each stands. */

import { element } from "../drawing/dom.js";
import { some } from "../stepper/views.js";
import { benchView } from "./bench_view.js";
import { challengeView } from "./challenge_view.js";
import { heldView } from "./held_view.js";
import { historyBar } from "./history_bar.js";
import { scenariosView } from "./scenarios_view.js";
import { trainView } from "./train_view.js";

/** @typedef {import("../stepper/views.js").View} View */

/**
 * The page's own views, in the order in which they hear of changes. Each is made from the context
 * that the stepper's views get.
 * @type {Array<[string, import("../stepper/views.js").MakeView]>}
 */
const OWN = [
  ["history", historyBar],
  ["held", heldView],
  ["bench", benchView],
];

/**
 * All of them; of the stepper's: what a link lacks, the arithmetic of a number, the narrator.
 * @param {import("../stepper/run_component.js").Server|null} server  null: in a file
 */
export const viewsFor = (server) =>
  new Map([
    ...some("notice", "player", "explain"),
    ...OWN,
    ["scenarios", scenariosView(server)],
    ["challenges", challengeView(server)],
    ["train", trainView(server)],
    ...some("narrator"),
  ]);

/** Above the picture, and below it: a view of another name stands at the end. */
const ABOVE = ["notice", "held", "scenarios"];
const TOP = ["player", "history"];
const BELOW = ["challenges", "train", "narrator", "files"];

/**
 * @param {Map<string, View>} views
 * @returns {HTMLElement[]}
 */
export function arranged(views) {
  const named = [...ABOVE, ...TOP, "bench", "explain", ...BELOW];
  const others = [...views.keys()].filter((name) => !named.includes(name));
  const of = (/** @type {string[]} */ names) =>
    names.flatMap((name) => views.get(name)?.element ?? []);
  const top = element("div", { class: "bench-top" }, ...of(TOP));
  const stage = element("div", { class: "bench-stage" }, ...of(["bench", "explain"]));
  return [
    element("div", { class: "by-hand" }, ...of(ABOVE), top, stage, ...of(BELOW), ...of(others)),
  ];
}
