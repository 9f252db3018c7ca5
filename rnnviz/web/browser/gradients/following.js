/** Views below the first screen: off it they follow once the knobs rest, or once they are seen. */

import { touches } from "../drawing/dom.js";

/** @typedef {import("./context.js").View} View */
/** @typedef {import("./context.js").Change} Change */
/** @typedef {{view: View, isSeen: boolean, missed: Set<Change>}} Follower  missed: what it has not followed yet */

/** @param {View[]} views */
export function following(views) {
  /** @type {Follower[]} */
  const all = views.map((view) => ({ view, isSeen: false, missed: new Set() }));
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const one = all.find(({ view }) => view.element === target);
        if (one === undefined) continue;
        one.isSeen = isIntersecting;
        if (isIntersecting) catchUp(one);
      }
    },
    { rootMargin: "150px" },
  );
  /** @param {Follower} one */
  function catchUp({ view, missed }) {
    if (missed.size === 0) return;
    const changed = new Set(missed);
    missed.clear();
    view.update(changed);
  }
  return {
    watch: () => views.forEach(({ element }) => watch.observe(element)),
    isAnySeen: () => all.some(({ isSeen }) => isSeen),
    /** @param {import("./context.js").Changed} changed */
    update(changed) {
      for (const one of all) {
        for (const key of changed) one.missed.add(key);
        if (one.isSeen || !touches(changed, "knobs")) catchUp(one);
        else one.view.label?.();
      }
    },
    destroy: () => watch.disconnect(),
  };
}
