/** The corner of every page: a row of tools, each a module that mounts its button and what it opens. */

import { component } from "../drawing/component.js";
import { createRoot } from "../drawing/root.js";
import { linkToPage } from "./glossary_links.js";
import { mountGlossary } from "./glossary.js";
import { mountPresenter } from "./presenter.js";
import { mountRoom } from "./room.js";
import { mountShare } from "./share.js";

/** @typedef {import("./header.js").CornerHeader} CornerHeader */

/** Beside it stands what says that a script runs (rnnviz/web/frame.py). */
const WIDTH = "--corner";

/** @type {import("../drawing/component.js").Show<CornerHeader>} */
function show(host, first, tell, press) {
  const page = document.documentElement;
  const root = createRoot(host, { class: "corner" }, { dress: () => {}, resize: measure });
  const { tools } = first.header;
  const glossary = mountGlossary(root.element, tools.glossary, {
    ask: (wanted) => tell("glossary", wanted),
    link: linkToPage,
  });
  const presenter = mountPresenter(root.element, tools.presenter, (text) =>
    press("presenter", text),
  );
  const share = mountShare(root.element, tools.share, (link) => tell("share", link));
  const room = mountRoom(root.element, tools.room, (asked) => press("room", asked));

  function measure() {
    page.style.setProperty(WIDTH, `${root.element.offsetWidth}px`);
  }
  return {
    take({ header }) {
      glossary.take(header.tools.glossary);
      presenter.take(header.tools.presenter);
      share.take(header.tools.share);
      room.take(header.tools.room);
    },
    refresh: root.refresh,
    destroy() {
      glossary.destroy();
      presenter.destroy();
      share.destroy();
      room.destroy();
      page.style.removeProperty(WIDTH);
      root.destroy();
    },
  };
}

export default component(show);
