/** Many inputs over time, as a map: a line per input. They are changed in the diagram, square by square. */

import { element } from "./dom.js";
import { mapPicture } from "./map_picture.js";
import { plotRow } from "./plot.js";

export function inputMap({ model, store, theme }) {
  const T = model.T, inputs = model.inputs;
  const row = plotRow(T, { label: element("span", { class: "quiet" }, `${inputs} inputs`), note: element("span", { class: "quiet" }, `±${model.range(0, "x").high}`) });
  const canvas = element("canvas", { class: "map", role: "img", "aria-label": `${inputs} inputs over ${T} steps` });
  const height = Math.min(Math.max(5 * inputs, 24), 48);
  row.plot.append(canvas);
  const picture = mapPicture(canvas, T, inputs);

  function draw() {
    const { signed, ground, broken } = theme();
    const { low, high } = model.range(0, "x");
    picture.draw({ numbers: model.live.x, ramp: signed, low, high, ground, broken, ghost: model.isChanged ? model.ghost.x : null });
  }
  return {
    element: row.element,
    resize(width) {
      picture.fit(width, height);
      draw();
    },
    update(changed) {
      if (changed.has("run") || changed.has("theme")) draw();
      if (changed.has("step") || changed.has("mount")) row.point(store.state.step);
      if (changed.has("hover")) row.hover(store.state.hover?.step);
    },
    destroy: () => {},
  };
}
