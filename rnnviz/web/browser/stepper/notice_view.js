/** What is to be said of the link that led here, until something is chosen or changed. */

import { element, touches, write } from "../drawing/dom.js";

/** @param {import("./context.js").Context} context @returns {import("./views.js").View} */
export function noticeView({ store }) {
  const notice = element("p", { class: "notice", role: "status", "data-testid": "notice" });
  return {
    element: notice,
    update(changed) {
      if (!touches(changed, "notice", "mount")) return;
      write(notice, store.state.notice);
      notice.hidden = store.state.notice === "";
    },
    destroy: () => {},
  };
}
