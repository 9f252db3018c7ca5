"""What stands beside a run travels with it, to the last bit, and changes nothing of it."""

import numpy as np
import pytest

from rnnviz.cells import ABOUT, MENU
from rnnviz.scenes.beside import beside
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import UNTOUCHED, StepSettings
from rnnviz.web.step.payload import step_payload
from rnnviz.web.step.view import view_of
from tests.javascript import run

PARTED = """
import { unpack } from "./maths/payload.js";
import { parted } from "./stepper/beside.js";
const told = (one) => one && { id: one.header.id, arrays: one.arrays };
const { own, other } = parted(unpack(input));
output({ titles: own.header.beside, own: told(own), other: told(other) });
"""
ALONE = """
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input);
output({ id: header.id, arrays });
"""


def same(one, other):
    assert one["id"] == other["id"]
    assert list(one["arrays"]) == list(other["arrays"])
    for name, array in one["arrays"].items():
        np.testing.assert_array_equal(array, other["arrays"][name])


@pytest.mark.parametrize("cell", MENU)
def test_another_cell_goes_along_whole(cell):
    settings = StepSettings(beside=cell)
    shown = scene(settings)
    told = run(PARTED, view_of(shown, settings).payload)
    same(told["own"], run(ALONE, step_payload(shown)))
    same(told["other"], run(ALONE, step_payload(scene(StepSettings(cell=cell)))))
    assert told["titles"] == ["LSTM", ABOUT[cell].title]


def test_of_the_untouched_run_nothing_goes_along():
    settings = StepSettings(beside=UNTOUCHED)
    told = run(PARTED, view_of(scene(settings), settings).payload)
    assert told["other"] is None
    same(told["own"], run(ALONE, step_payload(scene(StepSettings()))))


@pytest.mark.parametrize(
    "choice",
    [
        {"sequence": "text", "text": "Été", "weights": "fresh"},
        {"sequence": "numbers", "numbers": "1 2\n3 4", "layers": 2, "direction": "both"},
        {"cell": "own", "equations": "h = tanh(W @ x + U @ h_prev)"},
    ],
)
def test_both_read_the_same(choice):
    settings = StepSettings(beside="GRU (PyTorch)", **choice)
    shown = scene(settings)
    other, _ = beside(settings, shown)
    np.testing.assert_array_equal(other.scene.reading.x, shown.reading.x)
    assert other.scene.asked.steps == shown.asked.steps


def test_nothing_stands_beside_unless_it_is_chosen():
    assert beside(StepSettings(), scene(StepSettings())) == (None, ())
