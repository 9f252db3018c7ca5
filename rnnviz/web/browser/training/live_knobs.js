/** What can be changed while it trains: in force from the next update on, of one run or of all. */

import { announce } from "../drawing/announcing.js";
import { element, listen, menu, write } from "../drawing/dom.js";
import { termOf } from "../drawing/term.js";
import { N_, _ } from "../drawing/texts.js";
import { brief } from "./words.js";

/**
 * @typedef {import("./header.js").LiveKnobs} LiveKnobs
 * @typedef {import("./header.js").RunHeader} RunHeader
 * @typedef {import("./controls.js").Press} Press
 * @typedef {"none"|"norm"|"value"} Kind
 */

const ALL = "";
const RATES = [-6, 1]; // exponents
const THRESHOLDS = [-4, 4];
const AT_FIRST = 1; // the threshold where there was none
/** @type {Array<[Kind, string]>} */
const KINDS = [
  ["none", N_("not clipped")],
  ["norm", N_("clip by norm")],
  ["value", N_("clip by value")],
];

/** @param {Press} press */
export function liveKnobs(press) {
  const which = element("select", { "aria-label": _("run that is changed") });
  let letters = "",
    shown = "";
  /** @type {RunHeader[]} */
  let known = [];
  /** @param {Partial<LiveKnobs>} knobs */
  function turn(knobs) {
    press("turn", { letters: which.value === ALL ? letters : which.value, knobs });
    for (const [name, value] of Object.entries(knobs))
      announce(which, "knob", { name, value: value ?? "none" });
  }
  const rate = slider(
    _("learning rate"),
    RATES,
    (value) => turn({ learning_rate: value }),
    "learning-rate",
  );
  const clip = clipping(turn);
  const drops = dropouts(turn);
  listen(which, { change: draw });

  /** @param {string} now */
  function offer(now) {
    if (now === letters) return;
    const added = letters !== "" && now.startsWith(letters) ? now.slice(letters.length) : "";
    letters = now;
    const kept = which.value;
    const runs = [...now].map((letter) =>
      element("option", { value: letter }, _("run {letter}", { letter })),
    );
    which.replaceChildren(element("option", { value: ALL }, _("all runs")), ...runs);
    which.value = added !== "" ? added.slice(-1) : now.includes(kept) ? kept : ALL;
    which.hidden = now.length === 1;
  }
  function draw() {
    const chosen = known.filter(({ letter }) => which.value === ALL || letter === which.value);
    const lives = chosen.map(({ live }) => live);
    const now = `${which.value} ${JSON.stringify(lives)}`;
    if (now === shown || lives.length === 0) return;
    shown = now;
    rate.show(lives.map(({ learning_rate: value }) => value));
    clip.show(lives);
    drops.show(chosen);
  }
  return {
    elements: [which, rate.element, clip.element, drops.element],
    /** @param {RunHeader[]} runs */
    show(runs) {
      known = runs;
      offer(runs.map(({ letter }) => letter).join(""));
      draw();
    },
  };
}

/** @param {(knobs: Partial<LiveKnobs>) => void} turn */
function clipping(turn) {
  let threshold = AT_FIRST;
  const kinds = KINDS.map(([key, shown]) => /** @type {[Kind, string]} */ ([key, _(shown)]));
  const kind = menu(_("clipping"), kinds, (chosen) => clip(chosen));
  const at = slider(_("threshold"), THRESHOLDS, (value) => {
    threshold = value;
    clip(/** @type {Kind} */ (kind.element.value));
  });
  /** @param {Kind} chosen */
  function clip(chosen) {
    turn({
      clip_norm: chosen === "norm" ? threshold : null,
      clip_value: chosen === "value" ? threshold : null,
    });
  }
  return {
    element: element("span", { class: "live clip" }, kind.element, at.element),
    /** @param {LiveKnobs[]} lives */
    show(lives) {
      const [{ clip_norm: norm, clip_value: value }] = lives;
      kind.show(norm !== null ? "norm" : value !== null ? "value" : "none");
      threshold = norm ?? value ?? threshold;
      at.element.hidden = norm === null && value === null;
      at.show(lives.map((one) => one.clip_norm ?? one.clip_value ?? NaN));
    },
  };
}

/** @param {(knobs: Partial<LiveKnobs>) => void} turn */
function dropouts(turn) {
  const recurrent = share(
    _("recurrent dropout"),
    (value) => turn({ recurrent_dropout: value }),
    "recurrent-dropout",
  );
  const between = share(
    _("dropout between layers"),
    (value) => turn({ dropout: value }),
    "dropout",
  );
  const summary = element("summary", {}, _("dropout"));
  return {
    element: element(
      "details",
      { class: "live door" },
      summary,
      recurrent.element,
      between.element,
    ),
    /** @param {RunHeader[]} runs */
    show(runs) {
      recurrent.show(runs.map(({ live }) => live.recurrent_dropout));
      between.show(runs.map(({ live }) => live.dropout));
      between.element.hidden = runs.every(({ layers }) => layers === 1);
    },
  };
}

/** @param {string} label @param {(value: number) => void} choose @param {string} key */
function share(label, choose, key) {
  return range(
    label,
    { min: 0, max: 0.9, step: 0.05 },
    { value: (x) => x, place: (v) => v, choose, key },
  );
}

/**
 * A logarithmic slider.
 * @param {string} label @param {number[]} exponents  the least and the largest
 * @param {(value: number) => void} choose @param {string} [key]  of its entry in the glossary
 */
function slider(label, [min, max], choose, key) {
  const value = (/** @type {number} */ exponent) => Number((10 ** exponent).toPrecision(2));
  return range(label, { min, max, step: 0.05 }, { value, place: Math.log10, choose, key });
}

/**
 * @param {string} label @param {{min: number, max: number, step: number}} limits  of its places
 * @param {{value: (place: number) => number, place: (value: number) => number, choose: (value:
 *   number) => void, key?: string}} of  value, place: from one to the other. key: of its entry in the
 *   glossary
 */
function range(label, limits, { value, place, choose, key }) {
  const input = element("input", { type: "range", "aria-label": label, ...limits });
  const number = element("b");
  const name = key ? termOf(label, key) : label;
  const print = (/** @type {string} */ text) => {
    write(number, text);
    input.setAttribute("aria-valuetext", text);
  };
  listen(input, {
    input: () => print(brief(value(Number(input.value)))),
    change: () => choose(value(Number(input.value))),
  });
  return {
    element: element("label", { class: "live" }, element("span", {}, name, " ", number), input),
    /** @param {number[]} values  of all that it is of */
    show(values) {
      const first = values.find((one) => !Number.isNaN(one)) ?? NaN;
      if (Number.isNaN(first)) return print("");
      input.min = String(Math.min(limits.min, place(first)));
      input.max = String(Math.max(limits.max, place(first)));
      input.value = String(place(first));
      print(new Set(values).size > 1 ? _("differs") : brief(first));
    },
  };
}
