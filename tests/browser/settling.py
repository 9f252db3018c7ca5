"""Waiting until nothing moves any more."""

from playwright.sync_api import Locator

STILL = """async (node) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  let [last, still] = ["", 0];
  while (still < 20) {
    await frame();
    const { x, y, width, height } = node.getBoundingClientRect();
    const now = [x, y, width, height, document.fonts.status].join();
    still = now === last && document.fonts.status === "loaded" ? still + 1 : 0;
    last = now;
  }
}"""


def settled(root: Locator) -> Locator:
    """The same, once it lies still: fonts that arrive late move what stands below them."""
    root.wait_for()
    root.evaluate(STILL)
    return root
