"""What a page's letters look like: how large each text is on the screen, and how it stands out.

Contrast is that of WCAG 2.2, 1.4.6: of a text's colour to what lies behind it, with all that is
seen through. A picture that was painted has no text nodes.
"""

from typing import NamedTuple

LETTERS = r"""
() => {
  const UNSEEN = "style, script, title, desc, .unseen, option, [data-stale=true]";
  const paint = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = new Map();
  function read(text) {
    if (!rgba.has(text)) {
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = text;
      paint.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
      rgba.set(text, [r, g, b, a / 255]);
    }
    return rgba.get(text);
  }
  const over = ([r, g, b, a], under) => [r, g, b].map((v, k) => v * a + under[k] * (1 - a));
  const part = (value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const above = (node) =>
    node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;

  function seenThrough(node) {
    let share = 1;
    for (let at = node; at; at = above(at)) share *= Number(getComputedStyle(at).opacity);
    return share;
  }
  function groundOf(node, x, y) {
    const layers = [];
    for (let at = node; at; at = above(at)) {
      const { left, right, top, bottom } = at.getBoundingClientRect();
      const isBehind = left <= x && x <= right && top <= y && y <= bottom;
      if (isBehind) layers.push(read(getComputedStyle(at).backgroundColor));
    }
    if (node instanceof SVGElement) {
      const behind = node.getRootNode().elementsFromPoint(x, y);
      const shapes = behind.filter(
        (one) => one instanceof SVGGeometryElement && one.ownerSVGElement === node.ownerSVGElement,
      );
      for (const shape of shapes.reverse()) {
        const { fill, fillOpacity } = getComputedStyle(shape);
        if (fill === "none") continue;
        const [r, g, b, a] = read(fill);
        layers.unshift([r, g, b, a * fillOpacity * seenThrough(shape)]);
      }
    }
    const page = document.querySelector("[data-testid=stApp]"); // it scrolls within
    const ground = over(read(getComputedStyle(page).backgroundColor), [255, 255, 255]);
    return layers.reverse().reduce((under, layer) => over(layer, under), ground);
  }
  function look(node, text, box) {
    const styles = getComputedStyle(node);
    const isDrawn = node instanceof SVGElement && node.ownerSVGElement;
    const matrix = isDrawn ? node.getScreenCTM() : null;
    const size = parseFloat(styles.fontSize) * (matrix ? Math.hypot(matrix.b, matrix.d) : 1);
    const ground = groundOf(node, box.x + box.width / 2, box.y + box.height / 2);
    const hasHalo = styles.paintOrder === "stroke" && parseFloat(styles.strokeWidth) >= 2;
    if (isDrawn && hasHalo && styles.stroke !== "none")
      ground.splice(0, 3, ...over(read(styles.stroke), ground)); // a halo
    const [r, g, b, a] = read(isDrawn ? styles.fill : styles.color);
    if (a === 0) return [];
    const ink = over([r, g, b, a * seenThrough(node)], ground);
    const [light, dark] = [luminance(ink), luminance(ground)].sort((m, n) => n - m);
    const where = [];
    for (let at = node; at && where.length < 4; at = above(at))
      where.push(`${at.tagName.toLowerCase()}.${at.getAttribute("class") ?? ""}`);
    const isOff = Boolean(node.closest(":disabled, [aria-disabled=true]"));
    return [[text, size, (light + 0.05) / (dark + 0.05), isOff, where.reverse().join(" > ")]];
  }
  const found = [];
  function walk(root) {
    const all = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = all.currentNode; node; node = all.nextNode()) {
      if (node.shadowRoot) walk(node.shadowRoot);
      if (!(node instanceof Text) || !node.data.trim()) continue;
      const parent = node.parentElement;
      if (!parent || parent.closest(UNSEEN)) continue;
      if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) continue;
      found.push(...look(parent, node.data.trim(), box));
    }
  }
  walk(document.body);
  return found;
}
"""


class Letters(NamedTuple):
    """size: in pixels of the screen. contrast: to what is behind, 1 to 21. is_off: of a control
    that cannot be used now, whose contrast no guideline counts."""

    text: str
    size: float
    contrast: float
    is_off: bool
    where: str


def letters(page):
    """All texts of a page that are in sight somewhere on it."""
    return [Letters(*one) for one in page.evaluate(LETTERS)]


def stretch(page):
    """Make the window as high as the page, so that all of it is in sight."""
    high = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": min(high + 40, 8000)})
