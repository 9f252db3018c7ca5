"""A task of one's own is a value like a toy task's name: trained, compared, sent and linked so."""

import pickle
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from rnnviz import tasks, training
from rnnviz.data import Kept
from rnnviz.tasks.batch import answer_last
from rnnviz.training.comparison import choices
from rnnviz.training.comparison.choices import Chosen
from rnnviz.training.knobs.effects import has_effect
from rnnviz.training.knobs.kinds import BROUGHT
from rnnviz.training.knobs.knobs import KNOBS, Knobs
from rnnviz.training.knobs.naming import words
from rnnviz.training.loop import loop
from rnnviz.training.runs.exports import about, csv_of
from rnnviz.training.workers import chunks
from rnnviz.training.workers.workers import Workers

MOST_BYTES = 20_000
"""Of a message with a small run: its weights and what the optimizer remembers of them."""
SMALL = {"length": 5, "hidden": 4, "batch": 3}


def drawn(rng, length, batch, *, kept):
    """Rows that were kept, in any order: answer their last number."""
    x = kept["rows"][:length, rng.integers(kept["rows"].shape[1], size=batch), None]
    return answer_last(x, x[-1])


def first_rows(rng, length, batch, *, kept):
    x = kept["rows"][:length, :batch, None]
    return answer_last(x, x[-1])


def own(rows=None, **changed):
    rows = np.random.default_rng(0).normal(size=(9, 100)) if rows is None else rows
    kept = Kept.of(rows=rows)
    values = {
        "name": "series", "title": "Mine", "kind": "regression", "loss_at": "last",
        "input_names": ("a",), "output_names": ("b",), "length": tasks.task.Length(1, 9, 9),
        "draw": partial(drawn, kept=kept), "draw_held_out": partial(first_rows, kept=kept),
        "is_held_out_fixed": True, **changed,
    }  # fmt: skip
    return replace(tasks.find("adding problem"), **values)


class Bearer:
    """Anything with a task, as a series has one."""

    task = own()


def test_a_task_is_equal_to_itself_after_a_message_and_to_no_other():
    task = own()
    again = pickle.loads(pickle.dumps(task))  # noqa: S301
    assert again == task == own()
    assert hash(again) == hash(task)
    for other in (own(np.zeros((9, 100))), own(title="Yours"), own(tokens=3)):
        assert other != task
    assert tasks.find("next character", "abab") == tasks.find("next character", "abab")
    assert tasks.find("next character", "abab") != tasks.find("next character", "abba")
    assert len(set(tasks.TASKS.values())) == len(tasks.TASKS)


def test_a_task_with_arrays_in_its_partial_is_equal_to_itself_alone():
    task = own(draw=partial(drawn, kept={"rows": np.zeros((9, 2))}))
    assert task in {task}
    assert task != own(draw=partial(drawn, kept={"rows": np.zeros((9, 2))}))


def test_what_has_a_task_and_the_task_are_the_same_choice_and_a_toy_task_is_its_name():
    assert Knobs(task=Bearer()).task == Knobs(task=own()).task == own()
    assert Knobs(task=tasks.find("recall")) == Knobs(task="recall")
    assert Chosen({"task": tasks.find("recall")}).base["task"] == "recall"
    with pytest.raises(ValueError, match="did you mean 'recall'"):
        Knobs(task="recal")
    with pytest.raises(ValueError, match="task must be one of"):
        Knobs(task=3)
    with pytest.raises(ValueError, match="only next character reads a text"):
        Knobs(task=own(), text="abab")


def test_it_is_called_by_its_title_and_its_name():
    run = training.start(task=own(), **SMALL)
    assert "series, length 5" in repr(run)
    assert "task: Task 'series', regression" in repr(run.knobs)
    assert words("task", own()) == "task Mine"
    assert about(run, "A").startswith("Mine (length 5): A")
    assert len(csv_of(training.advance(run, 2)).splitlines()) == 4


def test_in_a_worker_it_trains_to_the_same_digits_by_small_messages_and_comes_back_equal():
    task = own(np.random.default_rng(1).normal(size=(9, 200_000)))
    run = training.start(task=task, **SMALL)
    message = pickle.dumps((chunks.advanced, (run, 30), {}))
    assert len(message) < MOST_BYTES < task.draw.keywords["kept"]["rows"].nbytes / 500
    workers = Workers(1)
    try:
        there = workers.submit(chunks.advanced, run, 30).result().run
        there = workers.submit(chunks.advanced, there, 20).result().run
    finally:
        workers.shutdown()
    here = training.advance(run, 50)
    assert there.evaluations == here.evaluations
    for name, array in here.parameters.items():
        np.testing.assert_array_equal(there.parameters[name], array)
    assert there.knobs.task == task
    assert there.knobs.task.draw.keywords["kept"] is task.draw.keywords["kept"]


def test_held_out_sequences_are_read_once_for_equal_tasks_and_for_each_other():
    loop.held_out.cache_clear()
    for task in (own(), pickle.loads(pickle.dumps(own())), own(np.ones((9, 100)))):  # noqa: S301
        training.advance(training.start(task=task, **SMALL), 1)
    assert loop.held_out.cache_info()[:2] == (1, 2)  # hits, misses


@pytest.mark.parametrize(
    ("there", "sizes"), [(100, [64, 36]), (64, [64]), (300, [64] * 4), (1, [1])]
)
def test_a_fixed_set_is_judged_on_whole_as_far_as_it_goes(there, sizes):
    rows = np.random.default_rng(2).normal(size=(9, there))
    parts = own(rows).held_out_parts(np.random.default_rng(0), 9, 256, 64)
    assert [part.x.shape[1] for part in parts] == sizes
    x = np.concatenate([part.x for part in parts], axis=1)[:, :, 0]
    np.testing.assert_array_equal(x, rows[:, :256])


@pytest.mark.parametrize("draw", [lambda *given: None, "of a notebook"])
def test_a_function_no_process_can_load_is_refused_in_a_sentence(draw, monkeypatch):
    if draw == "of a notebook":
        monkeypatch.setattr(first_rows, "__module__", "__main__")
        import __main__

        monkeypatch.setattr(__main__, "first_rows", first_rows, raising=False)
        draw = first_rows
    run = training.start(task=own(draw=draw, draw_held_out=None), **SMALL)
    workers = Workers(1)
    try:
        error = workers.submit(chunks.advanced, run, 1).exception()
    finally:
        workers.shutdown()
    assert isinstance(error, ValueError)
    assert str(error).startswith("this cannot be sent to another process: ")
    assert str(error).endswith("rnnviz.training.advance")


def test_a_link_has_its_name_and_is_followed_where_the_data_are():
    chosen = Chosen({"task": own(), "hidden": 7}, ({"cell": "GRU"},))
    query = choices.write(chosen)
    assert query["task"] == "series"
    again, note = choices.read(query, {"series": own()})
    assert not note
    assert again.makes_the_same(chosen)


@pytest.mark.parametrize("name", BROUGHT)
def test_a_link_to_data_that_are_not_there_says_what_to_bring(name):
    found, note = choices.read({"task": name.upper(), "hidden": "7"})
    assert found.lesson == choices.FIRST_LESSON
    assert name.rstrip("s") in note
    assert note == BROUGHT[name]
    assert choices.brought({"task": [name]}) == name
    assert not choices.brought({"task": "recall"})


@pytest.mark.parametrize(("longest", "does"), [(9, True), (5, False)])
def test_a_length_that_cannot_be_another_is_not_offered(longest, does):
    assert has_effect("length", {"task": own(length=tasks.Length(5, longest, 5))}) == does
    assert has_effect("length", {})


def test_a_task_needs_no_words_but_a_name():
    plain = tasks.Task(
        name="last", kind="regression", loss_at="last", input_names=("a",), output_names=("b",),
        length=tasks.Length(1, 9, 5), baseline=tasks.constant("0", 1.0), solved=0.01,
        draw=partial(drawn, kept=Kept.of(rows=np.ones((9, 50)))),
    )  # fmt: skip
    run = training.advance(training.start(task=plain, hidden=3, batch=4, learning_rate=0.1), 100)
    assert run.solved_at is not None
    assert about(run, "A").startswith("last (length 5): A")


def test_another_task_has_its_own_length():
    before = Chosen({"task": own(), "length": 3})
    assert before.with_knob("task", "recall").fitting(before).base.get("length") is None
    assert choices.task_of(before.base) == own()
    assert KNOBS["task"].kind.label(own()) == "Mine"
