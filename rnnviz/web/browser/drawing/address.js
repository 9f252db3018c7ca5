/**
 * The page's address, as far as the browser writes it: what is chosen and what is looked at. Other
 * keys are left as they are.
 *
 * In the app choices stand after the `?`, where the server reads them, and what is looked at after
 * `#view=`. A page of the site (rnnviz/web/site) has no server, and says of itself that all of its
 * address stands after the `#`: `#cell=MGU&view=step:3,end`.
 */

/** What changed: a choice, which Back undoes, or only a place that moves. */
/** @typedef {"choice"|"place"} Change */
/** @typedef {{query: string, view: string}} Address  query: keys and texts. view: as it is spelled */

const VIEW = "view=";

const isWhollyInFragment = () =>
  globalThis.document?.documentElement.dataset.address === "fragment";

/** @returns {Address} */
export function readAddress() {
  const { search, hash } = globalThis.location;
  if (!isWhollyInFragment()) {
    const view = hash.startsWith(`#${VIEW}`) ? hash.slice(1 + VIEW.length) : "";
    return { query: search.slice(1), view };
  }
  return addressIn(hash.slice(1));
}

/** An address that stands wholly in a fragment. @param {string} fragment @returns {Address} */
export function addressIn(fragment) {
  const [query, ...view] = `&${fragment}`.split(`&${VIEW}`);
  return { query: query.slice(1), view: view.join(`&${VIEW}`) };
}

/** The inverse. @param {Address} address */
export const fragmentOf = ({ query, view }) =>
  [query, view && VIEW + view].filter(Boolean).join("&");

/** All that the address says under keys, the view too where it stands among them. */
export const readQuery = () =>
  new URLSearchParams(
    isWhollyInFragment() ? globalThis.location.hash.slice(1) : globalThis.location.search,
  );

/** @param {Address} address @param {Change} change */
export function enterAddress({ query, view }, change) {
  if (isWhollyInFragment()) enter(`#${fragmentOf({ query, view })}`, change);
  else enter((query && `?${query}`) + (view && `#${VIEW}${view}`), change);
}

/**
 * Have the address say something under some keys. A component in a file has none to write.
 * @param {string[]} keys  that are the component's
 * @param {Map<string, string>} texts  what stands under some of them; under the others nothing
 * @param {Change} change
 */
export function writeAddress(keys, texts, change) {
  const { query, view } = readAddress();
  const next = rewritten(query, keys, texts);
  const isPages = globalThis.location.protocol.startsWith("http") || isWhollyInFragment();
  if (next !== null && isPages) enterAddress({ query: next, view }, change);
}

/**
 * Have the address end otherwise, on the same page. A frame in a notebook has none.
 * @param {string} end  query and fragment
 * @param {Change} change
 */
function enter(end, change) {
  if (globalThis.location.protocol === "about:") return;
  const address = globalThis.location.pathname + end;
  if (change === "choice") history.pushState(history.state, "", address);
  else history.replaceState(history.state, "", address);
}

/**
 * A query that says this under these keys; null: it does so already.
 * @param {string} query @param {string[]} keys @param {Map<string, string>} texts
 */
function rewritten(query, keys, texts) {
  const next = new URLSearchParams(query);
  if (keys.every((key) => next.get(key) === (texts.get(key) ?? null))) return null;
  for (const key of keys) {
    const text = texts.get(key);
    if (text === undefined) next.delete(key);
    else next.set(key, text);
  }
  return next.toString();
}
