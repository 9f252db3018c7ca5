/** The By hand page by itself, in a file: shows the view that it was saved with. */

import { arranged, viewsFor } from "../by_hand/views.js";
import { opened } from "../drawing/component.js";
import { keepInAddress, ledTo, linked } from "../stepper/link/address.js";
import { mount } from "../stepper/mount.js";
import { bytesInPage, onOtherColours, placeInPage } from "./data.js";
import { glossaryInPage } from "./glossary.js";

/** @type {import("../maths/payload.js").Payload<import("../stepper/header.js").StepHeader>} */
const payload = opened(bytesInPage());
const place = placeInPage();
place.className = "rnnviz-host";

const { view } = payload.header;
const kept = ledTo(payload) ?? (view ? linked(payload, view) : {});
const shown = mount(place, payload, viewsFor(null), kept, arranged);
keepInAddress(shown, true);
onOtherColours(shown.refresh);
onOtherColours(glossaryInPage());
