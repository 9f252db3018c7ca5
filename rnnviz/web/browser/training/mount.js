/**
 * The runs on the page: what can be pressed, and the charts with the scrubber over the past and a
 * table of numbers. What is looked at is in `looking`, the history in `records`.
 */

import { mix, ramp } from "../drawing/colours.js";
import { assign, element, write } from "../drawing/dom.js";
import { nameControls } from "../drawing/hidden.js";
import { createRoot } from "../drawing/root.js";
import { createStore } from "../drawing/store.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { announceRuns, announced } from "./announcements.js";
import { polling } from "./polling.js";
import { chartsOf } from "./charts.js";
import { controls } from "./controls.js";
import { addressBar } from "./link.js";
import { AT_FIRST, gestures, latestOf, updateOf } from "./looking.js";
import { counted, emptyRecords, take } from "./records.js";
import { captionOf } from "./words.js";

/**
 * @typedef {import("../drawing/root.js").Root} Root
 * @typedef {import("./looking.js").View} View
 */

/**
 * From nothing to a full gradient: ground, the hidden state's blue, and on towards the ink.
 * @param {import("../drawing/theme.js").Theme} theme
 */
function lengthRamp({ ground, ink, roles }) {
  const blue = lookup(roles, "hidden"),
    full = mix(blue, ink, 0.65);
  return ramp((part) =>
    part < 0.6 ? mix(ground, blue, part / 0.6) : mix(blue, full, (part - 0.6) / 0.4),
  );
}

/** What the charts are drawn with. @param {Root} root @returns {import("./looking.js").Colours} */
function coloursOf(root) {
  const theme = root.theme();
  return { theme: { ...theme, lengths: lengthRamp(theme) }, dark: root.isDark() };
}

/**
 * @param {HTMLElement} host
 * @param {(poll: import("./polling.js").Poll) => void} send
 * @param {import("../drawing/polls.js").Held} isHeld
 */
export function mount(host, send, isHeld) {
  const about = {
    class: "training",
    "aria-label": _("Runs in training"),
    "data-testid": "training",
  };
  const root = createRoot(host, about, { dress, resize: show });
  const records = emptyRecords();
  const looking = createStore(AT_FIRST);
  /** @type {import("./header.js").TrainHeader|null} */
  let header = null;
  let colours = coloursOf(root),
    frame = 0;
  const polls = polling(() => counted(records), send, isHeld);
  const runs = () => ({
    latest: latestOf(header),
    planned: header?.planned ?? 0,
    letters: [...records.keys()].join(""),
  });
  // Runs that are saved ask nobody.
  const press = withLatest(looking, (...asked) => void (header?.saved || polls.press(...asked)));
  const visitor = gestures(looking, runs, announced(root.element, press));
  const ink = (/** @type {string} */ colour) => colours.theme.resolve(colour);
  const bar = addressBar(() => isHeld(false));
  const screen = screenOf(root.element, visitor, press, ink);
  looking.subscribe(show);

  /** Drawing waits for the next frame, so that many changes cost one picture. */
  function show() {
    if (frame === 0 && header !== null) frame = requestAnimationFrame(paint);
  }
  function paint() {
    frame = 0;
    if (header === null) return;
    const { unseen } = looking.state;
    const shown = new Map([...records].filter(([letter]) => !unseen.includes(letter)));
    const view = { ...looking.state, ...colours, header, records: shown, all: records };
    screen.show(view);
    bar.show(view);
  }
  function dress() {
    colours = coloursOf(root);
    show();
  }
  return {
    /** @param {import("./records.js").Message} message */
    take(message) {
      const known = header;
      header = message.header;
      const { id, serial, at, zoom, unseen } = header;
      if (id !== known?.id || serial !== known.serial) looking.set({ at, zoom, unseen });
      const isWhole = take(records, message);
      announceRuns(root.element, known, header);
      polls.heard({ answers: header.answers, more: header.busy || !isWhole });
      show();
    },
    refresh: root.refresh,
    destroy() {
      polls.stop();
      cancelAnimationFrame(frame);
      screen.destroy();
      root.destroy();
    },
  };
}

/**
 * Who has the runs go on wants to see them do.
 * @param {import("./looking.js").Store} looking @param {import("./controls.js").Press} press
 * @returns {import("./controls.js").Press}
 */
const withLatest = (looking, press) => (name, value) => {
  if (name === "play") looking.set({ at: null, hover: null });
  press(name, value);
};

/**
 * All that is on the page, drawn from one view.
 * @param {HTMLElement} root
 * @param {ReturnType<typeof gestures>} visitor
 * @param {ReturnType<typeof polling>["press"]} press
 * @param {import("../drawing/paint.js").Ink} ink
 */
function screenOf(root, visitor, press, ink) {
  const buttons = controls(press);
  const charts = chartsOf(visitor, press, ink);
  const how = element("p", { class: "caption" });
  nameControls("training", [["controls", buttons.element], ...charts.parts]);
  root.append(buttons.element, charts.element, how);
  return {
    /** @param {View} view */
    show(view) {
      for (const [name, value] of Object.entries(stateOf(view))) assign(root, name, value);
      buttons.show(view.header);
      charts.show(view, (record) => updateOf(view, record));
      write(how, captionOf(view.header));
    },
    destroy: charts.destroy,
  };
}

/** What a test, or a reader of the page, finds at its root. @param {View} view */
function stateOf({ header, at, zoom, unseen }) {
  return {
    "data-updates": header.runs.map(({ update }) => update).join(),
    "data-playing": String(header.playing),
    "data-at": at ?? "latest",
    "data-id": header.id,
    "data-unseen": unseen,
    "data-range": zoom?.join() ?? `0,${header.planned}`,
  };
}
