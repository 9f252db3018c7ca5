/** The challenge that is open: what is wanted, how near the network is, and what helps on. */

import { announce } from "../drawing/announcing.js";
import { assign, button, element, touches, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { challengeList } from "./challenge_list.js";
import { challengeStrip } from "./challenge_strip.js";
import { createJudge } from "./judge.js";
import { createProgress } from "./progress.js";

/** @typedef {import("./header.js").ByHandHeader} ByHandHeader */
/** @typedef {import("./header.js").ChallengeSpec} ChallengeSpec */
/** @typedef {import("./judge.js").Verdict} Verdict */
/** @typedef {import("../stepper/context.js").Context} Context */

const SHOWN = 3; // tolerances that the meter is long

/**
 * @param {import("../stepper/run_component.js").Server|null} server  null: in a file, where no
 *   other challenge can be opened
 * @returns {import("../stepper/views.js").MakeView}
 */
export const challengeView = (server) => (context) => {
  const header = /** @type {ByHandHeader} */ (context.header);
  const progress = createProgress(() => globalThis.localStorage);
  const list =
    server &&
    challengeList(header, progress, {
      open: (key) => server.press("challenge", key),
      forget() {
        progress.clear();
        list?.show();
      },
    });
  const { challenge } = header;
  const opened =
    challenge &&
    openChallenge(context, { ...header, challenge }, () => {
      if (progress.add(challenge.key)) list?.show();
    });
  const leave = server && opened && leaving(() => server.press("challenge", ""));
  opened?.buttons.append(...(leave ? [leave] : []));
  return {
    element: element(
      "section",
      { class: "challenge", "aria-label": _("challenges"), "data-testid": "challenges" },
      opened?.element,
      list?.element,
    ),
    update: (changed) => opened?.update(changed),
    destroy() {},
  };
};

/** @param {() => void} press */
const leaving = (press) => button(_("Leave the challenge"), _("Leave the challenge"), press);

/**
 * @param {Context} context @param {ByHandHeader & {challenge: ChallengeSpec}} header
 * @param {() => void} solved  it just was
 */
function openChallenge({ model, store, controller }, header, solved) {
  const { challenge, batch } = header;
  const judge = createJudge(header);
  const strip = challengeStrip(challenge, controller.goTo);
  const meter = meterOf(challenge);
  const badge = element("b", { class: "challenge-badge", "data-testid": "solved" });
  const aside = element("p", { class: "quiet" }, asideText());
  const next = element("button", { type: "button", on: { click: nextSequence } });
  const worst = button(_("Go to the worst step"), _("Go to the worst step"), goToWorst);
  const hints = hintsOf(challenge);
  const buttons = element("div", { class: "challenge-buttons" }, hints.button, next, worst);
  /** @type {Verdict} */
  let verdict = judge(model.liveArrays);

  function nextSequence() {
    controller.setItem((store.state.item + 1) % batch);
  }
  function goToWorst() {
    controller.setItem(verdict.furthest.item);
    controller.goTo(verdict.furthest.step);
  }
  function judgeAgain() {
    const wasSolved = verdict.isSolved;
    verdict = judge(model.liveArrays);
    meter.show(verdict);
    worst.disabled = verdict.isSolved;
    write(badge, verdict.isSolved ? _("✓ solved") : _("✗ not solved yet"));
    badge.classList.toggle("solved", verdict.isSolved);
    if (verdict.isSolved) solved();
    if (verdict.isSolved && !wasSolved) announce(badge, "solved", { challenge: challenge.key });
  }
  return {
    buttons,
    element: element(
      "div",
      { class: "challenge-open" },
      element("h3", {}, challenge.title, " ", badge),
      element("p", {}, challenge.task),
      strip.element,
      meter.element,
      aside,
      buttons,
      hints.element,
      element("p", { class: "quiet" }, challenge.rule),
      element("p", { class: "quiet" }, _("Set by: {source}", { source: challenge.source })),
    ),
    /** @param {import("../stepper/state.js").Changed} changed */
    update(changed) {
      const { item, step, history } = store.state;
      if (touches(changed, "run", "mount")) judgeAgain();
      if (touches(changed, "run", "item", "mount")) strip.show(verdict, item);
      if (touches(changed, "run", "item", "step", "mount")) strip.point(verdict, item, step);
      if (touches(changed, "item", "mount"))
        write(next, _("Next sequence ({place} of {count})", { place: item + 1, count: batch }));
      aside.hidden = !history.present.some(({ kind }) => kind !== "weight");
    },
  };
}

const asideText = () =>
  _("Judged are the weights: the sequences are read as they were drawn, with nothing held.");

/** How far off the worst step is, beside what is allowed. @param {ChallengeSpec} challenge */
function meterOf(challenge) {
  const text = element("span", { class: "meter-text", role: "status", "data-testid": "miss" });
  const filled = element("i", { class: "filled" });
  const allowed = element("i", { class: "allowed" });
  allowed.style.left = `${100 / SHOWN}%`;
  const bar = element("div", { class: "meter", "aria-hidden": "true" }, filled, allowed);
  return {
    element: element("div", { class: "challenge-meter" }, bar, text),
    /** @param {Verdict} verdict */
    show(verdict) {
      const share = verdict.furthest.miss / (SHOWN * challenge.tolerance);
      filled.style.width = `${100 * Math.min(share, 1)}%`;
      assign(filled, "data-solved", verdict.isSolved);
      write(text, `${missText(challenge, verdict)} ${withinText(verdict)}`);
    },
  };
}

/** @param {ChallengeSpec} challenge @param {Verdict} verdict */
function missText({ measure, tolerance }, { furthest }) {
  const isFactor = measure === "gradient";
  const [miss, allowed] = [furthest.miss, tolerance].map((far) =>
    Number.isFinite(far) ? short(isFactor ? 10 ** far : far) : "∞",
  );
  const holes = { miss, allowed, step: furthest.step + 1, sequence: furthest.item + 1 };
  return isFactor
    ? _(
        "Off by a factor of {miss} at step {step} of sequence {sequence}, allowed {allowed}.",
        holes,
      )
    : _("Largest miss {miss} at step {step} of sequence {sequence}, allowed {allowed}.", holes);
}

/** @param {Verdict} verdict */
const withinText = ({ within, counted }) =>
  _("In the band: {within} of {counted} steps.", { within, counted });

/** Hints, one after the other as they are asked for. @param {ChallengeSpec} challenge */
function hintsOf({ hints }) {
  const list = element("ol", { class: "hints", "aria-live": "polite" });
  const ask = element("button", { type: "button", on: { click: more } });
  function more() {
    const given = list.childElementCount;
    if (given < hints.length) list.append(element("li", {}, hints[given]));
    show();
  }
  function show() {
    const left = hints.length - list.childElementCount;
    write(ask, left > 0 ? _("Show me a hint ({left} left)", { left }) : _("No hint is left"));
    ask.disabled = left === 0;
  }
  show();
  return { element: list, button: ask };
}
