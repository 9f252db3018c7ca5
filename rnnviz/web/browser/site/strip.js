/** The course's strip over a page whose address names a unit. */

import { courseAt } from "../course/course.js";
import { element } from "../drawing/dom.js";
import { bytesOf } from "./archive.js";
import { placed } from "./components.js";
import { sitePlaces, unitAsked } from "./places.js";

/** @param {import("./archive.js").Archive} archive */
export function stripView(archive) {
  const root = element("div", { class: "strip" });
  const course = archive.piece("course");
  const known = course.header.units.map((/** @type {{key: string}} */ { key }) => key);
  const component = placed(courseAt(sitePlaces), "course", { hear() {}, answers: () => false });

  function follow() {
    const unit = unitAsked();
    const isOn = unit !== null && known.includes(unit);
    document.body.classList.toggle("in-course", isOn);
    if (!isOn) return root.replaceChildren();
    component.show(bytesOf({ ...course, header: { ...course.header, unit } }));
    if (!root.contains(component.element)) root.append(component.element);
  }
  window.addEventListener("popstate", follow);
  follow();
  return { element: root, refresh: component.refresh };
}
