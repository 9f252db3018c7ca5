/** The lengths of the sequences: each in a field of its own, or many of them in one. */

import { assign, element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { numberField } from "./code_fields.js";

const BETWEEN = ";"; // as a link has them

/**
 * @param {Pick<import("./context.js").Context, "store"|"edits">} context
 * @param {{at?: number, complain: (sentence: string) => void}} about  at: whose; none: all of them
 * @returns {import("./code_fields.js").Field}
 */
export function lengthsField({ store, edits }, { at, complain }) {
  const now = () => edits.value("lengths").split(BETWEEN);
  if (at === undefined) return allLengths(store, edits, complain);
  return numberField(
    () => ({
      label: _("length of sequence {item}", { item: at }),
      low: 1,
      high: Number(edits.value("length")),
      range: _("a whole number from {low} to {high}", { low: 1, high: edits.value("length") }),
    }),
    {
      get: () => Number(now()[at] ?? 1),
      set: (value) => {
        edits.set(
          "lengths",
          now()
            .map((one, place) => (place === at ? value : one))
            .join(BETWEEN),
        );
      },
      complain,
    },
  );
}

/** @param {import("./context.js").StateStore} store @param {import("./context.js").Edits} edits @param {(sentence: string) => void} complain */
function allLengths(store, edits, complain) {
  const input = element("input", {
    ...{ class: "code-lengths", "aria-label": _("lengths of all sequences") },
    ...{ autocomplete: "off", spellcheck: "false" },
    on: { change: commit },
  });
  function commit() {
    const words = input.value.split(/[\s,;]+/).filter(Boolean);
    const bad = words.find((word) => !/^\d{1,3}$/.test(word));
    assign(input, "aria-invalid", bad === undefined ? null : "true");
    if (bad !== undefined)
      return complain(_("“{text}” is no length: a whole number of steps is.", { text: bad }));
    complain("");
    edits.set("lengths", words.join(BETWEEN));
  }
  return {
    element: input,
    show() {
      input.value = edits.value("lengths").split(BETWEEN).join(", ");
    },
  };
}
