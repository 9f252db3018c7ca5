/** The stepper as a component. */

import { gatesFigure } from "./figures/gates_figure.js";
import { runComponent } from "./run_component.js";
import { VIEWS, arranged } from "./views.js";

const TRAINED = "Cells#gates"; // where the gates of the trained networks are counted

const views = new Map([...VIEWS, ["gates", gatesFigure(TRAINED)]]);

export default runComponent(() => views, arranged);
