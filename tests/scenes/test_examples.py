"""What the Step page offers: its sequences, and the networks that are shipped for them."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from rnnviz import load, trace
from rnnviz.cells import GALLERY, MENU
from rnnviz.scenes.examples import FOLDER, HIDDEN, PRESETS, path_of, reading, trained
from rnnviz.scenes.presets import score
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings

SHIPPED = [(task, cell) for task in PRESETS for cell in MENU]
OTHER_SEED = 20


@pytest.mark.parametrize(("task", "cell"), SHIPPED)
def test_a_shipped_network_still_does_what_its_record_claims(task, cell):
    """On sequences nobody has seen: drawn from another seed than training and the record."""
    network, record = trained(task, cell)
    about = PRESETS[task].about
    metric = score(network, about, record.length, OTHER_SEED)
    assert (record.task, record.cell, record.length) == (task, cell, PRESETS[task].length)
    if record.solved:
        # Solved by a hair's breadth may miss by one: next character ends at its ceiling.
        slack = 0.01 if about.kind == "classification" else -0.1 * about.solved
        assert about.is_solved(metric + slack)
        assert record.verdict == ""
    else:
        assert not about.is_solved(metric)
        assert "has not solved" in record.verdict
    assert metric == pytest.approx(record.metric, abs=0.05)


@pytest.mark.parametrize(("task", "cell"), SHIPPED)
def test_a_shipped_file_is_a_small_checkpoint_of_ours(task, cell):
    path = path_of(task, cell)
    network = load(path)
    assert path.stat().st_size < 20_000
    assert network.dtype == np.float32
    assert network.layers[0].cell == GALLERY[cell]
    assert (network.hidden, network.inputs) == (HIDDEN, PRESETS[task].about.inputs)
    assert network.outputs == PRESETS[task].about.outputs


def test_nothing_else_is_shipped():
    assert {path_of(*pair) for pair in SHIPPED} == set(FOLDER.iterdir())


def test_the_first_screen_s_network_solves_its_task_and_a_plain_rnn_does_not():
    """The page's first contrast."""
    assert trained("marked recall", "LSTM")[1].solved
    assert not trained("marked recall", "RNN (tanh)")[1].solved


def test_in_the_sequence_that_opens_the_mark_changes_the_answer_for_good():
    """Whoever plays the first screen sees the mark do something: the wrong answer, surely, before;
    the right one from the mark to the end."""
    shown = scene(StepSettings())
    labels, right = shown.reading.labels[0], int(shown.reading.targets[-1, 0].argmax())
    mark = next(step for step, word in enumerate(labels) if word[0] == "•")
    answers = torch.softmax(torch.tensor(trace(shown.network, shown.reading.x).prediction), -1)
    assert 3 <= mark <= len(labels) - 4
    assert answers[mark - 1, 0].argmax() != right
    assert answers[mark - 1, 0].max() > 0.95
    assert (answers[mark:, 0, right] > 0.9).all()


@pytest.mark.parametrize("task", PRESETS)
def test_what_is_shown_is_short_and_always_the_same(task):
    first = reading(task)
    reading.cache_clear()
    np.testing.assert_array_equal(first.x, reading(task).x)
    assert first.steps <= 30
    assert first.batch == 4
    assert all(len(word) <= 7 for words in first.labels for word in words)


def test_reading_a_shipped_network_imports_no_torch():
    program = """
import sys
from rnnviz.scenes.examples import trained
trained("marked recall", "LSTM")
print([name for name in ("torch", "streamlit", "plotly") if name in sys.modules])
"""
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
