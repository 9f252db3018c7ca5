/** Drawing what is on the screen; the rest is drawn once it is scrolled to. */

/**
 * @param {Element} section  styled with `content-visibility: auto`
 * @returns {{draw: (draw: () => void) => void, destroy: () => void}}
 *   draw: now if the section is seen, otherwise when it is; the same function waits only once.
 */
export function whenSeen(section) {
  const waiting = new Set();
  let isSkipped = false;
  function change({ skipped }) {
    isSkipped = skipped;
    if (isSkipped) return;
    for (const draw of waiting) draw();
    waiting.clear();
  }
  section.addEventListener("contentvisibilityautostatechange", change);
  return {
    draw(draw) {
      if (isSkipped) waiting.add(draw);
      else draw();
    },
    destroy: () => section.removeEventListener("contentvisibilityautostatechange", change),
  };
}
