/** Numbers as a text to be copied, which `paste_reader` reads back to the last bit. No DOM. */

/** @typedef {import("./matrix_reader.js").Form} Form */

/** Row by row, tabs between: what a spreadsheet takes. @param {ArrayLike<number>} numbers @param {Form} form */
export function asRows(numbers, form) {
  return rowsOf(numbers, form)
    .map((row) => row.join("\t"))
    .join("\n");
}

/** A list of lists, as Python and JSON write it. @param {ArrayLike<number>} numbers @param {Form} form */
export function asList(numbers, form) {
  if (form.shape.length === 1) return `[${Array.from(numbers, String).join(", ")}]`;
  return `[${rowsOf(numbers, form)
    .map((row) => `[${row.join(", ")}]`)
    .join(",\n ")}]`;
}

/**
 * JSON of names to lists.
 * @param {ReadonlyMap<string, {numbers: ArrayLike<number>, form: Form}>} named
 */
export function asJson(named) {
  const lines = [...named].map(
    ([name, { numbers, form }]) =>
      `  ${JSON.stringify(name)}: ${asList(numbers, form).replaceAll("\n", "")}`,
  );
  return `{\n${lines.join(",\n")}\n}`;
}

/** @param {ArrayLike<number>} numbers @param {Form} form */
function rowsOf(numbers, { shape }) {
  const width = shape[1] ?? 1;
  const texts = Array.from(numbers, String);
  const rows = Array.from({ length: shape[0] }, (_, r) => texts.slice(r * width, (r + 1) * width));
  return rows;
}
