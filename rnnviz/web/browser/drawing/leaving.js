/**
 * Whether the visitor is on the way to another page: a link was clicked, or the browser went back. A
 * poll asked then still names this page, and Streamlit 1.67 would leave the other one blank.
 */

const BY_LINK = 5000; // milliseconds: a link that leads to this very page holds polls no longer
const BY_HISTORY = 15_000; // a busy server may take long to begin the other page

/**
 * The last click on a link, and the page it was on. It is heard for as long as the document lives: a
 * component that is placed after the click, on the page that is left, has to know of it too.
 */
const clicked = { isHeard: false, until: -Infinity, on: "" };

export function leaving() {
  let here = location.pathname;
  let until = -Infinity;
  const move = () => {
    if (location.pathname !== here) until = performance.now() + BY_HISTORY;
  };
  if (!clicked.isHeard) document.addEventListener("click", follow, { capture: true });
  clicked.isHeard = true;
  window.addEventListener("popstate", move);
  return {
    isOn() {
      const now = performance.now();
      if (now < until || (now < clicked.until && location.pathname === clicked.on)) return true;
      here = location.pathname;
      return false;
    },
    stop() {
      window.removeEventListener("popstate", move);
    },
  };
}

/** @param {MouseEvent} event */
function follow(event) {
  const isNewTab = event.ctrlKey || event.metaKey || event.shiftKey;
  if (isNewTab || !event.composedPath().some(leads)) return;
  clicked.until = performance.now() + BY_LINK;
  clicked.on = location.pathname;
}

/** @param {EventTarget} node */
function leads(node) {
  return (
    node instanceof HTMLAnchorElement &&
    node.hasAttribute("href") &&
    !node.hasAttribute("download") &&
    !node.getAttribute("href")?.startsWith("#")
  );
}
