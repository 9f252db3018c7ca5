"""A lesson's question and verdict, in one place; asked again, with another seed, from a link."""

import pytest

from rnnviz.training.recipes import RECIPES
from rnnviz.web.asking import SHOW_ME
from rnnviz.web.training import state as training_state
from rnnviz.web.training.question import beginning
from tests.web.training.inline import Inline
from tests.web.training.test_train_page import desk, fine, number, page, rested

QUICK = "one step"
PAUSES = next(name for name, recipe in RECIPES.items() if recipe.look.pauses)
DESTROYED = "**Its first steps destroy it.**"


@pytest.fixture(autouse=True)
def workers(monkeypatch):
    monkeypatch.setattr(training_state, "_workers", Inline)


def press(at, label):
    return fine(next(one for one in at.button if one.label == label).click().run())


def ended(at, *, guess="just show me", then=lambda comparison: None):
    """The lesson to its end after this guess, with something done on the way."""
    press(at, guess)
    then(desk(at).comparison)
    rested(at)
    return fine(at.run())


def slot(at):
    """What stands where the question stood: all texts from its heading to the charts."""
    return "\n".join(one.value for one in (*at.markdown, *at.caption))


@pytest.mark.parametrize(
    ("guess", "said"),
    [
        ("Its first steps destroy it.", ["You guessed", "✓ So it is."]),
        ("It slowly drifts off.", ["You guessed", "**It slowly drifts off.**", "✗ Not this time."]),
        ("just show me", ["No guess was made"]),
    ],
)
def test_the_verdict_answers_the_guess_with_the_right_answers_own_words(guess, said):
    at = ended(page(lesson=QUICK), guess=guess)
    text = slot(at)
    assert DESTROYED in text
    assert all(words in text for words in said)
    assert "On 10 of the 10 seeds measured before it came out so." in text
    assert not any(one.label in {o.text for o in RECIPES[QUICK].offered} for one in at.button)


def test_numbers_of_the_runs_and_why_stand_beside_the_verdict():
    at = ended(page(lesson="to infinity"), guess="It cannot: everything is bounded.")
    stopped = desk(at).comparison.members[0].run.stopped
    assert f"It did so at update {stopped.update}." in slot(at)
    assert RECIPES["to infinity"].why in slot(at)
    figures = at.table[0].value.values.tolist()
    assert figures[0][1:] == ["not solved", "0 of 10 seeds"]


def test_pressed_twice_a_guess_is_one_guess():
    at = fine(page(lesson=QUICK))
    press(at, "It slowly drifts off.")
    assert desk(at).guesses == {QUICK: 2}
    assert desk(at).comparison.is_playing
    assert not any(one.label == "It slowly drifts off." for one in at.button)


@pytest.mark.parametrize("name", [QUICK, PAUSES])
def test_what_a_browser_begins_with_at_a_guess_is_what_the_guess_orders(name):
    at = fine(page(lesson=name))
    waiting = beginning(desk(at))
    press(at, RECIPES[name].offered[0].text)
    ordered = desk(at).comparison
    assert waiting.goals == ordered.goals
    assert waiting.is_stepping is ordered.is_stepping is RECIPES[name].look.pauses
    assert beginning(desk(at)) is None, "it goes on already"
    rested(at)
    assert beginning(desk(fine(at.run()))) is None, "the outcome is known"


def test_it_begins_at_the_buttons_that_are_there_to_begin():
    at = fine(page(lesson=QUICK))
    offered = [one.text for one in RECIPES[QUICK].offered]
    keys = {one.key for one in at.button if one.label in (*offered, "just show me")}
    at = fine(page(lesson=QUICK, guess="2"))
    keys |= {one.key for one in at.button if one.label == "Start the runs"}
    assert len(keys) == len(offered) + 2
    assert set(beginning(desk(at)).keys) == keys


def test_nothing_is_said_to_go_on_until_it_does():
    """A link with a guess in it: its runs wait for who opened it."""
    at = fine(page(lesson=QUICK, guess="2"))
    assert "**It slowly drifts off.**" in slot(at)
    assert "Meanwhile" not in slot(at)
    assert RECIPES[QUICK].look.text in slot(at)
    press(at, "Start the runs")
    assert desk(at).comparison.is_playing
    assert "Meanwhile" in slot(at)
    assert not any(one.label == "Start the runs" for one in at.button)


def test_asked_again_the_question_stands_there_with_runs_at_their_start():
    at = ended(page(lesson=QUICK))
    press(at, "ask again")
    assert desk(at).comparison.update == 0
    assert DESTROYED not in slot(at)
    assert len(at.table) == 0
    at = ended(at, guess="It learns like the clipped one.")
    assert "✗ Not this time." in slot(at)


def test_after_a_reset_nothing_tells_of_runs_that_are_gone():
    at = ended(page(lesson=QUICK), guess="It slowly drifts off.")
    before = desk(at).comparison.standing
    desk(at).comparison.reset()
    assert desk(at).comparison.standing != before, "the parts beside the charts are drawn again"
    fine(at.run())
    assert DESTROYED not in slot(at)
    assert len(at.table) == 0
    assert sum("after 0 updates" in one.value for one in at.markdown) == 2


def test_another_seed_goes_to_the_end_and_is_counted():
    at = ended(page(lesson=QUICK))
    press(at, "another seed")
    assert desk(at).comparison.is_playing
    rested(at)
    fine(at.run())
    assert at.query_params["lesson"] == QUICK
    assert at.query_params["seed"] == "1"
    assert "2 of 2 seeds here came out so." in slot(at)


def test_another_seed_by_its_knob_keeps_the_lesson_its_question_and_its_outcome():
    at = fine(page(lesson=QUICK))
    fine(number(at, "Seed").set_value(3).run())
    assert desk(at).chosen.lesson == QUICK
    at = ended(at)
    assert "this run (seed 3)" in at.table[0].value.columns
    assert at.query_params["seed"] == "3"


def test_a_guess_after_the_end_shows_the_outcome_and_plays_no_further():
    at = fine(page(lesson=QUICK))
    desk(at).comparison.play()
    planned = desk(at).comparison.planned
    assert rested(at) == planned
    assert DESTROYED in slot(fine(at.run()))
    assert desk(at).comparison.planned == planned


def test_a_lesson_that_pauses_is_known_there_and_goes_on_by_play():
    at = ended(page(lesson=PAUSES))
    assert desk(at).comparison.update == RECIPES[PAUSES].look.update
    assert RECIPES[PAUSES].why in slot(at)
    desk(at).comparison.play()
    assert desk(at).comparison.is_playing


def test_shown_where_the_charts_look_there():
    name = next(n for n, r in RECIPES.items() if r.look.updates and not r.look.pauses)
    look = RECIPES[name].look
    at = fine(page(lesson=name))
    assert desk(at).comparison.zoom == look.updates, "the charts begin there"
    at = ended(at)
    desk(at).comparison.zoom, serial = None, desk(at).comparison.serial
    press(at, "show me that update")
    assert desk(at).comparison.zoom == look.updates
    assert desk(at).comparison.serial > serial


def test_an_outcome_says_that_knobs_were_turned_on_the_way_and_is_not_counted():
    def turn(comparison):
        comparison.change("B", learning_rate=0.05)

    at = ended(page(lesson=QUICK), then=turn)
    assert "Knobs were turned on the way" in slot(at)
    assert desk(at).came_out == {}


def test_a_run_whose_worker_failed_has_no_outcome():
    def fail(comparison):
        comparison.members[1].live.error = RuntimeError("the worker died")

    at = ended(page(lesson=QUICK), then=fail)
    assert DESTROYED not in slot(at)
    assert len(at.table) == 0


def test_a_link_goes_to_where_it_was_made():
    at = fine(page(lesson=QUICK, made="12", at="3", first="2", last="9", unseen="B", guess="2"))
    comparison = desk(at).comparison
    assert desk(at).guesses == {QUICK: 2}
    assert rested(at) == 12
    view = (comparison.at, comparison.zoom, comparison.unseen)
    assert view == (3, (2, 9), "B")


@pytest.mark.parametrize(
    "query",
    [
        {"made": "1e99", "guess": "77", "unseen": "<script>", "first": "9", "last": "2"},
        {"made": "-4", "at": "x", "guess": str(SHOW_ME - 1), "unseen": "BBBBBB"},
    ],
)
def test_rubbish_in_a_link_is_clamped(query):
    at = fine(page(lesson=QUICK, **query))
    comparison = desk(at).comparison
    assert comparison.planned == RECIPES[QUICK].shared["updates"]
    assert comparison.zoom == RECIPES[QUICK].look.updates
    assert set(comparison.unseen) <= {"B"}
    assert desk(at).guesses.get(QUICK, SHOW_ME) == SHOW_ME
