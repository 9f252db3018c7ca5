/** The readout, y = W h + b at every time step, and the gradient back through it. */

/** @param {import("./network.js").NetworkRun} network @param {Map<string, Float64Array>} arrays */
export function readOut({ output, prediction, features, outputs, T }, arrays) {
  if (!outputs) return;
  const W = arrays.get("readout.W"), b = arrays.get("readout.b");
  for (let t = 0; t < T; t++) {
    for (let row = 0; row < outputs; row++) {
      let sum = 0;
      for (let k = 0; k < features; k++) sum += W[row * features + k] * output[t * features + k];
      prediction[t * outputs + row] = sum + b[row];
    }
  }
}

/** Adds to dL/d(output); writes dL/dW and dL/db. */
export function readBack({ output, dprediction, doutput, readout, features, outputs, T }, arrays) {
  if (!outputs) return;
  const W = arrays.get("readout.W");
  readout.W.fill(0);
  readout.b.fill(0);
  for (let t = 0; t < T; t++) {
    for (let row = 0; row < outputs; row++) {
      const g = dprediction[t * outputs + row];
      if (g === 0) continue;
      readout.b[row] += g;
      for (let k = 0; k < features; k++) {
        readout.W[row * features + k] += g * output[t * features + k];
        doutput[t * features + k] += g * W[row * features + k];
      }
    }
  }
}
