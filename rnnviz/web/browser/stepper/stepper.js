/** The stepper as a component. */

import { runComponent } from "./run_component.js";
import { VIEWS, arranged } from "./views.js";

export default runComponent(() => VIEWS, arranged);
