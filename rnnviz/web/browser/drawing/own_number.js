/**
 * A random number that is this browser's alone: by it a room knows one vote from another's, and who
 * has opened it. It says nothing of anybody, and stands in no link.
 */

const KEY = "rnnviz.number";
const BYTES = 16;

let kept = ""; // where the browser lets no page keep anything, for as long as the page is open

/** 32 hexadecimal digits, the same in all tabs. */
export function ownNumber() {
  kept = kept || read() || made();
  try {
    localStorage.setItem(KEY, kept);
  } catch {
    return kept;
  }
  return kept;
}

function read() {
  try {
    const found = localStorage.getItem(KEY) ?? "";
    return found.length === 2 * BYTES ? found : "";
  } catch {
    return "";
  }
}

function made() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
