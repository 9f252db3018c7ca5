/** What a challenge measures over time, within the band that is wanted; the worst step is ticked. */

import { assign, element, svg, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { plotRow } from "../drawing/plot.js";
import { _ } from "../drawing/texts.js";
import { bandOf } from "./band.js";

/** @typedef {import("./header.js").ChallengeSpec} ChallengeSpec */
/** @typedef {import("./judge.js").Verdict} Verdict */

const HIGH = 100; // of the picture, in units of its own

/**
 * @param {ChallengeSpec} challenge
 * @param {(step: number) => void} goTo
 */
export function challengeStrip(challenge, goTo) {
  const T = challenge.wanted[0].length;
  const y = scaleOf(challenge);
  const band = svg("g", { class: "wanted" });
  const line = svg("path", { class: "measured" });
  const dots = svg("path", { class: "measured-dots" });
  const tick = svg("path", { class: "worst" });
  const outside = svg("path", { class: "outside" });
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${T} ${HIGH}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    ...[band, line, dots, tick, outside],
  );
  const note = element("span");
  const label = element("span", {}, challenge.measured);
  const row = plotRow(T, { label, note });
  row.plot.append(picture);
  row.plot.addEventListener("click", (event) => {
    const { left, width } = row.plot.getBoundingClientRect();
    goTo(Math.min(Math.floor(((event.clientX - left) / width) * T), T - 1));
  });
  row.element.classList.add("challenge-strip");
  return {
    element: row.element,

    /** @param {Verdict} verdict @param {number} item */
    show(verdict, item) {
      const numbers = verdict.measured[item];
      const { step } = verdict.worst[item];
      const at = [...numbers].map((number, t) => [t + 0.5, y(number)]);
      band.replaceChildren(
        ...bandOf(challenge, item).map(({ from, to, low, high }) =>
          svg("rect", { x: from, y: y(high), width: to - from, height: y(low) - y(high) }),
        ),
      );
      assign(line, "d", at.map(([x, to], t) => `${t === 0 ? "M" : "L"}${x} ${to}`).join(""));
      const far = [...numbers].flatMap((number, t) => arrowAt(t, y.side(number)));
      assign(outside, "d", far.join(""));
      assign(dots, "d", at.map(([x, to]) => `M${x} ${to}h0`).join(""));
      const from = y(challenge.wanted[item][step]);
      assign(tick, "d", verdict.isSolved ? "" : `M${step + 0.5} ${from}V${at[step][1]}`);
    },

    /** @param {Verdict} verdict @param {number} item @param {number} step */
    point(verdict, item, step) {
      row.point(step);
      write(note, numberOf(challenge, verdict.measured[item][step]));
    },
  };
}

/**
 * A measured number as it is read: of a gradient, how many times that of the last step.
 * @param {ChallengeSpec} challenge @param {number} number
 */
export function numberOf({ measure }, number) {
  return measure === "gradient" ? _("× {factor}", { factor: short(10 ** number) }) : short(number);
}

/**
 * Number → place from the top, and at which side it is out of sight: what is far beyond all that is
 * wanted stands at the edge.
 * @param {ChallengeSpec} challenge
 */
function scaleOf({ wanted, tolerance }) {
  const all = wanted.flat();
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = Math.max(0.25 * (high - low), 3 * tolerance);
  const [from, to] = [low - room, high + room];
  const place = (/** @type {number} */ number) => {
    const inside = Number.isNaN(number) ? from : Math.min(Math.max(number, from), to);
    return (HIGH * (to - inside)) / (to - from);
  };
  const side = (/** @type {number} */ number) => (number > to ? 1 : number >= from ? 0 : -1);
  return Object.assign(place, { side });
}

/** ▲ or ▼ at the edge, where a number is out of sight. @param {number} t @param {number} side */
function arrowAt(t, side) {
  if (side === 0) return [];
  return [side > 0 ? `M${t + 0.2} 14h.6l-.3 -14z` : `M${t + 0.2} ${HIGH - 14}h.6l-.3 14z`];
}
