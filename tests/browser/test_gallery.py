"""Each component stands in a file by itself, with data in it, and asks nobody."""

import pytest

from rnnviz.web import gallery

COMPONENT = ".rnnviz:not(.corner)"  # there the glossary stands


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return gallery.write(tmp_path_factory.mktemp("gallery"))


@pytest.fixture(scope="module")
def shown(written, browser):
    """Path → what its page says of itself: its component's boxes, and all that went wrong."""
    found = {}
    for path in written:
        heard = []
        page = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}).new_page()
        page.on("console", lambda message, heard=heard: heard.append(message.text))
        page.on("pageerror", lambda error, heard=heard: heard.append(str(error)))
        page.goto(path.as_uri())
        page.locator(COMPONENT).first.wait_for()
        page.wait_for_timeout(200)
        box = page.locator(COMPONENT).first.bounding_box()
        pictures = page.locator(f"{COMPONENT} :is(canvas, svg)").count()
        found[path.stem] = (box, pictures, heard)
        page.context.close()
    return found


def test_every_component_is_there(written):
    names = {path.stem for path in written}
    assert {"stepper-lstm", "gradients", "phase", "training"} <= names
    assert len(names) == len(written)


def test_each_is_drawn_and_says_nothing_on_the_console(shown):
    for name, (box, pictures, heard) in shown.items():
        assert heard == [], name
        assert box["width"] > 600, name
        assert box["height"] > 150, name
        assert pictures > 2, name
