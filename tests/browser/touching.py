"""A finger on the page: real touch events, and a walk over all that a mouse can drag."""

from collections.abc import Callable

from playwright.sync_api import ElementHandle, Locator, Page

from tests.browser.pressing import IS_DRAGGED, IS_EXCUSED, STATE, few_of_each, find, pressable

IS_ZOOMED = "(node) => node.matches('.zoomable')"
TAKES_ALL = "(node) => getComputedStyle(node).touchAction === 'none'"
FAR, STILL = 60, 2  # pixels


def swipe(page: Page, node: Locator | ElementHandle, dx: float, dy: float) -> float:
    """Touch events, as a screen sends them, in small steps; how far it took the page along."""
    node.evaluate("(one) => one.scrollIntoView({ block: 'center', inline: 'center' })")
    page.wait_for_timeout(200)
    box = node.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": a, "y": b} for a, b in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
        page.wait_for_timeout(20)

    send("touchStart", (x, y))
    for k in range(1, 11):
        send("touchMove", (x + dx * k / 10, y + dy * k / 10))
    send("touchEnd")
    page.wait_for_timeout(300)
    now = node.bounding_box()
    assert now is not None
    return box["y"] - now["y"]


def undragged(
    page: Page, root: Locator, *, before: Callable[[], None] = lambda: None, most: int = 2
) -> list[str]:
    """What a mouse drags under `root`, and a finger does not, or not without the page.

    before: brings the page into the same state before each. most: of those that are alike.
    """
    before()
    dead = []
    for one in few_of_each(pressable(root), most):
        node = find(root, one)
        if node is None or not (node.evaluate(IS_DRAGGED) or node.evaluate(IS_ZOOMED)):
            continue
        before()
        node = find(root, one)
        if node is None or node.evaluate(IS_EXCUSED):
            continue
        page.wait_for_timeout(300)
        seen = root.evaluate(STATE)
        up = FAR if node.evaluate(TAKES_ALL) else 0
        moved = swipe(page, node, FAR, -up)
        if abs(moved) >= STILL:
            dead.append(f"{one} scrolls")
        elif _alike(root.evaluate(STATE), seen):
            dead.append(f"{one} stays")
    return dead


def _alike(state: str, other: str) -> bool:
    """The same but for where the page is scrolled, which is the second line."""
    return [*state.split("\n")[:1], *state.split("\n")[2:]] == [
        *other.split("\n")[:1],
        *other.split("\n")[2:],
    ]
