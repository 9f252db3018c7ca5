/**
 * Two at once: below the stepper its maps and gradients, and beside them those of its untouched run or
 * of another network that reads the same sequence, in step and on common scales.
 */

import { element } from "../drawing/dom.js";
import { lookup } from "../maths/lookup.js";
import { unpack } from "../maths/payload.js";
import { UNTOUCHED, isOfWeights } from "./changes/changes.js";
import { mount } from "./mount.js";
import { VIEWS } from "./views.js";

/** @typedef {import("./header.js").StepHeader} StepHeader */
/** @typedef {import("../maths/payload.js").Payload<StepHeader>} Payload */
/** @typedef {ReturnType<typeof mount>} Mounted */
/** @typedef {import("./state.js").State} State */

const COMPARED = ["readout", "maps", "gradients"];
const SIDES = ["maps", "gradients"];
/** What is seen of both: the same place of the same run. @type {Array<keyof State>} */
const OF_A_RUN = ["unit", "layer", "level", "part", "shown", "name", "hover"];
/** What the stepper's own two places say of each other. @type {Array<keyof State>} */
const OF_ITSELF = [
  ...OF_A_RUN,
  "step",
  "from",
  "item",
  "history",
  "explained",
  "selection",
  "reach",
];

/**
 * The network that was sent, and the one that was sent along.
 * @param {Payload} payload
 * @returns {{own: Payload, other: Payload|null}}
 */
export function parted({ header, arrays }) {
  const { beside, ...own } = Object.fromEntries(arrays);
  if (beside === undefined) return { own: { header, arrays }, other: null };
  const bytes = new Uint8Array(beside.buffer, beside.byteOffset, beside.byteLength);
  return { own: { header, arrays: new Map(Object.entries(own)) }, other: unpack(bytes) };
}

/**
 * The stepper as `mount` makes it; where something stands beside it, with that.
 * @param {HTMLElement} host @param {ReturnType<typeof parted>} payloads
 * @param {{makers: ReadonlyMap<string, import("./views.js").MakeView>, kept: Partial<State>,
 *   arrange?: typeof import("./views.js").arranged}} how
 * @returns {Mounted}
 */
export function mountWithBeside(host, { own, other }, { makers, kept, arrange }) {
  const titles = own.header.beside;
  if (titles === null) return mount(host, own, makers, kept, arrange);
  const rest = new Map([...makers].filter(([name]) => !SIDES.includes(name)));
  const main = mount(host, own, rest, kept, arrange);
  const [left, right] = titles.map((title) => sideOf(title));
  const about = { class: "pair", "data-testid": "beside" };
  const pair = element("div", about, left.place, right.place);
  host.append(pair);
  const same = mount(left.place, own, some(...COMPARED), main.state);
  const start = other === null ? untouched(main) : sightOf(main.state);
  const second = mount(right.place, other ?? own, some(...COMPARED, "explain"), start);
  for (const side of [left, right]) side.entitle();
  same.compareWith(second);
  second.compareWith(same);
  const stops = [
    join(main, same, OF_ITSELF),
    ...(other === null ? [join(same, second, OF_A_RUN)] : []),
    inStep(main, second),
    main.subscribe((changed) => {
      if (!changed.has("history") && !changed.has("item")) return;
      if (other === null) second.turn({ history: untouched(main).history });
      for (const one of [same, second]) one.redraw();
    }),
  ];
  return {
    ...main,
    get state() {
      return main.state;
    },
    refresh() {
      for (const one of [main, same, second]) one.refresh();
    },
    destroy() {
      for (const stop of stops) stop();
      for (const one of [main, same, second]) one.destroy();
      pair.remove();
    },
  };
}

/** @param {...string} names */
function some(...names) {
  return new Map(names.map((name) => [name, lookup(VIEWS, name)]));
}

/** A column; its title stands in its own colours. @param {string} title */
function sideOf(title) {
  const place = element("div", { class: "rnnviz-host" });
  const entitle = () => place.firstElementChild?.prepend(element("h2", {}, title));
  return { place, entitle };
}

/**
 * The same place without the changes; weights that are typed are the network's own.
 * @param {Mounted} main @returns {Partial<State>}
 */
function untouched({ header, state }) {
  if (!header.weights.typed) return { ...state, history: UNTOUCHED };
  const present = state.history.present.filter(isOfWeights);
  return { ...state, history: { ...UNTOUCHED, present } };
}

/** @param {State} state @returns {Partial<State>} */
function sightOf({ step, from, item, layer }) {
  return { step, from, item, layer };
}

/**
 * What one shows of these the other shows, whichever was turned.
 * @param {Mounted} one @param {Mounted} other @param {Array<keyof State>} keys
 * @returns {() => void} to stop
 */
function join(one, other, keys) {
  /** @param {Mounted} from @param {Mounted} to */
  const follow = (from, to) =>
    from.subscribe((changed) => {
      const told = keys.filter((key) => changed.has(key));
      if (told.length === 0) return;
      to.turn(Object.fromEntries(told.map((key) => [key, from.state[key]])));
    });
  const stops = [follow(one, other), follow(other, one)];
  return () => stops.forEach((stop) => stop());
}

/**
 * Step, sequence and the step under the pointer are those of both, whatever the cells are.
 * @param {Mounted} one @param {Mounted} other
 * @returns {() => void} to stop
 */
function inStep(one, other) {
  /** @param {Mounted} from @param {Mounted} to */
  const follow = (from, to) =>
    from.subscribe((changed) => {
      const { step, from: first, item, hover } = from.state;
      if (changed.has("item")) to.turn({ item });
      if (changed.has("step")) to.goTo(step);
      if (changed.has("from")) to.turn({ from: first });
      if (changed.has("hover") && hover?.step !== to.state.hover?.step)
        to.turn({ hover: hover?.step === undefined ? null : { step: hover.step } });
    });
  const stops = [follow(one, other), follow(other, one)];
  return () => stops.forEach((stop) => stop());
}
