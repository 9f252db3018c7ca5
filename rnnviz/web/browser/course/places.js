/** Where the app's pages are, and how the browser alone brings a learner to them. */

import { COURSE, OWN, VIEWED } from "../drawing/lasting.js";

/** @typedef {import("./header.js").Places} Places */

/** What goes along to another page, as the unit does not. */
const LASTING = [...VIEWED, ...OWN];

/**
 * What follows a page in the address of a unit: its link, with its key in the query.
 * @param {string} link  `?…#…`, or as much of it as there is @param {string} key
 */
export const unitLink = (link, key) => withQuery(link, [[COURSE, key]]);

/** @param {string} link @param {[key: string, text: string][]} said */
function withQuery(link, said) {
  const at = link.includes("#") ? link.indexOf("#") : link.length;
  const query = new URLSearchParams(link.slice(0, at));
  for (const [key, text] of said) query.set(key, text);
  return (query.size > 0 ? `?${query}` : "") + link.slice(at);
}

/** What the address says now, and goes along. */
function lasting() {
  const query = [...new URLSearchParams(globalThis.location.search)];
  return query.filter(([key]) => LASTING.includes(key));
}

/**
 * The pages stand beside one another, under one folder.
 * @param {import("./header.js").CourseHeader["paths"]} paths
 * @returns {Places}
 */
export function appPlaces(paths) {
  const folder = () => globalThis.location.pathname.replace(/[^/]*$/, "");
  /** As if Forward led there: Streamlit shows the page, and keeps the session. @param {string} address */
  function enter(address) {
    history.pushState(history.state, "", address);
    globalThis.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
  }
  const href = (/** @type {keyof typeof paths} */ page, /** @type {string} */ link) =>
    folder() + paths[page] + link;
  return {
    href,
    go: (page, link) => enter(href(page, withQuery(link, lasting()))),
    leave() {
      const { pathname, search, hash } = globalThis.location;
      const query = new URLSearchParams(search);
      query.delete(COURSE);
      enter(`${pathname}?${query}${hash}`);
    },
  };
}
