/** A file that the server made for the visitor, handed over as soon as it is here; shows nothing. */

import { component } from "../drawing/component.js";
import { download } from "../drawing/download.js";

/** @typedef {{name: string, kind: string, text: string, turn: number}} File  kind: as `Blob` takes it */

/** @param {{header: File}} payload */
function hand({ header: { name, kind, text } }) {
  download(new Blob([text], { type: kind }), name);
}

export default component((_host, /** @type {{header: File & {arrays: []}}} */ payload) => {
  hand(payload);
  return { take: hand, refresh: () => {}, destroy: () => {} };
});
