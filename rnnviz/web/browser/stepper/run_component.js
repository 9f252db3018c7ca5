/**
 * A run as a component, with any views: what is looked at stands in the page's address, and is kept
 * while the tab is open.
 */

import { component } from "../drawing/component.js";
import { keepInAddress, ledTo } from "./link/address.js";
import { filesView } from "./files_view.js";
import { mountWithBeside, parted } from "./beside.js";
import { allWeights, reporting } from "./reporting.js";
import { carried } from "./weights/weights.js";
import { weightsView } from "./weights/weights_view.js";

const MOST_PLACES = 20;
/** Where the visitor was, by run: a page that is left forgets its elements. */
/** @type {Map<string, Partial<State>>} */
const PLACES = new Map();

/** @typedef {import("./context.js").StepHeader} StepHeader */
/** @typedef {import("../maths/payload.js").Payload<StepHeader>} Payload */
/** @typedef {import("./state.js").State} State */
/** @typedef {ReturnType<typeof mountWithBeside>} Shown */
/** @typedef {ReturnType<typeof parted>} Parts */
/**
 * @typedef {import("../drawing/component.js").Tell} Tell
 * @typedef {(header: StepHeader) => void} Hear  is given what came anew of the same run
 * @typedef {{tell: Tell, press: Tell, listen: (hear: Hear) => () => void,
 *   answers: import("../drawing/component.js").Answers}} Server  what reaches it: what is so, and
 *   what was pressed; what comes from it. `listen` gives what stops the listening
 */

/**
 * @param {(server: Server) => ReadonlyMap<string, import("./views.js").MakeView>} viewsFor  the
 *   files to take away come beside them
 * @param {typeof import("./views.js").arranged} arrange
 * @param {(shown: Shown, next: Payload) => Partial<State>} [carry]  what else of a run goes over to
 *   another
 */
export function runComponent(viewsFor, arrange, carry = () => ({})) {
  return component((host, /** @type {Payload} */ payload, tell, press, answers) => {
    const news = listening();
    const views = viewsFor({ tell, press, listen: news.listen, answers });
    const makers = new Map([...views, ["files", filesView(answers("page") ? save : undefined)]]);
    const hasWeights = makers.has("weights");
    if (hasWeights) makers.set("weights", weightsView(answers("train") ? train : undefined));
    const show = (/** @type {Parts} */ parts, /** @type {Partial<State>} */ kept) =>
      mountWithBeside(host, parts, { makers, kept, arrange });
    const first = parted(payload);
    let shown = show(first, ledTo(first.own) ?? PLACES.get(payload.header.id) ?? {});
    let address = keepInAddress(shown, true);
    const report = reporting(tell, { hasWeights });
    let stop = report.follow(shown);

    async function save() {
      await report.settle(shown);
      press("page", address.text());
    }
    async function train() {
      await report.settle(shown);
      press("train", await allWeights(shown));
    }
    function leave() {
      address.stop();
      const { step, from, unit, layer, item, speed, weights, figures, history } = shown.state;
      const place = { step, from, unit, layer, item, speed, weights, figures, history };
      PLACES.delete(shown.header.id);
      PLACES.set(shown.header.id, place);
      for (const id of [...PLACES.keys()].slice(0, -MOST_PLACES)) PLACES.delete(id);
      stop();
      shown.destroy();
    }
    return {
      take(payload) {
        const parts = parted(payload);
        const next = parts.own;
        const isSame = next.header.id === shown.header.id;
        if (isSame && hasSameBeside(next.header, shown.header)) {
          news.bring(next.header);
          return shown.refresh();
        }
        const isLed = !isSame && address.isLed(); // by a link, Back or Forward
        const kept = isSame ? shown.state : keptFor(shown, next, carry);
        leave();
        shown = show(parts, isLed ? (ledTo(next) ?? kept) : kept);
        address = keepInAddress(shown, isLed);
        stop = report.follow(shown);
      },
      refresh: () => shown.refresh(),
      destroy: leave,
    };
  });
}

/** Who hears what comes anew of the same run. */
function listening() {
  /** @type {Set<Hear>} */
  const listeners = new Set();
  return {
    /** @param {Hear} hear */
    listen(hear) {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
    /** @param {StepHeader} header */
    bring(header) {
      for (const hear of listeners) hear(header);
    },
  };
}

/**
 * The same run goes on where it was left; another of the same shape at the same step. Where weights
 * are typed, those on the screen go on, and what was typed there before is one undo away.
 * @param {Shown} shown @param {Payload} next
 * @param {(shown: Shown, next: Payload) => Partial<State>} carry
 * @returns {Partial<State>}
 */
function keptFor(shown, next, carry) {
  const { header } = next;
  const left = PLACES.get(header.id);
  if (header.weights.typed)
    return { ...placeFor(shown, header), ...left, ...typedIn(shown, next, left) };
  return left ?? { ...placeFor(shown, header), ...carry(shown, next) };
}

/** @param {Shown} shown @param {StepHeader} header @returns {Partial<State>} */
function placeFor(shown, header) {
  if (!isAlike(shown.header, header)) return { figures: shown.state.figures };
  const { step, from, unit, layer, speed, item, figures } = shown.state;
  const isSame = readsTheSame(shown.header, header);
  return { step, from, unit, layer, speed, figures, item: isSame ? item : 0 };
}

/** @param {Shown} shown @param {Payload} next @param {Partial<State>|undefined} left */
function typedIn(shown, next, left) {
  const before = left?.history?.present;
  const present = carried(shown.liveArrays(), next);
  const { weights } = shown.state;
  const isThere = next.header.weights.parameters.some(({ array }) => array === weights);
  const open = isThere || weights === "all" ? { weights } : {};
  return { ...open, history: { past: before ? [before] : [], present, future: [] } };
}

/** Beside both stands the same, or nothing. @param {StepHeader} one @param {StepHeader} other */
function hasSameBeside({ beside: one }, { beside: other }) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** @param {StepHeader} before @param {StepHeader} after */
function isAlike(before, after) {
  return shapeOf(before) === shapeOf(after);
}

/** @param {StepHeader} before @param {StepHeader} after */
function readsTheSame({ sequence: before }, { sequence: after }) {
  return JSON.stringify(before.item_labels) === JSON.stringify(after.item_labels);
}

/** @param {StepHeader} header */
function shapeOf({ sequence, layers }) {
  const cells = layers.map(({ hidden, reverse, cell }) => [hidden, reverse, cell.names]);
  return JSON.stringify([sequence.labels.length, cells]);
}
