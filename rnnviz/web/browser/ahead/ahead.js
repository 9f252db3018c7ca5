/**
 * Shows nothing: it is there to come first (see rnnviz/web/ahead.py), or to hand over a file.
 * @param {import("../drawing/component.js").Call} call  its data: none, or a file
 */
export default async function ahead(call) {
  if (!call.data?.length) return;
  const { default: hand } = await import("../handed/handed.js");
  hand(call);
}
