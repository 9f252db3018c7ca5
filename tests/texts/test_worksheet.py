"""A lesson on paper is in its reader's language, from the first word to the last."""

import html
import re

import pytest

from rnnviz.course.plans import PLANS
from rnnviz.web.course.worksheet import worksheet
from tests.texts.pseudo import outside

LETTERS = re.compile(r"[^\W\d_]{2,}")


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_worksheet_says_nothing_past_the_catalogue(pseudo, plan):
    pseudo()
    body = worksheet(plan).partition("<body>")[2]
    said = html.unescape(re.sub(r"<[^>]+>", "\n", body))
    assert LETTERS.findall(outside(said)) == []
