/** The Gradients page's component by itself, in a file; what it would ask the server is left unasked. */

import gradients from "../gradients/gradients.js";
import { bytesInPage, onOtherColours, placeInPage } from "./data.js";
import { glossaryInPage } from "./glossary.js";

const call = { data: bytesInPage(), parentElement: placeInPage(), setStateValue() {} };
gradients(call);
onOtherColours(() => gradients(call));
onOtherColours(glossaryInPage());
