/** The corner of every page: a row of tools, each a module that mounts its button and what it opens. */

import { component } from "../drawing/component.js";
import { createRoot } from "../drawing/root.js";
import { mountLeaveOut } from "./leave_out.js";
import { mountPresenter } from "./presenter.js";
import { mountShare } from "./share.js";

/** @typedef {import("./header.js").CornerHeader} CornerHeader */

/** Beside it stands what says that a script runs (rnnviz/web/frame.py). */
const WIDTH = "--corner";

/** @type {import("../drawing/component.js").Show<CornerHeader>} */
function show(host, first, tell, press) {
  const page = document.documentElement;
  const root = createRoot(host, { class: "corner" }, { dress: () => {}, resize: measure });
  const { tools } = first.header;
  const leaveOut = mountLeaveOut(root.element, tools.leave_out, (said) => press("leave_out", said));
  const presenter = mountPresenter(root.element, tools.presenter, (text) =>
    press("presenter", text),
  );
  const share = mountShare(root.element, tools.share, (link) => tell("share", link));

  function measure() {
    page.style.setProperty(WIDTH, `${root.element.offsetWidth}px`);
  }
  return {
    take({ header }) {
      leaveOut.take(header.tools.leave_out);
      presenter.take(header.tools.presenter);
      share.take(header.tools.share);
    },
    refresh: root.refresh,
    destroy() {
      leaveOut.destroy();
      presenter.destroy();
      share.destroy();
      page.style.removeProperty(WIDTH);
      root.destroy();
    },
  };
}

export default component(show);
