/** The knobs: native controls, followed while they move and reported when they come to rest. */

import { element, segmented, write } from "../drawing/dom.js";

const SLIDERS = ["length", "scale", "forget_bias", "input_scale", "hidden"];

/**
 * @param {object} header
 * @param {(patch: object) => void} turn  called at most once a frame while a knob moves
 * @param {() => void} rest  called when it is let go
 */
export function knobsView(header, turn, rest) {
  let waiting = null,
    isTaken = false;
  /** The first event of a frame at once, as browsers hand it over just before they paint. */
  const soon = (patch) => {
    if (isTaken) {
      waiting = { ...waiting, ...patch };
      return;
    }
    isTaken = true;
    requestAnimationFrame(flush);
    turn(patch);
  };
  function flush() {
    const patch = waiting;
    waiting = null;
    isTaken = false;
    if (patch !== null) soon(patch);
  }
  const now = (patch) => {
    turn(patch);
    rest();
  };
  /** Let go: nothing that was turned may still be waiting. */
  const letGo = () => {
    const patch = waiting;
    waiting = null;
    if (patch !== null) turn(patch);
    rest();
  };
  const { knobs } = header;
  const sliders = SLIDERS.map((name) => slider(name, knobs[name], soon, letGo));
  const place = slider("step", knobs.step, soon, letGo);
  const activation = choice("activation", knobs.activation, now);
  const loss = choice("loss", knobs.loss, now);
  const seed = numberBox("seed", knobs.seed, now);
  const reset = element(
    "button",
    { type: "button", class: "text", on: { click: () => now(defaults(header)) } },
    "reset all",
  );
  return {
    element: element(
      "div",
      { class: "knobs", role: "group", "aria-label": "Knobs" },
      ...sliders.map((one) => one.element),
      labelled(knobs.activation.label, activation.element),
      labelled("Loss L = sum of h at", loss.element, "knob wide"),
      place.element,
      element("div", { class: "knob-row" }, labelled(knobs.seed.label, seed.element), reset),
    ),
    /** @param {import("./experiment.js").Knobs} knobs */
    show(knobs) {
      for (const one of sliders) one.show(knobs[one.name]);
      place.element.hidden = knobs.loss !== "one";
      place.show(knobs.step, knobs.length);
      activation.show(knobs.activation);
      loss.show(knobs.loss);
      seed.show(knobs.seed);
    },
  };
}

function defaults({ knobs }) {
  return Object.fromEntries(Object.entries(knobs).map(([name, knob]) => [name, knob.default]));
}

function labelled(text, control, kind = "knob") {
  return element("div", { class: kind }, element("span", { class: "knob-name" }, text), control);
}

function choice(name, knob, now) {
  return segmented(knob.label, knob.options, (chosen) => now({ [name]: chosen }));
}

function numberBox(name, { label, low, high, step }, now) {
  const within = (value) => Math.min(Math.max(Math.round(Number(value) || 0), low), high);
  const box = element("input", {
    type: "number",
    min: low,
    max: high,
    step,
    "aria-label": label,
    "data-knob": name,
    on: { change: () => now({ [name]: within(box.value) }) },
  });
  const show = (value) => {
    if (box.value !== String(value)) box.value = value;
  };
  return { element: box, show };
}

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
  const label = element("span", { class: "knob-name" }, knob.label, shown);
  return {
    name,
    element: element("label", { class: "knob" }, label, range),
    show(value, high = knob.high) {
      if (Number(range.max) !== high) range.max = high;
      if (Number(range.value) !== value) range.value = value;
      write(shown, value.toFixed(digits).replace("-", "−"));
      shown.setAttribute("data-name", `knob ${name}`);
      shown.setAttribute("data-value", value);
    },
  };
}
