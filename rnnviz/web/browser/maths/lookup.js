/** Looking up what must be there. */

/**
 * What a map has under a key; it is an error if there is nothing.
 * @template K, V
 * @param {ReadonlyMap<K, V>} map @param {K} key
 * @returns {V}
 */
export function lookup(map, key) {
  const value = map.get(key);
  if (value === undefined) throw new Error(`there is no ${key}`);
  return value;
}
