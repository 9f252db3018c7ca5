/**
 * The glossary: a button that opens the list of all terms, and each term on a page that opens its
 * entry. Its contents come when it is first opened. Closed, the focus is where it was.
 */

import { assign, button, element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { TERM } from "../drawing/term.js";
import { entryView } from "./glossary_entry.js";
import { keyOf, onTermLinks, termIn } from "./glossary_links.js";

/** @typedef {import("./header.js").Entry} Entry */
/** @typedef {import("./header.js").Glossary} Glossary */
/** @typedef {import("../drawing/term.js").Called} Called */
/**
 * @typedef {Object} Host
 * @property {(wanted: boolean) => void} ask  for the entries; false: they are here
 * @property {(place: import("./header.js").Place) => string|null} link  null: it leads nowhere
 */

/**
 * @param {HTMLElement} place @param {Glossary} first @param {Host} host
 * @returns {import("./header.js").Tool<Glossary>}
 */
export function mountGlossary(place, first, host) {
  let entries = first.entries;
  /** @type {Called|null} */
  let called = null; // null: the list
  /** @type {HTMLElement|SVGElement|null} */
  let from = null; // where the focus was

  const search = searchField(showList);
  const body = element("div", { class: "glossary-body" });
  const panel = panelOf(search, body, () => panel.hidePopover());
  panel.addEventListener("toggle", (event) => {
    if (event instanceof ToggleEvent && event.newState === "closed") giveBack();
  });
  const opener = button(_("glossary: what the words mean"), _("glossary"), openList, {
    class: "small",
    "aria-haspopup": "dialog",
  });
  place.append(opener, panel);

  function openList() {
    from = opener;
    search.value = "";
    showList();
    panel.showPopover();
    search.focus();
  }
  /** @param {Called} next @param {HTMLElement|SVGElement|null} node  which was pressed */
  function open(next, node) {
    if (!panel.matches(":popover-open")) from = node;
    if (from) assign(from, "aria-expanded", "true");
    called = next;
    search.value = "";
    draw();
    panel.showPopover();
    focusHeading();
  }
  function showList() {
    called = null;
    draw();
  }
  function draw() {
    if (entries === null) {
      host.ask(true);
      body.replaceChildren(
        element("p", { class: "quiet", role: "status" }, _("It is on its way.")),
      );
      return;
    }
    const found = called && entryOf(entries, called.key);
    if (called && found)
      body.replaceChildren(...entryView(found, called.here, host.link, () => back(found)));
    else body.replaceChildren(...listOf(entries, called?.key ?? search.value, open));
  }
  /** To the list, at the entry that was read. @param {Entry} entry */
  function back(entry) {
    showList();
    const here = body.querySelector(`[data-entry="${CSS.escape(entry.key)}"]`);
    if (here instanceof HTMLElement) here.focus();
  }
  function focusHeading() {
    const heading = body.querySelector("h3");
    if (heading instanceof HTMLElement) heading.focus();
    else panel.focus();
  }
  /** The focus goes back, unless something else has it by now. */
  function giveBack() {
    if (from) assign(from, "aria-expanded", null);
    const { activeElement, body } = document;
    const root = panel.getRootNode();
    const ours = root instanceof ShadowRoot ? root.host : null;
    if ([null, body, ours].includes(activeElement)) from?.focus({ preventScroll: true });
  }
  /** @param {Event} event */
  function hear(event) {
    if (!(event instanceof CustomEvent)) return;
    const [node] = event.composedPath();
    open(event.detail, node instanceof HTMLElement || node instanceof SVGElement ? node : null);
  }
  const end = new AbortController();
  window.addEventListener(TERM, hear, { signal: end.signal });
  const stopLinks = onTermLinks((key, link) => open({ key, here: "" }, link));
  const asked = termIn(globalThis.location);
  if (asked) open({ key: asked, here: "" }, opener);
  return {
    take(next) {
      if (next.entries === null) return;
      entries = next.entries;
      host.ask(false);
      if (!panel.matches(":popover-open")) return;
      draw();
      if (called) focusHeading();
    },
    destroy() {
      end.abort();
      stopLinks();
      opener.remove();
      panel.remove();
    },
  };
}

/** @param {() => void} change */
function searchField(change) {
  return element("input", {
    type: "search",
    "aria-label": _("search the glossary"),
    placeholder: _("search the glossary"),
    on: { input: change },
  });
}

/** @param {HTMLElement} search @param {HTMLElement} body @param {() => void} close */
function panelOf(search, body, close) {
  const shut = button(_("close (Escape)"), "×", close, { class: "small" });
  return element(
    "div",
    {
      popover: "auto",
      class: "panel glossary",
      role: "dialog",
      tabindex: -1,
      "aria-label": _("glossary"),
      "data-testid": "glossary",
    },
    element("div", { class: "row" }, search, shut),
    body,
  );
}

/** @param {Entry[]} entries @param {string} key  of an entry, or of one of its aliases */
function entryOf(entries, key) {
  return entries.find((one) => one.key === key) ?? entries.find(({ keys }) => keys.includes(key));
}

/**
 * The entries that a text is found in, each a button.
 * @param {Entry[]} entries @param {string} text
 * @param {(called: Called, node: HTMLElement|null) => void} open
 */
function listOf(entries, text, open) {
  const wanted = keyOf(text);
  const found = entries.filter((one) =>
    [
      one.key,
      one.name,
      ...one.keys,
      ...one.aliases,
      ...one.meanings.flatMap((m) => m.symbols),
    ].some((name) => keyOf(name).includes(wanted)),
  );
  if (found.length === 0)
    return [element("p", { class: "quiet", role: "status" }, _("No term is called so."))];
  return found.map((one) => {
    const press = () => open({ key: one.key, here: "" }, null);
    return element(
      "button",
      { type: "button", class: "glossary-name", "data-entry": one.key, on: { click: press } },
      element("b", {}, one.name),
      element("span", { class: "quiet" }, one.meanings[0].purpose),
    );
  });
}
