// One Node for many modules (see javascript.py). Messages to and fro are a length in eight bytes and
// so many more: in come, for each module, its text and its input; out go what went wrong ("" where
// nothing did) and what the module gave to `output(…)`.
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const here = pathToFileURL(`${process.cwd()}/`);
registerHooks({
  resolve(specifier, context, next) {
    const isOurs = context.parentURL?.startsWith("data:") && specifier.startsWith(".");
    return next(isOurs ? new URL(specifier, here).href : specifier, context);
  },
});

/** What a module puts in the place of a clock or a Worker ends with it. */
const REPLACEABLE = [globalThis, performance];
const asBefore = REPLACEABLE.map((owner) => Object.getOwnPropertyDescriptors(owner));

function restore() {
  REPLACEABLE.forEach((owner, at) => {
    for (const [name, now] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
      if (!Object.hasOwn(asBefore[at], name) && now.configurable) delete owner[name];
    }
    Object.defineProperties(owner, asBefore[at]);
  });
}

const answer = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr); // for what a module prints

function send(bytes) {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  answer(length);
  answer(bytes);
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

let [count, source] = [0, null];
for await (const message of messages(process.stdin)) {
  if (source === null) {
    source = message.toString();
    continue;
  }
  const exchange = { given: new Uint8Array(message), told: null };
  globalThis.exchange = exchange;
  try {
    await import(`data:text/javascript,${encodeURIComponent(source)}//${count++}`);
    send(Buffer.from(exchange.told ? "" : "the module never called output(…)"));
  } catch (error) {
    exchange.told = null;
    send(Buffer.from(error?.stack ?? String(error)));
  }
  send(exchange.told ?? Buffer.alloc(0));
  restore();
  source = null;
}
