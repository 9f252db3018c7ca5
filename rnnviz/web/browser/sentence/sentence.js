/** A sentence as a component: each token coloured by what a network makes of it. */

import { component } from "../drawing/component.js";
import { mount } from "./mount.js";

/** @type {import("../drawing/component.js").Show<import("./header.js").SentenceHeader>} */
const show = (host, payload) => mount(host, payload);

export default component(show);
