/** Two calls in a row, and what becomes of the state between them: three ways beside one another. */

import { assign, element, svg } from "../drawing/dom.js";
import { sized } from "../drawing/magnified.js";
import { short } from "../drawing/number_format.js";
import { termOf } from "../drawing/term.js";
import { _ } from "../drawing/texts.js";
import { opened } from "./announcements.js";
import { barsOf } from "./gradient_bars.js";

const ROOM = { width: 280, height: 44 };
const TOP = 22;

/** @typedef {import("./header.js").WaySpec} WaySpec */

/** @returns {import("./context.js").Section} */
export function callsView() {
  const room = element("div", { class: "columns" });
  const below = element("div", { class: "soft" });
  const root = element(
    "section",
    { class: "calls", "data-testid": "calls" },
    element("h2", {}, termOf(_("Two calls in a row: what becomes of the state?"), "state")),
    element(
      "p",
      { class: "soft" },
      _(
        "Bars: how much each step of the input counts for the loss of the second call, ‖dL/dx‖; ○ is exactly 0.",
      ),
    ),
    room,
    below,
  );
  return {
    element: root,
    show(header) {
      const { ways, oneEach, note } = header.calls;
      const most = Math.max(...ways.flatMap(({ gradient }) => gradient));
      room.replaceChildren(...ways.map((way) => wayNode(way, most)));
      below.replaceChildren(
        ...[...oneEach, note].filter(Boolean).map((text) => element("p", {}, text)),
      );
    },
  };
}

/** @param {WaySpec} way @param {number} most */
function wayNode(way, most) {
  const { title, code, numbers, reach, memory, isOneCall, reachesBack, grows, raises } = way;
  return element(
    "div",
    { class: "column", "data-way": way.way },
    element("h3", {}, title),
    element("pre", { class: "code", tabindex: 0 }, code),
    picture(way, most),
    element(
      "ul",
      { class: "findings" },
      finding(isOneCall, numbers),
      finding(reachesBack, reach),
      finding(!grows, memory),
    ),
    raises === "" ? null : failure(raises),
  );
}

/** @param {boolean} holds @param {string} words */
const finding = (holds, words) =>
  element("li", {}, element("b", { "aria-hidden": "true" }, holds ? "✓ " : "✗ "), words);

/** @param {string} words */
function failure(words) {
  const node = element(
    "details",
    { on: { toggle: () => opened(node, "second backward") } },
    element("summary", {}, _("what PyTorch then says")),
    element("p", { class: "code error", "data-verbatim": true }, `RuntimeError: ${words}`),
  );
  return node;
}

/** @param {WaySpec} way @param {number} most */
function picture({ way, gradient }, most) {
  const middle = ROOM.width / 2;
  const words = {
    carried: _("the state, with its history"),
    detached: _("the state, without its history"),
    reset: _("zeros"),
  }[way];
  const node = svg(
    "svg",
    {
      ...{ class: "calls-picture", role: "img" },
      ...sized({ width: ROOM.width, height: ROOM.height + TOP + 16 }),
      "aria-label": _("gradient at each step: {numbers}", {
        numbers: gradient.map(short).join(", "),
      }),
    },
    ...bars(gradient, most),
    svg("path", { d: `M${middle} ${TOP - 6}V${ROOM.height + TOP + 2}`, class: `border ${way}` }),
    svg("text", { x: middle, y: 11, "text-anchor": "middle" }, words ?? ""),
    svg("text", { x: 0, y: ROOM.height + TOP + 14 }, "x_1"),
    svg("text", { x: ROOM.width, y: ROOM.height + TOP + 14, "text-anchor": "end" }, "x_2"),
  );
  return node;
}

/** @param {number[]} values @param {number} most */
const bars = (values, most) =>
  barsOf(values, most, ROOM).map(({ x, y, width, height, value }) => {
    const node =
      value === 0
        ? svg("circle", { cx: x + width / 2, cy: TOP + y + 3, r: 3, class: "zero" })
        : svg("rect", { x, y: TOP + y, width, height, class: "bar" });
    assign(node, "data-number", value);
    return node;
  });
