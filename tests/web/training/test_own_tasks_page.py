"""The Train page with a task that the visitor's own data make, and without the data of a link."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnnviz import tasks, trace, training
from rnnviz.data import made_series, series
from rnnviz.scenes.reading import of_task
from rnnviz.training.comparison import choices
from rnnviz.training.knobs.kinds import BROUGHT
from rnnviz.web.literal import literal
from rnnviz.web.training import state as training_state
from rnnviz.web.training.beginning import chosen_from
from rnnviz.web.training.handover import scene_of
from rnnviz.web.training.own_tasks import OWN
from tests.web.training.inline import Inline

ROOT = Path(__file__).parent.parent.parent.parent
HOURS = {"inputs": ["wind", "level"], "target": "level", "window": 12, "horizon": 2}


@pytest.fixture(autouse=True)
def workers(monkeypatch):
    monkeypatch.setattr(training_state, "_workers", Inline)


def tide(**given):
    return series(made_series("tide", rows=300), **{**HOURS, **given})


def page(*own, **query):
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.switch_page("pages/2_Train.py")
    at.session_state[OWN] = {task.name: task for task in own}
    for name, value in query.items():
        at.query_params[name] = value
    return fine(at.run())


def fine(at):
    assert not at.exception, at.exception
    return at


def desk(at):
    return at.session_state[training_state.DESK]


def menu(at):
    return next(one for one in at.selectbox if one.label == "Task")


def runs(at):
    return [one.run for one in desk(at).comparison.members]


def test_the_menu_has_it_and_its_runs_are_of_it():
    task = tide().task
    at = page(task, task="recall")
    assert "Your series: level" in menu(at).options
    fine(menu(at).set_value("series").run())
    assert [run.knobs.task for run in runs(at)] == [task]
    assert menu(at).value == "series"
    assert at.query_params["task"] == "series"
    assert any("Reads wind, level along a window" in one.value for one in at.sidebar.caption)
    length = next(one for one in at.number_input if one.label == "Length")
    assert (length.min, length.max) == (1, 12)
    fine(length.set_value(5).run())
    assert runs(at)[0].knobs.length_in_force == 5
    fine(menu(at).set_value("recall").run())
    assert runs(at)[0].knobs.task == "recall"
    assert runs(at)[0].knobs.length is None


def test_its_variants_train_and_are_taken_away():
    task = tide().task
    at = page(task, task="series", b="cell:GRU (PyTorch)", c="layers:2", hidden="4", updates="3")
    comparison = desk(at).comparison
    assert [run.knobs.about_task for run in runs(at)] == [task] * 3
    comparison.play()
    while comparison.is_busy:
        comparison.proceed(Inline())
    fine(at.run())
    assert [run.update for run in runs(at)] == [3, 3, 3]
    assert any("Download" in one.label for one in at.expander)


def test_other_data_leave_the_runs_and_are_offered_beside_them():
    old, new = tide().task, tide(window=20).task
    at = page(old, task="series")
    at.session_state[OWN] = {"series": new}
    fine(at.run())
    assert runs(at)[0].knobs.task == old
    labels = menu(at).options
    assert {"Your series: level", "Your series: level, as it was"} <= {*labels}
    fine(menu(at).set_value("series").run())
    assert runs(at)[0].knobs.task == new
    assert "Your series: level, as it was" not in menu(at).options


@pytest.mark.parametrize("name", BROUGHT)
def test_a_link_without_its_data_says_what_to_bring(name):
    at = page(task=name, hidden="5")
    assert literal(BROUGHT[name]) in at.main.error[0].value
    assert desk(at).wanted["task"] == [name]
    assert at.query_params["task"] == name  # to be opened again, or given on


def test_the_link_is_followed_once_the_data_are_there():
    at = page(task="series", hidden="5", length="3")
    assert runs(at)[0].knobs.task != "series"
    at.session_state[OWN] = {"series": tide().task}
    fine(at.run())
    assert not at.error
    knobs = runs(at)[0].knobs
    assert (knobs.task, knobs.hidden, knobs.length) == (tide().task, 5, 3)


def test_a_link_is_not_waited_for_once_something_else_was_chosen():
    at = page(task="series", hidden="5")
    fine(menu(at).set_value("latch").run())
    at.session_state[OWN] = {"series": tide().task}
    fine(at.run())
    assert runs(at)[0].knobs.task == "latch"


def handed(**knobs):
    run = training.start(**{"hidden": 4, "batch": 4, **knobs})
    return run, scene_of(training.advance(run, 3), "LSTM")


def test_the_step_page_is_handed_held_out_windows_by_the_target_in_its_units():
    found = tide()
    run, scene = handed(task=found, length=7)
    assert scene.preset is None
    x, y = found.standard(found.test)
    places = [np.flatnonzero(np.isclose(x[-7:], one[:, None]).all(axis=(0, 2)))[0]
              for one in np.moveaxis(scene.reading.x, 1, 0)]  # fmt: skip
    assert len(places) == 4
    np.testing.assert_allclose(scene.reading.targets[-1], y[:, places].T)
    for place, words in zip(places, scene.reading.labels, strict=True):
        said = [float(word.replace("−", "-")) for word in words]
        np.testing.assert_allclose(said, found.test.x[-7:, place, 1], rtol=1e-3, atol=1e-3)
    recording = trace(scene.network, scene.reading.x)
    error = scene.loss.judge(recording.output, recording.prediction).value
    assert error == pytest.approx(np.mean((recording.prediction[-1] - y[:, places].T) ** 2))
    assert run.knobs.about_task == found.task


def test_a_step_of_several_numbers_without_words_has_none():
    task = replace(tide().task, words=None)
    batch = task.held_out(np.random.default_rng(0), 5, 2)
    assert of_task(task, "", "", batch).labels == (("",) * 5,) * 2


@pytest.mark.parametrize(
    "knobs", [{"task": tide().task}, {"task": "next character", "text": "to be or not to be"}]
)
def test_a_run_begins_at_the_weights_of_a_run_that_was_stepped_through(knobs):
    run, scene = handed(**knobs)
    again = training.start(**chosen_from(scene, scene).runs[0])
    assert again.knobs.about_task == run.knobs.about_task
    assert again.knobs.text == run.knobs.text
    for name, array in scene.network.parameters.items():
        np.testing.assert_array_equal(again.parameters[name], array)
    assert (
        choices.write(chosen_from(scene, scene))["task"]
        == tasks.find(run.knobs.task, run.knobs.text).name
    )
