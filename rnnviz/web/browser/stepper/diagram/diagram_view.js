/** The diagram on the page: what is dragged and pressed in it, what it says, and its file. */

import { button, element, listen, touches, write } from "../../drawing/dom.js";
import { scrubbable } from "../../drawing/drag.js";
import { long } from "../../drawing/number_format.js";
import { caption } from "../../drawing/plot.js";
import { N_, _ } from "../../drawing/texts.js";
import { saveDiagram } from "./diagram_file.js";
import { diagramPicture } from "./diagram_picture.js";
import { MOST_UNITS, windowOf } from "./unit_strip.js";

/** @typedef {import("../context.js").Context} Context */

const HOW = N_(
  "The same weights at every step. Each stripe is one unit; a pale wire carries a value near 0.",
);

/** @param {Context} context @returns {import("../views.js").View} */
export function diagramView(context) {
  const { header, store } = context;
  const picture = diagramPicture(context);
  const limit = element("span", { class: "limit" });
  const room = element("div", { class: "diagram-room" }, picture.element);
  const swipe = element(
    "span",
    { class: "limit swipe" },
    _("Wider than its place: swipe it sideways ↔"),
  );
  const save = () => saveDiagram(context, section);
  const file = button(_("save the diagram as SVG, for slides"), _("save as SVG"), save, {
    class: "text",
  });
  const section = element(
    "section",
    { class: "cell", "aria-label": _("the cell") },
    room,
    element("div", { class: "under" }, swipe, caption(_(HOW), null), limit, file),
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
    resize() {
      swipe.hidden = room.scrollWidth <= room.clientWidth + 1;
      room.classList.toggle("is-wider", !swipe.hidden);
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
 * A square is dragged up and down, and its unit chosen; a press chooses it or opens its number.
 * @param {Context} context @param {SVGElement} picture
 */
function drag(context, picture) {
  const { store, controller, reading, setValue } = context;
  return scrubbable(picture, {
    target: under,
    read: ({ name, unit }) => reading(store.state.layer, name, unit, store.state.step),
    write({ name, unit }, value, going) {
      if (name !== "x") controller.select({ unit });
      setValue(name, unit, value, going);
    },
    follow: (place, event) => tell(context, place, event),
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
function follow(context, picture) {
  const { controller, tip } = context;
  function leave() {
    controller.hover(null);
    tip.hide();
  }
  return listen(picture, {
    pointerleave: leave,
    pointermove(event) {
      if (picture.hasPointerCapture(event.pointerId)) return; // a drag says where it is
      const place = under(event) ?? boxUnder(event, context.store.state.unit);
      if (place === null) return leave();
      const [name] = place.name.split(".");
      controller.hover(place.name === "x" ? { name } : { unit: place.unit, name });
      tell(context, place, event);
    },
  });
}

/**
 * A number beside the pointer, and what it is for.
 * @param {Context} context @param {{name: string, unit: number}} place @param {PointerEvent} event
 */
function tell({ model, store, tip, words }, { name, unit }, event) {
  const { layer, step } = store.state;
  const title = words(layer).title(name);
  const value = long(model.number(layer, name, unit, step));
  const now = _("{title}, unit {unit}: {value}", { title, unit: unit + 1, value });
  const purpose = words(layer).purpose(name);
  tip.show(event, purpose ? `${now}\n${purpose}` : now);
}

/** Which units are shown, where they are not all. @param {number} hidden @param {number} unit */
function limitOf(hidden, unit) {
  const { from, count } = windowOf(hidden, unit);
  return hidden > MOST_UNITS
    ? _("units {first}–{last} of {units} are shown here", {
        first: from + 1,
        last: from + count,
        units: hidden,
      })
    : "";
}
