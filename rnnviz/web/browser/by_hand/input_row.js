/** An input of the sequence: drawn, typed as a whole, or one of a few that are often wanted. */

import { assign, element, mark, pressable, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { _, N_ } from "../drawing/texts.js";
import { put } from "../stepper/changes/changes.js";
import { readValue } from "../weights/number_text.js";
import { inputStrip } from "./input_strip.js";
import { alongOf } from "./last_run.js";

/** @typedef {import("../stepper/context.js").Context} Context */

const PULSE = 2; // the step of a pulse, from 0
/** Numbers from −1 to 1 that look drawn at random, the same every time. @param {number} t */
const noise = (t) => Math.round(10 * Math.sin(12.9898 * (t + 1) ** 2)) / 10;

/** @type {Array<[string, (t: number, T: number) => number]>} */
const OFTEN = [
  [N_("one pulse"), (t) => (t === PULSE ? 1 : 0)],
  [N_("on and off"), (t) => (t % 4 < 2 ? 1 : -1)],
  [N_("noise"), noise],
  [N_("zero"), () => 0],
];

/**
 * @param {Context} context @param {number} input @param {import("./last_run.js").LastRun} last
 * @returns {import("./value_row.js").BenchRow}
 */
export function inputRow(context, input, last) {
  const { header, model, store, controller } = context;
  const strip = inputStrip(context, input, last);
  const name = header.sequence.input_names[input];
  const typed = sequenceField(context, input, set);
  const number = pressable(element("b", { class: "number" }), () =>
    controller.explain("x", input, store.state.step),
  );

  /** @param {number[]} values  one for each step */
  function set(values) {
    const changes = values.reduce(
      (all, value, step) => put(all, { kind: "input", item: model.item, step, input, value }),
      store.state.history.present,
    );
    controller.try(changes);
  }
  const often = OFTEN.map(([text, at]) => {
    const press = () => set(every(model.T, at));
    return element("button", { type: "button", class: "text", on: { click: press } }, _(text));
  });
  function showStep() {
    const { step } = store.state;
    strip.point(step);
    const value = model.live.x[step * model.inputs + input];
    write(number, short(value));
    mark(number, "x", input, value);
  }
  const left = element(
    "div",
    { class: "row-left input-left" },
    element("div", { class: "input-head" }, element("b", {}, name), typed.field),
    element("div", { class: "often" }, ...often),
    typed.how,
    typed.problem,
  );
  return {
    nodes: [left, strip.element, element("div", { class: "strip-note" }, name, number)],
    showRun() {
      strip.update();
      typed.show();
      showStep();
    },
    showStep,
    resize: strip.resize,
    destroy: strip.destroy,
  };
}

/**
 * All numbers of an input in one line, to be typed or pasted.
 * @param {Context} context @param {number} input @param {(values: number[]) => void} set
 */
function sequenceField({ header, model }, input, set) {
  const name = header.sequence.input_names[input];
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const rule = _("Enter sets them; what is missing is 0.");
  const how = element("p", { class: "quiet", hidden: true }, rule);
  const field = element("input", {
    type: "text",
    class: "sequence-field",
    "aria-label": _("{name}: a number for each step", { name }),
    on: {
      change,
      focus: hint,
      blur: hint,
      keydown: (event) => event.key !== "Escape" && event.stopPropagation(),
    },
  });

  function change() {
    const { values, problem: wrong } = readSequence(field.value, model.T);
    problem.hidden = wrong === "";
    write(problem, wrong);
    assign(field, "aria-invalid", wrong === "" ? null : "true");
    if (wrong === "") set(values);
  }
  function hint() {
    how.hidden = !field.matches(":focus");
    if (how.hidden && problem.hidden) show();
  }
  /** What is being typed is left as it is. */
  function show() {
    if (field.matches(":focus")) return;
    field.value = [...alongOf(model.live, "x", input)].join(" ");
    problem.hidden = true;
    assign(field, "aria-invalid", null);
  }
  return { field, how, problem, show };
}

/** @param {number} T @param {(t: number, T: number) => number} at */
const every = (T, at) => Array.from({ length: T }, (_, t) => at(t, T));

/**
 * Numbers between spaces, commas or semicolons; what is missing at the end is zero.
 * @param {string} text @param {number} T
 * @returns {{values: number[], problem: string}}
 */
export function readSequence(text, T) {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  const wrong = (/** @type {string} */ problem) => ({ values: [], problem });
  if (words.length === 0) return wrong(_("Type a number for each step, as in 0 0 1 0.5"));
  if (words.length > T)
    return wrong(
      _("These are {count} numbers, and there are {steps} steps.", {
        count: words.length,
        steps: T,
      }),
    );
  const read = words.map(readValue);
  const problem = read.find((one) => one.problem !== null)?.problem;
  if (problem) return wrong(problem);
  const values = read.map(({ value }) => value ?? 0);
  return { values: every(T, (t) => values[t] ?? 0), problem: "" };
}
