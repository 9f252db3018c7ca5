/** The Gradients page of the site: its knobs stand in the address, its draws in its archive. */

import { readAddress, writeAddress } from "../drawing/address.js";
import { element } from "../drawing/dom.js";
import gradients from "../gradients/gradients.js";
import { SCENE } from "../gradients/setup.js";
import { bytesOf, keyOf } from "./archive.js";
import { placed } from "./components.js";
import { openPage } from "./page.js";
import { readSetting, writeSetting } from "./settings_reader.js";

/** @typedef {import("./header.js").Field} Field */
/** @typedef {import("./header.js").PageHeader} PageHeader */

openPage((archive) => {
  const { page } = archive;
  const component = placed(gradients, "gradients", {
    hear: (_name, knobs) => heard(knobs),
    answers: (name) => name === "knobs",
  });
  const phase = placed(gradients, "gradients", { hear() {}, answers: () => false });
  let begin = beginIn(page, readAddress().query);
  let { seed } = begin.start;
  let moves = 0;

  function show() {
    const piece = archive.piece(keyOf("seed", ["seed"], new Map([["seed", String(seed)]])));
    const id = `${seed} ${moves}`;
    component.show(bytesOf({ ...piece, header: { ...piece.header, ...begin, id, moves } }));
  }
  /** The knobs came to rest. @param {Record<string, any>} knobs */
  function heard(knobs) {
    if (knobs.moves !== moves) return;
    const fields = [...page.knobs, page.scene];
    const texts = fields.map((field) => /** @type {const} */ ([field, String(knobs[field.name])]));
    const said = texts.filter(
      ([field, text]) => text !== "" && text !== writeSetting(field.default),
    );
    const keys = fields.map(({ key }) => key);
    writeAddress(keys, new Map(said.map(([{ key }, text]) => [key, text])), "choice");
    if (knobs.seed === seed) return;
    seed = knobs.seed;
    show();
  }
  window.addEventListener("popstate", () => {
    begin = beginIn(page, readAddress().query);
    ({ seed } = begin.start);
    moves += 1;
    show();
  });
  show();
  phase.show(bytesOf(archive.piece("phase")));
  const section = [element("h2", {}, page.phase.title), element("p", {}, page.phase.lead)];
  return {
    elements: [component.element, ...section, phase.element],
    recolour() {
      component.refresh();
      phase.refresh();
    },
  };
});

/**
 * What an address asks for, as the component's header has it (rnnviz/web/gradients/payload.py).
 * @param {PageHeader} page @param {string} query
 */
function beginIn({ knobs, scene, look, asked }, query) {
  const said = new URLSearchParams(query);
  const read = (/** @type {Field[]} */ fields) =>
    Object.fromEntries(fields.map((one) => [one.name, readSetting(one, said.get(one.key))]));
  const start = /** @type {Record<string, any>} */ (read(knobs));
  const looked = read(look);
  if (readSetting(scene, said.get(scene.key)) === "shown") start.cells = [...start.cells, SCENE];
  return { start, look: looked, asked: looked.guess === null ? null : read(asked) };
}
