/** The stepper by itself, in a file: shows the run that stands in the page. */

import { opened } from "../drawing/component.js";
import { inAddress, keepInAddress, linked } from "../stepper/address.js";
import { mountWithBeside, parted } from "../stepper/beside.js";
import { filesView } from "../stepper/files_view.js";
import { VIEWS } from "../stepper/views.js";
import { bytesInPage, onOtherColours, placeInPage } from "./data.js";

/** @type {import("../maths/payload.js").Payload<import("../stepper/header.js").StepHeader>} */
const payload = opened(bytesInPage());
const parts = parted(payload);
const place = placeInPage();
place.className = "rnnviz-host";

const link = inAddress() || payload.header.view;
const views = new Map([...VIEWS, ["files", filesView()]]);
const start = link ? linked(parts.own, link) : recorded();
const shown = mountWithBeside(place, parts, views, start);
keepInAddress(shown);
onOtherColours(shown.refresh);

/** What was held when it was recorded: the visitor can undo it. */
function recorded() {
  const { changes } = payload.header;
  return changes.length > 0 ? { history: { past: [[]], present: changes, future: [] } } : {};
}
