/** A histogram of each gate's values over the steps and units: gates are not switches, or are they? */

import { assign, element, svg, touches, write } from "../../drawing/dom.js";
import { roleColour } from "../../drawing/marks.js";
import { percent } from "../../drawing/number_format.js";
import { paintSvg } from "../../drawing/paint.js";
import { caption } from "../../drawing/plot.js";
import { whenSeen } from "../../drawing/seen.js";
import { N_, _ } from "../../drawing/texts.js";
import { counted, together } from "../../maths/gate_values.js";
import { figureSection } from "./figure_section.js";
import { histogramPlan } from "./gates_plan.js";
import { symbolNode } from "../words.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../maths/gate_values.js").Counted} Counted */

const SIZE = { width: 200, height: 84 };
const HOW = N_(
  "How many of a gate’s values lie in each twentieth from 0 to 1, over all steps of this sequence and all units of this layer. The full-coloured bars at the ends are below 0.05 and above 0.95.",
);
const CHANGED = N_("The thin outline is the untouched run.");

/**
 * @param {string} [trained]  address of the page that counts the trained networks; none in a file
 * @returns {import("../views.js").MakeView}
 */
export function gatesFigure(trained = "") {
  return (context) => {
    if (context.header.layers.every(({ cell }) => cell.gates.length === 0)) return null;
    const title = _("Are gates switches? How often each is shut, open, or in between");
    return figureSection(context, { figure: "gates", title }, () => histograms(context, trained));
  };
}

/** @param {Context} context @param {string} trained @returns {import("./figure_section.js").Shown} */
function histograms(context, trained) {
  const { header, model, store } = context;
  const charts = element("div", { class: "histograms" });
  const words = element("p", { class: "plainly", "data-testid": "gates-words" });
  const how = caption("", null);
  const away = { href: trained, target: "_blank", rel: "noopener" };
  const link = element("a", away, _("The same of all trained networks here"));
  const seen = whenSeen(charts);
  /** @type {ReturnType<typeof histogramOf>[]} */
  let all = [];

  function build() {
    const { layer } = store.state;
    all = header.layers[layer].cell.gates.map((name) => histogramOf(context, layer, name));
    charts.replaceChildren(...all.map((one) => one.element));
  }
  function draw() {
    const found = all.map((one) => one.count());
    const each = found.flatMap(({ live, ghost }) => (ghost ? [live, ghost] : [live]));
    const shares = each.flatMap(({ bins, all }) => bins.map((count) => count / Math.max(all, 1)));
    const most = Math.max(...shares, 0.01);
    all.forEach((one, k) => one.draw(found[k], most));
    write(words, gatesInWords(found.map(({ live }) => live)));
    write(how, model.isChanged ? `${_(HOW)} ${_(CHANGED)}` : _(HOW));
  }
  return {
    nodes: [words, charts, how, ...(trained ? [element("p", {}, link)] : [])],
    update(changed) {
      if (touches(changed, "layer", "mount")) build();
      if (touches(changed, "run", "item", "layer", "mount")) seen.draw(draw);
    },
    destroy: seen.destroy,
  };
}

/** @param {Counted[]} found */
export function gatesInWords(found) {
  const { shut, open, between, all } = together(found);
  if (all === 0) return _("This layer has no gates with numbers in them.");
  const holes = {
    between: percent(between / all),
    shut: percent(shut / all),
    open: percent(open / all),
  };
  if (2 * between >= all)
    return _(
      "More dimmers than switches: {between} of these gates’ values are between 0.05 and 0.95, {shut} below, {open} above.",
      holes,
    );
  return _(
    "More switches than dimmers: {shut} of these gates’ values are below 0.05, {open} above 0.95, {between} between.",
    holes,
  );
}

/** @param {Context} context @param {number} layer @param {string} name  of a gate */
function histogramOf({ model, words }, layer, name) {
  const about = words(layer);
  const [title, role] = [about.title(name), about.role(name)];
  const label = _("how often the {gate} has which value", { gate: title });
  const viewBox = `0 0 ${SIZE.width} ${SIZE.height}`;
  const picture = svg("svg", { viewBox, role: "img", "aria-label": label, class: "histogram" });
  const [shut, between, open] = ["shut", "between", "open"].map(shareOf);
  const shares = element("div", { class: "gate-shares" }, ...[shut, between, open]);
  const head = element("div", {}, symbolNode(about.symbol(name), role), " ", title);
  return {
    element: element("figure", { "data-gate": name }, head, picture, shares),
    count: () => ({
      live: counted(model.values(layer, name)),
      ghost: model.isChanged ? counted(model.ghosts(layer, name)) : null,
    }),
    /** @param {{live: Counted, ghost: Counted|null}} found @param {number} most */
    draw({ live, ghost }, most) {
      const what = { counted: live, ghost, most, colour: roleColour(role) };
      paintSvg(picture, histogramPlan(what, SIZE));
      const of = (/** @type {number} */ count) => ({ share: percent(count / live.all) });
      show(shut, live.shut / live.all, _("below 0.05: {share}", of(live.shut)));
      show(between, live.between / live.all, _("between: {share}", of(live.between)));
      show(open, live.open / live.all, _("above 0.95: {share}", of(live.open)));
    },
  };
}

/** @param {string} name */
const shareOf = (name) => element("span", { "data-share": name });

/** @param {HTMLElement} node @param {number} share @param {string} text */
function show(node, share, text) {
  write(node, text);
  assign(node, "data-amount", share);
}
