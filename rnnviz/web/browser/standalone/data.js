/** What a file holds: the bytes that stand in its page, and the element to show them in. */

import { element } from "../drawing/dom.js";

export function bytesInPage() {
  const text = document.getElementById("run")?.textContent;
  if (!text) throw new Error("the page holds no run");
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

export function placeInPage() {
  const place = element("main");
  document.body.append(place);
  return place;
}

/** @param {() => void} refresh */
export function onOtherColours(refresh) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
}
