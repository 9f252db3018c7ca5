/**
 * The runs on the page: what can be pressed, a table of numbers, the scrubber over the past, and the
 * charts.
 * What is looked at (`at`, null for the latest) and the zoom live here; the history in `records`.
 */

import { mix, ramp } from "../drawing/colours.js";
import { element, write } from "../drawing/dom.js";
import { createRoot } from "../drawing/root.js";
import { asking } from "./asking.js";
import { chartsOf } from "./charts.js";
import { controls } from "./controls.js";
import { counted, emptyRecords, take } from "./records.js";
import { scrubber } from "./scrubber.js";
import { runTable } from "./table.js";

const DOUBLE = 600; // milliseconds

/** From nothing to a full gradient: ground, the hidden state's blue, and on towards the ink. */
function lengthRamp({ ground, ink, roles }) {
  const blue = roles.get("hidden"),
    full = mix(blue, ink, 0.65);
  return ramp((part) =>
    part < 0.6 ? mix(ground, blue, part / 0.6) : mix(blue, full, (part - 0.6) / 0.4),
  );
}

/** What the charts are drawn with. @param {import("../drawing/root.js").Root} root */
function coloursOf(root) {
  const theme = root.theme();
  return { theme: { ...theme, lengths: lengthRamp(theme) }, dark: root.isDark() };
}

/**
 * @param {HTMLElement} host
 * @param {(question: import("./asking.js").Question) => void} send
 * @param {() => boolean} isHeld  whether nothing may be asked now
 */
export function mount(host, send, isHeld) {
  const about = {
    class: "training",
    "aria-label": "Runs in training",
    "data-testid": "training",
  };
  const root = createRoot(host, about, { dress, resize: show });
  const table = runTable();
  const records = emptyRecords();
  const view = {
    header: null,
    at: null,
    hover: null,
    zoom: null,
    ...coloursOf(root),
    isShare: false,
    way: "",
    records,
  };
  const scrub = scrubber({
    look: (update) => look(update, false),
    choose: (update) => look(update, true),
  });
  const charts = chartsOf({
    choose: (update) => {
      if (performance.now() - before.time > DOUBLE)
        before = { at: view.at, time: performance.now() };
      look(update, true);
    },
    hover: (update) => {
      view.hover = update;
      show();
    },
    zoom: (range) => {
      view.zoom = range;
      show();
    },
    all: () => {
      view.zoom = null;
      look(before.at, true);
    },
    colour: (choice) => {
      view.isShare = choice === "share";
      show();
    },
    way: (prefix) => {
      view.way = prefix;
      show();
    },
    ink: (colour) => view.theme.resolve(colour),
  });
  const scale = element("p", { class: "caption" });
  const asks = asking(() => counted(records), send, isHeld);
  const buttons = controls(asks.press);
  root.element.append(
    buttons.element,
    element("div", { class: "table-box" }, table.element),
    scrub.element,
    charts.element,
    scale,
  );
  let serial = null,
    id = null,
    frame = 0,
    before = { at: null, time: -DOUBLE }; // what was looked at before a click: a double click is two

  /** The update looked at: where the pointer is, what was chosen, or the latest. */
  const updateOf = (record) => Math.min(view.hover ?? view.at ?? record.count, record.count);

  function look(update, isFinal) {
    const latest = view.header.runs.reduce((most, run) => Math.max(most, run.update), 0);
    view.at =
      update === null || (isFinal && update >= latest)
        ? null
        : Math.max(0, Math.min(update, latest));
    show();
    if (isFinal) asks.press("look", view.at);
  }
  /** Drawing waits for the next frame, so that many changes cost one picture. */
  function show() {
    if (frame === 0 && view.header !== null) frame = requestAnimationFrame(paint);
  }
  function paint() {
    frame = 0;
    const { header } = view;
    const counts = header.runs.map(({ update }) => update);
    for (const [name, value] of [
      ["updates", counts.join(",")],
      ["playing", header.playing],
      ["at", view.at ?? "latest"],
      ["id", header.id],
      ["range", view.zoom?.join() ?? `0,${header.planned}`],
    ])
      root.element.setAttribute(`data-${name}`, value);
    buttons.show(header);
    table.show(records, updateOf, header.task, view);
    scrub.show(view.at, Math.max(...counts, 0), header);
    charts.show(view, updateOf);
    write(scale, charts.caption(header, view.isShare));
  }
  function dress() {
    Object.assign(view, coloursOf(root));
    show();
  }
  return {
    /** @param {{header: object, arrays: Map<string, Float64Array>}} message */
    take(message) {
      const { header } = message;
      if (header.id !== id) {
        id = header.id;
        view.zoom = null;
        charts.forget();
      }
      view.header = header;
      if (header.serial !== serial) {
        serial = header.serial;
        view.at = header.at;
      }
      const isWhole = take(records, message);
      asks.heard({ answers: header.answers, more: header.busy || !isWhole });
      show();
    },
    refresh: root.refresh,
    destroy() {
      asks.stop();
      cancelAnimationFrame(frame);
      charts.destroy();
      scrub.destroy();
      root.destroy();
    },
  };
}
