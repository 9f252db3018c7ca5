/** What is in view, to take away: its numbers as a table, and the whole as one file. */

import { button, element } from "../drawing/dom.js";
import { download } from "../drawing/download.js";
import { _ } from "../drawing/texts.js";
import { runNetwork } from "../maths/network.js";
import { changedArrays, holdsByLayer } from "./changes.js";
import { readInputs } from "./read_inputs.js";
import { tableOf } from "./table_file.js";

/**
 * @param {() => void} [savePage]  has the page made and sent; where there is nobody to ask, there is
 *   no such button
 * @returns {import("./views.js").MakeView}
 */
export function filesView(savePage) {
  return ({ header, model, store }) => {
    function saveTable() {
      const changes = store.state.history.present;
      const text = tableOf(header, (item) => changedRun(model, item, changes));
      download(new Blob([text], { type: "text/csv" }), "rnnviz.csv");
    }
    const table = fileButton(_("All values as a table (CSV)"), saveTable);
    const page = savePage ? fileButton(_("This view as one HTML file"), savePage) : null;
    return {
      element: element("div", { class: "files" }, table, page),
      update: () => {},
      destroy: () => {},
    };
  };
}

/**
 * A run of any of the sequences with the changes.
 * @param {import("./model.js").Model} model @param {number} item
 * @param {import("./changes.js").Changes} changes
 */
export function changedRun({ header, arrays }, item, changes) {
  const { x } = runNetwork(header, arrays, { item });
  return runNetwork(header, changedArrays(arrays, changes), {
    item,
    x: readInputs(header, x, changes, item),
    holds: holdsByLayer(changes),
  });
}

/** @param {string} label @param {() => void} press */
function fileButton(label, press) {
  return button(label, label, press, { class: "file" });
}
