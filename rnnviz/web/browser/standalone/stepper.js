/** The stepper by itself, in a file: shows the run that stands in the page. */

import { opened } from "../drawing/component.js";
import { keepInAddress, ledTo, linked } from "../stepper/link/address.js";
import { mountWithBeside, parted } from "../stepper/beside.js";
import { filesView } from "../stepper/files_view.js";
import { VIEWS } from "../stepper/views.js";
import { bytesInPage, onOtherColours, placeInPage } from "./data.js";
import { glossaryInPage } from "./glossary.js";

/** @type {import("../maths/payload.js").Payload<import("../stepper/header.js").StepHeader>} */
const payload = opened(bytesInPage());
const parts = parted(payload);
const place = placeInPage();
place.className = "rnnviz-host";

const views = new Map([...VIEWS, ["files", filesView()]]);
const shown = mountWithBeside(place, parts, {
  makers: views,
  kept: ledTo(parts.own) ?? recorded(),
});
keepInAddress(shown, true);
onOtherColours(shown.refresh);
onOtherColours(glossaryInPage());

/** What was in view when it was saved; what was held when it was recorded, which can be undone. */
function recorded() {
  const { changes, view } = parts.own.header;
  if (view) return linked(parts.own, view);
  return changes.length > 0 ? { history: { past: [[]], present: changes, future: [] } } : {};
}
