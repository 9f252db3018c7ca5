/** A map of units over time under a chart, aligned with it. */

import { element } from "../drawing/dom.js";
import { mapPicture } from "../drawing/map_picture.js";
import { rowAt, stepAt } from "../drawing/plot.js";

/**
 * @param {{label: string, hover: (spot: {t: number, row: number}|null, event: MouseEvent) => void,
 *   press?: (spot: {t: number, row: number}) => void}} options
 */
export function unitMap({ label, hover, press = () => {} }) {
  const canvas = element("canvas", { class: "map", role: "img", "aria-label": label });
  const plot = element("div", { class: "gutter-plot" }, canvas);
  let picture = null,
    shape = "",
    drawn = null,
    width = 0;
  const spot = (event) => ({
    t: stepAt(canvas, event, drawn.columns),
    row: rowAt(canvas, event, drawn.rows),
  });
  canvas.addEventListener("pointermove", (event) => drawn && hover(spot(event), event));
  canvas.addEventListener("pointerleave", (event) => hover(null, event));
  canvas.addEventListener("click", (event) => drawn && press(spot(event)));
  const watch = new ResizeObserver(() => {
    if (plot.clientWidth === width) return;
    width = plot.clientWidth;
    shape = "";
    if (drawn) draw(drawn);
  });
  watch.observe(plot);

  /** @param {{columns: number, rows: number, height: number, numbers: Float64Array}} what */
  function draw(what) {
    drawn = what;
    if (width === 0) return;
    const { columns, rows, height } = what;
    const now = `${columns} ${rows} ${height} ${width}`;
    if (now !== shape) {
      picture = mapPicture(canvas, columns, rows);
      picture.fit(what.width ?? width, height);
      canvas.style.width = what.width ? `${what.width}px` : "";
      shape = now;
    }
    picture.draw(what);
  }
  return { element: plot, canvas, draw, destroy: () => watch.disconnect() };
}
