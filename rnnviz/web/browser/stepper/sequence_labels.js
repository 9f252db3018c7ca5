/** What the steps of a sequence are called, also where the visitor changed them. No DOM. */

/** @typedef {import("./header.js").StepHeader} StepHeader */
/** @typedef {import("./model.js").Model} Model */

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
  const { one_hot: isOneHot, alphabet } = header.sequence;
  if (isOneHot && alphabet) return alphabet[codeAt(model, t)] ?? label;
  return label === "" ? "" : `${label}*`;
}

/** The place in the alphabet of what a step reads. @param {Model} model @param {number} t */
export function codeAt(model, t) {
  const x = model.live.x.subarray(t * model.inputs, (t + 1) * model.inputs);
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
