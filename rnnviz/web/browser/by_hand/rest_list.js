/** The states at rest as a list: a mark, where, and what becomes of a push. */

import { element, mark, pressable, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { fateOf, kindInWords, summaryOf } from "./rest_words.js";
import { SHAPES } from "./state_picture.js";

const MOST = 5;

/**
 * @param {Array<{text: string}>} coordinates @param {{isLine: boolean}} what
 * @param {(state: Float64Array) => void} start  from this state, which was pressed
 */
export function restList(coordinates, { isLine }, start) {
  /** @type {import("../maths/fixed_points.js").FixedPoint[]} */
  let shown = [];
  const summary = element("p");
  const lines = Array.from({ length: MOST }, (unused, k) => {
    const [sign, kind, fate] = [element("span"), element("i"), element("span")];
    const press = () => start(shown[k].state);
    const about = { class: "number", title: _("press: the run starts there") };
    const place = pressable(element("b", about), press);
    return {
      sign,
      place,
      kind,
      fate,
      node: element("li", {}, sign, element("span", {}, place, " ", kind, ": ", fate)),
    };
  });
  const list = element("ul", { class: "rest-list" }, ...lines.map(({ node }) => node));
  return {
    element: element("div", { "data-testid": "at-rest" }, summary, list),
    /** @param {import("../maths/fixed_points.js").FixedPoint[]} points @param {boolean} isSought */
    show(points, isSought) {
      shown = points;
      const text = summaryOf(points, { isLine, isSought });
      summary.hidden = text === "";
      write(summary, text);
      list.hidden = text !== "";
      lines.forEach(({ sign, place, kind, fate, node }, k) => {
        const point = points.at(k);
        node.hidden = k >= points.length || point === undefined;
        if (node.hidden || point === undefined) return;
        const numbers = [...point.state].map(short);
        const names = coordinates.map(({ text: name }, c) => `${name} ${numbers[c]}`);
        write(sign, SHAPES[point.kind].sign);
        write(place, isLine ? numbers[0] : names.join(", "));
        write(kind, kindInWords(point.kind));
        write(fate, fateOf(point));
        node.dataset.kind = point.kind;
        mark(place, "rest", k, point.state[0]);
      });
    },
  };
}
