/** The Course page of the site: all units that can be done in it. */

import { courseAt } from "../course/course.js";
import { bytesOf } from "./archive.js";
import { placed } from "./components.js";
import { openPage } from "./page.js";
import { sitePlaces } from "./places.js";

openPage((archive) => {
  const component = placed(courseAt(sitePlaces), "course", { hear() {}, answers: () => false });
  component.show(bytesOf(archive.piece("course")));
  return { elements: [component.element], recolour: component.refresh };
});
