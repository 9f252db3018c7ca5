/** The stepper by itself, in a file: shows the run that stands in the page. */

import { opened } from "../drawing/component.js";
import { mount } from "../stepper/mount.js";
import { bytesInPage, onOtherColours, placeInPage } from "./data.js";

/** @type {import("../maths/payload.js").Payload<import("../stepper/header.js").StepHeader>} */
const payload = opened(bytesInPage());
const { changes } = payload.header;
const place = placeInPage();
place.className = "rnnviz-host";

// What was held when it was recorded: the visitor can undo it.
const kept = changes.length > 0 ? { history: { past: [[]], present: changes, future: [] } } : {};
onOtherColours(mount(place, payload, undefined, kept).refresh);
