/**
 * Forecasts on the page: a press on a row chooses the window that ends before it, one on an error
 * the step ahead, dragging sideways zooms. The server computes; here it is drawn.
 */

import { assign, button, element, listen } from "../drawing/dom.js";
import { nameControls } from "../drawing/hidden.js";
import { legendEntry, lineKey } from "../drawing/legend.js";
import { createRoot } from "../drawing/root.js";
import { _ } from "../drawing/texts.js";
import { leaningPanel } from "./leaning.js";
import { panel } from "./panels.js";
import { TRUTH, byStep, everyone, ofWindow, overRows, windowRange } from "./pictures.js";
import { calledBy } from "./rows.js";

/**
 * @typedef {import("./header.js").ForecastHeader} ForecastHeader
 * @typedef {import("../maths/payload.js").Payload<ForecastHeader>} Message
 * @typedef {import("./pictures.js").View} View
 * @typedef {import("./pictures.js").Range} Range
 */

const AFTER = 100; // rows in sight after the chosen window, at least
const BESIDE = 140; // pixels: as beside the map below the window
/** Rows that a key goes. @type {Map<string, number>} */
const WAYS = new Map([
  ["ArrowLeft", -1],
  ["ArrowRight", 1],
]);

/**
 * @typedef {Object} Choices  what reaches the server
 * @property {(row: number) => void} choose  the window that ends with this row
 * @property {(steps: number) => void} ahead
 */

/** @typedef {import("./link.js").Sight} Sight */

/**
 * @param {HTMLElement} host @param {Choices} choices
 * @param {{sight: Sight, look: (sight: Sight) => void}} looking  sight: at first; look: hears the rest
 */
export function mount(host, { choose, ahead }, { sight, look }) {
  const about = { class: "forecast", "aria-label": _("Forecasts"), "data-testid": "forecast" };
  const root = createRoot(host, about, { dress: show });
  /** @type {Message|null} */
  let message = null;
  /** @type {Range} */
  let nearby = [0, 1]; // in view where the visitor has chosen no others
  /** @param {Sight} next */
  function turn(next) {
    sight = next;
    show();
    look(sight);
  }
  const ink = (/** @type {string} */ colour) => root.theme().resolve(colour);
  const screen = screenOf(root.element, ink, {
    choose,
    ahead,
    zoom: (range) => turn({ ...sight, range }),
    step: (by) => message && choose(message.header.chosen + by),
    ranges: () => (message ? rangesOf(message) : { held: [0, 1], all: [0, 1] }),
    toggle(key) {
      const others = sight.hidden.filter((one) => one !== key);
      const isShown = others.length === sight.hidden.length;
      turn({ ...sight, hidden: isShown ? [...others, key] : others });
    },
  });

  function show() {
    if (message === null) return;
    const { header, arrays } = message;
    const numbers = (/** @type {string} */ name) => [...(arrays.get(name) ?? [])];
    const called = calledBy(numbers("rows"), arrays.get("dates"));
    const { hidden } = sight;
    const range = sight.range ?? nearby;
    const view = { header, numbers, called, range, hidden, dark: root.isDark() };
    screen.show(view, root.theme());
  }
  return {
    /** @param {Message} next */
    take(next) {
      const before = message?.header;
      message = next;
      const inView = sight.range ?? nearby;
      if (before && !isElsewhere(next.header, before, inView)) return show();
      nearby = around(next);
      if (before && sight.range) turn({ ...sight, range: null });
      else show();
    },
    /** Where a link leads. @param {Sight} next */
    lookAt(next) {
      sight = next;
      show();
    },
    refresh: root.refresh,
    destroy() {
      screen.destroy();
      root.destroy();
    },
  };
}

/**
 * Whether the rows in view are another series', or the window chosen since is not all among them.
 * @param {ForecastHeader} now @param {ForecastHeader} before @param {Range} inView
 */
function isElsewhere(now, before, [first, last]) {
  const [from, to] = windowRange(now);
  const isOutside = from < first || to > last;
  return now.key !== before.key || (now.chosen !== before.chosen && isOutside);
}

/**
 * The chosen window with some rows before it, and more after.
 * @param {Message} message @returns {Range}
 */
function around({ header: { chosen, window }, arrays }) {
  const rows = arrays.get("rows") ?? new Float64Array(2);
  const after = Math.max(6 * window, AFTER);
  return [Math.max(rows[0], chosen - 2 * window), Math.min(rows[rows.length - 1], chosen + after)];
}

/**
 * What can be shown at once: what is held out, with some rows before it, and all rows there are.
 * @param {Message} message
 * @returns {{held: Range, all: Range}}
 */
function rangesOf({ header: { split }, arrays }) {
  const rows = arrays.get("rows") ?? new Float64Array(1);
  const [first, last] = [rows[0], rows[rows.length - 1]];
  return { held: [Math.max(first, split - (last - split) * 0.5), last], all: [first, last] };
}

/**
 * @typedef {Object} Gestures
 * @property {(range: Range) => void} zoom
 * @property {(key: string) => void} toggle  whether a forecaster is drawn
 * @property {(by: number) => void} step  to a window so many rows on
 * @property {() => {held: Range, all: Range}} ranges
 *
 * @typedef {Choices & Gestures} Visitor
 */

/**
 * @param {HTMLElement} root @param {import("../drawing/paint.js").Ink} ink @param {Visitor} visitor
 */
function screenOf(root, ink, { choose, ahead, zoom, step, ranges, toggle }) {
  const press = (/** @type {number} */ row) => choose(row - 1);
  const over = panel(_("Forecast"), { height: 260, beside: 24 }, ink, {
    press,
    zoom,
    all: () => zoom(ranges().all),
  });
  const stop = reachable(over.box, step);
  const held = button(_("show what is held out"), _("held out"), () => zoom(ranges().held), {
    class: "text",
  });
  const whole = button(_("show all rows"), _("all rows"), () => zoom(ranges().all), {
    class: "text",
  });
  const legend = element("p", { class: "entries" });
  const errors = panel(_("Error by step ahead"), { height: 170, beside: 24 }, ink, {
    press: (k) => ahead(k + 1),
  });
  const around = panel(
    _("The chosen window"),
    { height: 170, beside: BESIDE },
    ink,
    { press },
    "window",
  );
  const leaning = leaningPanel(ink, press);
  root.append(
    over.element,
    element("div", { class: "under" }, legend, held, whole),
    element(
      "div",
      { class: "pair" },
      errors.element,
      element("div", {}, around.element, leaning.element),
    ),
  );
  nameControls("forecast", [
    ["rows", over.element],
    ["legend", legend],
    ["errors", errors.element],
    ["window", around.element],
    ["leaning", leaning.element],
  ]);
  let known = "";
  return {
    /** @param {View} view @param {import("../drawing/theme.js").Theme} theme */
    show(view, theme) {
      const { header, called } = view;
      root.dataset.chosen = String(header.chosen);
      root.dataset.runs = header.runs.map(({ key }) => key).join("");
      const now = JSON.stringify([header.target, everyone(view)]);
      if (now !== known) legend.replaceChildren(...entriesOf(view, toggle));
      known = now;
      for (const entry of legend.querySelectorAll("button"))
        assign(entry, "aria-pressed", String(!view.hidden.includes(entry.value)));
      const { held: part, all } = ranges();
      held.disabled = String(view.range) === String(part);
      whole.disabled = String(view.range) === String(all);
      errors.box.classList.toggle("passing", header.horizon === 1);
      over.draw(overRows(view));
      over.note(noteOf(header, called));
      errors.draw(byStep(view));
      errors.note(_("root mean squared, in the units of “{target}”", { target: header.target }));
      around.draw(ofWindow(view));
      leaning.show(view, theme);
    },
    destroy() {
      stop();
      for (const one of [over, errors, around, leaning]) one.destroy();
    },
  };
}

/** The column, and what can be hidden. @param {View} view @param {Visitor["toggle"]} toggle */
function entriesOf(view, toggle) {
  const truth = legendEntry(TRUTH, view.header.target).element;
  const others = everyone(view).map(({ key, look, title }) => {
    const label = _("show {forecaster}", { forecaster: title });
    const entry = button(label, "", () => toggle(key), { class: "text entry", value: key });
    entry.append(lineKey(look), element("span", {}, title));
    return entry;
  });
  return [truth, ...others];
}

/** What the lines are. @param {ForecastHeader} header @param {View["called"]} called */
function noteOf({ fed, ahead, chosen }, called) {
  if (fed)
    return _("from {row} on, each step from the forecasts before it; press a row to begin there", {
      row: called(chosen + 1),
    });
  return ahead === 1
    ? _("each row from the rows before it; press one to choose its window, drag to zoom")
    : _(
        "each row from those up to {ahead} before it; press one to choose its window, drag to zoom",
        {
          ahead,
        },
      );
}

/** Arrow keys choose the next window. @param {HTMLElement} box @param {Visitor["step"]} step */
function reachable(box, step) {
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", _("Forecast: arrows choose the window before and after"));
  return listen(box, {
    keydown(event) {
      const by = WAYS.get(event.key);
      if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      step(by);
      event.preventDefault();
      event.stopPropagation();
    },
  });
}
