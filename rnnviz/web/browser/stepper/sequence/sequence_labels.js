/** What the steps of a sequence are called, also where the visitor changed them. No DOM. */

const NOTHING = "–"; // it reads zeros

/** @typedef {import("../header.js").StepHeader} StepHeader */
/** @typedef {import("../model.js").Model} Model */

/** @param {StepHeader} header @param {number} item @returns {string[]} one per step */
export function labelsOf(header, item) {
  return header.sequence.item_labels[item] ?? header.sequence.labels;
}

/** @param {StepHeader} header @param {number} input  from 0 */
export function inputName(header, input) {
  return header.sequence.input_names[input] ?? String(input + 1);
}

/**
 * The symbol a step reads now; where its numbers are no symbol's any more, the old one with a star;
 * nothing where it reads several numbers that no word stands for.
 * @param {StepHeader} header @param {Model} model @param {number} t
 */
export function labelAt(header, model, t) {
  const label = labelsOf(header, model.item)[t];
  if (!isInputChanged(model, t)) return label;
  const { alphabet } = header.sequence;
  const numbers = model.live.x.subarray(t * model.inputs, (t + 1) * model.inputs);
  if (model.inputs > 1 && numbers.every((n) => n === 0)) return NOTHING;
  if (alphabet === null) return label === "" ? "" : `${label}*`;
  const letter = alphabet[codeAt(model, t)];
  const [first, mark] = [t * model.inputs, t * model.inputs + alphabet.length];
  const isLetter = model.live.x.subarray(first, mark).every((n) => n === 0 || n === 1);
  const isMarked = alphabet.length < model.inputs && model.live.x[mark] > 0;
  return `${isMarked ? "•" : ""}${letter}${isLetter ? "" : "*"}`;
}

/** The place in the alphabet of what a step reads. @param {Model} model @param {number} t */
export function codeAt(model, t) {
  const { alphabet } = model.header.sequence;
  const first = t * model.inputs;
  const x = model.live.x.subarray(first, first + (alphabet?.length ?? model.inputs));
  return x.indexOf(Math.max(...x));
}

/**
 * Whether a step reads something else than in the untouched run.
 * @param {Model} model @param {number} t
 */
export function isInputChanged({ live, ghost, inputs }, t) {
  for (let k = t * inputs; k < (t + 1) * inputs; k++)
    if (!Object.is(live.x[k], ghost.x[k])) return true;
  return false;
}
