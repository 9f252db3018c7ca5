/**
 * The Gradients page as a component. The page and its phase diagram are two mounts of it; a click in
 * the one turns the knobs of the other.
 */

import { component } from "../drawing/component.js";
import { addressKeeper } from "./address_keeper.js";
import { OWN, SCENE } from "./setup.js";
import { textsOf } from "./looking.js";
import { mountPage } from "./page.js";
import { mountPhase } from "./phase_view.js";

/**
 * @typedef {import("./setup.js").Payload} Payload
 * @typedef {import("./context.js").Changed} Changed
 * @typedef {import("./looking.js").Where} Where
 * @typedef {import("./header.js").PageHeader} PageHeader
 * @typedef {import("../maths/payload.js").Payload<PageHeader>} PagePayload
 * @typedef {import("../drawing/component.js").Tell} Tell
 */

/** @type {Set<ReturnType<typeof mountPage>>} */
const PAGES = new Set();

/**
 * Where the page was when this tab left it; by what the page began with.
 * @type {Map<string, Where>}
 */
const LEFT_AT = new Map();

export default component(
  (host, /** @type {PagePayload} */ { header, arrays }, tell, press, answers) =>
    header.kind === "phase"
      ? showPhase(host, { header, arrays })
      : showPage(host, { header, arrays }, { tell, press, answers }),
);

/** What a payload begins with. @param {Payload["header"]} header @returns {Where} */
const beginOf = ({ start, look, asked }) => ({ knobs: start, look, asked });
/** @param {Payload["header"]} header */
const keyOf = (header) => JSON.stringify([beginOf(header), header.moves]);

/**
 * @param {HTMLElement} host @param {Payload} payload
 * @param {{tell: Tell, press: Tell, answers: import("../drawing/component.js").Answers}} server
 */
function showPage(host, payload, { tell, press, answers }) {
  let { header } = payload;
  const keeper = addressKeeper(() => ({ header, where: page.where() }));
  const report = () => {
    const where = page.where();
    tell("knobs", { ...spelled(where, header), moves: header.moves });
    keeper.lookAgain();
  };
  /** @param {Changed} changed */
  function followed(changed) {
    if (changed.has("mount")) return;
    LEFT_AT.set(keyOf(header), page.where());
    keeper.follow(changed);
  }
  const savePage = () => press("page", spelled(page.where(), header));
  const isSaved = !header.isFile && answers("page");
  let page = mount(payload, LEFT_AT.get(keyOf(header)) ?? beginOf(header));
  keeper.lookAgain();
  /** @param {Payload} next @param {Where} where */
  function mount(next, where) {
    const knobs = { ...where.knobs, seed: next.header.seed };
    const given = { where: { ...where, knobs }, report, followed };
    const mounted = mountPage(host, next, { ...given, savePage: isSaved ? savePage : null });
    PAGES.add(mounted);
    return mounted;
  }
  const unmount = () => PAGES.delete(page) && page.destroy();
  /** The cell of one's own is another: other chips, other curves. @param {Payload} next */
  function remount(next) {
    const where = page.where();
    unmount();
    const others = where.knobs.cells.filter((name) => name !== OWN);
    const cells = ownOf(next.header) ? [...others, OWN] : others;
    page = mount(next, { ...where, knobs: { ...where.knobs, cells } });
    report();
  }
  /** Back or Forward led elsewhere. @param {Payload} next @param {boolean} isSame  one's own cell */
  function move(next, isSame) {
    if (isSame) {
      page.redraw(next);
      return page.show(beginOf(next.header));
    }
    unmount();
    page = mount(next, beginOf(next.header));
  }
  return {
    /** @param {PagePayload} next */
    take({ header: next, arrays }) {
      if (next.kind === "phase" || next.id === header.id) return page.refresh();
      const isSame = ownOf(next) === ownOf(header);
      const hasMoved = next.moves !== header.moves;
      header = next;
      if (hasMoved) move({ header, arrays }, isSame);
      else if (isSame) page.redraw({ header, arrays });
      else remount({ header, arrays });
    },
    refresh: () => page.refresh(),
    destroy() {
      keeper.destroy();
      unmount();
    },
  };
}

/**
 * The steps of the visitor's own cell, as text; nothing where there is none.
 * @param {Payload["header"]} header
 */
function ownOf({ layers }) {
  const own = layers.find(({ name }) => name === OWN);
  return own ? JSON.stringify(own.cell.steps) : "";
}

/** As an address has it. @param {Where} where @param {Payload["header"]} header */
function spelled(where, { address }) {
  const { cells, ...others } = where.knobs;
  const own = cells.filter((name) => name !== SCENE).join(";");
  const scene = cells.includes(SCENE) ? "shown" : "";
  return { ...others, cells: own, scene, ...Object.fromEntries(textsOf(where, address)) };
}

/**
 * @param {HTMLElement} host
 * @param {import("../maths/payload.js").Payload<import("./header.js").PhaseHeader>} payload
 */
function showPhase(host, payload) {
  const phase = mountPhase(host, (patch, cell) => {
    for (const page of PAGES) {
      const { cells } = page.where().knobs;
      page.turn({ ...patch, cells: cells.includes(cell) ? cells : [...cells, cell] });
    }
  });
  phase.take(payload);
  return {
    ...phase,
    /** @param {PagePayload} next */
    take({ header, arrays }) {
      if (header.kind === "phase") phase.take({ header, arrays });
    },
  };
}
