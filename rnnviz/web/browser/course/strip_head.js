/** The strip's first line: which unit it is, and the ways out of it. */

import { assign, button, element, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

/** @param {{next: () => void, list: () => void, leave: () => void}} gestures */
export function headView({ next, list, leave }) {
  const place = button("", "", list, { class: "text place" });
  const title = element("h2", {});
  const on = button("", "", next, {
    "data-testid": "next-unit",
    accesskey: "n",
    title: _("access key N"),
  });
  const out = button(_("leave the course"), "×", leave, { class: "small" });
  return {
    element: element(
      "div",
      { class: "strip-head" },
      place,
      title,
      element("span", { class: "spring" }),
      on,
      out,
    ),
    /**
     * @param {import("./header.js").UnitSpec} unit
     * @param {{at: number, count: number, isEnded: boolean}} where
     */
    show(unit, { at, count, isEnded }) {
      const isLast = at === count - 1;
      const number = { unit: at + 1, units: count };
      assign(place, "aria-label", _("all units of the course"));
      assign(place, "title", _("all units of the course"));
      write(place, unit.isInCourse ? _("Course {unit}/{units}", number) : _("Activity"));
      write(title, unit.title);
      const onward = isEnded ? _("next unit") : _("skip this unit");
      const text = !unit.isInCourse ? _("all units") : isLast ? _("what came of it") : onward;
      write(on, `${text} ›`);
      assign(on, "aria-label", text);
      on.className = isEnded ? "primary" : "text";
    },
  };
}
