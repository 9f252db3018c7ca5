/** Drawing what is on the screen at once; the rest when it comes there, or when there is time. */

const PAUSE = 150; // milliseconds without a new drawing: a drag is over, a key is let go

/**
 * A section that is on the screen has the class `seen`.
 * @param {Element} section
 * @returns {{draw: (draw: () => void) => void, destroy: () => void}}
 *   draw: now if the section is seen, otherwise as soon as it is or nothing else is going on; the
 *   same function waits only once.
 */
export function whenSeen(section) {
  /** @type {Set<() => void>} */
  const waiting = new Set();
  let isSeen = false;
  let timer = 0;
  function drawAll() {
    clearTimeout(timer);
    for (const draw of waiting) draw();
    waiting.clear();
  }
  const watch = new IntersectionObserver((entries) => {
    isSeen = entries[entries.length - 1].isIntersecting;
    section.classList.toggle("seen", isSeen);
    if (isSeen) drawAll();
  });
  watch.observe(section);
  return {
    draw(draw) {
      if (isSeen) return draw();
      waiting.add(draw);
      clearTimeout(timer);
      timer = setTimeout(drawAll, PAUSE);
    },
    destroy() {
      watch.disconnect();
      clearTimeout(timer);
    },
  };
}
