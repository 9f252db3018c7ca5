/** Truncated backpropagation: where the graph is cut, and how much of the gradient that loses. */

import { chart } from "../drawing/chart.js";
import { assign, element, write } from "../drawing/dom.js";
import { draggable } from "../drawing/drag.js";
import { lookOf } from "../drawing/marks.js";
import { percent } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { exponentsOf, logPicture, sizeOf } from "./log_picture.js";
import { cutAt } from "./measure.js";
import { stepAfter } from "./step_keys.js";
import { size } from "./words.js";

const HOW_CUT =
  "How to read this: the height at step k is the part of the gradient that truncated " +
  "backpropagation loses when the graph is cut before step k (1 is all of it).";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../maths/shares.js").Compared} Compared */

/** A handle over the steps, for the pointer and for keys. @param {Context} context */
export function cutLane({ store }) {
  const handle = element(
    "div",
    {
      class: "cut",
      role: "slider",
      tabindex: 0,
      "aria-label": "Cut before step",
      on: { keydown: key },
    },
    element("span", {}),
  );
  const lane = element("div", { class: "cut-lane" }, handle);
  let T = 1,
    at = 0;
  const moveTo = (/** @type {number} */ step) =>
    store.set({ cut: Math.min(Math.max(Math.round(step), 0), T - 1) });
  const follow = (/** @type {PointerEvent} */ { clientX }) => {
    const box = lane.getBoundingClientRect();
    moveTo(((clientX - box.left) / box.width) * T);
  };
  const stop = draggable(lane, {
    begin: () => ({}),
    move: (_grip, _dx, _dy, event) => follow(event),
    click: follow,
  });
  /** @param {KeyboardEvent} event */
  function key(event) {
    const to = stepAfter(event.key, at, T);
    if (to === null) return;
    moveTo(to);
    event.preventDefault();
    event.stopPropagation();
  }
  return {
    element: lane,
    /** @param {number} cut  the step it is before @param {number} steps */
    point(cut, steps) {
      [at, T] = [cut, steps];
      handle.style.left = `${(100 * cut) / T}%`;
      for (const [name, value] of Object.entries({ now: cut + 1, min: 1, max: T }))
        assign(handle, `aria-value${name}`, value);
    },
    destroy: stop,
  };
}

/** What this cut loses, in words, and what each would, as a line. @param {Context} context */
export function cutLoss(context) {
  const { store } = context;
  const said = element("p", { class: "answer", "data-name": "cut", "aria-live": "polite" });
  const status = element("p", { class: "quiet", role: "status" });
  const drawing = chart({
    label: "Part of the gradient lost by each cut, logarithmic",
    size: sizeOf(120),
    press: (cut) => store.set({ cut }),
  });
  const plot = element("div", { class: "gutter-plot" }, drawing.element);
  const body = element("div", { class: "settling" }, plot);
  return {
    elements: [
      element("h3", {}, "Truncated backpropagation: drag the cut"),
      said,
      status,
      body,
      element("p", { class: "axis-word" }, "cut before step →", drawing.saving),
      caption(HOW_CUT),
    ],
    /** @param {number} cut */
    point(cut) {
      const { ran, found } = context.detail();
      const { full, lost, angle } = cutAt(ran, found, cut);
      for (const [name, value] of Object.entries({ lost, angle, full }))
        assign(said, `data-${name}`, value);
      write(said, cutWords(cut, { full, lost, angle }));
      drawing.point(cut);
    },
    draw() {
      const { cuts, isCurrent, at } = context.settled();
      body.classList.toggle("stale", !isCurrent);
      const before = cuts === null ? "" : `The line is for ${at}; `;
      write(status, isCurrent ? "" : `${before}computing for the knobs as they are now.`);
      if (cuts === null) return;
      const values = exponentsOf(cuts.map(({ lost, full }) => lost / full));
      const line = { ...lookOf(0, "var(--forget)"), name: "lost", title: "part lost", values };
      drawing.draw(logPicture(cuts.length, [line]));
    },
    destroy: drawing.destroy,
  };
}

/** @param {number} cut @param {Pick<Compared, "full"|"lost"|"angle">} compared */
function cutWords(cut, { full, lost, angle }) {
  if (cut === 0) return "Cut before step 1: nothing is lost, this is the full gradient.";
  if (!Number.isFinite(full))
    return "The gradient left the range of float64: there is nothing to compare.";
  if (full === 0) return "The full gradient is exactly 0: a cut can lose nothing.";
  const part = lost / full;
  const much = part > 0.001 ? percent(part) : size(part);
  const turned = Number.isNaN(angle)
    ? "nothing is left of it, so it has no direction"
    : `what is left points ${angle < 0.01 ? size(angle) : angle.toFixed(2)}° away from it`;
  return (
    `Cut before step ${cut + 1}: the steps to its left held ${much} of the gradient's ` +
    `size; ${turned}.`
  );
}
