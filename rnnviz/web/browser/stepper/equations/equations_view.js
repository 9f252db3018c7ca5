/** The cell's equations, in symbols and in the chosen unit's numbers. */

import { assign, button, element, touches, write } from "../../drawing/dom.js";
import { caption } from "../../drawing/plot.js";
import { N_, _ } from "../../drawing/texts.js";
import { equationLine } from "./equation_line.js";
import { latexCopy } from "./latex_copy.js";

const HOW = N_(
  "Numbers are rounded, so the last digit of a sum may be off by one. Click a number to open it, drag a bold one.",
);

/** @param {import("../context.js").Context} context @returns {import("../views.js").View} */
export function equationsView(context) {
  const { header, store, controller } = context;
  const title = element("span");
  const turn = (/** @type {number} */ by) => controller.select({ unit: store.state.unit + by });
  const less = button(_("previous unit"), "‹", () => turn(-1), { class: "small" });
  const more = button(_("next unit"), "›", () => turn(1), { class: "small" });
  const list = element("div", { class: "equation-list" });
  const latex = latexCopy(() => header.layers[store.state.layer].latex);
  /** @type {ReturnType<typeof equationLine>[]} */
  let lines = [];

  function build() {
    const { layer } = store.state;
    latex.clear();
    for (const line of lines) line.destroy();
    lines = header.layers[layer].equations.map((one) => equationLine(context, layer, one));
    list.replaceChildren(...lines.map((line) => line.element));
  }
  function showUnit() {
    const { unit, step, layer } = store.state;
    const { hidden } = header.layers[layer];
    write(
      title,
      _("Unit {unit} of {units} at step {step}", { unit: unit + 1, units: hidden, step: step + 1 }),
    );
    assign(less, "disabled", unit === 0);
    assign(more, "disabled", unit === hidden - 1);
  }
  return {
    element: element(
      "section",
      { class: "equations", "data-testid": "equations", "aria-label": _("equations with numbers") },
      element("div", { class: "section-head" }, element("h3", {}, title), less, more, latex.button),
      latex.element,
      list,
      caption(_(HOW), null),
    ),
    update(changed) {
      if (touches(changed, "layer", "mount")) build();
      if (touches(changed, "unit", "step", "layer", "mount")) showUnit();
      for (const line of lines) line.update(changed);
    },
    destroy: () => lines.forEach((line) => line.destroy()),
  };
}
