/** What a visitor does with a run, announced: steps, what is opened, what is held and changed. */

import { announce } from "../drawing/announcing.js";
import { touches } from "../drawing/dom.js";
import { keyOf } from "./changes/changes.js";
import { FIGURES } from "./figures/figure_names.js";
import { listOf } from "./changes/unit_sets.js";

const REST = 200; // milliseconds: what is dragged is announced once it rests

/** @typedef {import("./changes/changes.js").Change} Change */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./state.js").State} State */

/**
 * @param {HTMLElement} node  of the run
 * @param {import("./state.js").StateStore} store @param {Model} model
 */
export function announceRun(node, store, model) {
  let known = store.state.history.present;
  let timer = 0;

  function rested() {
    const { present } = store.state.history;
    const keys = new Set(present.map(keyOf));
    const fresh = present.filter((change) => !known.includes(change));
    if (!known.every((change) => keys.has(keyOf(change))))
      announce(node, "released", { left: present.length });
    known = present;
    for (const change of fresh) announceChange(node, change, model);
  }
  let isSilent = false;
  let { figures } = store.state;
  const unsubscribe = store.subscribe((changed) => {
    const before = figures;
    figures = store.state.figures;
    if (isSilent) return;
    announceFigures(node, before, figures);
    announceSight(node, changed, store.state, model);
    if (!changed.has("history")) return;
    clearTimeout(timer);
    timer = setTimeout(rested, REST);
  });
  return {
    /** What a link changes, the visitor has not done. @param {() => void} change */
    silently(change) {
      isSilent = true;
      change();
      isSilent = false;
      clearTimeout(timer);
      known = store.state.history.present;
    },
    stop() {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}

/**
 * @param {HTMLElement} node @param {ReadonlySet<keyof State>} changed @param {State} state
 * @param {Model} model
 */
function announceSight(node, changed, state, model) {
  const { layer, level, explained, unit, item, shown, pass } = state;
  const t = state.step + 1;
  if (changed.has("step")) announce(node, "step", { t, of: model.T, last: t === model.T });
  if (level === "inside" && touches(changed, "part", "step", "level"))
    announce(node, "part", { name: model.header.layers[layer].cell.names[state.part - 1], t });
  if (changed.has("explained") && explained)
    announce(node, "explained", {
      name: explained.name,
      unit: explained.unit + 1,
      t: explained.step + 1,
    });
  if (touches(changed, "unit", "layer"))
    announce(node, "unit", { unit: unit + 1, layer: layer + 1 });
  if (changed.has("item")) announce(node, "sequence", { item: item + 1 });
  if (touches(changed, "pass", "step") && (pass || changed.has("pass")))
    announce(node, "gradient", { pass: pass ?? "backward", t, whole: !pass });
  if (changed.has("shown")) announce(node, "difference", { shown: shown === "difference" });
}

/**
 * @param {HTMLElement} node @param {State["figures"]} before @param {State["figures"]} now
 */
function announceFigures(node, before, now) {
  for (const name of FIGURES)
    if (before.includes(name) !== now.includes(name))
      announce(node, "figure", { name, shown: now.includes(name) });
}

/** @param {HTMLElement} node @param {Change} change @param {Model} model */
function announceChange(node, change, model) {
  switch (change.kind) {
    case "hold": {
      const { name, value, layer, from, to } = change;
      const units = listOf(change.unit, model.size(layer, name));
      const where = { unit: units[0] + 1, units: units.length, t: from + 1, steps: to - from };
      return announce(node, "held", { name, value, layer: layer + 1, ...where });
    }
    case "input":
      return announce(node, "input", { t: change.step + 1, value: change.value });
    case "symbol":
      return announce(node, "input", { t: change.step + 1, value: change.value + 1 });
    case "weight":
      return announce(node, "weight", { name: plain(change.array), value: change.value });
    case "parameter":
      return announce(node, "weight", { name: plain(change.array), value: 0 });
  }
}

/** Without its layer: "0.W_f" is "W_f". @param {string} array */
const plain = (array) => array.replace(/^[\d.]+/, "");
