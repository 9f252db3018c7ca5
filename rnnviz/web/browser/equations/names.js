/** What a name is by its spelling (rnnviz/representation.py). */

/** @param {string} name */
export const isParameter = (name) => /^[WUVbp](_[A-Za-z0-9_]+)?$/.test(name);

/** @param {string} name */
export const isMatrix = (name) => isParameter(name) && "WUV".includes(name[0]);

/** Whether a value is one its author left unnamed (`f.1`). @param {string} name */
export const isPart = (name) => name.includes(".");

/** `h_prev` → `h`. @param {string} name */
export const baseOf = (name) => name.replace(/_prev$/, "");
