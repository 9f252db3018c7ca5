/**
 * Which gate of which unit matters: each held at 0 and at 1 in turn, ranked by what becomes of the
 * answer. Computed when it is asked for.
 */

import { announce } from "../../drawing/announcing.js";
import { assign, button, element, listen, touches, write } from "../../drawing/dom.js";
import { caption } from "../../drawing/plot.js";
import { _ } from "../../drawing/texts.js";
import { countedSteps } from "../answer.js";
import { arrangedBy } from "./lesion_order.js";
import { lesionChoices } from "./lesion_choices.js";
import { heldInWords, isUnderWay, keyUnderWay, lesionHold, lesionKey } from "./lesion_holds.js";
import { lesionRuns } from "./lesion_runs.js";
import { lineTable } from "./lesion_table.js";
import { aboutLesions, answerInWords, lesionInWords, signed } from "./lesion_words.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../maths/lesions.js").Lesioned} Lesioned */
/** @typedef {import("./lesion_order.js").Column} Column */

/** @param {Context} context @returns {import("../views.js").View} */
export function lesionsView(context) {
  const { header, model, store, controller } = context;
  const { readout } = header;
  const steps = countedSteps(header, model.T);
  const runs = lesionRuns({
    progress: (done, all) => write(said, _("{done} of {all} runs", { done, all })),
    end,
  });
  const said = element("p", { class: "effect", role: "status", "data-testid": "lesion-said" });
  const room = element("div", { class: "lesion-room", hidden: true });
  const opener = button(_("hold each gate in turn"), _("Hold each gate in turn"), () =>
    controller.turnFigure("lesions"),
  );
  /** @type {Lesioned[]} */
  let found = [];
  let weights = model.ghostArrays;
  const lines = rankedLines(context, press);

  const isOpen = () => store.state.figures.includes("lesions");
  function turn() {
    room.hidden = !isOpen();
    assign(opener, "aria-expanded", String(isOpen()));
    if (!isOpen()) return runs.stop();
    begin();
    lines.show(found);
  }
  function begin() {
    const { layer, item } = store.state;
    [found, weights] = [[], model.ghostArrays];
    lines.begin();
    runs.start(model, { item, layer, steps });
  }
  /** @param {Lesioned[]} all */
  function end(all) {
    found = all;
    write(said, _("All {count} runs are done.", { count: all.length }));
    lines.show(found);
  }
  /** @param {string} key */
  function press(key) {
    const one = found.find((lesion) => lesionKey(lesion) === key);
    if (one) write(said, holdOrRelease(context, one));
  }
  const about = caption(aboutLesions(steps, readout !== null), null);
  room.append(lines.choices, said, lines.table, about);
  return {
    element: sectionOf(opener, room),
    update(changed) {
      if (touches(changed, "figures", "mount") && isOpen() === room.hidden) turn();
      else if (!isOpen()) return;
      else if (touches(changed, "layer", "item") || weights !== model.ghostArrays) begin();
      else if (touches(changed, "ranking")) lines.show(found);
      else if (touches(changed, "history")) lines.point(found);
    },
    destroy: runs.stop,
  };
}

/**
 * The table and what of it is shown, as the state has it.
 * @param {Context} context @param {(key: string) => void} press  of a line
 */
function rankedLines(context, press) {
  const { header, model, store, controller } = context;
  const table = lineTable(_("effect of each gate"), headsOf(header.readout !== null), {
    sort(by) {
      const { ranking } = store.state;
      controller.rank({ by, isUp: ranking.by === by && !ranking.isUp });
    },
    press,
  });
  const choices = element("div", { class: "lesion-choices" });
  let chosen = lesionChoices(context);
  const point = (/** @type {Lesioned[]} */ found) => table.point(keyUnderWay(context, found));
  return {
    choices,
    table: table.element,
    point,
    /** The choices are those of the layer in view. */
    begin() {
      chosen = lesionChoices(context);
      chosen.show(store.state.ranking);
      choices.replaceChildren(...chosen.elements);
    },
    /** @param {Lesioned[]} found */
    show(found) {
      const { ranking } = store.state;
      const arranged = arrangedBy(found, model.ghost.loss, ranking);
      chosen.show(ranking);
      table.show(
        arranged.map((one) => lineOf(context, one)),
        ranking.by,
        ranking.isUp,
      );
      point(found);
    },
  };
}

/** @param {HTMLElement} opener @param {HTMLElement} room */
function sectionOf(opener, room) {
  assign(opener, "aria-expanded", "false");
  listen(opener, { click: () => announce(opener, "gates", { shown: !room.hidden }) });
  const title = element("h3", {}, _("Which gate of which unit matters?"));
  const head = element("div", { class: "section-head" }, title, opener);
  const about = { class: "lesions", "data-testid": "lesions" };
  return element("section", { ...about, "aria-label": _("effect of each gate") }, head, room);
}

/** @param {boolean} isAnswered @returns {import("./lesion_table.js").Head<Column>[]} */
function headsOf(isAnswered) {
  /** @type {import("./lesion_table.js").Head<Column>[]} */
  const heads = [
    { column: "held", text: _("held"), isNumber: false },
    { column: "answer", text: _("answer"), isNumber: true },
    { column: "loss", text: _("change of the loss"), isNumber: true },
  ];
  return heads.filter(({ column }) => isAnswered || column !== "answer");
}

/** @param {Context} context @param {Lesioned} one @returns {import("./lesion_table.js").Line} */
function lineOf({ header, model, store, words }, one) {
  const loss = signed(one.loss - model.ghost.loss);
  const answer = header.readout && one.answer ? [answerInWords(header.readout, one.answer)] : [];
  const what = lesionInWords(one, words(store.state.layer));
  return { key: lesionKey(one), cells: [what, ...answer, loss] };
}

/** Pressed again, it is released; what was done, in words. @param {Context} context @param {Lesioned} one */
function holdOrRelease(context, one) {
  const { store, controller, words } = context;
  const what = lesionInWords(one, words(store.state.layer));
  if (isUnderWay(context, lesionKey(one))) {
    controller.releaseAll();
    return _("Released: {what}.", { what });
  }
  controller.try([lesionHold(context, one)]);
  controller.select({ name: one.name, ...(one.unit === null ? {} : { unit: one.unit }) });
  return heldInWords(context, one, what);
}
