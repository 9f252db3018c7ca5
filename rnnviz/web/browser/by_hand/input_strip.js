/**
 * An input over time as bars that are drawn with the pointer: where it goes, the bars follow. The
 * step in view is set with ↑ and ↓ too, and all of it can be typed.
 */

import { assign, element, listen, mark, svg } from "../drawing/dom.js";
import { draggable, layOutNow } from "../drawing/drag.js";
import { short } from "../drawing/number_format.js";
import { stepAt } from "../drawing/plot.js";
import { _ } from "../drawing/texts.js";
import { alongOf } from "./last_run.js";
import { heightOf, stripFrame, trimmed } from "./time_strip.js";

/** @typedef {import("../stepper/context.js").Context} Context */

const LEAST_ROOM = 18; // for a number, in pixels
const KEYS = new Map([
  ["ArrowUp", 0.1],
  ["ArrowDown", -0.1],
  ["PageUp", 0.5],
  ["PageDown", -0.5],
]);

/** @param {Context} context @param {number} input @param {import("./last_run.js").LastRun} last */
export function inputStrip(context, input, last) {
  const { model, store, controller } = context;
  const { T } = model;
  const [up, down, before, zero] = ["bars up", "bars down", "before", "zero"].map((name) =>
    svg("path", { class: name }),
  );
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${T} 1`, preserveAspectRatio: "none", "aria-hidden": "true" },
    ...[zero, up, down, before],
  );
  const about = { role: "slider", tabindex: 0, "aria-orientation": "vertical" };
  const handle = element("div", { class: "input-handle", style: `width:${100 / T}%`, ...about });
  const steps = Array.from({ length: T }, (_, t) => element("span", {}, String(t + 1)));
  const frame = stripFrame(T);
  frame.plot.append(picture, handle);
  assign(frame.element, "class", "time-strip input-strip");
  const name = context.header.sequence.input_names[input];
  let range = { low: -1, high: 1 };

  /** @param {number} t @param {number} value @param {boolean} going */
  const set = (t, value, going) => controller.changeInput(t, input, value, { going });
  /** @param {KeyboardEvent} event */
  function press(event) {
    const by = KEYS.get(event.key);
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const { step } = store.state;
    set(step, Number((model.live.x[step * model.inputs + input] + by).toFixed(3)), event.repeat);
    layOutNow(handle);
    event.preventDefault();
    event.stopPropagation();
  }
  const stops = [
    drawn(frame.plot, T, () => range, set, controller.goTo),
    listen(handle, { keydown: press }),
  ];
  return {
    element: element(
      "div",
      { class: "input-column" },
      frame.element,
      element("div", { class: "step-numbers", "aria-hidden": "true" }, ...steps),
    ),
    update() {
      const x = alongOf(model.live, "x", input);
      const was = last.along("x", input);
      const largest = Math.max(1, ...x.map(Math.abs), ...(was ?? []).map(Math.abs));
      range = { low: -largest, high: largest };
      assign(zero, "d", `M0 .5H${T}`);
      assign(
        up,
        "d",
        bars(x, range, (value) => value > 0),
      );
      assign(
        down,
        "d",
        bars(x, range, (value) => value < 0),
      );
      assign(before, "d", was ? edges(was, x, range) : "");
      frame.scale(trimmed(short(-largest)), trimmed(short(largest)));
    },
    /** @param {number} step */
    point(step) {
      frame.point(step);
      handle.style.transform = `translateX(${100 * step}%)`;
      const value = model.live.x[step * model.inputs + input];
      assign(handle, "aria-label", _("{name} at step {step}", { name, step: step + 1 }));
      assign(handle, "aria-valuenow", value);
      assign(handle, "aria-valuemin", range.low);
      assign(handle, "aria-valuemax", range.high);
      assign(handle, "aria-valuetext", short(value));
      mark(handle, "x", input, value);
      steps.forEach((node, t) => assign(node, "aria-current", t === step ? "step" : null));
    },
    /** Where there is no room for every step's number, some of them stand for all. */
    resize() {
      const room = frame.plot.clientWidth / T;
      const every = [1, 2, 5, 10, 20].find((count) => count * room >= LEAST_ROOM) ?? 20;
      steps.forEach((node, t) => node.classList.toggle("unsaid", (t + 1) % every !== 0));
    },
    destroy() {
      for (const stop of stops) stop();
    },
  };
}

/**
 * Draw with the pointer: every step that it passes gets the height at which it passes.
 * @param {HTMLElement} plot @param {number} T @param {() => import("./time_strip.js").Range} range
 * @param {(t: number, value: number, going: boolean) => void} set
 * @param {(t: number) => void} goTo
 */
function drawn(plot, T, range, set, goTo) {
  const valueAt = (
    /** @type {number} */ y,
    /** @type {import("./time_strip.js").Range} */ { high },
  ) => {
    const box = plot.getBoundingClientRect();
    const part = 1 - 2 * Math.min(Math.max((y - box.top) / box.height, 0), 1);
    const value = Number((high * part).toFixed(2));
    return Math.abs(value) < 0.04 * high ? 0 : value;
  };
  return draggable(plot, {
    begin(event) {
      const t = stepAt(plot, event, T);
      return { t, value: valueAt(event.clientY, range()), range: range(), going: false };
    },
    move(grip, _dx, _dy, event) {
      const [t, value] = [stepAt(plot, event, T), valueAt(event.clientY, grip.range)];
      const far = Math.abs(t - grip.t);
      for (let k = grip.going && far > 0 ? 1 : 0; k <= far; k++) {
        const part = far === 0 ? 1 : k / far;
        const at = grip.t + Math.sign(t - grip.t) * k;
        set(at, Number((grip.value + part * (value - grip.value)).toFixed(2)), grip.going);
        grip.going = true;
      }
      [grip.t, grip.value] = [t, value];
      goTo(t);
    },
    click(event) {
      const t = stepAt(plot, event, T);
      set(t, valueAt(event.clientY, range()), false);
      goTo(t);
    },
  });
}

/**
 * @param {Float64Array} x @param {import("./time_strip.js").Range} range
 * @param {(value: number) => boolean} isShown
 */
function bars(x, range, isShown) {
  let d = "";
  for (let t = 0; t < x.length; t++)
    if (isShown(x[t]))
      d += `M${t + 0.1} .5H${t + 0.9}V${heightOf(x[t], range).toFixed(4)}H${t + 0.1}Z`;
  return d;
}

/** Where a bar stood that is another now. @param {Float64Array} was @param {Float64Array} x @param {import("./time_strip.js").Range} range */
function edges(was, x, range) {
  let d = "";
  for (let t = 0; t < x.length; t++)
    if (was[t] !== x[t]) d += `M${t + 0.1} ${heightOf(was[t], range).toFixed(4)}H${t + 0.9}`;
  return d;
}
