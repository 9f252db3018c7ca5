/**
 * Buttons of the page's that have the server order runs to go on: these begin at once, and the order
 * finds them on their way.
 */

/** @typedef {import("./header.js").Beginning} Beginning */

/**
 * @param {() => Beginning|null} waiting  what is to begin at a press
 * @param {(beginning: Beginning) => void} begin
 * @returns {() => void} to stop
 */
export function onButtons(waiting, begin) {
  /** @param {MouseEvent} event */
  function press({ target }) {
    const [button, beginning] = [target instanceof Element && target.closest("button"), waiting()];
    if (!button || !beginning) return;
    const isOne = beginning.keys.some((key) =>
      button.closest(`.st-key-${key.replaceAll(" ", "-")}`),
    );
    if (isOne) begin(beginning);
  }
  document.addEventListener("click", press, { capture: true });
  return () => document.removeEventListener("click", press, { capture: true });
}
