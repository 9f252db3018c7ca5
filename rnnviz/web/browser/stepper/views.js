/** The stepper's views by name, and where each stands: a page may show any of them. */

import { element } from "../drawing/dom.js";
import { lookup } from "../maths/lookup.js";
import { answerFigure } from "./figures/answer_figure.js";
import { attentionView } from "./attention_view.js";
import { changesBar } from "./changes/changes_bar.js";
import { diagramView } from "./diagram/diagram_view.js";
import { equationsView } from "./equations/equations_view.js";
import { explainView } from "./explanation/explain_view.js";
import { gatesFigure } from "./figures/gates_figure.js";
import { gradientView } from "./lines/gradient_chart.js";
import { headView } from "./sequence/head_view.js";
import { lesionsView } from "./lesions/lesions_view.js";
import { letterChoice } from "./sequence/letter_choice.js";
import { mapsView } from "./maps/maps.js";
import { narrator } from "./narrator.js";
import { noticeView } from "./notice_view.js";
import { playerView } from "./player.js";
import { outcomeView } from "./changes/outcome_view.js";
import { readoutView } from "./readout_view.js";
import { stripView } from "./sequence/strip.js";
import { unitView } from "./lines/unit_chart.js";
import { unrolledView } from "./unrolled/unrolled_view.js";
import { weightsView } from "./weights/weights_view.js";

/**
 * @typedef {Object} View
 * @property {HTMLElement} element
 * @property {(changed: import("./state.js").Changed) => void} update
 * @property {(width: number) => void} [resize]  the width that a row of time steps has, in pixels
 * @property {HTMLElement} [scrub]  the player's, which stands below the sequence
 * @property {() => void} destroy
 *
 * @typedef {(context: import("./context.js").Context) => View|null} MakeView  null: nothing to show
 */

/** @type {Map<string, MakeView>} */
export const VIEWS = new Map([
  ["notice", noticeView],
  ["head", headView],
  ["strip", stripView],
  ["letters", letterChoice],
  ["player", playerView],
  ["changes", changesBar],
  ["diagram", diagramView],
  ["readout", readoutView],
  ["outcome", outcomeView],
  ["equations", equationsView],
  ["explain", explainView],
  ["attention", attentionView],
  ["how-answered", answerFigure],
  ["weights", weightsView()],
  ["maps", mapsView],
  ["gates", gatesFigure()],
  ["gradients", gradientView],
  ["unrolled", unrolledView],
  ["unit", unitView],
  ["lesions", lesionsView],
  ["narrator", narrator],
]);
const FEW = 3; // equations beside which there is room for the answer

/**
 * Some of the views, for `mount`; a page's own are set beside them.
 * @param {...string} names
 */
export function some(...names) {
  return new Map(names.map((name) => [name, lookup(VIEWS, name)]));
}

/**
 * The views one below the other, cell and equations side by side; a page's own stand at the end.
 * @param {Map<string, View>} views
 * @param {import("./header.js").StepHeader} header
 * @returns {HTMLElement[]}
 */
export function arranged(views, header) {
  const of = (/** @type {string[]} */ ...names) =>
    names.map((name) => views.get(name)?.element).filter(isThere);
  const own = [...views.keys()].filter((name) => !VIEWS.has(name));
  const scrub = views.get("player")?.scrub;
  scrub?.querySelector(".row-label")?.append(...of("letters"));
  const sequence = [...of("strip"), ...(scrub ? [] : of("letters")), scrub].filter(isThere);
  const [top, ...below] = sequence;
  top?.append(...below);
  const isLong = header.layers[0].cell.names.length > FEW;
  const answer = of("readout", "outcome");
  const left = isLong ? [...of("diagram"), ...answer] : of("diagram");
  const right = isLong
    ? of("equations", "explain")
    : [...of("equations"), ...answer, ...of("explain")];
  const beside = [...boxed("left", left), ...boxed("right", right)];
  return [
    ...of("notice", "head"),
    ...sequence.slice(0, 1),
    ...of("player", "changes"),
    ...boxed("stage", beside),
    ...of(
      "attention",
      "how-answered",
      "weights",
      "maps",
      "gates",
      "gradients",
      "unrolled",
      "unit",
      "lesions",
      "narrator",
      ...own,
    ),
  ];
}

/** @param {HTMLElement|undefined} node @returns {node is HTMLElement} */
const isThere = (node) => node !== undefined;

/** A box around nodes; none where there are none. @param {string} name @param {HTMLElement[]} nodes */
function boxed(name, nodes) {
  return nodes.length ? [element("div", { class: name }, ...nodes)] : [];
}
