"""What the charts are told about the runs."""

import json

import numpy as np
import pytest

from rnnviz.cells import ABOUT
from rnnviz.training.comparison.comparison import Comparison
from rnnviz.web.training.payload import training_payload
from rnnviz.web.training.poll import Poll
from tests.training.test_own_tasks import own


def header_of(**knobs):
    block = training_payload(Comparison([{"hidden": 2, **knobs}], ["A"]), Poll())
    return json.loads(block[4 : 4 + int.from_bytes(block[:4], "little")])


def told(**knobs):
    """What the charts are told about a run with these knobs."""
    return header_of(**knobs)["runs"][0]


@pytest.mark.parametrize("functions", [{"gate_function": "hard_sigmoid"},
                                       {"candidate_function": "relu"}])  # fmt: skip
@pytest.mark.parametrize("cell", ["LSTM", "GRU (PyTorch)", "CIFG"])
def test_a_gate_keeps_its_name_and_colour_whatever_squeezes_it(cell, functions):
    parts = ABOUT[cell].parts
    gates = told(cell=cell, **functions)["gates"]
    assert gates == told(cell=cell)["gates"]
    assert [(g["title"], g["role"]) for g in gates] == [
        (parts[g["name"]].title, parts[g["name"]].role) for g in gates
    ]


@pytest.mark.parametrize(
    ("task", "many"),
    [("recall", 256), *((own(np.zeros((9, rows))), min(rows, 256)) for rows in (1, 9, 256, 400))],
)
def test_the_charts_are_sent_how_many_sequences_runs_are_judged_on(task, many):
    assert header_of(task=task)["task"]["heldOut"] == many
