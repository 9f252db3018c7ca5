/** What is learnt: each matrix to scale, which of its rows belong to which gate, and the counts. */

import { element, svg } from "../drawing/dom.js";
import { termOf } from "../drawing/term.js";
import { sized } from "../drawing/magnified.js";
import { _ } from "../drawing/texts.js";
import { blocksOf, scaleOf } from "./matrix_plan.js";

const ROOM = { width: 190, height: 92 };
const NAMES = 18; // left of the matrices, for the gates

/** @typedef {import("./header.js").LayerSpec} LayerSpec */
/** @typedef {import("./header.js").ParametersSpec} ParametersSpec */

/** @returns {import("./context.js").Section} */
export function parametersView() {
  const room = element("div", {});
  const root = element(
    "section",
    { class: "parameters", "data-testid": "parameters" },
    element("h2", {}, termOf(_("What is learnt"), "weight")),
    room,
  );
  return {
    element: root,
    show(header) {
      const { parameters } = header;
      room.replaceChildren(counted(parameters), layersOf(parameters));
    },
  };
}

/** The count as a formula, with the numbers put in, and beside the other modules'. @param {ParametersSpec} parameters */
function counted({ formulas, kinds, notes }) {
  const most = Math.max(...kinds.map(({ count }) => count));
  return element(
    "div",
    { class: "counted" },
    element(
      "div",
      {},
      ...formulas.map(({ title, symbols, numbers, total }) =>
        element(
          "div",
          { class: "formula" },
          element("p", {}, title),
          element("p", {}, element("code", { class: "code soft" }, symbols)),
          element(
            "p",
            {},
            element("code", { class: "code" }, `${numbers} = `, element("b", {}, total)),
          ),
        ),
      ),
      ...notes.map((note) => element("p", { class: "soft" }, note)),
    ),
    element(
      "div",
      { class: "kinds", role: "group", "aria-label": _("the same sizes in other modules") },
      ...kinds.flatMap(({ name, count, shown, isThis }) => {
        const style = `width:${(100 * count) / most}%`;
        const kind = isThis ? "this" : "other";
        return [
          element("code", { class: `code ${kind}` }, name),
          element("span", { class: `kind-bar ${kind}`, style }),
          element("span", { class: `code count ${kind}` }, shown),
        ];
      }),
    ),
  );
}

/** @param {ParametersSpec} parameters */
function layersOf({ layers }) {
  const recurrent = layers.filter(({ isRecurrent }) => isRecurrent);
  const scale = scaleOf(
    recurrent.map(({ matrices }) => matrices),
    ROOM,
  );
  return element("div", { class: "layers" }, ...layers.map((layer) => layerNode(layer, scale)));
}

/** @param {LayerSpec} layer @param {number} scale */
function layerNode({ title, isRecurrent, matrices }, scale) {
  const table = element(
    "table",
    {},
    ...matrices.map(({ name, shape, shown, contents }) =>
      element(
        "tr",
        { title: contents },
        element("th", { scope: "row" }, element("code", { class: "code" }, name)),
        element("td", { class: "code" }, shape),
        element("td", { class: "code count" }, shown),
      ),
    ),
  );
  const picture = isRecurrent ? drawing(matrices, scale) : null;
  return element("div", { class: "layer" }, element("h3", {}, title), picture, table);
}

/** @param {import("./header.js").MatrixSpec[]} matrices @param {number} scale */
function drawing(matrices, scale) {
  const blocks = blocksOf(matrices, scale);
  const first = blocks.filter(({ name }) => name === matrices[0].name);
  const size = { width: ROOM.width + NAMES, height: ROOM.height };
  return svg(
    "svg",
    { class: "matrices", ...sized(size), role: "img", "aria-label": rowsAloud(matrices) },
    ...first.map(({ gate, role, y, height }) =>
      svg(
        "text",
        { x: 0, y: y + height / 2 + 4, class: "gate-name", "data-role": role },
        height < 9 ? "" : gate,
      ),
    ),
    ...blocks.map(({ x, y, width, height, role, gate, name, isVector }) =>
      svg(
        "rect",
        {
          ...{ x: x + NAMES, y, width, height },
          ...{ class: isVector ? "block vector" : "block", "data-role": role },
        },
        svg("title", { "data-verbatim": true }, `${name} ${gate}`),
      ),
    ),
  );
}

/** Which rows are whose. @param {import("./header.js").MatrixSpec[]} matrices */
function rowsAloud([{ gates }]) {
  const rows = gates.map(({ gate, title, start, stop }) =>
    _("rows {start} to {stop}: {gate}, {title}", { start, stop: stop - 1, gate, title }),
  );
  return rows.join("; ");
}
