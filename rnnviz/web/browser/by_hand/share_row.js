/** What share of all that moves L comes from each step of an input, where a challenge judges it. */

import { element, mark, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { bandOf } from "./band.js";
import { share } from "./judge.js";
import { timeStrip } from "./time_strip.js";

const RANGE = { low: 0, high: 1 };

/**
 * @param {import("../stepper/context.js").Context} context
 * @param {import("./last_run.js").LastRun} last
 * @param {import("./header.js").ChallengeSpec} challenge
 * @returns {import("./value_row.js").BenchRow}
 */
export function shareRow({ model, store, controller }, last, challenge) {
  const strip = timeStrip(model.T, "other", controller.goTo);
  Object.assign(strip.element.dataset, { strip: "share", label: challenge.measured });
  const number = element("b", { class: "number" });
  const note = element("div", { class: "strip-note" }, challenge.measured, number);
  const shares = () => share(model.live, challenge.of);

  function showStep() {
    const { step } = store.state;
    strip.point(step);
    const value = shares()[step];
    write(number, short(value));
    mark(number, "share", null, value);
  }
  return {
    nodes: [strip.element, note],
    showRun() {
      const before = last.run();
      const wanted = bandOf(challenge, model.item);
      strip.show(
        { value: shares(), others: [], before: before && share(before, challenge.of), wanted },
        RANGE,
      );
      showStep();
    },
    showStep,
    destroy: strip.destroy,
  };
}
