/** The By hand page as a component: the weights and inputs set by hand are the run's changes. */

import { runComponent } from "../stepper/run_component.js";
import { carried } from "./carrying.js";
import { arranged, viewsFor } from "./views.js";

export default runComponent(viewsFor, arranged, carried);
