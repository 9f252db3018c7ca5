/** A figure in other colours: what Plotly draws, as JSON has it. */

/**
 * @template T
 * @param {T} figure  of plain JSON
 * @param {Record<string, string>} colours  a colour as it stands there → the one in its place
 * @returns {T}
 */
export function recoloured(figure, colours) {
  const any = new RegExp(["(?!)", ...Object.keys(colours)].join("|"), "g");
  return JSON.parse(JSON.stringify(figure).replace(any, (colour) => colours[colour]));
}
