/** The diagram on the page: what is dragged and pressed in it, what it says, and its file. */

import { button, element, touches, write } from "../drawing/dom.js";
import { scrubbable } from "../drawing/drag.js";
import { exact } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { saveDiagram } from "./diagram_file.js";
import { diagramPicture } from "./diagram_picture.js";
import { MOST_UNITS, windowOf } from "./unit_strip.js";

const HOW = "Squares are units; faint wires carry little. Drag a square up or down.";

/** @param {import("./stage.js").Stage} stage */
export function diagramView(stage) {
  const { header, model, store, controller, tip, words } = stage;
  const picture = diagramPicture(stage);
  const limit = element("span", { class: "limit" });
  const save = () => saveDiagram(stage, section);
  const file = button("save the diagram as SVG, for slides", "Save as SVG", save, {
    class: "text",
  });
  const section = element(
    "section",
    { class: "cell", "aria-label": "the cell" },
    element("div", { class: "diagram-room" }, picture.element),
    element("div", { class: "under" }, caption(HOW), limit, file),
  );

  /** What is under the pointer: a unit's square, or a node's number. */
  function under(event) {
    const node = event.target.closest?.("[data-value]");
    return node ? { name: node.dataset.name, unit: Number(node.dataset.unit) } : null;
  }
  const stop = scrubbable(picture.element, {
    target: under,
    read: ({ name, unit }) => stage.reading(store.state.layer, name, unit, store.state.step),
    write: ({ name, unit }, value, going) => stage.setValue(name, unit, value, going),
    open({ name, unit }) {
      if (unit === store.state.unit || name === "x")
        controller.explain(name, unit, store.state.step);
      else controller.select({ unit });
    },
  });
  const over = (event) => {
    const at = under(event);
    controller.hover(
      at && { ...(at.name === "x" ? {} : { unit: at.unit }), name: at.name.split(".")[0] },
    );
    if (at === null) return tip.hide();
    const { layer, step } = store.state;
    const value = exact(model.number(layer, at.name, at.unit, step));
    tip.show(event, `${words(layer).title(at.name)}, unit ${at.unit + 1}: ${value}`);
  };
  const out = () => {
    controller.hover(null);
    tip.hide();
  };
  picture.element.addEventListener("pointermove", over);
  picture.element.addEventListener("pointerleave", out);

  return {
    element: section,
    update(changed) {
      const { unit, layer } = store.state;
      if (touches(changed, "layer", "mount")) {
        picture.build();
        section.closest(".stage")?.classList.toggle("wide", picture.isWide);
      }
      if (touches(changed, "step", "run", "theme", "unit", "layer", "mount")) {
        picture.show();
        write(limit, limitOf(header.layers[layer].hidden, unit));
      }
      picture.point();
    },
    destroy: stop,
  };
}

/** Which units are shown, where they are not all. */
function limitOf(hidden, unit) {
  const { from, count } = windowOf(hidden, unit);
  return hidden > MOST_UNITS ? `units ${from + 1}–${from + count} of ${hidden} shown here` : "";
}
