/** The By hand page of the site: its settings choose cell, size and sequence, or a challenge. */

import byHand from "../by_hand/by_hand.js";
import { lookup } from "../maths/lookup.js";
import { bytesOf, composed, keyOf, payloadOf } from "./archive.js";
import { placed } from "./components.js";
import { openPage, reading } from "./page.js";
import { settingsForm } from "./settings_form.js";

/** @typedef {import("./archive.js").Archive} Archive */
/** @typedef {import("./settings_form.js").Values} Values */

const ANSWERED = ["challenge", "begin"];

openPage((archive) => {
  const { fields, bifurcation } = archive.page;
  const form = settingsForm(fields, show);
  const component = placed(byHand, "by_hand", {
    hear(name, value) {
      if (name === "challenge") form.choose({ challenge: value });
      if (name === "begin") form.begin(bifurcation);
    },
    answers: (name) => ANSWERED.includes(name),
  });

  function show() {
    const found = shownFor(archive, form.values());
    const isBifurcation = form.query() === new URLSearchParams(bifurcation).toString();
    component.show(bytesOf({ ...found, header: { ...found.header, isBifurcation } }));
  }
  show();
  return {
    elements: [form.element, component.element, reading(archive)],
    recolour: component.refresh,
  };
});

/** A challenge chooses all else. @param {Archive} archive @param {Values} values */
function shownFor(archive, values) {
  if (lookup(values, "challenge") === "") return payloadOf(archive, values);
  return composed(archive, [keyOf("challenge", ["challenge"], values)]);
}
