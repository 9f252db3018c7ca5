"""The Train page under AppTest: every lesson, every knob with its sentence, refusals in words."""

import json
import re
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from rnnviz import tasks
from rnnviz.cells import MENU, named
from rnnviz.network.given import GivenWeights
from rnnviz.scenes.settings import OWN_CELL
from rnnviz.training import runs
from rnnviz.training.choices import VIEWS
from rnnviz.training.comparison import Comparison
from rnnviz.training.effects import has_effect
from rnnviz.training.entrants import entrants
from rnnviz.training.knobs import KNOBS
from rnnviz.training.race import Race, Result
from rnnviz.training.recipes import HEADINGS, RECIPES
from rnnviz.training.settings import GROUPS
from rnnviz.web.asking import SHOW_ME
from rnnviz.web.literal import literal
from rnnviz.web.training import state as training_state
from rnnviz.web.training.cliff_payload import move_in
from rnnviz.web.training.own_tasks import OWN
from rnnviz.web.training.race_table import table as race_table
from tests.web.components import components
from tests.web.training.inline import Inline

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.fixture(autouse=True)
def workers(monkeypatch):
    monkeypatch.setattr(training_state, "_workers", Inline)


def page(*own, **query):
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.switch_page("pages/2_Train.py")
    at.session_state[OWN] = {task.name: task for task in own}
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def desk(at):
    return at.session_state[training_state.DESK]


def fine(at):
    assert not at.exception, at.exception
    return at


@pytest.mark.parametrize("name", RECIPES)
def test_every_lesson_asks_before_it_starts(name):
    at = fine(page(lesson=name))
    comparison = desk(at).comparison
    assert [one.says for one in comparison.members] == [t.says for t in RECIPES[name].variants]
    assert comparison.update == 0
    assert any(one.value == f"#### {RECIPES[name].question}" for one in at.markdown)
    answers = [one.label for one in at.button if one.key.startswith("guess")]
    assert answers == [*(one.text for one in RECIPES[name].offered), "just show me"]


def test_a_radius_takes_matrices_along_that_have_one_and_says_so():
    at = fine(page(cell="RNN (tanh)"))
    fine(number(at, "Spectral radius").set_value(1.2).run())
    knobs = desk(at).comparison.members[0].run.knobs
    assert (knobs.recurrent_initial, knobs.spectral_radius) == ("scaled", 1.2)
    assert box(at, "Initial recurrent matrices").value == "scaled"
    assert "scaled to this radius" in at.main.info[0].value
    assert not at.error


def test_runs_that_are_alike_are_said_to_be():
    at = fine(page(task="recall", length="10", hidden="8"))
    fine(group(at, "Runs side by side").set_value(3).run())
    assert any("These runs are alike" in one.value for one in at.sidebar.caption)
    naming(at, "learning_rate")
    fine(controls(at, "Learning rate")[2].set_value(0.5).run())
    assert not any("These runs are alike" in one.value for one in at.sidebar.caption)


@pytest.mark.parametrize(
    "chosen", [{}, {"optimizer": "momentum", "layers": "2"}, {"optimizer": "rmsprop"}], ids=str
)
def test_every_knob_that_does_anything_is_there_with_its_sentence(chosen):
    at = fine(page(task="next character", cell="LSTM", clip_norm="1", **chosen))
    helps = " ".join(w.help for kind in ("number_input", "selectbox", "text_area", "button_group")
                     for w in getattr(at, kind) if getattr(w, "help", None))  # fmt: skip
    for name, knob in KNOBS.items():
        assert (knob.help in helps) == has_effect(name, *desk(at).chosen.runs), name
        assert knob.group in ("essential", *GROUPS)


def number(at, label):
    return next(w for w in at.number_input if w.label == label)


def test_a_control_states_its_range():
    at = fine(page(task="recall"))
    assert (number(at, "Batch size").min, number(at, "Length").max) == (1, 1000)
    limits = number(at, "Learning rate")
    assert (limits.min, limits.max) == (1e-6, 10.0)


def test_a_turned_knob_makes_other_runs():
    at = fine(page(lesson="vanishing"))
    before = desk(at).comparison
    fine(number(at, "Hidden size").set_value(8).run())
    after = desk(at).comparison
    assert after is not before
    assert [one.run.knobs.hidden for one in after.members] == [8, 8, 8]
    assert desk(at).chosen.lesson == ""


def test_what_cannot_be_is_said_and_the_runs_stay():
    at = fine(page(cell="RNN (tanh)"))
    before = desk(at).comparison
    fine(number(at, "Forget-gate bias").set_value(1.0).run())
    assert desk(at).comparison is before
    assert any("has no bias known to keep its memory" in e.value for e in at.error)


def test_what_would_take_too_long_is_refused_with_a_figure():
    at = fine(page(cell="LSTM", hidden="256"))
    fine(number(at, "Updates").set_value(100_000).run())
    assert any("on one core, more than 30 min" in e.value for e in at.error)


def test_an_address_that_asks_too_much_is_answered_in_words():
    at = fine(page(length="1000", batch="4096", hidden="256", layers="4"))
    assert any("asks for what cannot be" in e.value for e in at.error)


def test_a_faulty_equation_names_its_place():
    at = fine(page(cell="h = tanh(W @ x + U @ h_prev)"))
    area = next(a for a in at.text_area if a.label == "Equations")
    fine(area.set_value("h = tanh(W @ y)").run())
    assert any("Line 1, column 14" in e.value for e in at.error)


def rested(at):
    """Poll by poll until nothing goes on."""
    while desk(at).comparison.is_busy:
        fine(at.run())
    return desk(at).comparison.update


def test_play_pause_step_reset():
    at = fine(page(task="adding problem", length="5", hidden="4", batch="4", updates="30"))
    comparison = desk(at).comparison
    first = comparison.members[0].run.parameters["readout.W"].copy()
    comparison.play(1)
    assert rested(at) == 1
    comparison.play()
    assert rested(at) == 30
    assert any("Download: CSV" in one.label for one in at.expander)
    comparison.reset()
    assert rested(at) == 0
    assert (comparison.members[0].run.parameters["readout.W"] == first).all()


def test_a_lesson_that_is_none_any_more_is_not_marked():
    at = fine(page(lesson="vanishing"))
    assert group(at, "Lessons").value == "vanishing"
    fine(number(at, "Hidden size").set_value(8).run())
    assert group(at, "Lessons").value is None


def test_lessons_stand_under_their_headings_and_a_heading_starts_none():
    at = fine(page(lesson="vanishing"))
    comparison, seen = desk(at).comparison, []
    for heading in HEADINGS:
        fine(group(at, "Lessons on").set_value(heading).run())
        seen += group(at, "Lessons").options
    assert sorted(seen) == sorted(recipe.title for recipe in RECIPES.values())
    assert desk(at).comparison is comparison


def test_what_a_run_is_called_is_shown_as_it_is_written():
    at = fine(page(task="latch", length="5", hidden="4", batch="4"))
    picture = "![x](http://evil/p.png)"
    desk(at).comparison = Comparison([{"hidden": 2, "length": 5}], [picture])
    fine(at.run())
    (shown,) = (m.value for m in at.markdown if "after 0 updates" in m.value)
    assert picture not in shown
    assert literal(picture) in shown


def test_a_complaint_is_shown_as_it_is_written():
    at = fine(page(task="marked recall"))
    desk(at).complaint = ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training_state, "comparison_of", refusing)
        fine(number(at, "Hidden size").set_value(8).run())
    assert [e.value for e in at.main.error] == [
        f"{literal('![x](http://evil)')}. What is shown is as before."
    ]


def refusing(chosen):
    raise ValueError("![x](http://evil)")


def box(at, label):
    return next(w for w in at.selectbox if w.label == label)


def test_a_task_is_shown_by_its_title_with_its_story_and_source():
    at = fine(page(task="recall"))
    assert "Recall the first symbol" in box(at, "Task").options
    assert any(
        "a default LSTM does not" in c.value and "Bengio, Simard & Frasconi 1994" in c.value
        for c in at.caption
    )


def test_a_box_shows_the_cell_that_is_trained():
    own = "h = tanh(W @ x + U @ h_prev + b)"
    at = fine(page(cell="LSTM", b=f"cell:{own}"))
    shown = [w.value for w in at.selectbox if w.label == "Cell"]
    assert shown == ["LSTM", OWN_CELL]
    assert [a.value.strip() for a in at.text_area if a.label == "Equations"] == [own]
    other = "GRU (PyTorch), z takes the new"
    at = fine(page(cell=other))
    assert box(at, "Cell").value == desk(at).comparison.members[0].run.knobs.cell.name == other


def test_a_variants_equations_are_written_in_its_own_box():
    at = fine(page(cell="LSTM", b="cell:MGU"))
    fine([w for w in at.selectbox if w.label == "Cell"][1].set_value(OWN_CELL).run())
    area = next(a for a in at.text_area if a.label == "Equations")
    fine(area.set_value("h = relu(W @ x + U @ h_prev)").run())
    first, second = (one.run.knobs for one in desk(at).comparison.members)
    assert (first.cell.name, second.cell.cell.names) == ("LSTM", ("h",))


def test_the_range_of_a_length_is_of_the_text_in_force():
    at = fine(page(task="next character", length="100"))
    assert number(at, "Length").max == 200
    area = next(a for a in at.text_area if a.label == "Text")
    fine(area.set_value("to be or not to be").run())
    assert (number(at, "Length").max, number(at, "Length").value) == (17, None)
    assert not at.error


@pytest.mark.parametrize("view", ["fair race", "the cliff"])
def test_the_other_views(view):
    fine(page(view=view))


@pytest.mark.parametrize("view", VIEWS.keys)
def test_the_workers_import_torch_and_the_page_does_not(view):
    program = f"""
import sys
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest
page = AppTest.from_file({str(ROOT / "app.py")!r}, default_timeout=60)
page.switch_page("pages/2_Train.py")
page.query_params["view"] = {view!r}
assert not page.run().exception
print("torch" in sys.modules)
"""
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert told.stdout.split()[-1] == "False"


def a_race(**chosen):
    """The page of the race, with a small one chosen."""
    at = fine(page(view="fair race"))
    at.multiselect(key="race cells").set_value(chosen.get("cells", ["RNN (tanh)"]))
    at.multiselect(key="race lags").set_value(chosen.get("lags", [5]))
    at.slider(key="race seeds").set_value(chosen.get("seeds", 1))
    at.slider(key="race updates").set_value(chosen.get("updates", 100))
    return fine(at.selectbox(key="race task").set_value("adding problem").run())


def button(at, label):
    return next((b for b in at.button if b.label == label), None)


def table(at):
    (found,) = (one.proto.body for one in at.get("html") if "<table" in one.proto.body)
    return found


def test_a_race_runs_to_its_end_and_says_what_was_raced_whatever_is_chosen_since():
    at = a_race()
    assert at.get("download_button") == []
    fine(button(at, "Start the race").click().run())
    assert button(at, "Cancel") is None
    race = at.session_state["the fair race"]
    assert race.is_over
    assert [r.updates for results in race.results.values() for r in results] == [100]
    (download,) = at.get("download_button")
    assert download.label == "CSV"
    fine(at.selectbox(key="race task").set_value("latch").run())
    assert "Add the two marked numbers · 1 seed a lag · at most 100 updates<" in table(at)
    assert any("start with forget bias 1 (LSTM, Peephole LSTM" in c.value for c in at.caption)


def test_a_run_that_begins_at_typed_states_offers_what_other_runs_offer():
    states = GivenWeights.of({"layers.0.initial.h": [0.5, -1.0, 0.25]})
    at = fine(page(task="adding problem", length="5", hidden="3", weights=states.text))
    (member,) = desk(at).comparison.members
    assert member.run.network.initial.keys() == {"layers.0.h"}
    files = [one.label for one in at.get("download_button")]
    assert files == ["CSV", ".safetensors", "NumPy code", "PyTorch code"]
    assert any("begin at states that were typed" in one.value for one in at.caption)


def test_a_closed_tab_leaves_what_is_shown_and_two_snapshots():
    at = fine(page(task="adding problem", length="5", hidden="4", updates="60"))
    desk(at).comparison.play()
    while desk(at).comparison.is_playing:
        desk(at).comparison.proceed(Inline())
    (member,) = desk(at).comparison.members
    assert len(member.live.past.snapshots) > 2
    st.cache_resource.clear()
    assert len(member.live.past.snapshots) == 2
    assert member.run.update == 60
    assert desk(fine(at.run())).comparison.members == (member,)


def test_a_race_goes_on_when_the_caches_are_cleared(monkeypatch):
    """Streamlit lets any client do that: every session's share of the workers is gone then."""
    opened = []

    class Closing(Inline):
        left = 3

        def session(self):
            opened.append(Closing())
            return opened[-1]

        def submit(self, fn, /, *args):
            if self.left == 0:
                st.cache_resource.clear()
                raise RuntimeError("this session has been closed: no job can be taken")
            self.left -= 1
            return super().submit(fn, *args)

    monkeypatch.setattr(training_state, "_workers", Closing)
    st.cache_resource.clear()
    at = a_race(updates=300)
    fine(button(at, "Start the race").click().run())
    race = at.session_state["the fair race"]
    assert len(opened) > 2
    assert race.error is None
    assert [r.updates for results in race.results.values() for r in results] == [300]


@pytest.mark.parametrize(
    ("guess", "says"),
    [(0, "You guessed so."), (1, "You had guessed: LSTM."), (SHOW_ME, "steps.**"), (None, "**")],
)
def test_a_guess_starts_a_race_and_stands_beside_who_won(guess, says, monkeypatch):
    monkeypatch.setattr(Race, "winners", property(lambda race: race.entrants[:1]))
    monkeypatch.setattr(Race, "longest", lambda race, entrant: 5)
    at = a_race(cells=["RNN (tanh)", "LSTM"])
    if guess is None:
        fine(button(at, "Start the race").click().run())
    else:
        group = next(p for p in at.button_group if "Which cell solves the longest lag?" in p.label)
        assert group.options == ["RNN (tanh)", "LSTM", "just show me"]
        fine(group.set_value(guess).run())
    assert at.session_state["the fair race"].is_over
    (outcome,) = [m.value for m in at.markdown if "solved the longest lag" in m.value]
    assert outcome.startswith("**RNN (tanh) solved the longest lag: 5 steps.**")
    assert outcome.endswith(says)


def test_a_race_and_the_lessons_call_a_task_the_same():
    at = fine(page(view="fair race"))
    titles = at.selectbox(key="race task").options
    assert set(titles) <= {task.title for task in tasks.TASKS.values()}


def test_a_race_over_a_lag_that_its_task_does_not_have_is_refused_with_the_range():
    at = a_race()
    at.selectbox(key="race task").set_value("temporal order")
    fine(button(at, "Start the race").click().run())
    (error,) = at.error
    assert "not begun: the length of temporal order" in error.value
    assert "from 10 to 1,000, not 5" in error.value


def test_a_race_that_would_take_too_long_is_refused_with_its_figure_and_the_old_table_stays():
    at = a_race()
    fine(button(at, "Start the race").click().run())
    before = at.session_state["the fair race"]
    at.multiselect(key="race cells").set_value(list(MENU))
    at.multiselect(key="race lags").set_value([5, 10, 15, 20, 30, 50, 100])
    at.slider(key="race seeds").set_value(10)
    at.slider(key="race updates").set_value(2000)
    fine(button(at, "Start the race").click().run())
    (error,) = at.error
    assert re.search(r"not begun: this would take about .* on one core, more than 30", error.value)
    assert at.session_state["the fair race"] is before
    assert "1 seed a lag" in table(at)
    assert not fine(at.run()).error


@pytest.mark.parametrize("empty", ["cells", "lags"])
def test_a_race_of_nothing_is_not_begun(empty):
    at = a_race(**{empty: []})
    fine(button(at, "Start the race").click().run())
    assert "choose at least one cell and one lag" in at.error[0].value
    assert "the fair race" not in at.session_state


OWN_TEXT = "k = sigmoid(W_k @ x + b_k)\nh = k * h_prev + (1 - k) * tanh(W @ x)"


def test_a_cell_of_ones_own_is_in_the_race_with_its_parameters_counted():
    at = a_race(cells=["RNN (tanh)", OWN_CELL])
    fine(at.text_area(key="race equations").set_value(OWN_TEXT).run())
    assert at.query_params["race equations"] == OWN_TEXT
    fine(button(at, "Start the race").click().run())
    plain, ours = at.session_state["the fair race"].entrants
    assert (plain.cell.title, ours.cell.title) == ("RNN (tanh)", "your own cell")
    inputs, outputs = 2, 1
    assert ours.parameters == ours.hidden * (2 * inputs + 1) + (ours.hidden + 1) * outputs
    assert "<th>your own cell</th>" in table(at)


@pytest.mark.parametrize("view", ["race", "cliff"])
@pytest.mark.parametrize("text", ["h = __import__('os')", "9" * 5000, "![](http://a.b/c)"])
def test_what_is_no_cell_ends_in_one_sentence(view, text):
    own = {"race cells": "own"} if view == "race" else {"cliff cell": "own"}
    at = fine(page(view=view, **own, **{f"{view} equations": text}))
    if view == "race":
        fine(button(at, "Start the race").click().run())
        assert "the fair race" not in at.session_state
    (error,) = at.error
    assert error.value.startswith("Line 1, column ")


def test_a_race_of_a_cell_with_nothing_to_learn_is_not_begun():
    at = a_race(cells=[OWN_CELL])
    fine(at.text_area(key="race equations").set_value("h = 0.5 * h_prev").run())
    fine(button(at, "Start the race").click().run())
    assert "nothing of this cell can be learnt" in at.error[0].value


def test_the_cliff_of_a_cell_of_ones_own_is_drawn_over_its_weight_and_bias():
    own = "h = tanh(W @ x + U_h @ h_prev + b_h)"
    at = fine(page(**{"view": "cliff", "cliff cell": "own", "cliff equations": own}))
    assert len(at.table) == 1
    assert any("for each weight U\\_h and bias b\\_h" in c.value for c in at.caption)
    assert at.query_params["cliff equations"] == own


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("h = tanh(W @ x + U @ h_prev)", "this cell has 1 and 0 of these (U)"),
        ("h = tanh(W @ x + b)", "nothing comes from the step before"),
        ("h = tanh(U @ h_prev + b) + tanh(U_2 @ h_prev)", "this cell has 2 and 1 of these"),
    ],
)
def test_a_cell_without_a_cliff_is_told_why_in_one_sentence(text, says):
    at = fine(page(**{"view": "cliff", "cliff cell": "own", "cliff equations": text}))
    (error,) = at.error
    assert says.replace("_", "\\_") in error.value
    assert len(at.table) == 0


@pytest.mark.parametrize("text", ["h = relu(U @ h_prev + b)", "h = exp(exp(U @ h_prev + b)) + b"])
def test_a_cliff_that_leaves_the_numbers_there_are_is_shown_as_far_as_it_is(text):
    fine(page(**{"view": "cliff", "cliff cell": "own", "cliff equations": text}))


def failed(executor, fn, /, *args):
    future = Future()
    future.set_exception(MemoryError("no room"))
    return future


def test_a_race_that_fails_ends_and_says_why(monkeypatch):
    monkeypatch.setattr(Inline, "submit", failed)
    at = a_race()
    fine(button(at, "Start the race").click().run())
    (error,) = at.error
    assert error.value.startswith("The race has ended, as a run failed: no room.")
    assert button(at, "Cancel") is None


@pytest.mark.parametrize(
    ("solved_at", "says"),
    [
        ((75, 75, 75), "<b>3/3</b> after 75 <small>(each)</small>"),
        ((75, 125, 100), "<b>3/3</b> after 100 <small>(75 to 125)</small>"),
        ((75, None, None), "<b>1/3</b> after 75 <small>(one seed)</small>"),
        ((75, None, 75), "<b>2/3</b> after 75 <small>(each)</small>"),
        ((None, None), "0/2"),
    ],
)
def test_how_many_seeds_solved_it_and_when(solved_at, says):
    race = Race(
        entrants([named("LSTM")], "latch", 4, "units"), [5], 3, {"task": "latch", "updates": 9}
    )
    results = [Result(seed, at, 200, 1.0) for seed, at in enumerate(solved_at)]
    race.results[race.entrants[0], 5] = results
    assert f"<td>{says}</td>" in race_table(race)


def test_a_link_sets_a_race_and_the_cliff_and_stays_in_the_address():
    at = fine(page(**{"view": "fair race", "race task": "latch", "race hidden": "9999"}))
    assert at.selectbox(key="race task").value == "latch"
    assert at.slider(key="race hidden").value == 64
    fine(at.slider(key="race updates").set_value(300).run())
    assert at.query_params["race task"] == "latch"
    at = fine(page(**{"view": "the cliff", "cliff U": "6.5", "cliff steps": "20"}))
    assert (at.slider(key="cliff U").value, at.slider(key="cliff steps").value) == (6.5, 20)
    assert at.query_params["cliff U"] == "6.5"


def test_what_nobody_reads_is_left_out_of_the_address_once_something_is_chosen():
    at = fine(page(view="fair race", nonsense="1"))
    fine(at.slider(key="race updates").set_value(300).run())
    assert "nonsense" not in at.query_params


def group(at, label):
    return next(w for w in at.button_group if w.label == label)


def controls(at, label):
    """The numbers of this title in the sidebar, run by run."""
    return [w for w in at.sidebar.number_input if w.label == label]


def shown(at, label):
    return [w.value for w in controls(at, label)]


def naming(at, *names):
    """The page once the variants are said to differ in these knobs."""
    box = next(w for w in at.multiselect if w.label == "They differ in")
    return fine(box.set_value(list(names)).run())


def rates(at):
    return [one.run.knobs.learning_rate for one in desk(at).comparison.members]


def three_runs():
    at = fine(page(task="recall", length="10", hidden="8", learning_rate="0.02"))
    return fine(group(at, "Runs side by side").set_value(3).run())


def test_a_knob_that_variants_are_said_to_differ_in_gets_a_control_in_each():
    at = naming(three_runs(), "learning_rate")
    assert shown(at, "Learning rate") == [0.02, 0.02, 0.02]
    third = controls(at, "Learning rate")[2]
    fine(third.set_value(0.5).run())
    assert rates(at) == [0.02, 0.02, 0.5]
    assert at.query_params["c"] == "learning_rate:0.5"


def test_a_knob_no_longer_named_leaves_all_variants_and_may_come_back():
    at = naming(three_runs(), "learning_rate", "hidden")
    fine(controls(at, "Learning rate")[1].set_value(0.5).run())
    naming(at, "hidden")
    assert shown(at, "Learning rate") == [0.02]
    assert shown(at, "Hidden size") == [8, 8, 8]
    assert rates(at) == [0.02] * 3
    naming(at, "hidden", "learning_rate")
    assert shown(at, "Learning rate") == [0.02] * 3
    fine(controls(at, "Learning rate")[1].set_value(0.1).run())
    assert rates(at) == [0.02, 0.1, 0.02]


def test_one_more_run_of_a_lesson_has_the_knobs_that_its_variants_have():
    at = fine(page(lesson="one step"))
    fine(group(at, "Runs side by side").set_value(3).run())
    assert shown(at, "Clip by norm") == [None, 1.0, None]
    fine(controls(at, "Clip by norm")[2].set_value(0.5).run())
    assert [one.run.knobs.clip_norm for one in desk(at).comparison.members] == [None, 1.0, 0.5]


def look_at(at, view, *, late=()):
    """Switch the view; the browser sends the states of `late` widgets along, drawn or not."""
    group(at, "What to look at").set_value(view)
    states = at._tree.get_widget_states()
    known = {one.id for one in states.widgets}
    states.widgets.extend(one for one in late if one.id not in known)
    return fine(at._run(states))


@pytest.mark.parametrize(
    "query",
    [
        {"lesson": "vanishing", "seed": "3"},
        {"task": "next character", "text": "to be or not to be ", "clip_value": "0.5"},
        {"task": "next character", "hidden": "8"},
        {"cell": "h = tanh(W@x + (U @ h_prev + b))", "b": "cell:MGU", "c": "hidden:4"},
    ],
)
def test_a_run_goes_on_while_another_view_is_looked_at(query):
    at = fine(page(**query))
    comparison, chosen = desk(at).comparison, desk(at).chosen
    comparison.play(1)
    rested(at)
    drawn = [one for one in at._tree.get_widget_states().widgets if "-train " in one.id]
    assert len(drawn) > 30
    look_at(at, "cliff")
    look_at(at, "train", late=drawn)
    assert desk(at).comparison is comparison
    assert desk(at).chosen.lesson == chosen.lesson
    assert desk(at).chosen.makes_the_same(chosen)
    assert comparison.update == 1


def test_a_poll_that_comes_late_after_another_view_is_answered():
    at = fine(page(task="adding problem", length="5", hidden="4", batch="4"))
    (charts,) = components(at)
    command = {"number": 1, "name": "play", "value": 1}
    poll = {"asker": "a page", "number": 1, "known": {}, "commands": [command]}
    late = WidgetState(id=charts.proto.id, json_value=json.dumps({"poll": poll}))
    look_at(at, "cliff")
    look_at(at, "train", late=[late])
    assert desk(at).answered.number == 1
    assert rested(at) == 1


def test_a_choice_taken_back_leaves_the_run_as_it_was():
    at = fine(page(cell="LSTM", hidden="256", updates="100"))
    before = desk(at).comparison
    fine(number(at, "Updates").set_value(100_000).run())
    assert at.error
    fine(number(at, "Updates").set_value(100).run())
    assert not at.error
    assert desk(at).comparison is before


def test_a_lesson_stays_one_where_its_runs_stay_the_same():
    at = fine(page(lesson="vanishing"))
    before, updates = desk(at).comparison, number(at, "Updates").value
    fine(number(at, "Updates").set_value(100_000).run())
    assert at.error
    fine(number(at, "Updates").set_value(updates).run())
    assert desk(at).comparison is before
    naming(at, *desk(at).chosen.named, "layers")
    assert shown(at, "Layers") == [1, 1, 1]
    assert desk(at).comparison is before
    assert desk(at).chosen.lesson == group(at, "Lessons").value == "vanishing"
    fine(controls(at, "Layers")[1].set_value(2).run())
    assert desk(at).chosen.lesson == ""


def test_the_marked_lesson_cannot_be_unmarked_and_pressed_again_changes_nothing():
    at = fine(page(lesson="vanishing"))
    assert group(at, "Lessons").proto.required
    comparison = desk(at).comparison
    fine(group(at, "Lessons").set_value("vanishing").run())
    assert desk(at).comparison is comparison
    fine(group(at, "Lessons on").set_value("exploding").run())
    fine(group(at, "Lessons").set_value("one step").run())
    assert desk(at).chosen.lesson == "one step"
    fine(number(at, "Hidden size").set_value(8).run())
    assert not group(at, "Lessons").proto.required


def test_the_length_shown_is_the_one_trained_after_another_task():
    at = fine(page(task="recall", length="20", hidden="8"))
    fine(box(at, "Task").set_value("adding problem").run())
    length = number(at, "Length")
    trained = desk(at).comparison.members[0].run.knobs.length_in_force
    assert length.value is None
    assert length.placeholder == f"{trained}, the task's own"
    fine(box(at, "Task").set_value("recall").run())
    assert number(at, "Length").value is None


def test_a_complaint_stands_in_the_sidebar_and_above_the_runs():
    at = fine(page(cell="RNN (tanh)"))
    fine(number(at, "Forget-gate bias").set_value(1.0).run())
    (beside,), (above,) = at.sidebar.error, at.main.error
    assert beside.value == above.value
    assert above.value.endswith("What is shown is as before.")


def test_a_bad_address_is_answered_by_what_is_shown_instead():
    at = fine(page(cell="RNN (tanh)", forget_bias="1"))
    (error,) = at.main.error
    assert error.value.endswith("Shown is the lesson “Marked symbol” instead.")
    assert "as before" not in error.value


def text_page(typed):
    at = fine(page(task="next character", hidden="4"))
    return fine(next(a for a in at.text_area if a.label == "Text").set_value(typed).run())


def test_a_text_that_is_too_long_is_refused_with_the_limit_its_help_states():
    at = text_page("ab " * 6000)
    assert "18,000 characters, and up to 4,000 can be taken" in at.main.error[0].value
    assert desk(at).comparison.members[0].run.knobs.text is None
    assert "Up to 4,000 characters" in next(a.help for a in at.text_area if a.label == "Text")


@pytest.mark.parametrize("typed", ["", " \n "])
def test_an_empty_box_says_what_is_read_instead(typed):
    at = text_page(typed)
    assert not at.error
    assert any(c.value == "Nothing typed: two nursery rhymes are read." for c in at.caption)
    at = text_page("to be or not")
    assert not any("Nothing typed" in c.value for c in at.caption)


@pytest.mark.parametrize(
    ("equations", "says"),
    [
        ("h = h_prev", "Nothing of this cell can be learnt"),
        ("h = 1", "must depend on the input"),
    ],
)
def test_equations_that_nothing_can_be_learnt_in_are_refused_at_once(equations, says):
    at = fine(page(cell="h = tanh(W @ x + U @ h_prev)"))
    before = desk(at).comparison
    fine(next(a for a in at.text_area if a.label == "Equations").set_value(equations).run())
    assert says in at.main.error[0].value
    assert desk(at).comparison is before


def test_marked_recall_has_a_slider_of_lags():
    at = fine(page(task="marked recall", cell="RNN (tanh)", length="12"))
    (slider,) = at.select_slider
    assert slider.value == 12
    assert slider.options == ["5", "10", "12", "15", "20", "30", "50", "100"]
    fine(slider.set_value(15).run())
    assert desk(at).comparison.members[0].run.knobs.length == 15
    assert at.query_params["length"] == "15"
    assert not fine(page(task="recall")).select_slider


@pytest.mark.parametrize("name", RECIPES)
def test_nothing_beside_an_open_question_answers_it(name):
    at = fine(page(lesson=name))
    task = tasks.TASKS[RECIPES[name].shared["task"]]
    beside = [one.value for one in at.sidebar.caption]
    assert any(task.story in text for text in beside)
    assert not any(task.findings in text for text in beside)
    desk(at).guesses[name] = 0
    assert any(task.findings in one.value for one in fine(at.run()).sidebar.caption)


@pytest.mark.parametrize(
    ("sent", "found"),
    [([6.5, -2, False], (6.5, -2.0, False)), ([1e9, -1e9, True], (1e9, -1e9, True)),
     ([True, 1, True], None), ([1], None), ([1, 2], None), ([1, 2, 0], None), (None, None),
     ("ab", None), ([float("nan"), 1, True], None), ({"a": 1}, None)],
)  # fmt: skip
def test_what_the_ring_on_the_cliff_sends_is_a_move_or_nothing(sent, found):
    assert move_in(sent) == found


def test_given_weights_are_said_and_can_be_let_go():
    own = {"cell": "RNN (tanh)", "task": "adding problem", "hidden": 2, "length": 8}
    weights = GivenWeights.of(runs.start(**own, seed=9).network)
    at = fine(page(**{n: str(value) for n, value in own.items()}, weights=weights.text))
    begun = "Given weights: 13 numbers, at which the run begins."
    assert begun in [one.value for one in at.sidebar.caption]
    (run,) = (one.run for one in desk(at).comparison.members)
    assert run.knobs.weights == weights
    assert weights.text in at.query_params["weights"]
    next(b for b in at.sidebar.button if b.label == "Draw the weights instead").click()
    fine(at.run())
    assert desk(at).comparison.members[0].run.knobs.weights is None
    assert begun not in [one.value for one in at.sidebar.caption]
    assert "weights" not in at.query_params


def test_weights_of_another_network_leave_what_was_there():
    own = {"cell": "RNN (tanh)", "task": "adding problem", "hidden": 2}
    weights = GivenWeights.of(runs.start(**own).network)
    at = fine(page(**{n: str(value) for n, value in own.items()}, weights=weights.text))
    next(one for one in at.sidebar.number_input if one.label == "Hidden size").set_value(3)
    fine(at.run())
    (complaint,) = {one.value for one in at.error}
    assert "The given weights are not of the network that this run trains" in complaint
    assert complaint.endswith("What is shown is as before.")
    assert desk(at).comparison.members[0].run.knobs.hidden == 2
