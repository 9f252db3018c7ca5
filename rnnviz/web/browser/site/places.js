/** Where the pages of the site are, for the course: files beside one another. */

import { readAddress, writeAddress } from "../drawing/address.js";

/** @typedef {import("../course/header.js").CourseHeader} CourseHeader */

/** What an address names a unit under (rnnviz/web/course.py). */
export const COURSE = "course";

/** The unit that the address names. */
export const unitAsked = () => new URLSearchParams(readAddress().query).get(COURSE);

/**
 * A link as the app has it, as the site's address ends: all of it after the #.
 * @param {string} link  `?cell=GRU#view=…`, or as much of it as there is
 */
export function fragmentOf(link) {
  const [query, view = ""] = link.replace(/^\?/, "").split("#");
  return [query, view].filter(Boolean).join("&");
}

/** @param {CourseHeader} header @returns {import("../course/header.js").Places} */
export function sitePlaces({ paths, lessons = {} }) {
  /** @param {keyof typeof paths} page @param {string} link */
  function href(page, link) {
    const fragment = fragmentOf(link);
    const lesson = new URLSearchParams(fragment).get("lesson") ?? "";
    const file = page === "train" ? (lessons[lesson] ?? paths.train) : paths[page];
    return fragment ? `${file}#${fragment}` : file;
  }
  return {
    href,
    // Beside an address that differs after the # alone, the page stays, and hears of it.
    go: (page, link) => globalThis.location.assign(href(page, link)),
    leave() {
      writeAddress([COURSE], new Map(), "choice");
      globalThis.dispatchEvent(new PopStateEvent("popstate"));
    },
  };
}
