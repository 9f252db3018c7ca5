/** The curve: |dL/dh_t| of several cells on one logarithmic axis, to be read from right to left. */

import { element, segmented, write } from "../drawing/dom.js";
import { caption } from "../drawing/plot.js";
import { SCENE } from "./experiment.js";
import { curveTable } from "./curve_table.js";
import { exponentsOf, lineKey, logChart } from "./log_chart.js";
import { chosenCurve, seriesOf, titleOf } from "./series.js";
import { trouble } from "./words.js";

const HOW =
  "How to read this: from right to left, as the error travels. Each line is the size " +
  "of the gradient at each time step; " +
  "a straight fall loses the same factor at every step. Ticks ÷10³ ÷10⁶ ÷10⁹ mark " +
  "where that much is gone. ← → move the cursor.";
const VEILED = 10; // steps shown before the guess
const UNTOLD = -14; // the axis before the guess, so that it does not tell
const STATES = [
  ["h", "hidden state h"],
  ["long", "longest memory (c if there is one)"],
];

/** @param {object} stage */
export function curveView(stage) {
  const { header, store } = stage;
  const names = cellNames(header);
  const chart = logChart({
    height: 330,
    label: "Norm of the gradient at each time step, logarithmic",
    press: (t) => stage.look(t),
    hover: (t) => stage.look(t ?? null),
  });
  const veil = element("div", { class: "veil" }, element("span", {}, "?"));
  const plot = element(
    "div",
    {
      class: "gutter-plot veil-host",
      tabindex: 0,
      role: "slider",
      "aria-label": "Time step of the cursor",
      on: { keydown: key },
    },
    chart.element,
    veil,
  );
  const chips = names.map((name) => chip(name));
  const state = segmented("Which state", STATES, (chosen) => store.set({ state: chosen }));
  const parts = element("input", {
    type: "checkbox",
    on: { change: () => store.set({ parts: parts.checked }) },
  });
  const table = curveTable(header);
  const words = element("ul", { class: "troubles", "data-name": "troubles" });
  const { scene } = header;
  const scenes = element(
    "p",
    { class: "quiet", "data-name": "scene" },
    element("span", { class: "badge" }, scene.badge),
    ` The Step page's network, “${scene.title}”: ${scene.length} steps of its own sequence, with ` +
      "its own loss. It stands at the right, where its error sets out, and no knob turns it.",
  );
  const limit = element("p", { class: "quiet", "data-name": "bound" });

  function chip(name) {
    const { k, colour } = seriesOf(name, names);
    const text = element("span", {});
    const node = element(
      "button",
      { type: "button", class: "chip", "data-cell": name, on: { click: () => stage.toggle(name) } },
      lineKey(k, colour),
      text,
    );
    return { name, node, text };
  }
  function key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
    const { length } = store.state.knobs;
    const from = store.state.step ?? 0;
    const to = { Home: 0, End: length - 1 }[event.key] ?? (by === undefined ? null : from + by);
    if (to === null) return;
    stage.look(Math.min(Math.max(to, 0), length - 1));
    event.preventDefault();
    event.stopPropagation();
  }
  function draw() {
    const { knobs, state: chosen, parts: isApart } = store.state;
    const shown = stage.measured();
    const count = knobs.length;
    const lines = [],
      signs = [],
      said = [];
    for (const { name, found } of shown) {
      const curve = chosenCurve(found, chosen);
      const look = seriesOf(name, names);
      const align = (values) => aligned(exponentsOf(values), count);
      const line = { name: `${name} ${curve.state}`, ...look, exponents: align(curve.total) };
      lines.push(line);
      if (isApart)
        lines.push({
          ...line,
          name: `local ${name}`,
          kind: "faint",
          exponents: align(curve.local),
        });
      curve.drops.forEach((t, k) => {
        const at = t === null ? -1 : t + count - found.T;
        if (at >= 0 && Number.isFinite(line.exponents[at]))
          signs.push({
            t: at,
            exponent: line.exponents[at],
            text: `÷${["10³", "10⁶", "10⁹"][k]}`,
            colour: look.colour,
          });
      });
      said.push(trouble(titleOf(name, knobs), curve));
    }
    const limits = stage.bound();
    if (limits) {
      const colour = "var(--soft)";
      for (const which of ["theory", "measured"])
        lines.push({
          name: `bound ${which}`,
          k: 0,
          colour,
          kind: "guide",
          exponents: exponentsOf(limits[which]),
        });
    }
    const veiled = stage.isVeiled() ? { signs: [], lowest: UNTOLD } : { signs };
    chart.draw({ count, lines, levels: levelsOf(header.marks), ...veiled });
    veil.hidden = !stage.isVeiled() || count <= VEILED + 2;
    veil.style.width = `${(100 * (count - VEILED)) / count}%`;
    words.replaceChildren(...said.filter(Boolean).map((text) => element("li", {}, text)));
    scenes.hidden = !knobs.cells.includes(SCENE);
    write(limit, boundWords(limits, header, knobs));
    limit.setAttribute("data-value", limits ? limits.factor : "none");
    table.show(shown, { chosen, knobs, names, isVeiled: !veil.hidden });
    showStep();
  }
  function showStep() {
    const { step, knobs } = store.state;
    chart.point(stage.isVeiled() ? null : step);
    plot.setAttribute("aria-valuenow", (step ?? 0) + 1);
    plot.setAttribute("aria-valuemin", 1);
    plot.setAttribute("aria-valuemax", knobs.length);
    table.showStep(step ?? 0, knobs.length, stage.isVeiled());
  }
  function showChoices() {
    const { knobs, state: chosen, parts: isApart } = store.state;
    for (const { name, node, text } of chips) {
      node.setAttribute("aria-pressed", String(knobs.cells.includes(name)));
      write(text, titleOf(name, knobs));
    }
    state.show(chosen);
    parts.checked = isApart;
  }
  return {
    element: element(
      "section",
      { class: "curve-section", "aria-label": "The curve" },
      element("div", { class: "chips-row", role: "group", "aria-label": "Cells" }, ...few(chips)),
      element(
        "div",
        { class: "section-head" },
        state.element,
        element(
          "label",
          { class: "labelled" },
          parts,
          "local part apart (dotted): what the loss puts in at that very step",
        ),
      ),
      plot,
      element("p", { class: "axis-word" }, "time step → "),
      caption(HOW),
      words,
      table.element,
      scenes,
      limit,
    ),
    update(changed) {
      if (["knobs", "mount"].some((k) => changed.has(k))) showChoices();
      if (["knobs", "mount", "state", "parts", "veil", "theme"].some((k) => changed.has(k))) {
        showChoices();
        draw();
      } else if (changed.has("step")) showStep();
    },
    destroy: chart.destroy,
  };
}

/** The first rows of chips are the usual cells; the rest is behind "more". */
function few(chips) {
  const usual = chips.slice(0, 4).map(({ node }) => node);
  const more = element(
    "details",
    { class: "more" },
    element("summary", {}, "more cells"),
    element("div", { class: "chips-row" }, ...chips.slice(4).map(({ node }) => node)),
  );
  return [...usual, more];
}

/** All that can be shown, the usual ones first. */
export function cellNames(header) {
  const usual = [header.plain, "LSTM", "GRU (PyTorch)", SCENE];
  const gallery = header.layers.slice(0, header.gallery).map(({ name }) => name);
  return [...usual, ...gallery.filter((name) => !usual.includes(name))];
}

/** A sequence of another length stands at the right, where the error sets out. */
function aligned(exponents, count) {
  if (exponents.length === count) return exponents;
  const found = new Float64Array(count).fill(NaN);
  const shift = count - exponents.length;
  exponents.forEach((e, t) => {
    if (t + shift >= 0) found[t + shift] = e;
  });
  return found;
}

function levelsOf({ float32, clip }) {
  return [
    {
      exponent: Math.log10(float32),
      label: "float32 ends here: smaller is exactly 0",
      kind: "underflow",
    },
    {
      exponent: Math.log10(clip),
      label: `clip threshold ${clip} (for the whole gradient)`,
      kind: "clip",
    },
  ];
}

function boundWords(limits, header, knobs) {
  if (limits === null) return limitsMissing(header, knobs);
  const factor = limits.factor.toFixed(2);
  return (
    "Dotted grey, the bound of Pascanu, Mikolov & Bengio (2013) for the " +
    `${titleOf(limits.name, knobs)}: per step back at most ` +
    `σ₁(U) × steepest slope = ${factor}, so at most ${factor}ᵏ after k steps; the lower ` +
    "one takes the slopes of this run. " +
    "A bound, not a prediction: the gradient may lie far below it."
  );
}

function limitsMissing(header, knobs) {
  const name = knobs.cells.find((one) => one !== SCENE);
  const layer = header.layers.find((one) => one.name === name);
  return layer?.why ? `No bound is drawn for the ${name}. ${layer.why}` : "";
}
