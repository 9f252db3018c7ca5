/** The runs in training by themselves, in a file: saved ones, or such as this browser trains. */

import { opened } from "../drawing/component.js";
import { mountRuns } from "../training/mount_runs.js";
import { bytesInPage, onOtherColours, placeInPage } from "./data.js";
import { glossaryInPage } from "./glossary.js";

/** @type {import("../training/records.js").Message} */
const payload = opened(bytesInPage());
const place = placeInPage();
place.className = "rnnviz-host";
onOtherColours(mountRuns(place, payload, { forward: null }).refresh);
onOtherColours(glossaryInPage());
