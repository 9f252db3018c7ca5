/**
 * How the gradient fades or grows on its way back: |dL/dh_t| and its like over time, in powers of
 * ten.
 */

import { element, touches, write } from "../../drawing/dom.js";
import { short } from "../../drawing/number_format.js";
import { caption } from "../../drawing/plot.js";
import { logAxis, stretches } from "../../drawing/scales.js";
import { termOf } from "../../drawing/term.js";
import { N_, _ } from "../../drawing/texts.js";
import { lookup } from "../../maths/lookup.js";
import { linesSection } from "./lines_section.js";
import { lossLine } from "../loss_line.js";
import { symbolNode } from "../words.js";

const HOW = N_(
  "Read from right to left, in powers of ten. Falling to the left: the gradient vanishes; rising: it explodes. |·| is the length of the vector.",
);
const HOW_BACKWARD = N_(
  "This layer reads from the end, so read from left to right, in powers of ten. Falling to the right: the gradient vanishes; rising: it explodes. |·| is the length of the vector.",
);

const MOST_SIGNS = 3;

/** @typedef {import("./lines_section.js").Value} Value */
/** @typedef {import("../context.js").Context} Context */

/** @param {import("../context.js").Context} context @returns {import("../views.js").View} */
export function gradientView(context) {
  const { header, model, store, controller } = context;
  const plain = element("p", { class: "plainly" });
  const how = caption("", null);
  const loss = lossLine(context);

  const values = () => valuesOf(context);
  /** @param {string} name */
  function now(name) {
    const { layer, step } = store.state;
    const value = lookup(model.live.layers[layer].norms, name)[step];
    return {
      name: `norm.${name}`,
      unit: 0,
      value,
      text: value === 0 ? _("exactly 0") : short(value),
    };
  }
  /** @param {Value[]} all */
  function scale(all) {
    const sizes = all.flatMap(({ numbers, ghost }) => [...numbers, ...(ghost ?? [])]);
    const theirs = model.peerNorms(store.state.layer);
    return {
      up: logAxis([...sizes, ...theirs]),
      levels: levelsOf(header.marks),
      signs: signsOf(header.loss.steps),
    };
  }
  const section = linesSection(context, {
    label: _("size of the gradient"),
    height: 132,
    attributes: {
      class: "gradients",
      "data-testid": "gradient-norms",
      "aria-label": _("gradient norms over time"),
    },
    title: element("h3", {}, termOf(_("The gradient on its way back"), "gradient")),
    under: [loss.element, how, plain],
    values,
    scale,
    now,
    open(name) {
      const { layer, unit, step } = store.state;
      controller.explain(name, Math.min(unit, model.size(layer, name) - 1), step);
    },
  });
  return {
    ...section,
    update(changed) {
      section.update(changed);
      loss.update(changed);
      if (touches(changed, "run", "layer")) write(plain, inWords(values(), header.loss.steps));
      if (touches(changed, "layer", "mount")) {
        const isBackward = header.layers[store.state.layer].reverse;
        write(how, `${_(isBackward ? HOW_BACKWARD : HOW)} ${header.loss.text}`);
      }
    },
    destroy() {
      section.destroy();
      loss.destroy();
    },
  };
}

/** The size of every state's gradient. @param {Context} context @returns {Value[]} */
function valuesOf({ model, store, words }) {
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

/**
 * Where the loss is, and so where the gradient sets out; at more steps than a few it is everywhere.
 * @param {number[]} asked @returns {import("../../drawing/picture.js").Sign[]}
 */
function signsOf(asked) {
  if (asked.length > MOST_SIGNS) return [];
  return asked.map((at) => ({ at, text: _("loss"), colour: "var(--ink)", kind: "change" }));
}

/** @param {import("../../maths/header.js").Marks} marks */
function levelsOf({ float32, clip }) {
  const least = { value: float32, label: _("float32 ends here: smaller is exactly 0") };
  return clip === null
    ? [least]
    : [least, { value: clip, label: _("clipping threshold {clip}", { clip }) }];
}

/**
 * What a logarithmic axis cannot show, in words.
 * @param {Array<{name: string, numbers: Float64Array}>} lines
 * @param {number[]} asked  the steps at which L is
 */
export function inWords(lines, asked) {
  const last = asked[asked.length - 1]; // they are in order
  const sentences = [];
  for (const { name, numbers } of lines) {
    const at = (/** @type {(number: number) => boolean} */ test) =>
      stretches([...numbers.keys()].filter((t) => test(numbers[t])));
    const zero = at((n) => n === 0),
      infinite = at((n) => Math.abs(n) === Infinity),
      broken = at(Number.isNaN);
    const isAfter = numbers.every((n, t) => (n === 0) === t > last);
    if (zero && isAfter)
      sentences.push(
        _(
          "After step {step}, the last where the loss is, {name} can no longer change it: dL/d{name} is exactly 0.",
          {
            step: last + 1,
            name,
          },
        ),
      );
    else if (zero)
      sentences.push(
        _("dL/d{name} is exactly 0 at step {steps}: nothing of it reaches the loss.", {
          name,
          steps: zero,
        }),
      );
    if (infinite)
      sentences.push(
        _("dL/d{name} is infinite at step {steps}: it left what a number can hold.", {
          name,
          steps: infinite,
        }),
      );
    if (broken)
      sentences.push(_("dL/d{name} is not a number at step {steps}.", { name, steps: broken }));
  }
  return sentences.join(" ");
}
