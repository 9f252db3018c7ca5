/** The writing place as a component: the equations in, what is typed back. */

import { component } from "../drawing/component.js";
import { mount } from "./mount.js";
// Whatever those import, asked for at once: a browser sees a module's imports only when it has it.
import "../drawing/colours.js";
import "../drawing/dom.js";
import "../drawing/download.js";
import "../drawing/root.js";
import "../drawing/texts.js";
import "../drawing/theme.js";
import "../drawing/tip.js";
import "../equations/cell.js";
import "../equations/counting.js";
import "../equations/names.js";
import "../equations/nearest.js";
import "../equations/parsing.js";
import "../equations/problems.js";
import "../equations/reader.js";
import "../equations/tokens.js";
import "../equations/tree.js";
import "../maths/lookup.js";
import "../maths/matmul.js";
import "../maths/payload.js";
import "../maths/rules.js";
import "./facts_view.js";
import "./files_view.js";
import "./keep.js";
import "./language_view.js";
import "./problem_view.js";
import "./sending.js";
import "./written.js";

/** @type {import("../drawing/component.js").Show<import("./header.js").WritingHeader>} */
function show(host, { header }, tell) {
  const shown = mount(host, header, (written) => tell("written", written));
  return { ...shown, take: (next) => shown.take(next.header) };
}

export default component(show);
