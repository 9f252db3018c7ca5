/** The phase diagram: how much gradient is left over scale x length, a map for each cell. */

import { level } from "../drawing/colours.js";
import { element, write } from "../drawing/dom.js";
import { tenTo } from "../drawing/number_format.js";
import { caption, fitCanvas } from "../drawing/plot.js";
import { isDark, readTheme, whenDressed } from "../drawing/theme.js";
import { createTip } from "../drawing/tip.js";
import { ratio } from "./words.js";

const LIMIT = 12; // decades to either side of 1
const HEIGHT = 190;
const HOW =
  "How to read this: each square is one recurrent scale (across) and one length (up); " +
  "blue: the gradient at step 1 is smaller than at the last step, orange: larger, " +
  "blank: about the same; darkest is a factor of 10¹² or more. Click a square to set " +
  "the knobs to it.";

/**
 * @param {HTMLElement} host @param {(patch: object) => void} choose  sets the knobs
 */
export function mountPhase(host, choose) {
  const root = element("div", {
    class: "rnnviz",
    role: "group",
    "aria-label": "Phase diagram",
    "data-testid": "phase",
  });
  const maps = element("div", { class: "phase-maps" }),
    said = element("p", { class: "quiet" }),
    tip = createTip();
  root.append(said, maps, caption(HOW), tip.element);
  host.append(root);
  let theme = null,
    panels = [],
    shown = null;

  function build({ header }) {
    panels = header.cells.map((name, k) => panel(name, k));
    maps.replaceChildren(...panels.map(({ node }) => node));
  }
  function panel(name, k) {
    const canvas = element("canvas", {
      class: "map",
      tabindex: 0,
      role: "img",
      "aria-label": `Phase diagram of ${name}`,
    });
    const { scales, lengths } = shown.header;
    canvas.addEventListener("pointermove", (event) => tell(event, at(canvas, event), k));
    canvas.addEventListener("pointerleave", () => tip.hide());
    canvas.addEventListener("click", (event) => pick(name, at(canvas, event)));
    const scaleWords = element(
      "div",
      { class: "phase-axis" },
      ...[0, 0.5, 1].map((part) =>
        element("span", {}, String(scales[Math.round(part * (scales.length - 1))])),
      ),
    );
    const lengthWords = element(
      "div",
      { class: "phase-lengths" },
      ...[...lengths].reverse().map((n) => element("span", {}, String(n))),
    );
    const node = element(
      "figure",
      { class: "phase" },
      element("figcaption", {}, name),
      element("div", { class: "phase-body" }, lengthWords, canvas),
      scaleWords,
    );
    return { canvas, node };
  }
  function at(canvas, event) {
    const { scales, lengths } = shown.header;
    const box = canvas.getBoundingClientRect();
    const s = Math.min(
      Math.max(Math.floor(((event.clientX - box.left) / box.width) * scales.length), 0),
      scales.length - 1,
    );
    const up = Math.min(
      Math.max(Math.floor(((box.bottom - event.clientY) / box.height) * lengths.length), 0),
      lengths.length - 1,
    );
    return { s, n: up };
  }
  const index = (k, { s, n }) =>
    (k * shown.header.scales.length + s) * shown.header.lengths.length + n;
  function tell(event, spot, k) {
    const { header, arrays } = shown,
      place = index(k, spot);
    const [log10, zeros, beyond, done] = ["log10", "vanished", "overflowed", "computed"].map(
      (name) => arrays.get(name)[place],
    );
    const where = `scale ${header.scales[spot.s]}, length ${header.lengths[spot.n]}: `;
    const lost = zeros
      ? `; ${zeros} of ${done} seeds gave exactly 0`
      : beyond
        ? `; ${beyond} of ${done} seeds left float64`
        : "";
    tip.show(
      event,
      where +
        (done
          ? `${Number.isNaN(log10) ? "no finite number" : ratio(log10)}${lost}`
          : "not computed yet"),
    );
  }
  function pick(name, spot) {
    const functions = { "RNN (tanh)": "tanh", "RNN (ReLU)": "relu", "RNN (linear)": "identity" };
    const patch = {
      scale: shown.header.scales[spot.s],
      length: shown.header.lengths[spot.n],
      loss: "last",
    };
    choose(
      functions[name] ? { ...patch, activation: functions[name] } : patch,
      functions[name] ? "RNN" : name,
    );
  }
  function draw() {
    if (shown === null || theme === null || !shown.header.cells) return;
    const { header, arrays } = shown;
    const [across, up] = [header.scales.length, header.lengths.length];
    panels.forEach(({ canvas }, k) => {
      fitCanvas(canvas, canvas.clientWidth, HEIGHT);
      const paper = canvas.getContext("2d");
      paper.clearRect(0, 0, canvas.width, canvas.height);
      for (let s = 0; s < across; s++) {
        for (let n = 0; n < up; n++) {
          const place = index(k, { s, n });
          if (!arrays.get("computed")[place]) continue;
          paper.fillStyle = colour(arrays, place);
          const [left, right] = [s, s + 1].map((i) => Math.round((i * canvas.width) / across));
          const [top, bottom] = [up - n - 1, up - n].map((i) =>
            Math.round((i * canvas.height) / up),
          );
          paper.fillRect(left, top, right - left - 1, bottom - top - 1);
        }
      }
      canvas.setAttribute("data-name", `phase ${header.cells[k]}`);
      canvas.setAttribute(
        "data-value",
        arrays.get("log10")[index(k, { s: 9, n: up - 1 })] ?? "none",
      );
    });
  }
  function colour(arrays, place) {
    const ramp = theme.signed;
    if (arrays.get("vanished")[place] === arrays.get("computed")[place]) return ramp.css[0];
    if (arrays.get("overflowed")[place] === arrays.get("computed")[place]) return ramp.css.at(-1);
    return ramp.css[Math.max(level(arrays.get("log10")[place], -LIMIT, LIMIT), 0)];
  }
  function dress() {
    root.classList.remove("dark");
    root.classList.toggle("dark", isDark(root));
    theme = readTheme(root);
    draw();
  }
  const watch = new ResizeObserver(draw);
  watch.observe(maps);
  const stopWaiting = whenDressed(root, dress);
  dress();
  return {
    dress,
    take(payload) {
      const before = shown?.header.cells?.join();
      shown = payload;
      root.hidden = !payload.header.cells;
      if (root.hidden) return;
      if (payload.header.cells.join() !== before) build(payload);
      root.setAttribute("data-done", payload.header.done);
      write(
        said,
        `Mean over ${payload.header.seeds} seeds of log₁₀(|dL/dh₁| / |dL/dh_T|), from ` +
          `${tenTo(-LIMIT)} to ${tenTo(LIMIT)}. ${payload.header.said}`,
      );
      draw();
    },
    destroy() {
      watch.disconnect();
      stopWaiting();
      root.remove();
    },
  };
}
