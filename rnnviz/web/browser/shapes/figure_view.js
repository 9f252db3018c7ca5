/**
 * The network unrolled: a box for each layer, direction, step and sequence. What is pointed at is
 * framed; a press, or Enter, moves the pins of the entries that stand there.
 */

import { assign, element, listen, svg, touches } from "../drawing/dom.js";
import { magnification, sized } from "../drawing/magnified.js";
import { _ } from "../drawing/texts.js";
import { hatching, cellUnder, pin, sheet } from "./figure_cells.js";
import { planOf } from "./figure_plan.js";
import { arrowNodes, labelNodes, endingNodes } from "./figure_labels.js";
import { alongTime, inAndOut, upward } from "./arrows_plan.js";
import { figureKeys } from "./figure_keys.js";
import { inView } from "./in_view.js";
import { cellOfOutput, cellOfState, isSameCell } from "./net.js";
import { aloud } from "./words.js";

const LEAST = 620; // pixels: narrower, it is moved sideways

/** @typedef {import("./context.js").Context} Context */

/** @param {Context} context */
export function figureView({ store, choose }) {
  const picture = svg("svg", { class: "unrolled", role: "group", tabindex: 0 });
  const spoken = element("p", { class: "unseen", "aria-live": "polite" });
  const root = element(
    "section",
    { class: "figure", "aria-label": _("the network over time") },
    element("div", { class: "figure-room" }, picture),
    spoken,
  );
  const over = svg("g", { class: "over" });
  /** @type {import("./figure_plan.js").Plan|null} */
  let plan = null;

  function draw() {
    const { net, output, header } = store.state;
    const width = Math.max(root.clientWidth / magnification(), LEAST);
    const view = inView(net, { step: output[0], item: output[1] });
    const rows = { hasEmbedding: header.vocabulary > 0, hasLinear: header.outputs > 0 };
    plan = planOf(net, view, rows, width);
    for (const [name, value] of Object.entries(sized(plan))) assign(picture, name, value);
    assign(picture, "data-directions", net.directions);
    const layers = view.items.flatMap((item) => drawn(/** @type {Plan} */ (plan), item));
    const passing = inAndOut(net, plan, output[1]).arrows.filter((one) => one.isPassing);
    picture.replaceChildren(
      hatching(),
      ...view.items.map((item) => sheet(net, /** @type {Plan} */ (plan), item, true)),
      svg("g", { class: "along" }, ...passing.map(arrowNodes)),
      ...layers,
      ...labelNodes(header, net, plan, view),
      over,
    );
  }
  /** A sheet, and what leads to and from it where it is the one looked at. @param {Plan} at @param {number} item */
  function drawn(at, item) {
    const { net, output, header } = store.state;
    const boxes = sheet(net, at, item, false);
    if (item !== output[1]) return [boxes];
    const { arrows, endings } = inAndOut(net, at, item);
    const along = [...alongTime(net, at, item), ...arrows.filter((one) => !one.isPassing)];
    return [
      svg("g", { class: "up" }, ...upward(net, at, item).map(arrowNodes)),
      boxes,
      svg("g", { class: "along" }, ...along.map(arrowNodes)),
      svg("g", {}, ...endings.map((one) => endingNodes(header, net, one))),
    ];
  }
  function drawOver() {
    if (!plan) return;
    const { header, net, output, state, pointed } = store.state;
    const framed = pointed && plan.cells.find((one) => isSameCell(one, pointed));
    over.replaceChildren(
      ...(framed ? [frameOf(framed)] : []),
      pin(net, plan, cellOfOutput(net, output), "output") ?? "",
      pin(net, plan, cellOfState(net, state), "state") ?? "",
    );
    spoken.textContent = pointed ? aloud(net, pointed, header.isBatched) : "";
  }
  function litNow() {
    const { lit, hinted } = store.state;
    return [...lit, hinted ?? ""].join(" ");
  }
  const stops = [
    listen(picture, {
      pointermove: (event) => store.set({ pointed: cellUnder(event.target) }),
      pointerleave: () => store.set({ pointed: null }),
      click: (event) => choose(cellUnder(event.target)),
    }),
    figureKeys(picture, store, choose),
  ];
  return {
    element: root,
    /** @param {import("./context.js").Changed} changed */
    update(changed) {
      if (touches(changed, "net", "header", "mount")) assign(picture, "aria-label", about());
      if (touches(changed, "net", "header", "output", "mount")) draw();
      if (touches(changed, "lit", "hinted", "mount")) assign(picture, "data-lit", litNow());
      if (touches(changed, "net", "header", "output", "state", "pointed", "mount")) drawOver();
    },
    resize: () => {
      draw();
      drawOver();
    },
    destroy: () => stops.forEach((stop) => stop()),
  };
}

/** @typedef {import("./figure_plan.js").Plan} Plan */

const about = () =>
  _(
    "The network unrolled over time. Left and right go through the steps, up and down through the layers, Page Up and Page Down through the sequences; Enter marks what stands there.",
  );

/** @param {import("./figure_plan.js").Box} box */
const frameOf = ({ x, y, width, height }) =>
  svg("rect", {
    ...{ x: x - 2, y: y - 2, width: width + 4, height: height + 4 },
    ...{ rx: 4, class: "pointed" },
  });
