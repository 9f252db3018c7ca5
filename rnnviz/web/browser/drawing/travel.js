/** Places of this app, in other people's browsers: where one is, and how one is brought there. */

import { OWN, PRESENTER, VIEW } from "./lasting.js";

/** What an address says that is nobody's but its visitor's: who travels keeps their own. */
const KEPT = [...OWN, PRESENTER];

/** Path, query and fragment of what is looked at, without what is one's own. */
export function here() {
  const { pathname, search, hash } = globalThis.location;
  return pathname + queryText(shared(new URLSearchParams(search))) + hash;
}

/**
 * Look at a place as Back and Forward do: the page stays loaded, and goes by its address. One that
 * is looked at already stays as it is.
 * @param {string} place  path, query and fragment
 */
export function travel(place) {
  const { origin, search } = globalThis.location;
  const to = new URL(place, origin);
  if (to.origin !== origin || place === here()) return;
  const query = shared(to.searchParams);
  for (const [key, value] of new URLSearchParams(search))
    if (KEPT.includes(key)) query.set(key, value);
  history.pushState({}, "", to.pathname + queryText(query) + to.hash);
  globalThis.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

/** @param {URLSearchParams} query */
function shared(query) {
  const kept = new URLSearchParams(query);
  for (const key of KEPT) kept.delete(key);
  if (kept.get(VIEW) === PRESENTER) kept.delete(VIEW);
  return kept;
}

/** @param {URLSearchParams} query */
function queryText(query) {
  const text = query.toString();
  return text && `?${text}`;
}
