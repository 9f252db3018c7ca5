/** What is in view, to take away: its numbers as a table, and the whole as one file. */

import { button, element } from "../drawing/dom.js";
import { download } from "../drawing/download.js";
import { _ } from "../drawing/texts.js";
import { changedRun } from "./changes/changed_run.js";
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

/** @param {string} label @param {() => void} press */
function fileButton(label, press) {
  return button(label, label, press, { class: "file" });
}
