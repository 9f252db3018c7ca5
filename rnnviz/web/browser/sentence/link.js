/** What is looked at of a text, as the page's address says it, and the keeper that has it say so. */

import { readAddress, writeAddress } from "../drawing/address.js";
import { followAddress, resting } from "../drawing/address_keeper.js";
import { touches } from "../drawing/dom.js";
import { lookOf, sourcesOf, unitsOf } from "./looks.js";

/**
 * @typedef {import("./looks.js").Payload} Payload
 * @typedef {import("./looks.js").Source} Source
 * @typedef {Pick<import("./context.js").State, "source"|"unit"|"place">} Looked
 */

/**
 * The look that an address asks for, as far as it is there; else what is chosen at first: the token
 * that matters most.
 * @param {Payload} payload @param {string} [query]  of the address
 * @returns {Looked}
 */
export function lookedAt(payload, query = readAddress().query) {
  const asked = new URLSearchParams(query);
  const { keys, tokens } = payload.header;
  const sources = sourcesOf(payload.header);
  const source = sources.find((one) => keyOf(one) === asked.get(keys.colour)) ?? sources[0];
  const unit = within(asked.get(keys.unit), unitsOf(source));
  return { source, unit, place: within(asked.get(keys.token), tokens.length) ?? first(payload) };
}

/**
 * What an address says of a look: key to text, of what is not as it is at first.
 * @param {Looked} looked @param {Payload} payload
 */
export function textsOf({ source, unit, place }, payload) {
  const { keys } = payload.header;
  /** @type {Map<string, string>} */
  const texts = new Map();
  const [usual] = sourcesOf(payload.header);
  if (keyOf(source) !== keyOf(usual)) texts.set(keys.colour, keyOf(source));
  if (unit !== null && unit < unitsOf(source)) texts.set(keys.unit, String(unit + 1));
  if (place !== first(payload)) texts.set(keys.token, String(place + 1));
  return texts;
}

/** @param {() => Readonly<import("./context.js").State>} now @param {() => void} moved  Back or Forward */
export function lookKeeper(now, moved) {
  const address = resting((change) => {
    const { payload } = now();
    writeAddress(Object.values(payload.header.keys), textsOf(now(), payload), change);
  });
  const stop = followAddress({
    moved() {
      address.cancel();
      moved();
    },
    rewritten: address.again,
  });
  return {
    /** @param {ReadonlySet<keyof import("./context.js").State>} changed */
    follow(changed) {
      if (!touches(changed, "source", "unit", "place", "payload")) return;
      const isChosen = touches(changed, "source", "unit") && !changed.has("payload");
      address.rest(isChosen ? "choice" : "place");
    },
    destroy() {
      address.cancel();
      stop();
    },
  };
}

/** As a link has it: an influence by its name, a value as "0.f", its gradient as "0.df". @param {Source} source */
function keyOf(source) {
  if (source.kind === "influence") return source.of;
  const [layer, value] = source.of.name.split(".");
  return source.kind === "value" ? source.of.name : `${layer}.d${value}`;
}

/** The token that matters most. @param {Payload} payload */
function first(payload) {
  const { numbers } = lookOf(payload, sourcesOf(payload.header)[0], null);
  return Math.max(numbers.indexOf(Math.max(...numbers)), 0);
}

/** A place from 0, of one that is counted from 1; null where there is none. @param {string|null} text @param {number} count */
function within(text, count) {
  const place = text !== null && /^\d{1,6}$/.test(text) ? Number(text) - 1 : -1;
  return place >= 0 && place < count ? place : null;
}
