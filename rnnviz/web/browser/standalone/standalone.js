/** The stepper by itself, in a file: shows the run that stands in the page. */

import { mount } from "../stepper/mount.js";
import { unpack } from "../maths/payload.js";
import { element } from "../drawing/dom.js";

const text = document.getElementById("run").textContent;
const payload = unpack(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
const { changes } = payload.header;
const host = element("main", { class: "rnnviz-host" });
document.body.append(host);

// What was held when it was recorded: the visitor can undo it.
const kept = changes.length > 0 ? { history: { past: [[]], present: changes, future: [] } } : {};
const shown = mount(host, payload, undefined, kept);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", shown.refresh);
