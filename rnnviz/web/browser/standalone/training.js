/** The runs in training by itself, in a file; what it would ask the server is left unasked. */

import training from "../training/training.js";
import { bytesInPage, onOtherColours, placeInPage } from "./data.js";
import { glossaryInPage } from "./glossary.js";

const call = { data: bytesInPage(), parentElement: placeInPage(), setStateValue() {} };
training(call);
onOtherColours(() => training(call));
onOtherColours(glossaryInPage());
