/**
 * Whether the visitor is on the way to another page: a link was clicked, or the browser went back or
 * forward. A poll asked then still names this page, and Streamlit 1.67 would leave the other one
 * blank.
 *
 * What is heard is heard for as long as the document lives: a component that is placed after the
 * click, on the page that is left, has to know of it too. After Back the address is that of the page
 * that comes, and `--page` (rnnviz/web/frame.py) says which one still stands.
 */

const BY_LINK = 5000; // milliseconds: a link that leads to this very page holds polls no longer
const BY_HISTORY = 15_000; // a busy server may take long to begin the other page

const left = { isHeard: false, byLink: -Infinity, from: "", byHistory: -Infinity };

/**
 * Begin to hear of it. What is asked again while the server is at work may be asked while it goes on
 * to another page by itself, as to a run that is opened in the stepper.
 * @returns {import("./polls.js").Held} whether it is so
 */
export function leaving() {
  if (!left.isHeard) {
    document.addEventListener("click", follow, { capture: true });
    window.addEventListener("popstate", () => (left.byHistory = performance.now() + BY_HISTORY));
  }
  left.isHeard = true;
  return (isAgain) => isLeaving() || (isAgain && isServerAtWork());
}

function isLeaving() {
  const now = performance.now();
  if (now < left.byLink && location.pathname === left.from) return true;
  return now < left.byHistory && !isPageOfAddress();
}

/** As Streamlit says it. */
function isServerAtWork() {
  const app = document.querySelector("[data-testid=stApp]");
  const state = app?.getAttribute("data-test-script-state") ?? "notRunning";
  return state !== "notRunning";
}

/** Where nothing says which page stands there, it is taken to be this one. */
function isPageOfAddress() {
  const page = getComputedStyle(document.documentElement).getPropertyValue("--page").trim();
  return page === "" || page === JSON.stringify(location.pathname.split("/").at(-1));
}

/** @param {MouseEvent} event */
function follow(event) {
  const isNewTab = event.ctrlKey || event.metaKey || event.shiftKey;
  if (isNewTab || !event.composedPath().some(leads)) return;
  left.byLink = performance.now() + BY_LINK;
  left.from = location.pathname;
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
