/** The cell to take away, as Python: a module of torch, and an entry of the gallery. */

import { assign, button, element } from "../drawing/dom.js";
import { download } from "../drawing/download.js";
import { _ } from "../drawing/texts.js";

/** @param {() => import("./header.js").WritingHeader["files"]} files */
export function filesView(files) {
  const module = file(_("As a torch.nn.Module (Python)"), "cell.py", () => files().module);
  const entry = file(_("As an entry of the gallery (Python)"), "entry.py", () => files().entry);
  return {
    element: element("div", { class: "files" }, module, entry),
    /** @param {boolean} isReady  what is typed is what stands below */
    show(isReady) {
      assign(module, "disabled", !isReady);
      assign(entry, "disabled", !isReady);
    },
  };
}

/** @param {string} label @param {string} name @param {() => string} text */
function file(label, name, text) {
  const save = () => download(new Blob([text()], { type: "text/x-python" }), name);
  return button(label, label, save, { class: "file" });
}
