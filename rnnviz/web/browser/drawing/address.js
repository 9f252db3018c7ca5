/**
 * The page's address, as far as a component writes it: what is looked at, of which the server need
 * not know. Other keys are left as they are.
 */

/** What changed: a choice, which Back undoes, or only a place that moves. */
/** @typedef {"choice"|"place"} Change */

/**
 * Have the address say something under some keys. A page in a file has none to write.
 * @param {string[]} keys  that are the component's
 * @param {Map<string, string>} texts  what stands under some of them; under the others nothing
 * @param {Change} change
 */
export function writeAddress(keys, texts, change) {
  const { protocol, search, hash } = globalThis.location;
  const query = rewritten(search, keys, texts);
  if (query === null || !protocol.startsWith("http")) return;
  enter((query === "" ? "" : `?${query}`) + hash, change);
}

/**
 * Have the address end otherwise, on the same page. A frame in a notebook has none.
 * @param {string} end  query and fragment
 * @param {Change} change
 */
export function enter(end, change) {
  if (globalThis.location.protocol === "about:") return;
  const address = globalThis.location.pathname + end;
  if (change === "choice") history.pushState(history.state, "", address);
  else history.replaceState(history.state, "", address);
}

/**
 * A query that says this under these keys; null: it does so already.
 * @param {string} search @param {string[]} keys @param {Map<string, string>} texts
 */
export function rewritten(search, keys, texts) {
  const query = new URLSearchParams(search);
  if (keys.every((key) => query.get(key) === (texts.get(key) ?? null))) return null;
  for (const key of keys) {
    const text = texts.get(key);
    if (text === undefined) query.delete(key);
    else query.set(key, text);
  }
  return query.toString();
}
