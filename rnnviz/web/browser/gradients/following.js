/** Views below the first screen: off it they follow once the knobs rest, or once they are seen. */

/**
 * @param {{element: HTMLElement, update: (changed: Set<string>) => void, label?: () => void}[]} views
 */
export function following(views) {
  const all = views.map((view) => {
    return { view, isSeen: false, missed: new Set() };
  });
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const one = all.find(({ view }) => view.element === target);
        one.isSeen = isIntersecting;
        if (isIntersecting) catchUp(one);
      }
    },
    { rootMargin: "150px" },
  );
  function catchUp({ view, missed }) {
    if (missed.size === 0) return;
    const changed = new Set(missed);
    missed.clear();
    view.update(changed);
  }
  return {
    watch: () => views.forEach(({ element }) => watch.observe(element)),
    isAnySeen: () => all.some(({ isSeen }) => isSeen),
    update(changed) {
      for (const one of all) {
        for (const key of changed) one.missed.add(key);
        if (one.isSeen || !changed.has("knobs")) catchUp(one);
        else one.view.label?.();
      }
    },
    destroy: () => watch.disconnect(),
  };
}
