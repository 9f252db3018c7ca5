"""Python's colours are those of the browser's style sheets, in both themes."""

import re

import pytest

from rnnviz.web.bundle import BROWSER
from rnnviz.web.figures.colours import BLANK, DARK, GROUND, INK, LINE, ROLES, SOFT

THEME = (BROWSER / "drawing" / "theme.css").read_text()


def told(theme):
    """Name → colour, of the rule that begins so."""
    rule = re.search(rf"{re.escape(theme)} {{(.*?)\n}}", THEME, re.DOTALL)[1]
    return dict(re.findall(r"--([\w-]+): (#\w{6});", rule))


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_colour_in_both(role):
    light, dark = told(".rnnviz"), told(".rnnviz.dark")
    assert ROLES[role].fill == light[role]
    assert DARK[ROLES[role].fill] == dark[role]
    if ROLES[role].text != ROLES[role].fill:
        assert DARK[ROLES[role].text] == dark[f"{role}-text"]


def test_no_two_light_colours_are_one_in_the_dark_that_mean_something_else():
    assert DARK.keys() >= {GROUND, INK, SOFT, LINE, BLANK}
    assert len({DARK[colour] for colour in (GROUND, INK, SOFT, LINE, BLANK)}) == 5
