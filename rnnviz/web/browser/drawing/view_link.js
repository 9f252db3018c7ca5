/**
 * What a page's address says of a view of it, after `view=`: of no concern to the server, and kept
 * by the browser alone. Long text is packed once it rests, and unpacked where it leads here; both
 * take a moment, and by then what the address says counts.
 */

import { enterAddress, readAddress } from "./address.js";
import { CAN_PACK, packed, unpacked } from "./packing.js";

const LONG = 300; // letters: a link that is longer is packed
const REST = 400; // milliseconds: browsers let a page write its address only a few times a second
const PACKED = /^packed:([\w-]+),end$/; // its end shows that it was not cut short
const CUT = "packed"; // what is read of one that cannot be unpacked: it has no end

/** What it says at once; "" where it says nothing, or has to be unpacked first. */
export function plainView() {
  const text = inAddress();
  return PACKED.test(text) ? "" : text;
}

/** The address's view, for as long as it is kept true to what is shown. */
export function viewLink() {
  /** @type {Map<string, string>} */
  const texts = new Map(); // what packed links stand for
  let timer = 0;
  let isOver = false;

  /** @param {string} text */
  async function shorten(text) {
    const link = `packed:${await packed(text)},end`;
    texts.set(link, text);
    if (!isOver && inAddress() === text) say(link, "place");
  }
  /** @param {string} link @param {(text: string) => void} then */
  async function unpack(link, then) {
    const text = (await unpacked(PACKED.exec(link)?.[1] ?? "")) ?? CUT;
    texts.set(link, text);
    if (!isOver && inAddress() === link) then(text);
  }
  /** What it stands for; null where that is not known yet. @param {string} link */
  const textOf = (link) => texts.get(link) ?? (PACKED.test(link) ? null : link);
  return {
    /** What it says, unpacked; null where that is not known yet. */
    text: () => textOf(inAddress()),

    /** What it says, as soon as that is known. @param {(text: string) => void} then */
    read(then) {
      const link = inAddress();
      const text = textOf(link);
      if (text === null) unpack(link, then);
      else then(text);
    },

    /** @param {string} text @param {import("./address.js").Change} change */
    write(text, change) {
      if (text !== textOf(inAddress())) say(text, change);
      clearTimeout(timer);
      if (CAN_PACK && text.length > LONG) timer = setTimeout(() => shorten(text), REST);
    },
    stop() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

const inAddress = () => decoded(readAddress().view);

/** @param {string} text @param {import("./address.js").Change} change */
function say(text, change) {
  enterAddress({ query: readAddress().query, view: text }, change);
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // cut within a letter
  }
}
