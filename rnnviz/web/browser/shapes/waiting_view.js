/** That an answer is awaited, where it takes longer than a moment. */

import { element, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

const MOMENT = 400; // milliseconds

export function waitingView() {
  const root = element("p", { class: "waiting soft", role: "status", "data-testid": "waiting" });
  let timer = 0;
  return {
    element: root,
    begin() {
      clearTimeout(timer);
      timer = setTimeout(() => write(root, _("Computing the numbers …")), MOMENT);
    },
    end() {
      clearTimeout(timer);
      write(root, "");
    },
  };
}
