/**
 * How the gradient fades or grows on its way back: |dL/dh_t| and its like over time, in powers of
 * ten.
 */

import { element, touches, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { logAxis, stretches } from "../drawing/scales.js";
import { lookup } from "../maths/lookup.js";
import { linesSection } from "./lines_section.js";
import { symbolNode } from "./words.js";

const HOW =
  "Read from right to left: the size of the gradient at each step, one grid line per power of ten; " +
  "a line that falls to the left vanishes, one that rises explodes.";

/** @typedef {import("./lines_section.js").Value} Value */

/** @param {import("./context.js").Context} context @returns {import("./views.js").View} */
export function gradientView(context) {
  const { header, model, store, controller, words } = context;
  const plain = element("p", { class: "plainly" });

  /** @returns {Value[]} */
  function values() {
    const { layer } = store.state;
    const ghosts = model.ghost.layers[layer].norms;
    return [...model.live.layers[layer].norms].map(([name, numbers]) => {
      const role = words(layer).role(name);
      return {
        name,
        title: `|dL/d${name}|`,
        symbol: ["|dL/d", symbolNode(words(layer).symbol(name), role), "|"],
        role,
        numbers,
        ghost: model.isChanged ? lookup(ghosts, name) : null,
      };
    });
  }
  /** @param {string} name */
  function now(name) {
    const { layer, step } = store.state;
    const value = lookup(model.live.layers[layer].norms, name)[step];
    return { name: `norm.${name}`, unit: 0, value, text: value === 0 ? "exactly 0" : short(value) };
  }
  /** @param {Value[]} all */
  function scale(all) {
    const sizes = all.flatMap(({ numbers, ghost }) => [...numbers, ...(ghost ?? [])]);
    return { up: logAxis(sizes), levels: levelsOf(header.marks) };
  }
  const section = linesSection(context, {
    label: "size of the gradient",
    height: 132,
    attributes: {
      class: "gradients",
      "data-testid": "gradient-norms",
      "aria-label": "gradient norms over time",
    },
    title: element("h3", {}, "The gradient on its way back"),
    under: [caption(`${HOW} ${header.loss.text}`), plain],
    values,
    scale,
    now,
    open: (name) => controller.explain(name, store.state.unit, store.state.step),
  });
  return {
    ...section,
    update(changed) {
      section.update(changed);
      if (touches(changed, "run", "layer")) write(plain, inWords(values()));
    },
  };
}

/** @param {import("../maths/header.js").Marks} marks */
function levelsOf({ float32, clip }) {
  const least = { value: float32, label: "float32 ends here: smaller is exactly 0" };
  return clip === null ? [least] : [least, { value: clip, label: `clipping threshold ${clip}` }];
}

/**
 * What a logarithmic axis cannot show, in words.
 * @param {Array<{name: string, numbers: Float64Array}>} lines
 */
export function inWords(lines) {
  const sentences = [];
  for (const { name, numbers } of lines) {
    const at = (/** @type {(number: number) => boolean} */ test) =>
      stretches([...numbers.keys()].filter((t) => test(numbers[t])));
    const zero = at((n) => n === 0),
      infinite = at((n) => Math.abs(n) === Infinity),
      broken = at(Number.isNaN);
    if (zero)
      sentences.push(`dL/d${name} is exactly 0 at step ${zero}: nothing of it reaches the loss.`);
    if (infinite)
      sentences.push(
        `dL/d${name} is infinite at step ${infinite}: it left what a number can hold.`,
      );
    if (broken) sentences.push(`dL/d${name} is not a number at step ${broken}.`);
  }
  return sentences.join(" ");
}
