"""What looks as if it could be pressed on the Shapes page answers."""

import pytest

from tests.browser.pressing import unanswered

STARTS = [
    "/Shapes",
    "/Shapes?kind=GRU&bidirectional=True&lengths=5;3;2&outputs=4&initial=given",
]


@pytest.mark.parametrize("start", STARTS)
def test_everything_of_the_call_and_its_picture_answers(visit, start):
    page = visit(start)
    root = page.get_by_test_id("shapes")
    root.locator(".unrolled").wait_for()
    home = page.url

    def before():
        if page.url != home:
            page.goto(start)
            root.locator(".unrolled .cell").first.wait_for()
        root.locator(".unrolled").press("Escape")
        page.locator(".paste").evaluate("(node) => { node.hidden = true; }")
        root.evaluate("(node) => node.getRootNode().activeElement?.blur()")

    assert unanswered(page, root, before=before, most=2) == []


@pytest.mark.parametrize("start", STARTS)
def test_everything_below_the_picture_answers(visit, start):
    page = visit(start)
    root = page.get_by_test_id("more")
    root.locator(".mistake").first.wait_for()
    assert unanswered(page, root, most=3) == []


def test_every_question_takes_a_guess(visit):
    page = visit("/Shapes")
    page.get_by_test_id("more").locator(".mistake").first.wait_for()
    guesses = page.get_by_test_id("stButtonGroup")
    count = guesses.count()
    assert count >= 6
    for left in range(count, 0, -1):
        guesses.first.get_by_role("radio", name="just show me").or_(
            guesses.first.get_by_role("button", name="just show me")
        ).first.click()
        page.wait_for_function(
            f"document.querySelectorAll('[data-testid=stButtonGroup]').length === {left - 1}"
        )
    assert page.get_by_text("Measured:").count() == count
