"""How an act of the course is done by hand, by the word of the announcement that it waits for.

Each way is what a learner could do; whatever else a unit waits for gets its own here.
"""

from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, Page

from rnnviz.course import Between, Seen
from rnnviz.shapes.setup import SETTINGS as CALL

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
    name = values["name"]
    chart = root.get_by_test_id(f"map-{name[0] if isinstance(name, tuple) else name}")
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
        "value": str(_within(values.get("value", 0.5), 0.5)),
        **({"which units": f"1-{units}"} if units > 1 else {}),
    }
    for label, text in entries.items():
        bar.get_by_label(label).first.evaluate("(field, text) => { field.value = text }", text)
    bar.get_by_label("value").first.press("Enter")


def _inside(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    root = _stepper(page)
    root.get_by_role("button", name="inside one step").click()
    root.focus()
    for _ in range(MOST):
        if is_done():
            return
        page.keyboard.press("ArrowRight")


def _turn(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    name, wanted = str(seen.values["name"]), seen.values.get("value")
    if page.get_by_test_id("shapes").count():
        return _write(page, name, wanted)
    field = page.locator(f'input[data-knob="{name}"]')
    if not field.count():
        choice = page.get_by_test_id("gradients").locator(f'[data-choice="{wanted}"]')
        return choice.click()
    now = float(field.input_value())
    aim = _within(wanted, now)
    return field.evaluate(SET, str(aim if aim != now else now + 1))


def _write(page: Page, name: str, wanted: object) -> None:
    """In the call on the Shapes page: with a switch, in a field, or by pressing a name."""
    switch = page.locator(f'[data-switch="{name}"]')
    if switch.count():
        return switch.click()
    number = page.get_by_role("spinbutton", name=name, exact=True)
    if number.count():
        now = float(number.first.input_value())
        more = 0.5 if now < 1 else now + 1
        number.first.fill(f"{more if wanted is None else wanted}")
        return number.first.press("Enter")
    label = CALL[name].label
    menu = page.get_by_role("combobox", name=label, exact=True)
    if menu.count():
        menu.select_option(str(wanted))
        return None
    return page.get_by_role("button", name=f"{label}: ").click()


def _point_at_entries(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    """The places that are wanted, one after the other, then those of the other entry to match."""
    fields = {"step": "output: step", "unit": "output: unit", "row": "h_n: layer and direction"}
    typed = {label: _least(seen.values[key]) for key, label in fields.items() if key in seen.values}
    for label, number in typed.items():
        _type(page, label, number)
    if is_done() or not seen.values.get("same"):
        return
    for row in range(page.locator(".given-row").count() + 1):  # of the one that is free
        for label in {"output: step", "h_n: layer and direction"} - set(typed):
            _type(page, label, row)
        for kind in ("sequence", "unit"):
            here = page.get_by_label(f"output: {kind}", exact=True).input_value()
            _type(page, f"h_n: {kind}", int(here) % _units(page))
        if is_done():
            return


def _units(page: Page) -> int:
    return int(page.get_by_label("hidden_size", exact=True).input_value())


def _least(wanted: object) -> int:
    return int(wanted.least if isinstance(wanted, Between) else wanted)  # type: ignore[call-overload]


def _type(page: Page, label: str, number: int) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(str(number))
    field.press("Enter")
    page.wait_for_timeout(50)


def _open(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    name = seen.values["name"]
    mistake = page.locator(f'[data-mistake="{name}"]')
    node = mistake if mistake.count() else page.get_by_test_id("calls").locator("details")
    node.first.locator("summary").click()


def _look_back(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    chart = page.get_by_test_id("training").locator('[tabindex="0"][role="group"]').first
    chart.focus()
    page.keyboard.press("ArrowLeft")


def _shares_of_gates(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    page.get_by_test_id("training").get_by_label("shares over 0.9").check()


def _show_a_cell(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    page.get_by_test_id("gradients").get_by_role("button", name=str(seen.values["name"])).click()


def _train(page: Page, seen: Seen, is_done: Callable[[], bool]) -> None:
    play = page.get_by_test_id("training").get_by_role("button", name="play")
    if play.count():  # else it does already
        play.click()
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
    "part": _inside,
    "entries": _point_at_entries,
    "opened": _open,
    "update": _look_back,
    "gates": _shares_of_gates,
    "cell": _show_a_cell,
    "trained": _train,
}
