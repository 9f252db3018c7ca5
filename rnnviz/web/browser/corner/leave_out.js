/**
 * What a teacher's link leaves out: while it is chosen, a click on a control or section takes it away,
 * and another brings it back; a list says which there are. The link has it, and may be locked.
 */

import { readQuery, writeAddress } from "../drawing/address.js";
import { assign, button, element, write } from "../drawing/dom.js";
import {
  chooseControls,
  followLeftOut,
  isChoosing,
  leaveOut,
  leftOut,
  nameOf,
  namesIn,
} from "../drawing/hidden.js";
import { HIDE, LOCK, ON } from "../drawing/lasting.js";
import { _, ngettext } from "../drawing/texts.js";
import { controlsOnPage } from "./controls.js";

/** What begins a gesture on a page whose controls are chosen, and is not to begin one. */
const KINDS = /** @type {const} */ (["pointerdown", "mousedown", "click", "dblclick"]);

/** @typedef {import("./header.js").LeaveOut} LeaveOut */

/**
 * @param {HTMLElement} place @param {LeaveOut} first
 * @param {(said: LeaveOut) => void} press  what the link says now
 * @returns {import("./header.js").Tool<LeaveOut>}
 */
export function mountLeaveOut(place, first, press) {
  const { opener, panel, list, lock } = nodes(() => turn([], lock.checked), onLock);
  const counted = element("span", { class: "quiet" });
  place.append(opener, counted, panel);
  /** @type {Map<string, HTMLInputElement>} */
  const boxes = new Map(); // of the controls on the page, when the list was opened
  /** @type {LeaveOut|null} */
  let awaited = null; // what was said last, until the server has it
  const end = new AbortController();
  const { signal } = end;
  for (const kind of KINDS) document.addEventListener(kind, onPress, { signal, capture: true });
  panel.addEventListener("toggle", onToggle, { signal });
  globalThis.addEventListener("popstate", onHistory, { signal });
  const stop = followLeftOut(document);
  take(first);

  /** @param {LeaveOut} data */
  function take(data) {
    const { hide, isLocked } = inAddress() ?? data;
    leaveOut(namesIn(hide));
    lock.checked = isLocked;
    opener.hidden = isLocked;
    show();
  }
  function show() {
    const count = leftOut().length;
    const says = ngettext("{count} hidden", "{count} hidden", count);
    write(opener, count > 0 ? says : _("hide"));
    opener.classList.toggle("unused", count === 0);
    write(counted, opener.hidden && count > 0 ? says : "");
    for (const [name, box] of boxes) box.checked = !leftOut().includes(name);
  }
  /** @param {import("./controls.js").Control} control */
  function item({ name, label }) {
    const box = element("input", { type: "checkbox", on: { change: () => toggle(name) } });
    boxes.set(name, box);
    return element("label", {}, box, element("span", { "data-verbatim": true }, ` ${label}`));
  }
  function relist() {
    boxes.clear();
    list.replaceChildren(...(isChoosing() ? controlsOnPage().map(item) : []));
    show();
  }
  /** @param {string} name */
  function toggle(name) {
    const names = leftOut();
    const others = names.filter((one) => one !== name);
    turn(others.length < names.length ? others : [...names, name], lock.checked);
  }
  /** @param {string[]} names @param {boolean} isLocked */
  function turn(names, isLocked) {
    const hide = names.join(",");
    leaveOut(names);
    show();
    const texts = new Map(hide ? [[HIDE, hide]] : []);
    if (isLocked) texts.set(LOCK, ON);
    writeAddress([HIDE, LOCK], texts, "choice");
    report({ hide, isLocked });
  }
  function onLock() {
    turn(leftOut(), lock.checked);
    opener.hidden = false; // who locks it may go on choosing, until the page is opened anew
  }
  /** @param {ToggleEvent|Event} event */
  function onToggle(event) {
    chooseControls("newState" in event && event.newState === "open");
    assign(opener, "aria-expanded", String(isChoosing()));
    if (!isChoosing() && lock.checked) opener.hidden = true;
    queueMicrotask(relist); // what was left out is in sight by then
  }
  /** @param {LeaveOut} said */
  function report(said) {
    awaited = said;
    press(said);
  }
  /** @param {Event} event */
  function onPress(event) {
    const path = event.composedPath();
    if (!isChoosing() || path.includes(place)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type !== "click") return;
    for (const node of path) {
      const name = node instanceof Element ? nameOf(node) : null;
      if (name !== null) return toggle(name);
    }
  }
  function onHistory() {
    const found = inAddress() ?? { hide: "", isLocked: false };
    if (namesIn(found.hide).join(",") === leftOut().join(",")) return;
    take(found);
    report(found);
  }
  return {
    take(next) {
      if (awaited !== null && (next.hide !== awaited.hide || next.isLocked !== awaited.isLocked))
        return; // an answer to what was said before
      awaited = null;
      if (!isChoosing()) take(next);
    },
    destroy() {
      end.abort();
      stop();
      chooseControls(false);
      for (const node of [opener, counted, panel]) node.remove();
    },
  };
}

/**
 * What the address says; null: nothing, as on a page that the menu led to. The server puts it there,
 * and may be behind.
 * @returns {LeaveOut|null}
 */
function inAddress() {
  const query = readQuery();
  const hide = query.get(HIDE);
  return hide === null ? null : { hide, isLocked: query.get(LOCK) === ON };
}

/** @param {() => void} all @param {() => void} onLock */
function nodes(all, onLock) {
  const list = element("div", { class: "controls" });
  const lock = element("input", { type: "checkbox", on: { change: onLock } });
  const panel = element(
    "div",
    { popover: "manual", class: "panel", role: "dialog", "aria-label": _("hide controls") },
    element(
      "p",
      {},
      _(
        "Click what should not be on the page; click it again to bring it back. Then copy the link.",
      ),
    ),
    list,
    element("label", {}, lock, ` ${_("lock: whoever opens the link cannot bring them back")}`),
    element(
      "div",
      { class: "row" },
      button(_("show all controls"), _("show all"), all, { class: "small" }),
      button(_("hide no more controls"), _("done"), () => panel.hidePopover(), { class: "small" }),
    ),
  );
  const opener = button(
    _("hide controls: a link to this page without some of them"),
    _("hide"),
    () => {},
    { class: "small", "aria-expanded": "false" },
  );
  opener.popoverTargetElement = panel;
  return { opener, panel, list, lock };
}
