/**
 * A worker from the text of its script: by an address that this page makes and takes back, so that it
 * starts wherever the page stands, in a file too.
 * @template A
 * @param {string} script  one that imports nothing: no module, which a page of a file may not start
 * @param {(event: MessageEvent<A>) => void} hear
 */
export function startWorker(script, hear) {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(address);
  worker.addEventListener("message", (event) => hear(event));
  const done = () => URL.revokeObjectURL(address);
  worker.addEventListener("message", done, { once: true });
  worker.addEventListener("error", done, { once: true });
  return worker;
}
