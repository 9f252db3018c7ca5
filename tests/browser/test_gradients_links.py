"""A link to the Gradients page is the view it came from; Back and Forward undo and redo choices."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.test_gradients_page import numbers, opened, rested, turn

# Every mark of every chart, every pixel of every map, and all that is written.
MARKS = """
root => {
  const shown = [...root.querySelectorAll("svg, canvas")].filter((one) => one.checkVisibility());
  return {
    charts: shown.filter((one) => one.matches("svg")).map((one) => one.outerHTML),
    maps: shown.filter((one) => one.matches("canvas")).map((one) => one.toDataURL()),
    text: root.innerText,
    choices: [...root.querySelectorAll("[aria-pressed], input, select")]
      .map((one) => one.ariaPressed ?? (one.type === "checkbox" ? one.checked : one.value)),
  };
}
"""


def query(page):
    return parse_qs(urlsplit(page.url).query)


def seen(page, root):
    """What is shown once all of it is computed and drawn, wherever it stands on the page."""
    rested(page, root)
    for section in (".spectra", ".credit", ".why", ".question"):
        root.locator(section).scroll_into_view_if_needed()
        page.wait_for_timeout(200)
    page.mouse.move(0, 0)
    return root.evaluate(MARKS)


def choose(page, root):
    """Everything that can be chosen, otherwise than at first."""
    root.get_by_text("a thousandth").click()
    turn(page, root, "length", 30)
    root.locator('[data-knob="length"]').dispatch_event("change")
    root.locator('[data-cell="scene"]').click()
    root.get_by_role("button", name="cell state c").click()
    root.get_by_label("straight from the loss").check()
    root.get_by_label("an upper bound").check()
    root.get_by_label("with an attention above").check()
    root.locator(".why select").select_option("GRU (PyTorch)")
    root.get_by_role("button", name="over each step alone").click()
    root.get_by_role("button", name="all singular values").click()
    rested(page, root)
    root.get_by_role("slider", name="Step of the matrix").fill("7")
    units = root.get_by_role("img", name="Factor of each unit")
    units.scroll_into_view_if_needed()
    box = units.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 3, box["y"] + box["height"] * 5.5 / 16)
    handle = root.get_by_role("slider", name="Cut before step")
    handle.focus()
    handle.press("PageUp")
    cursor = root.get_by_role("slider", name="Time step of the cursor")
    cursor.focus()
    for key in ("End", "PageUp", "ArrowLeft", "+"):
        cursor.press(key)


def test_a_link_in_another_browser_is_the_same_picture(visit):
    page = visit("/Gradients?hidden=16&cells=RNN;LSTM;GRU+(PyTorch)&forget_bias=2")
    root = page.get_by_test_id("gradients")
    root.locator(".veil").wait_for()
    choose(page, root)
    page.wait_for_timeout(2200)
    before = seen(page, root)
    asked = query(page)
    expected = {
        "length": "30", "guess": "thousandth", "state": "long", "local": "shown", "at": "19",
        "bound": "shown", "cell": "GRU (PyTorch)", "jacobians": "steps", "spectrum": "all",
        "matrix": "7", "unit": "6", "scene": "shown",
        "attention": "shown",
    }  # fmt: skip
    assert {name: asked.get(name, [None])[0] for name in expected} == expected
    assert {"cut", "from", "to"} <= set(asked)
    other = visit(page.url.partition("/Gradients")[1] + "?" + urlsplit(page.url).query)
    again = other.get_by_test_id("gradients")
    again.locator('[data-name="answer"]').wait_for()
    after = seen(other, again)
    assert after["text"] == before["text"]
    assert after["choices"] == before["choices"]
    assert after["charts"] == before["charts"]
    assert after["maps"] == before["maps"]
    assert query(other) == asked


def test_back_and_forward_undo_and_redo_choices_and_keep_the_addresses(visit):
    page = visit("/Gradients?guess=show")
    root = opened(page)
    page.wait_for_timeout(1800)
    urls, states = [page.url], [root.evaluate(MARKS)["choices"]]

    def after(act):
        act()
        page.wait_for_function("url => location.href !== url", arg=urls[-1])
        page.wait_for_timeout(2000)  # longer than the page looks at its address again
        urls.append(page.url)
        states.append(root.evaluate(MARKS)["choices"])

    after(lambda: root.get_by_label("an upper bound").check())
    after(lambda: root.locator('[data-cell="LSTM"]').click())
    after(lambda: root.get_by_role("button", name="cell state c").click())
    assert len(set(urls)) == 4
    assert "LSTM" not in query(page)["cells"][0]
    for way, places in (("back", (2, 1, 0)), ("forward", (1, 2, 3))):
        for place in places:
            getattr(page, f"go_{way}")()
            page.wait_for_timeout(2500)
            assert page.url == urls[place], (way, place)
            assert root.evaluate(MARKS)["choices"] == states[place], (way, place)
    assert float(numbers(root)["ratio RNN h"]) < 0


def test_what_is_looked_at_is_in_the_address_without_the_server(visit, traffic):
    page = visit("/Gradients?guess=show")
    root = opened(page)
    rested(page, root)
    page.wait_for_timeout(2000)
    before = len(traffic)
    cursor = root.get_by_role("slider", name="Time step of the cursor")
    cursor.focus()
    cursor.press("End")
    root.get_by_role("button", name="all singular values").click()
    page.wait_for_url(re.compile("at=60.*spectrum=all"))
    assert traffic[before:] == []


SLOW_TO_WRITE = """
  const now = window.setTimeout.bind(window);
  window.setTimeout = (after, delay, ...rest) => now(after, delay === 300 ? 8000 : delay, ...rest);
"""


def test_a_knob_turned_right_after_a_step_leaves_the_step_to_back(visit):
    page = visit("/Gradients?guess=show")
    root = opened(page)
    page.wait_for_timeout(1800)
    page.evaluate(SLOW_TO_WRITE)  # the knob is let go before the address would be written
    cursor = root.get_by_role("slider", name="Time step of the cursor")
    cursor.focus()
    cursor.press("End")
    turn(page, root, "scale", 0.5)
    root.locator('[data-knob="scale"]').dispatch_event("change")
    page.wait_for_url("**scale=0.5**")
    page.go_back()
    page.wait_for_timeout(1500)
    assert query(page) == {"guess": ["show"], "at": ["60"]}


@pytest.mark.parametrize(
    "rubbish",
    ["cell=nobody&at=1e99&unit=-4&cut=x&from=50&to=2&guess=42", "cell=own&at=&from=200&to=200"],
)
def test_rubbish_in_a_link_is_clamped(visit, rubbish):
    root = opened(visit(f"/Gradients?{rubbish}"))
    assert 0 <= int(root.get_attribute("data-step")) < 60
    assert root.get_attribute("data-cell") == "LSTM"


def test_another_seed_keeps_what_is_looked_at(visit):
    page = visit("/Gradients?guess=tenth&cut=12&at=40&bound=shown")
    root = opened(page)
    first = root.locator('[data-name="answer"]').get_attribute("data-value")
    root.get_by_label("Seed").fill("3")
    root.get_by_label("Seed").press("Enter")
    page.wait_for_url("**seed=3**")
    page.wait_for_timeout(2000)
    assert query(page) == {
        "seed": ["3"], "guess": ["tenth"], "cut": ["12"], "at": ["40"], "bound": ["shown"]
    }  # fmt: skip
    assert root.locator('[data-name="answer"]').get_attribute("data-value") != first


def test_one_html_file_is_the_view_as_well(visit, browser, tmp_path):
    page = visit(
        "/Gradients?hidden=8&length=25&guess=tenth&state=long&local=shown&bound=shown&unit=3&cut=9&attention=shown"
        "&at=14&spectrum=all&jacobians=steps&matrix=5&from=6&to=20&cells=RNN;LSTM;MGU;scene"
    )
    root = opened(page)
    before = seen(page, root)
    with page.expect_download() as download:
        root.get_by_role("button", name="This view as one HTML file").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    alone = context.new_page()
    asked = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(path.as_uri())
    again = alone.get_by_test_id("gradients")
    again.wait_for()
    after = seen(alone, again)
    assert again.get_by_role("button", name="This view as one HTML file").count() == 0
    assert after["choices"] == before["choices"]
    assert [len(part) for part in (after["charts"], after["maps"])] == [
        len(part) for part in (before["charts"], before["maps"])
    ]
    assert numbers(again) == numbers(root)
    assert again.get_attribute("data-step") == root.get_attribute("data-step") == "13"
    ticks = "root => [...root.querySelectorAll('svg.chart text')].map((one) => one.textContent)"
    assert again.evaluate(ticks) == root.evaluate(ticks)
    assert [url for url in asked if url.startswith("http")] == []
    context.close()
