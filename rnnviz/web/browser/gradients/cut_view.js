/** Truncated backpropagation: where the graph is cut, and how much of the gradient that loses. */

import { assign, element, listen, write } from "../drawing/dom.js";
import { draggable } from "../drawing/drag.js";
import { lookOf } from "../drawing/marks.js";
import { termOf } from "../drawing/term.js";
import { _, N_ } from "../drawing/texts.js";
import { cutWords } from "./credit_words.js";
import { exponentsOf, logPicture, timeChart } from "./log_picture.js";
import { stepsShown } from "./looking.js";
import { cutAt } from "./measure.js";
import { stepAfter } from "./step_keys.js";

const HOW_CUT = N_(
  "How to read this: the height at step k is how long what truncated backpropagation leaves out is, when it stops before step k (1: as long as the whole gradient).",
);

/** @typedef {import("./context.js").Context} Context */

/**
 * A handle over the steps, for the pointer and for keys.
 * @param {Context} context
 * @param {(step: number|null, event: PointerEvent) => void} hover  which step the pointer is over
 */
export function cutLane({ store }, hover) {
  const handle = element(
    "div",
    {
      class: "cut",
      role: "slider",
      tabindex: 0,
      "aria-label": _("Cut before step"),
      on: { keydown: key },
    },
    element("span", {}),
  );
  const lane = element("div", { class: "cut-lane" }, handle);
  let T = 1,
    at = 0;
  /** @type {import("./log_picture.js").Range} */
  let shown = [0, 0];
  const moveTo = (/** @type {number} */ step) =>
    store.set({ cut: Math.min(Math.max(Math.round(step), 0), T - 1) });
  const count = () => shown[1] - shown[0] + 1;
  /** How many columns from the left a pointer is. @param {PointerEvent} event */
  const columnsTo = ({ clientX }) => {
    const box = lane.getBoundingClientRect();
    return ((clientX - box.left) / box.width) * count();
  };
  const follow = (/** @type {PointerEvent} */ event) => moveTo(shown[0] + columnsTo(event));
  /** @type {import("../drawing/dom.js").Listeners} */
  const hovering = {
    pointermove(event) {
      const column = Math.min(Math.max(Math.floor(columnsTo(event)), 0), count() - 1);
      hover(shown[0] + column, event);
    },
    pointerleave: (event) => hover(null, event),
  };
  const stopHovering = listen(lane, hovering);
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
    /**
     * @param {number} cut  the step it is before @param {number} steps
     * @param {import("./log_picture.js").Range|null} range  of the steps, those that are shown
     */
    point(cut, steps, range) {
      [at, T, shown] = [cut, steps, range ?? [0, steps - 1]];
      const share = (cut - shown[0]) / count();
      handle.style.left = `${100 * Math.min(Math.max(share, 0), 1)}%`;
      for (const [name, value] of Object.entries({ now: cut + 1, min: 1, max: T }))
        assign(handle, `aria-value${name}`, value);
    },
    destroy() {
      stop();
      stopHovering();
    },
  };
}

/** What this cut loses, in words, and what each would, as a line. @param {Context} context */
export function cutLoss(context) {
  const { store } = context;
  const outcome = element("p", { class: "answer", "data-name": "cut", "aria-live": "polite" });
  const status = element("p", { class: "quiet", role: "status" });
  const shift = () => context.detail().found.T - store.state.knobs.length;
  const drawing = timeChart(context, {
    label: _("What each cut leaves out of the gradient, logarithmic"),
    height: 120,
    shift,
    press: (step) => store.set({ cut: step + shift() }),
  });
  const plot = element("div", { class: "gutter-plot" }, drawing.element);
  const body = element("div", { class: "settling" }, plot);
  return {
    elements: [
      element(
        "h3",
        {},
        termOf(_("Truncated backpropagation: drag the cut"), "truncated-backpropagation"),
      ),
      outcome,
      status,
      body,
      element("p", { class: "axis-word" }, _("cut before step →"), drawing.saving),
      element("p", { class: "caption" }, _(HOW_CUT)),
    ],
    /** @param {number} cut */
    point(cut) {
      const { ran, found } = context.detail();
      const { full, lost, angle } = cutAt(ran, found, cut);
      for (const [name, value] of Object.entries({ lost, angle, full }))
        assign(outcome, `data-${name}`, value);
      write(outcome, cutWords(cut, { full, lost, angle }));
      drawing.point(cut);
    },
    draw() {
      const { cuts, isCurrent, at } = context.settled();
      body.classList.toggle("stale", !isCurrent);
      write(status, isCurrent ? "" : staleWords(cuts === null ? "" : at));
      if (cuts === null) return;
      const values = exponentsOf(cuts.map(({ lost, full }) => lost / full));
      const line = { ...lookOf(0, "var(--forget)"), name: "lost", title: _("left out"), values };
      const zoom = stepsShown(store.state, cuts.length);
      drawing.draw(logPicture(cuts.length, [line], { zoom }));
    },
    destroy: drawing.destroy,
  };
}

/** @param {string} at  the knobs that the line is for; "": there is none yet */
function staleWords(at) {
  const computing = _("Computing for the knobs as they are now.");
  return at ? `${_("The line is for {knobs}.", { knobs: at })} ${computing}` : computing;
}
