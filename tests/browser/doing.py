"""How an act of the course is done by hand, by the word of the announcement that it waits for.

Each way is what a learner could do; whatever else a unit waits for gets its own here.
"""

from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, Page

from rnnviz.course import Between, Seen

RESTED = 400  # milliseconds: what is dragged is announced once it rests
MOST = 400  # presses
SET = """(field, value) => {
  field.value = value;
  field.dispatchEvent(new Event("input"));
  field.dispatchEvent(new Event("change"));
}"""


def do(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    """Do what is waited for. is_done: whether the act is over, looked at between presses."""
    DOING[seen.what](page, seen, is_done)
    page.wait_for_timeout(RESTED)


def _fits(wanted: object, value: float) -> bool:
    if isinstance(wanted, Between):
        return wanted.least <= value <= wanted.most
    return value in wanted if isinstance(wanted, tuple) else wanted is None or wanted == value


def _within(wanted: object, default: float) -> float:
    """A number that is wanted."""
    if isinstance(wanted, Between):
        return min(max(default, wanted.least), wanted.most)
    return float(wanted[0] if isinstance(wanted, tuple) else wanted)  # type: ignore[arg-type]


def _stepper(page: Page) -> Locator:
    return page.get_by_test_id("stepper").first


def _go(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    """To the time step that is wanted, by keys."""
    if page.get_by_test_id("gradients").count():
        return _along_the_curve(page, seen, is_done)
    root, wanted = _stepper(page), seen.values.get("t")
    root.focus()
    if seen.values.get("last"):
        page.keyboard.press("ArrowLeft")  # who is there already comes back
        return page.keyboard.press("End")
    here = int(root.get_attribute("data-step") or 0) + 1
    least = wanted.least if isinstance(wanted, Between) else _within(wanted, here)
    for _ in range(MOST):
        here = int(root.get_attribute("data-step") or 0) + 1
        if _fits(wanted, here):
            return None
        page.keyboard.press("ArrowRight" if here < least else "ArrowLeft")
    raise AssertionError(f"no key leads to step {wanted}")


def _along_the_curve(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    chart = page.get_by_test_id("gradients").get_by_role("slider").first
    chart.focus()
    page.keyboard.press("End")
    for _ in range(MOST):
        if is_done():
            return
        page.keyboard.press("ArrowLeft")


def _open_a_number(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    root = _stepper(page)
    name = str(seen.values.get("name", "h"))
    if "t" in seen.values:
        _go(page, Seen("step", {"t": seen.values["t"]}), is_done)
    for _ in range(seen.times):
        if not root.get_by_test_id("explain").is_visible():
            root.get_by_test_id(f"result-{name}").click()
            page.wait_for_timeout(50)
        if is_done():
            return
        root.get_by_test_id("explain").get_by_role("button", name="close (Escape)").focus()
        page.keyboard.press("ArrowRight")


def _look_at_units(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    for _ in range(MOST):
        if is_done():
            return
        _stepper(page).get_by_role("button", name="next unit").click()


def _hold(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    """Two squares of the value's map are chosen; which units, steps and value they are to be of is
    typed."""
    root, values = _stepper(page), seen.values
    here = int(root.get_attribute("data-step") or 0) + 1
    steps = int(_within(values.get("steps", 1), 1))
    units = int(_within(values.get("units", 1), 1))
    chart = root.get_by_test_id(f"map-{values['name']}")
    chart.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(RESTED)
    chart.focus()
    page.keyboard.press("Shift+ArrowDown")
    bar = root.get_by_test_id("selection")
    end = int(bar.get_by_label("last step held").get_attribute("max") or 0)
    first = int(_within(values.get("t", min(here, end - steps + 1)), here))
    bar.get_by_label("units held").select_option("some" if units > 1 else "one")
    entries = {
        "first step held": str(first),
        "last step held": str(first + steps - 1),
        "value": str(_within(values["value"], 0.5)),
        **({"which units": f"1-{units}"} if units > 1 else {}),
    }
    for label, text in entries.items():
        bar.get_by_label(label).first.evaluate("(field, text) => { field.value = text }", text)
    bar.get_by_label("value").first.press("Enter")


def _turn(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    name, wanted = seen.values["name"], seen.values.get("value")
    field = page.locator(f'[data-knob="{name}"]').first
    now = float(field.input_value())
    aim = _within(wanted, now)
    field.evaluate(SET, str(aim if aim != now else now + 1))


def _show_a_cell(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    page.get_by_test_id("gradients").get_by_role("button", name=str(seen.values["name"])).click()


def _train(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    page.get_by_role("button", name="play").first.click()
    for _ in range(MOST):
        if is_done():
            return
        page.wait_for_timeout(250)


DOING: Mapping[str, Callable[[Page, Seen, Callable[[], bool]], None]] = {
    "step": _go,
    "explained": _open_a_number,
    "unit": _look_at_units,
    "held": _hold,
    "knob": _turn,
    "cell": _show_a_cell,
    "trained": _train,
}
