/** The diagram on the page: what is dragged and pressed in it, what it says, and its file. */

import { button, element, listen, touches, write } from "../drawing/dom.js";
import { scrubbable } from "../drawing/drag.js";
import { long } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { _ } from "../drawing/texts.js";
import { saveDiagram } from "./diagram_file.js";
import { diagramPicture } from "./diagram_picture.js";
import { MOST_UNITS, windowOf } from "./unit_strip.js";

/** @typedef {import("./context.js").Context} Context */

const HOW = "Squares are units; faint wires carry little. Drag a square up or down.";

/** @param {Context} context @returns {import("./views.js").View} */
export function diagramView(context) {
  const { header, store } = context;
  const picture = diagramPicture(context);
  const limit = element("span", { class: "limit" });
  const save = () => saveDiagram(context, section);
  const file = button("save the diagram as SVG, for slides", "save as SVG", save, {
    class: "text",
  });
  const section = element(
    "section",
    { class: "cell", "aria-label": "the cell" },
    element("div", { class: "diagram-room" }, picture.element),
    element("div", { class: "under" }, caption(HOW), limit, file),
  );

  const stops = [follow(context, picture.element), drag(context, picture.element)];
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
    destroy: () => stops.forEach((stop) => stop()),
  };
}

/**
 * What is under the pointer: a unit's square, or a node's number.
 * @param {Event} event
 */
function under({ target }) {
  const node = target instanceof SVGElement ? target.closest("[data-value]") : null;
  if (!(node instanceof SVGElement)) return null;
  const { name = "", unit } = node.dataset;
  return { name, unit: Number(unit) };
}

/**
 * The box of a gate under the pointer, for the unit that is chosen.
 * @param {Event} event @param {number} unit
 */
function boxUnder({ target }, unit) {
  const node = target instanceof SVGElement ? target.closest(".node.gate") : null;
  const number = node?.querySelector(".node-number[data-name]");
  return number instanceof SVGElement ? { name: number.dataset.name ?? "", unit } : null;
}

/**
 * A square is dragged up and down, a press chooses its unit or opens its number.
 * @param {Context} context @param {SVGElement} picture
 */
function drag({ store, controller, reading, setValue }, picture) {
  return scrubbable(picture, {
    target: under,
    read: ({ name, unit }) => reading(store.state.layer, name, unit, store.state.step),
    write: ({ name, unit }, value, going) => setValue(name, unit, value, going),
    open({ name, unit }) {
      if (unit === store.state.unit || name === "x")
        controller.explain(name, unit, store.state.step);
      else controller.select({ unit });
    },
  });
}

/**
 * What the pointer is over is lit everywhere, and told exactly.
 * @param {Context} context @param {SVGElement} picture
 */
function follow({ model, store, controller, tip, words }, picture) {
  function leave() {
    controller.hover(null);
    tip.hide();
  }
  return listen(picture, {
    pointerleave: leave,
    pointermove(event) {
      const at = under(event) ?? boxUnder(event, store.state.unit);
      if (at === null) return leave();
      const { layer, step } = store.state;
      const [name] = at.name.split(".");
      const about = words(layer);
      controller.hover(at.name === "x" ? { name } : { unit: at.unit, name });
      const title = about.title(at.name);
      const value = long(model.number(layer, at.name, at.unit, step));
      const now = _("{title}, unit {unit}: {value}", { title, unit: at.unit + 1, value });
      const purpose = about.purpose(at.name);
      tip.show(event, purpose ? `${now}\n${purpose}` : now);
    },
  });
}

/** Which units are shown, where they are not all. @param {number} hidden @param {number} unit */
function limitOf(hidden, unit) {
  const { from, count } = windowOf(hidden, unit);
  return hidden > MOST_UNITS ? `units ${from + 1}–${from + count} of ${hidden} shown here` : "";
}
