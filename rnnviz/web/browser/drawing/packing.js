/**
 * Long text in an address, in fewer letters: zlib's (RFC 1950, which ends with a check sum), written
 * in base64url (RFC 4648, section 5). No DOM.
 */

const LONGEST = 400_000; // letters: a few that are sent can stand for very many

/** Whether this browser can pack. */
export const CAN_PACK = typeof CompressionStream === "function";

/** @param {string} text */
export async function packed(text) {
  const bytes = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate"));
  const parts = new Uint8Array(await new Response(bytes).arrayBuffer());
  const letters = Array.from(parts, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * What was packed; null where this is nothing that was, or stands for too much.
 * @param {string} text
 */
export async function unpacked(text) {
  try {
    const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const whole = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return await textWithin(
      LONGEST,
      whole.pipeThrough(new TextDecoderStream("utf-8", { fatal: true })).getReader(),
    );
  } catch {
    return null;
  }
}

/**
 * All of a stream of text; null where that is longer.
 * @param {number} longest @param {ReadableStreamDefaultReader<string>} reader
 */
async function textWithin(longest, reader) {
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length > longest) {
      await reader.cancel();
      return null;
    }
  }
}
