/** The knobs: native controls, followed while they move and reported when they come to rest. */

import { element, segmented, write } from "../drawing/dom.js";

const SLIDERS = [
  ["length", 1],
  ["scale", 0.01],
  ["forget_bias", 0.1],
  ["input_scale", 0.05],
  ["hidden", 1],
];
const FUNCTIONS = [
  ["tanh", "tanh"],
  ["relu", "ReLU"],
  ["identity", "identity"],
];
const LOSSES = [
  ["last step", "last step"],
  ["each step", "each step"],
  ["one step", "one step"],
];

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
  const sliders = SLIDERS.map(([name, step]) =>
    slider(name, header.knobs[name], step, soon, letGo),
  );
  const place = slider("step", header.knobs.step, 1, soon, letGo);
  const activation = segmented("Function of the plain RNN", FUNCTIONS, (chosen) =>
    now({ activation: chosen }),
  );
  const loss = segmented("Loss at", LOSSES, (chosen) => now({ loss: chosen }));
  const seed = element("input", {
    type: "number",
    min: 0,
    max: 9999,
    step: 1,
    "aria-label": "Seed",
    "data-knob": "seed",
    on: {
      change: () => now({ seed: Math.min(Math.max(Math.round(Number(seed.value) || 0), 0), 9999) }),
    },
  });
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
      labelled("Function of the plain RNN", activation.element),
      labelled("Loss L = sum of h at", loss.element, "knob wide"),
      place.element,
      element("div", { class: "knob-row" }, labelled("Seed", seed), reset),
    ),
    /** @param {import("./experiment.js").Knobs} knobs */
    show(knobs) {
      for (const one of sliders) one.show(knobs[one.name]);
      place.element.hidden = knobs.loss !== "one step";
      place.show(knobs.step, knobs.length);
      activation.show(knobs.activation);
      loss.show(knobs.loss);
      if (seed.value !== String(knobs.seed)) seed.value = knobs.seed;
    },
  };
}

function defaults({ knobs }) {
  return Object.fromEntries(Object.entries(knobs).map(([name, knob]) => [name, knob.default]));
}

function labelled(text, control, kind = "knob") {
  return element("div", { class: kind }, element("span", { class: "knob-name" }, text), control);
}

function slider(name, knob, step, soon, rest) {
  const shown = element("output", { class: "knob-value" });
  const range = element("input", {
    type: "range",
    min: knob.low,
    max: knob.high,
    step,
    "aria-label": knob.title,
    title: knob.says,
    "data-knob": name,
    on: { input: () => soon({ [name]: Number(range.value) }), change: () => rest() },
  });
  const digits = step >= 1 ? 0 : step === 0.1 ? 1 : 2;
  const label = element("span", { class: "knob-name" }, knob.title, shown);
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
