"""A watched training in a file, in the colours of its reader's theme."""

import pytest

from rnnviz.web.figures.colours import DARK, GROUND, INK
from tests.watching.rows import row, watched

SEEN = watched(row(1, h=[1e-3, 1.0], gradient=4.0), row(21, h=[1e-2, 10.0], gradient=8.0))


def rgb(colour):
    return "rgb({}, {}, {})".format(*(int(colour[k : k + 2], 16) for k in (1, 3, 5)))


def colours(page):
    """The page's ground and letters, and the figure's."""
    return page.evaluate(
        """() => {
          const of = (node) => getComputedStyle(node);
          const figure = document.querySelector("#figure");
          return [
            of(document.body).backgroundColor,
            of(document.body).color,
            of(figure.querySelector(".main-svg")).backgroundColor,
            of(figure.querySelector(".ytitle")).fill,
          ];
        }"""
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_reader_s_theme_at_first_and_when_that_changes(browser, tmp_path, scheme):
    path = tmp_path / "run.html"
    SEEN.to_html(path)
    context = browser.new_context(color_scheme=scheme)
    try:
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        page.locator("#figure .ytitle").first.wait_for()
        light, dark = [rgb(GROUND), rgb(INK)] * 2, [rgb(DARK[GROUND]), rgb(DARK[INK])] * 2
        assert colours(page) == (dark if scheme == "dark" else light)
        page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
        page.wait_for_timeout(300)
        assert colours(page) == (light if scheme == "dark" else dark)
        assert errors == []
    finally:
        context.close()
