/** A link's QR code, and to whom the link leads. */

import { svg } from "./dom.js";
import { N_, _ } from "./texts.js";

/** Why a page that was opened from a disk has no code. */
export const ON_DISK = N_(
  "This page is a file on this machine: no phone finds it by its address, so there is no QR code. On a host of web pages the same folder has one here.",
);
export const HERE_ALONE = N_(
  "This address leads to this machine alone. Started by “rnnviz serve --lan”, the app has one that all in this network reach.",
);
const LOCAL = /^(localhost|127\.|\[::1\])/;

/** Whether nobody else reaches the address that this page came from. */
export const leadsHereAlone = () => LOCAL.test(globalThis.location.host);

export const isOnDisk = () => globalThis.location.protocol === "file:";

/** @typedef {{path: string, size: number}} Code  as an SVG's path, one unit a dot */

/** @param {Code} code */
export function drawnCode({ path, size }) {
  return svg(
    "svg",
    { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": _("QR code of the link") },
    svg("rect", { width: size, height: size, fill: "white" }),
    svg("path", { d: path, stroke: "black", "shape-rendering": "crispEdges" }),
  );
}
