/**
 * Whether the visitor is on the way to another page: a link was clicked, or the browser went back. A
 * poll asked then still names this page, and Streamlit 1.67 would leave the other one blank.
 */

const ON_THE_WAY = 3000; // milliseconds: a link that leads nowhere holds polls no longer

export function leaving() {
  let until = -Infinity;
  const leave = () => {
    until = performance.now() + ON_THE_WAY;
  };
  /** @param {EventTarget} node */
  const isLink = (node) =>
    node instanceof Element && node.localName === "a" && node.hasAttribute("href");
  const click = (/** @type {MouseEvent} */ event) => {
    if (event.composedPath().some(isLink)) leave();
  };
  document.addEventListener("click", click, { capture: true });
  window.addEventListener("popstate", leave);
  return {
    isOn: () => performance.now() < until,
    stop() {
      document.removeEventListener("click", click, { capture: true });
      window.removeEventListener("popstate", leave);
    },
  };
}
