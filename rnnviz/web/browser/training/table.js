/** One column per run: its numbers at the update looked at, what can be done with it from there, and
 * what became of it. */

import { css } from "../drawing/colours.js";
import { assign, button, element, write } from "../drawing/dom.js";
import { lineKey } from "../drawing/legend.js";
import { percent } from "../drawing/number_format.js";
import { termOf } from "../drawing/term.js";
import { N_, _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { isClipped } from "./pictures.js";
import { at } from "./records.js";
import { colourOf, dashOf } from "./runs.js";
import { brief, happenings, metric } from "./words.js";

/**
 * @typedef {import("./header.js").TaskHeader} TaskHeader
 * @typedef {import("./header.js").RunHeader} RunHeader
 * @typedef {import("./looking.js").View} View
 * @typedef {import("./looking.js").UpdateOf} UpdateOf
 * @typedef {"update"|"loss"|"metric"|"rate"|"norm"|"after"|"share"|"angle"|"back"|"parameters"}
 *   Name
 *
 * @typedef {Object} Row
 * @property {string} shown @property {string} says
 * @property {string} [term]  its entry in the glossary
 * @property {(value: number, task: TaskHeader) => string} form
 * @property {(runs: RunHeader[]) => boolean} [means]  whether it says anything of these runs; it
 *   does unless given
 */

const hasRates = (/** @type {RunHeader} */ { schedule, changes }) =>
  schedule !== "constant" || changes.some(({ knob }) => knob === "learning_rate");
const differs = (/** @type {RunHeader[]} */ runs) =>
  new Set(runs.map(({ live }) => live.learning_rate)).size > 1;
const cutsEntries = (/** @type {RunHeader} */ { clips }) =>
  clips.some(({ kind }) => kind === "value");

/** @type {Record<Name, Row>} */
const ROWS = {
  update: {
    term: "update",
    shown: N_("update"),
    says: N_("The update that the numbers below are of"),
    form: (n) => n.toLocaleString("en"),
  },
  loss: {
    term: "loss",
    shown: N_("loss"),
    says: N_("Of the batch learnt from at this update"),
    form: brief,
  },
  metric: {
    term: "held-out",
    shown: N_("held out"),
    says: N_("On sequences it is never trained on, measured every 25 updates and after the last"),
    form: metric,
  },
  rate: {
    term: "learning-rate",
    shown: N_("learning rate"),
    says: N_("At this update, as its schedule and changes have it"),
    form: brief,
    means: (runs) => differs(runs) || runs.some(hasRates),
  },
  norm: {
    term: "gradient-norm",
    shown: N_("gradient norm"),
    says: N_("Length of the gradient by all parameters, before clipping"),
    form: brief,
  },
  after: {
    term: "clipping-by-norm",
    shown: N_("after clipping"),
    says: N_("Its length after clipping"),
    form: brief,
    means: (runs) => runs.some(isClipped),
  },
  share: {
    shown: N_("share clipped"),
    says: N_("Share of the updates so far whose gradient was clipped"),
    form: percent,
    means: (runs) => runs.some(isClipped),
  },
  angle: {
    shown: N_("angle by clipping"),
    says: N_("Angle between the gradient and what clipping left of it"),
    form: (n) => `${n.toFixed(n < 10 ? 1 : 0)}°`,
    means: (runs) => runs.some(cutsEntries),
  },
  back: {
    shown: N_("‖dL/dh₁‖ ÷ ‖dL/dh_T‖"),
    says: N_(
      "The gradient's length at the first time step over that at the last: how much of it reaches back",
    ),
    form: brief,
  },
  parameters: {
    term: "weight",
    shown: N_("parameters"),
    says: N_("How many numbers the run trains, the readout's included"),
    form: (n) => n.toLocaleString("en"),
  },
};
const NAMES = /** @type {Name[]} */ (Object.keys(ROWS));

/**
 * What can be done with a run: a row of the table's foot each.
 * @typedef {"charts"|"branch"|"stepper"} Action
 * @typedef {{toggle: (letter: string) => void, isolate: (letter: string) => void}} Hiding
 * @typedef {import("./controls.js").Press} Press
 */

/** @type {Record<Action, string>} */
const ACTIONS = {
  charts: N_("charts"),
  branch: N_("go on from here"),
  stepper: N_("in the stepper"),
};

/** What is of no runs that are saved, or have no server. @type {Action[]} */
const GOING_ON = ["branch", "stepper"];

/** @param {Hiding} hiding @param {Press} press */
export function runTable(hiding, press) {
  const head = element("tr");
  const rows = new Map(NAMES.map((name) => [name, element("tr", { "data-row": name })]));
  const names = /** @type {Action[]} */ (Object.keys(ACTIONS));
  const feet = new Map(names.map((name) => [name, element("tr")]));
  const table = element(
    "table",
    { class: "runs" },
    element("thead", {}, head),
    element("tbody", {}, ...rows.values()),
    element("tfoot", {}, ...feet.values()),
  );
  const events = element("ul", { class: "happenings" });
  /** @type {Map<string, ReturnType<typeof columnOf>>} */
  let columns = new Map();

  /** @param {string[]} letters */
  function arrange(letters) {
    columns = new Map(letters.map((letter) => [letter, columnOf(letter, hiding, press)]));
    const all = [...columns.values()];
    head.replaceChildren(element("th", { scope: "col" }, _("run")), ...all.map((one) => one.head));
    for (const [name, row] of rows) {
      const { shown, says, term: key } = ROWS[name];
      row.replaceChildren(
        element(
          "th",
          { scope: "row", title: _(says) },
          ...(key ? [termOf(_(shown), key)] : lowered(_(shown))),
        ),
        ...all.map((one) => lookup(one.cells, name)),
      );
    }
    for (const [name, row] of feet)
      row.replaceChildren(
        element("th", { scope: "row" }, _(ACTIONS[name])),
        ...all.map((one) => one.actions[name]),
      );
    lookup(feet, "charts").hidden = letters.length === 1;
    table.classList.toggle("many", letters.length > 3);
    events.replaceChildren(...all.map((one) => one.events));
  }
  return {
    element: element("div", {}, table, events),
    /** @param {View} view @param {UpdateOf} updateOf */
    show(view, updateOf) {
      const { all, way, header } = view;
      if ([...all.keys()].join() !== [...columns.keys()].join()) arrange([...all.keys()]);
      const isOver = header.saved === true || header.alone === true;
      for (const name of GOING_ON) lookup(feet, name).hidden = isOver;
      const abouts = [...all.values()].map(({ about }) => about);
      for (const [name, row] of rows) row.hidden = !(ROWS[name].means?.(abouts) ?? true);
      for (const [letter, record] of all) {
        const known = at(record, updateOf(record), way);
        const { parameters } = record.about;
        const numbers = { ...known, metric: metricOf(known, record.about), parameters };
        lookup(columns, letter).show(record.about, numbers, header.task, view);
      }
    },
  };
}

/** What follows an underscore stands below the line. @param {string} text */
const lowered = (text) =>
  text.split(/_(\p{L})/u).map((part, k) => (k % 2 ? element("sub", {}, part) : part));

/**
 * A run's cells, top to bottom.
 * @param {string} letter @param {Hiding} hiding @param {Press} press
 */
function columnOf(letter, hiding, press) {
  const key = lineKey({ colour: "var(--run)", dash: dashOf(letter), width: 2.2 });
  const says = element("span", { class: "run-says" });
  const head = element(
    "th",
    { scope: "col", "data-run": letter },
    key,
    element("b", {}, letter),
    says,
  );
  const cells = new Map(
    NAMES.map((name) => [name, element("td", { "data-name": name, "data-run": letter })]),
  );
  const actions = actionsOf(letter, hiding, press);
  const events = element("li", { "data-run": letter });
  return {
    head,
    cells,
    actions: actions.cells,
    events,
    /**
     * @param {RunHeader} about @param {Record<Name, number>} numbers @param {TaskHeader} task
     * @param {View} view
     */
    show(about, numbers, task, view) {
      const { unseen, dark } = view;
      for (const node of [head, events])
        node.style.setProperty("--run", css(colourOf(letter, dark)));
      head.classList.toggle("unseen", unseen.includes(letter));
      write(says, about.says);
      actions.show(view);
      const happened = happenings(about);
      events.hidden = happened === "";
      write(events, `${letter}: ${happened}`);
      for (const [name, cell] of cells) {
        const value = numbers[name];
        write(cell, Number.isNaN(value) ? "–" : ROWS[name].form(value, task));
        assign(cell, "data-value", value);
      }
    },
  };
}

/**
 * What can be done with a run: hide it, show it alone, branch or open it at the update looked at.
 * @param {string} letter @param {Hiding} hiding @param {Press} press
 */
function actionsOf(letter, { toggle, isolate }, press) {
  const look = { class: "text" };
  const hide = button("", "", () => toggle(letter), look);
  const only = button("", "", () => isolate(letter), look);
  const branch = button(
    _("run {letter}: a new run that goes on from the update looked at; up to four fit", { letter }),
    _("branch"),
    () => press("branch", letter),
    look,
  );
  const open = button(
    _("run {letter}: this network at the update looked at, in the stepper", { letter }),
    _("open ↗"),
    () => press("open", letter),
    look,
  );
  return {
    cells: {
      charts: element("td", {}, hide, only),
      branch: element("td", {}, branch),
      stepper: element("td", {}, open),
    },
    /** @param {View} view */
    show({ unseen, records, header: { lookBack, room } }) {
      const isUnseen = unseen.includes(letter);
      if (isUnseen) label(hide, _("show"), _("show run {letter}", { letter }));
      else label(hide, _("hide"), _("hide run {letter}", { letter }));
      const isAlone = records.size === 1 && !isUnseen;
      if (isAlone) label(only, _("all"), _("show all runs"));
      else label(only, _("only"), _("show run {letter} alone", { letter }));
      branch.disabled = lookBack !== "" || !room;
      open.disabled = lookBack !== "";
    },
  };
}

/** @param {HTMLElement} node @param {string} shown @param {string} says  to a screen reader */
function label(node, shown, says) {
  write(node, shown);
  assign(node, "aria-label", says);
  assign(node, "title", says);
}

/**
 * The last measured; not where the run blew up after that.
 * @param {ReturnType<typeof at>} numbers @param {RunHeader} about
 */
function metricOf({ evaluation, update }, { stopped }) {
  if (evaluation === null) return NaN;
  const isOld = update > evaluation.update && update + 1 === stopped?.update;
  return isOld ? NaN : evaluation.metric;
}
