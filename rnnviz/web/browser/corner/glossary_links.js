/** How a page's address and its text lead to an entry of the glossary. */

import { LANGUAGE } from "../drawing/lasting.js";

const KEY = "term";

/** A name as a link has it: its words, with hyphens. @param {string} name */
export function keyOf(name) {
  return (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join("-");
}

/**
 * The entry that an address asks for, `?term=` or `#term=`; "" where it asks for none.
 * @param {{search: string, hash: string}} address
 */
export function termIn({ search, hash }) {
  const found = new URLSearchParams(search).get(KEY) ?? new URLSearchParams(hash.slice(1)).get(KEY);
  return found === null ? "" : keyOf(found);
}

/**
 * The app's page that shows something; it opens beside this one, whose work stays.
 * @param {import("./header.js").Place} place
 */
export function linkToPage({ page, query }) {
  const language = new URLSearchParams(globalThis.location.search).get(LANGUAGE);
  const asked = new URLSearchParams(query);
  if (language !== null) asked.set(LANGUAGE, language);
  return `./${page}${asked.size > 0 ? `?${asked}` : ""}`;
}

/**
 * Links within a page's text, `#term=forget-gate`, open their entry; the address stays as it is.
 * @param {(key: string, link: HTMLAnchorElement) => void} open
 * @returns {() => void} to stop
 */
export function onTermLinks(open) {
  /** @param {MouseEvent} event */
  function press(event) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const hash = link?.getAttribute("href") ?? "";
    const key = hash.startsWith("#") ? termIn({ search: "", hash }) : "";
    if (link === null || key === "" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(key, link);
  }
  document.addEventListener("click", press);
  return () => document.removeEventListener("click", press);
}
