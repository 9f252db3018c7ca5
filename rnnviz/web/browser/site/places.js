/** Where the pages of the site are: files beside one another, all of an address after the #. */

import {
  addressIn,
  enterAddress,
  fragmentOf,
  readAddress,
  writeAddress,
} from "../drawing/address.js";
import { COURSE, ON, PRESENTER, VIEWED } from "../drawing/lasting.js";

/** @typedef {import("../course/header.js").CourseHeader} CourseHeader */

const OWN_FILE = /^([\w-]+\.html)(?:#(.*))?$/;

/** The unit that the address names. */
export const unitAsked = () => new URLSearchParams(readAddress().query).get(COURSE);

/** Of the address, what stays whatever is chosen on the page. */
export const keptQuery = () => said([COURSE, ...VIEWED]);

/** What the address says under these keys. @param {string[]} keys */
function said(keys) {
  const query = new URLSearchParams(readAddress().query);
  return new URLSearchParams([...query].filter(([key]) => keys.includes(key))).toString();
}

/**
 * A link as the app has it, as the site's address ends: all of it after the #.
 * @param {string} link  `?cell=GRU#view=…`, or as much of it as there is
 */
export function inFragment(link) {
  const [query, view = ""] = link.replace(/^\?/, "").split("#");
  return joined(query, view);
}

/** @param {CourseHeader} header @returns {import("../course/header.js").Places} */
export function sitePlaces({ paths, lessons = {} }) {
  /** @param {keyof typeof paths} page @param {string} link */
  function href(page, link) {
    const fragment = inFragment(link);
    const lesson = new URLSearchParams(fragment).get("lesson") ?? "";
    const file = page === "train" ? (lessons[lesson] ?? paths.train) : paths[page];
    return fragment ? `${file}#${fragment}` : file;
  }
  return {
    href,
    // Beside an address that differs after the # alone, the page stays, and hears of it.
    go: (page, link) => globalThis.location.assign(withLasting(href(page, link))),
    leave() {
      writeAddress([COURSE], new Map(), "choice");
      globalThis.dispatchEvent(new PopStateEvent("popstate"));
    },
  };
}

/**
 * A link to a page of the site, with what lasts of this one's address.
 * @param {string} href  as it stands in the page; another's stays as it is
 */
export function withLasting(href) {
  const [, file, fragment = ""] = OWN_FILE.exec(href) ?? [];
  if (file === undefined) return href;
  const { query, view } = addressIn(fragment);
  const own = new URLSearchParams(query);
  for (const key of VIEWED) own.delete(key);
  const whole = fragmentOf({ query: joined(own.toString(), said(VIEWED)), view });
  return whole ? `${file}#${whole}` : file;
}

/** @param {string[]} queries */
const joined = (...queries) => queries.filter(Boolean).join("&");

/** Links that are pressed or opened elsewhere take along what lasts, wherever they stand. */
export function takeAlong() {
  /** @param {Event} event */
  function press(event) {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (link instanceof HTMLAnchorElement)
      link.setAttribute("href", withLasting(link.getAttribute("href") ?? ""));
  }
  for (const kind of ["pointerdown", "click"])
    document.addEventListener(kind, press, { capture: true });
}

/** `#view=presenter` is said by a key of its own: the view is what is looked at. */
export function settlePresenter() {
  const { query, view } = readAddress();
  if (view !== PRESENTER) return;
  enterAddress({ query: joined(query, `${PRESENTER}=${ON}`), view: "" }, "place");
}
