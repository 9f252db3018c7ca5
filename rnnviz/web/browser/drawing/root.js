/**
 * The root that every page draws in: its colours, light or dark; its tip; its width.
 *
 * @typedef {Object} Root
 * @property {HTMLElement} element
 * @property {ReturnType<typeof createTip>} tip
 * @property {() => import("./theme.js").Theme} theme  the colours in force
 * @property {() => boolean} isDark
 * @property {() => void} refresh  read the colours anew, and draw
 * @property {() => void} destroy
 */

import { element } from "./dom.js";
import { isPresented, whenPresented } from "./presented.js";
import { language } from "./texts.js";
import { isDark, readTheme, whenDressed } from "./theme.js";
import { createTip } from "./tip.js";

/**
 * @param {HTMLElement} host
 * @param {import("./dom.js").Attributes & {class?: string}} about  the root's attributes: what a
 *   screen reader says, test ids
 * @param {{dress: () => void, resize?: () => void}} follow  dress: the colours are others now.
 *   resize: the root has another width.
 * @returns {Root}
 */
export function createRoot(host, about, { dress, resize }) {
  const root = element("div", {
    role: "group",
    lang: language(),
    ...about,
    class: `rnnviz ${about.class ?? ""}`,
  });
  const tip = createTip();
  host.append(root);
  let theme = read();

  function read() {
    root.classList.remove("dark"); // the page's own ground, seen through no colours of ours
    root.classList.toggle("dark", isDark(root));
    root.classList.toggle("presenter", isPresented());
    return readTheme(root);
  }
  function refresh() {
    theme = read();
    dress();
  }
  const stopWaiting = whenDressed(root, refresh);
  const stopFollowing = whenPresented(refresh);
  const watch = resize ? new ResizeObserver(resize) : null;
  watch?.observe(root);
  return {
    element: root,
    tip,
    theme: () => theme,
    isDark: () => root.classList.contains("dark"),
    refresh,
    destroy() {
      watch?.disconnect();
      stopWaiting();
      stopFollowing();
      root.remove();
    },
  };
}
