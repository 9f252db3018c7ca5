/** The knobs: native controls, followed while they move and reported when they come to rest. */

import { assign, element, mark, segmented, write } from "../drawing/dom.js";
import { termOf } from "../drawing/term.js";
import { _ } from "../drawing/texts.js";

/**
 * @typedef {import("./header.js").SetupHeader} SetupHeader
 * @typedef {import("./header.js").RangeName} RangeName
 * @typedef {import("./header.js").ChoiceName} ChoiceName
 * @typedef {import("./header.js").RangeKnob} RangeKnob
 * @typedef {import("./header.js").Knobs} Knobs
 * @typedef {(patch: Partial<Knobs>) => void} Turn
 */

/** @type {RangeName[]} */
const SLIDERS = ["length", "scale", "forget_bias", "input_scale", "hidden"];
/** @type {RangeName[]} */
const RANGES = [...SLIDERS, "step", "seed"];
/** @type {ChoiceName[]} */
const CHOICES = ["activation", "loss"];
/** Whose names are terms of the glossary. @type {Partial<Record<RangeName, string>>} */
const TERMS = {
  length: "sequence-length",
  scale: "spectral-radius",
  forget_bias: "forget-gate-bias",
  hidden: "hidden-size",
  seed: "seed",
};

/**
 * @param {SetupHeader} header
 * @param {Turn} turn  called at most once a frame while a knob moves
 * @param {() => void} rest  called when it is let go
 */
export function knobsView({ knobs }, turn, rest) {
  const { soon, letGo } = oncePerFrame(turn, rest);
  /** @type {Turn} */
  const now = (patch) => {
    turn(patch);
    rest();
  };
  const sliders = SLIDERS.map((name) => slider(name, knobs[name], soon, letGo));
  const place = slider("step", knobs.step, soon, letGo);
  const activation = choice("activation", knobs.activation, now);
  const loss = segmented(knobs.loss.label, knobs.loss.options, (chosen) =>
    now({ loss: chosen, ...stepOfLoss(chosen, shown) }),
  );
  const seed = numberBox("seed", knobs.seed, now);
  const reset = element(
    "button",
    { type: "button", class: "text", on: { click: () => now(defaults(knobs)) } },
    _("reset all"),
  );
  /** @type {Knobs|null} */
  let shown = null;
  return {
    element: element(
      "div",
      { class: "knobs", role: "group", "aria-label": _("Knobs") },
      ...sliders.map((one) => one.element),
      labelled(knobs.activation.label, activation.element),
      labelled(
        _("L = sum of all units of h (no task: every gradient starts as ones) at …"),
        loss.element,
        "knob wide",
      ),
      place.element,
      element(
        "div",
        { class: "knob-row" },
        labelled(nameOf("seed", knobs.seed), seed.element),
        reset,
      ),
    ),
    /** @param {Knobs} at */
    show(at) {
      shown = at;
      for (const one of sliders) one.show(at[one.name]);
      place.element.hidden = at.loss !== "one";
      place.show(at.step, at.length);
      activation.show(at.activation);
      loss.show(at.loss);
      seed.show(at.seed);
    },
  };
}

/**
 * A loss at one step begins in the middle: at the first there is no way back.
 * @param {string} loss @param {Knobs|null} at
 * @returns {Partial<Knobs>}
 */
function stepOfLoss(loss, at) {
  if (loss !== "one" || at === null || at.step > 1) return {};
  return { step: Math.ceil(at.length / 2) };
}

/** @param {Turn} turn @param {() => void} rest */
function oncePerFrame(turn, rest) {
  /** @type {Partial<Knobs>|null} */
  let waiting = null;
  let isTaken = false;
  /** The first event of a frame at once, as browsers hand it over just before they paint. */
  function soon(/** @type {Partial<Knobs>} */ patch) {
    if (isTaken) {
      waiting = { ...waiting, ...patch };
      return;
    }
    isTaken = true;
    requestAnimationFrame(flush);
    turn(patch);
  }
  function flush() {
    const patch = waiting;
    waiting = null;
    isTaken = false;
    if (patch !== null) soon(patch);
  }
  /** Nothing that was turned may still be waiting. */
  function letGo() {
    const patch = waiting;
    waiting = null;
    if (patch !== null) turn(patch);
    rest();
  }
  return { soon, letGo };
}

/** All but the cells. @param {SetupHeader["knobs"]} knobs */
function defaults(knobs) {
  /** @type {Partial<Knobs>} */
  const patch = {};
  for (const name of RANGES) patch[name] = knobs[name].default;
  for (const name of CHOICES) patch[name] = knobs[name].default;
  return patch;
}

/** @param {RangeName} name @param {RangeKnob} knob */
function nameOf(name, { label }) {
  const key = TERMS[name];
  return key ? termOf(label, key) : label;
}

/** @param {string|Node} text @param {HTMLElement} control @param {string} [kind]  of label: its class */
function labelled(text, control, kind = "knob") {
  return element("div", { class: kind }, element("span", { class: "knob-name" }, text), control);
}

/** @param {ChoiceName} name @param {import("./header.js").ChoiceKnob} knob @param {Turn} now */
function choice(name, knob, now) {
  return segmented(knob.label, knob.options, (chosen) => now({ [name]: chosen }));
}

/** @param {RangeName} name @param {RangeKnob} knob @param {Turn} now */
function numberBox(name, { label, low, high, step }, now) {
  const within = (/** @type {string} */ text) =>
    Math.min(Math.max(Math.round(Number(text) || 0), low), high);
  const box = element("input", {
    type: "number",
    min: low,
    max: high,
    step,
    "aria-label": label,
    "data-knob": name,
    on: { change: () => now({ [name]: within(box.value) }) },
  });
  const show = (/** @type {number} */ value) => {
    if (box.value !== String(value)) box.value = String(value);
  };
  return { element: box, show };
}

/** @param {RangeName} name @param {RangeKnob} knob @param {Turn} soon @param {() => void} rest */
function slider(name, knob, soon, rest) {
  const { step } = knob;
  const shown = element("output", { class: "knob-value" });
  const range = element("input", {
    type: "range",
    min: knob.low,
    max: knob.high,
    step,
    "aria-label": knob.label,
    title: knob.help,
    "data-knob": name,
    on: { input: () => soon({ [name]: Number(range.value) }), change: () => rest() },
  });
  const digits = step >= 1 ? 0 : step === 0.1 ? 1 : 2;
  const label = element("span", { class: "knob-name" }, nameOf(name, knob), shown);
  return {
    name,
    element: element("label", { class: "knob" }, label, range),
    /** @param {number} value @param {number} [high] */
    show(value, high = knob.high) {
      assign(range, "max", high);
      if (Number(range.value) !== value) range.value = String(value);
      write(shown, value.toFixed(digits).replace("-", "−"));
      mark(shown, `knob ${name}`, null, value);
    },
  };
}
