/** Where a text that is typed is safe until the server has it: this tab's own store. */

const NAME = "rnnviz writing";

/** @type {import("./sending.js").Keep} */
export const inTab = {
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(NAME) ?? "null");
    } catch {
      return null; // no store, or not ours
    }
  },
  write(kept) {
    try {
      if (kept === null) sessionStorage.removeItem(NAME);
      else sessionStorage.setItem(NAME, JSON.stringify(kept));
    } catch {
      // no store: what is typed is sent all the same
    }
  },
};
