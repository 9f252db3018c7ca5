"""The cell's diagram saved for slides: one SVG file that says by itself how it looks."""

import re
from io import BytesIO
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image

SVG = "{http://www.w3.org/2000/svg}"
SHOWN = """
picture => ({
  texts: [...picture.querySelectorAll("text")].map((node) => node.textContent),
  wires: picture.querySelectorAll("path").length,
  squares: picture.querySelectorAll(".unit").length,
})
"""


def saved(page):
    """Step once, save; what the page shows, the text of the file and the name it is given."""
    stepper = page.get_by_test_id("stepper")
    stepper.wait_for()
    stepper.press("ArrowRight")
    with page.expect_download() as download:
        stepper.get_by_role("button", name="save the diagram as SVG").click()
    text = download.value.path().read_text(encoding="utf-8")
    return stepper.get_by_test_id("diagram").evaluate(SHOWN), text, download.value


@pytest.mark.parametrize("cell", ["LSTM", "GRU (PyTorch)"])
def test_the_file_has_all_that_the_diagram_shows_and_points_nowhere(visit, cell):
    shown, text, download = saved(visit(f"/?cell={cell}"))
    file = ET.fromstring(text)
    assert ["".join(node.itertext()) for node in file.iter(f"{SVG}text")] == shown["texts"]
    assert len(list(file.iter(f"{SVG}path"))) == shown["wires"] > 10
    assert len(list(file.iter(f"{SVG}rect"))) > shown["squares"] > 10
    title, description = file.find(f"{SVG}title"), file.find(f"{SVG}desc")
    assert "step 2" in title.text
    assert "unit" in description.text
    assert download.suggested_filename == "cell-step-2.svg"
    assert not re.search(r"href|url\(|var\(|oklab| (class|style|data-\w+)=", text)
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]


def test_it_is_the_same_file_whatever_the_theme(visit):
    files = [saved(visit("/?cell=MGU", view=view))[1] for view in ("light", "dark")]
    assert files[0] == files[1]


def test_alone_it_is_a_light_picture_with_everything_in_its_place(visit, browser, tmp_path):
    shown, text, _ = saved(visit("/", view="dark"))
    (tmp_path / "cell.svg").write_text(text, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1200, "height": 700})
    page.goto((tmp_path / "cell.svg").as_uri())
    seen = Image.open(BytesIO(page.screenshot(path=tmp_path / "cell.png"))).convert("L")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll("text")].map((node) => {
          const { left, top, right, bottom } = node.getBoundingClientRect();
          return [left, top, right, bottom, Number(getComputedStyle(node).fontSize.slice(0, -2))];
        })"""
    )
    frame = page.evaluate("() => document.documentElement.getBoundingClientRect().toJSON()")
    page.close()
    pixels = np.asarray(seen, float)
    left, top, right, bottom, size = np.array(boxes).T
    assert len(boxes) == len(shown["texts"])
    assert (left >= frame["left"] - 1).all()
    assert (right <= frame["right"] + 1).all()
    assert (top >= frame["top"] - 3).all()
    assert (bottom <= frame["bottom"] + 3).all()
    assert (size >= 14).all()
    assert np.median(pixels) == 255
    for x, y, to_x, to_y, _ in np.array(boxes).astype(int):
        assert pixels[max(y, 0) : to_y + 1, x : to_x + 1].min() < 140  # letters can be read
