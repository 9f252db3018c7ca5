/** A small label beside the pointer; what it says is reachable without it. */

import { element, write } from "./dom.js";

export function createTip() {
  const node = element("div", { class: "tip", "aria-hidden": "true", hidden: true });
  return {
    element: node,
    /** @param {{clientX: number, clientY: number}} event  where @param {string} text */
    show(event, text) {
      if (node.parentElement === null) return;
      const box = node.parentElement.getBoundingClientRect();
      write(node, text);
      node.hidden = false;
      const x = event.clientX - box.left,
        y = event.clientY - box.top;
      const isRight = x > box.width * 0.6;
      node.style.transform = `translate(${Math.round(x + (isRight ? -12 : 12))}px, ${Math.round(y + 16)}px) translateX(${isRight ? "-100%" : "0"})`;
    },
    hide: () => {
      node.hidden = true;
    },
  };
}
