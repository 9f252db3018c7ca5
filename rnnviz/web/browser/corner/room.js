/** A button that opens a room, or leads into one whose word somebody says. */

import { button, element, write } from "../drawing/dom.js";
import { ownNumber } from "../drawing/own_number.js";
import { N_, _ } from "../drawing/texts.js";

/** @typedef {import("./header.js").RoomDoor} RoomDoor */

const NO_PLACE = N_("This server has as many rooms as it can keep. Try again when one has ended.");

/**
 * @param {HTMLElement} place @param {RoomDoor} first
 * @param {(asked: {open: string}|{join: string}) => void} ask  to come into a room
 * @returns {import("./header.js").Tool<RoomDoor>}
 */
export function mountRoom(place, first, ask) {
  const field = element("input", {
    "aria-label": _("word of a room"),
    placeholder: _("its word"),
    autocapitalize: "none",
    autocomplete: "off",
    maxlength: 20,
    on: { input: () => (join.disabled = field.value.trim() === "") },
  });
  const join = element("button", { type: "submit", class: "small", disabled: true }, _("join"));
  const form = element("form", { class: "row", on: { submit: onJoin } }, field, join);
  const open = button(_("open a room"), _("open a room"), () => ask({ open: ownNumber() }), {
    class: "small",
  });
  const refused = element("p", { role: "status" });
  const panel = element(
    "div",
    {
      popover: "auto",
      class: "panel",
      role: "dialog",
      "aria-label": _("rooms"),
      on: { toggle: (event) => event.newState === "open" && field.focus() },
    },
    element("p", {}, _("Are you in a class? Type the word that your teacher says.")),
    form,
    element(
      "p",
      {},
      _(
        "Do you teach? In a room of yours students vote on what a page asks, and see what you look at.",
      ),
    ),
    open,
    refused,
    element(
      "p",
      { class: "quiet" },
      _("No names are asked for. A room keeps its votes in memory until it ends."),
    ),
  );
  const opener = button(_("rooms: vote together, look together"), _("room"), () => {}, {
    class: "small",
  });
  opener.popoverTargetElement = panel;
  place.append(opener, panel);

  /** @param {SubmitEvent} event */
  function onJoin(event) {
    event.preventDefault();
    if (field.value.trim() !== "") ask({ join: field.value });
  }
  /** @param {RoomDoor} next */
  function take({ word, isRefused }) {
    opener.hidden = word !== null;
    if (word !== null) panel.hidePopover();
    write(refused, isRefused ? _(NO_PLACE) : "");
  }
  take(first);
  return {
    take,
    destroy() {
      opener.remove();
      panel.remove();
    },
  };
}
