/** The system's clipboard. */

/** Whether it took a text: where a page is not served safely there is none. @param {string} text */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
