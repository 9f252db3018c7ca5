/** The course as a component: the strip over a page where a unit is open, else all units. */

import { component } from "../drawing/component.js";
import { mountOverview } from "./overview.js";
import { appPlaces } from "./places.js";
import { createProgress } from "./progress.js";
import { mountStrip } from "./strip.js";

/** @typedef {import("./header.js").CourseHeader} CourseHeader */

/** @param {(header: CourseHeader) => import("./header.js").Places} placesOf  where its pages are */
export const courseAt = (placesOf) =>
  component(
    (host, /** @type {import("../maths/payload.js").Payload<CourseHeader>} */ { header }) => {
      const given = {
        places: placesOf(header),
        progress: createProgress(() => globalThis.localStorage),
      };
      const mount = header.unit === null ? mountOverview : mountStrip;
      const shown = mount(host, header, given);
      return { ...shown, take: (next) => shown.take(next.header) };
    },
  );

export default courseAt(({ paths }) => appPlaces(paths));
