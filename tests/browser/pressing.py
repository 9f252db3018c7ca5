"""A walk over everything on a page that looks as if it could be pressed: each is, and must answer.

What looks so: a pointer that is no arrow over it, the role or the tag of a control, a number that
says what it is. Of many that are alike (the squares of a gate) a few are pressed. Something answers
when the address, what is drawn or where it is scrolled has changed, a file came, or another control
says now that it is chosen; what is chosen already, or says that it is off, need not answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Download, ElementHandle, Error, Locator, Page

PRESSABLE = """
(root) => {
  const CONTROLS = "button, a[href], summary, select, input, textarea, [role=button], [role=tab]," +
    "[role=slider], [role=spinbutton], [role=link], [role=checkbox], [role=radio], [role=switch]," +
    "[role=option], [role=menuitem], [data-value]";
  const ARROWS = ["auto", "default", "text", "none", "not-allowed"];
  const cursors = new Map();
  const cursorOf = (node) => {
    if (!cursors.has(node)) cursors.set(node, getComputedStyle(node).cursor);
    return cursors.get(node);
  };
  const isHanded = (node) =>  // by what it is in: that is pressed
    cursorOf(node.parentElement ?? node.getRootNode().host) === cursorOf(node);
  const invites = (node) => !ARROWS.includes(cursorOf(node)) && !isHanded(node);
  const isSeen = (node) => node.checkVisibility({ visibilityProperty: true }) &&
    node.getBoundingClientRect().width > 0 && getComputedStyle(node).pointerEvents !== "none";
  const says = (node) => [
    node.tagName.toLowerCase(),
    node.getAttribute("class")?.replace(/\\b(changed|past)\\b/g, "").trim(),
    node.dataset.testid, node.dataset.name, node.getAttribute("role"),
  ].filter(Boolean).join(" ");
  const called = (node) =>
    node.getAttribute("aria-label") ?? node.dataset.unit ?? node.textContent.trim().slice(0, 40);
  window.pressable = [...root.querySelectorAll("*")].filter((node) =>
    (node.matches(CONTROLS) || invites(node)) && isSeen(node));
  return window.pressable.map((node) => [says(node), called(node)]);
}
"""
WHERE = f"""
(root, [kind, name]) =>
  ({PRESSABLE})(root).findIndex(([says, called]) => says === kind && called === name)
"""
STATE = """
(root) => {
  const digest = (text) => {  // a page of many steps is megabytes, which need not travel
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let k = 0; k < text.length; k++) {
      const code = text.charCodeAt(k);
      a = Math.imul(a ^ code, 0x9e3779b1);
      b = Math.imul(b ^ code, 0x5f356495);
    }
    return [text.length, a >>> 0, b >>> 0].join();
  };
  const drawn = [...root.querySelectorAll("canvas")].map((one) =>
    one.width * one.height < 4e6 ? one.toDataURL() : "");
  const fields = [...root.querySelectorAll("input, select, textarea")].map((one) =>
    one.type === "checkbox" ? one.checked : one.value);
  return digest([location.href, scrollY, root.outerHTML, ...drawn, ...fields].join("\\n"));
}
"""
IS_EXCUSED = """
(node) => node.disabled || node.matches("[aria-disabled=true]") ||
  node.matches(".explain h3 b") ||  // the number that is explained
  ["pressed", "selected", "checked"].some((name) => node.getAttribute(`aria-${name}`) === "true") ||
  (node.getAttribute("aria-current") ?? "false") !== "false"
"""
IS_DRAGGED = """
(node) => /resize|grab|move/.test(getComputedStyle(node).cursor) ||
  node.matches("[role=slider], [role=spinbutton], input[type=range]")
"""
PLACE = """
(node) => {
  node.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const box = node.getBoundingClientRect();
  for (const [across, down] of [[0.5, 0.5], [0.3, 0.4], [0.8, 0.6], [0.15, 0.85], [0.9, 0.15]]) {
    const [x, y] = [box.left + across * box.width, box.top + down * box.height];
    const over = node.getRootNode().elementFromPoint(x, y);
    if (over !== null && (node.contains(over) || over.contains(node))) return [x, y];
  }
  return null;
}
"""
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
PATIENCE, BEAT, REST = 2000, 150, 300  # milliseconds


@dataclass(frozen=True)
class Pressable:
    """kind: what it is like others in. name: which of them it is."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}: “{self.name}”"


def unanswered(
    page: Page, root: Locator, *, before: Callable[[], None] = lambda: None, most: int = 2
) -> list[str]:
    """What looks as if it could be pressed under `root`, was pressed and dragged, and did nothing.

    Args:
        root: where to look, a shadow root's content as well if it is in one.
        before: brings the page into the same state before each press (closes what was opened, goes
            to the first step), so that one press does not undo what the next one shows.
        most: of those that are alike, how many are pressed.
    """
    before()
    dead = []
    for one in few_of_each(pressable(root), most):
        before()
        node = find(root, one)
        if node is not None and not node.evaluate(IS_EXCUSED) and not _answers(page, root, node):
            dead.append(str(one))
    return dead


def pressable(root: Locator) -> list[Pressable]:
    """All that looks so at this moment."""
    return [Pressable(*words) for words in root.evaluate(PRESSABLE)]


def few_of_each(found: list[Pressable], most: int) -> Iterator[Pressable]:
    for kind in dict.fromkeys(one.kind for one in found):
        alike = list(dict.fromkeys(one for one in found if one.kind == kind))
        yield from alike[: most - 1]
        yield from alike[max(most - 1, 0) :][-1:]


def find(root: Locator, one: Pressable) -> ElementHandle | None:
    place = root.evaluate(WHERE, [one.kind, one.name])
    if place < 0:
        return None
    return root.evaluate_handle(f"() => window.pressable[{place}]").as_element()


def _answers(page: Page, root: Locator, node: ElementHandle) -> bool:
    place = node.evaluate(PLACE)
    if place is None:  # under something else, which is pressed by itself
        return True
    if _goes_elsewhere(node):
        return True
    x, y = place
    came: list[Download] = []

    def take(file: Download) -> None:
        came.append(file)

    page.on("download", take)
    try:
        ways = (0, 25) if node.evaluate(IS_DRAGGED) else (0,)
        return any(_changes(page, root, (x, y), up, came) for up in ways)
    finally:
        page.remove_listener("download", take)


def _goes_elsewhere(node: ElementHandle) -> bool:
    """A link does, and a menu of the system's that has something to choose is none of ours."""
    return bool(
        node.evaluate("(node) => node.matches('a[href]') || (node.options?.length ?? 0) > 1")
    )


def _changes(
    page: Page, root: Locator, place: tuple[float, float], up: float, came: list[Download]
) -> bool:
    """Whether a press does something, dragged by so many pixels. That the pointer is over it does
    not count; it is there before and after."""
    x, y = place

    for to in ((x, y), (x + up, y - up), (x, y)):  # a pointer that only passes is no answer
        page.mouse.move(*to, steps=2)
    seen = _rest(page, root)
    page.mouse.down()
    page.mouse.move(x + up, y - up, steps=3)
    page.mouse.up()
    page.mouse.move(x, y, steps=2)
    for _ in range(PATIENCE // BEAT):
        page.evaluate(SETTLED)
        try:
            if came or root.evaluate(STATE, timeout=BEAT) != seen:
                return True
        except Error:  # a page that is slow to say has not answered yet
            if root.count() == 0:  # it went with its view, which is an answer
                return True
        page.wait_for_timeout(BEAT)
    return False


def _rest(page: Page, root: Locator) -> str:
    """The state once it has come to rest: nothing is still on its way of what was done before."""
    while True:
        seen: str = root.evaluate(STATE)
        page.wait_for_timeout(REST)
        if root.evaluate(STATE) == seen:
            return seen
