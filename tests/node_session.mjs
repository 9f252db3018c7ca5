// One Node for many modules (see javascript.py): each runs in a thread of its own, so that none
// sees what another left behind. Messages to and fro are a length in eight bytes and so many more.
//
// In come, for each module, its text and its input; out go what went wrong ("" where nothing did)
// and what the module gave to `output(…)`.
import { Worker } from "node:worker_threads";

function send(bytes) {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  process.stdout.write(length);
  process.stdout.write(bytes);
}

function run(source, input) {
  const options = { eval: true, execArgv: ["--input-type=module"], workerData: input };
  const worker = new Worker(source, { ...options, stdout: true, stderr: true });
  let [printed, fault, given] = ["", "", null];
  for (const stream of [worker.stdout, worker.stderr]) stream.on("data", (text) => (printed += text));
  worker.on("message", (bytes) => (given ??= bytes));
  worker.on("error", (error) => (fault = error?.stack ?? String(error)));
  return new Promise((done) => {
    worker.on("exit", (code) => {
      if (code !== 0) done([`${printed}${fault}` || `ended with ${code}`, Buffer.alloc(0)]);
      else if (given === null) done([printed || "the module never called output(…)", Buffer.alloc(0)]);
      else done(["", given]);
    });
  });
}

async function* messages(stream) {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 8 && rest.length >= 8 + Number(rest.readBigUInt64LE())) {
      const end = 8 + Number(rest.readBigUInt64LE());
      yield rest.subarray(8, end);
      rest = rest.subarray(end);
    }
  }
}

let source = null;
for await (const message of messages(process.stdin)) {
  if (source === null) {
    source = message.toString();
    continue;
  }
  const [fault, given] = await run(source, new Uint8Array(message));
  send(Buffer.from(fault));
  send(given);
  source = null;
}
