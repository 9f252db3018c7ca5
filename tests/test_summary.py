"""What a notebook prints of an object: one to ten lines, and none of its arrays' numbers."""

import re
from collections.abc import Mapping

import numpy as np
import pytest
import torch

import rnnviz
from rnnviz import tasks, training
from rnnviz.cells import GALLERY, MENU, named, own
from rnnviz.summary import NamedValues


def recording(**given):
    x = np.random.default_rng(0).random((40, 3))
    return rnnviz.trace(torch.nn.LSTM(3, 32), x, **given)


def gradients():
    return recording().backward(at=-1)


def run():
    started = training.start(task="adding problem", length=10, cell="LSTM", hidden=8, batch=8)
    return training.advance(started, 20)


def begun():
    return training.start(hidden=32)


def deep():
    return rnnviz.Network.fresh(GALLERY["MGU"], inputs=3, hidden=4, layers=12, outputs=2)


def long_cell():
    lines = [
        "v0 = tanh(W @ x)",
        *(f"v{k} = tanh(v{k - 1})" for k in range(1, 30)),
        "h = v29 + h_prev",
    ]
    return rnnviz.parse("\n".join(lines))


SHOWN = {
    "a recording": recording,
    "a held recording": lambda: recording(hold=rnnviz.Hold("f", 0.0)),
    "held a hundred times": lambda: recording(hold=[rnnviz.Hold("f", 0.0)] * 100),
    "a hold of many units": lambda: rnnviz.Hold("f", 0.0, unit=np.arange(500)),
    "knobs": lambda: training.start(hidden=8).knobs,
    "knobs with weights": lambda: training.start(hidden=32, weights=begun().network).knobs,
    "given weights": lambda: training.start(hidden=32, weights=begun().network).knobs.weights,
    "its layer": lambda: recording().layer(0),
    "its propagation": lambda: recording().propagation,
    "gradients": gradients,
    "a layer's": lambda: gradients().layer(0),
    "measured": lambda: gradients().measured,
    "a curve": lambda: gradients().curve(),
    "a waterfall": lambda: gradients().waterfall(),
    "credit": lambda: gradients().credit(),
    "cuts": lambda: gradients().cuts(),
    "a truncation": lambda: gradients().truncation(5),
    "a bound": lambda: rnnviz.trace(torch.nn.RNN(3, 8), np.ones((9, 3))).backward(at=-1).bound(),
    "a network": deep,
    "a layer": lambda: deep().layers[0],
    "a readout": lambda: deep().readout,
    "a long cell": long_cell,
    "a long cell of one's own": lambda: own(long_cell()),
    "a run": run,
    "a run that has not begun": lambda: training.start(task="adding problem", cell="LSTM"),
    "a loss": lambda: rnnviz.Loss("squared error", targets=np.full((40, 2), 0.5)),
    "a batch": lambda: tasks.find("adding problem").batch(np.random.default_rng(0), 10, 3),
}


GIVEN_BY_NAME = {"all_norms", "norms", "parameters"}


@pytest.mark.parametrize("what", SHOWN)
def test_a_few_lines_and_no_array(what):
    assert is_short(repr(SHOWN[what]()))


def is_short(text, numbers=12):
    lines = text.split("\n")
    return (
        1 <= len(lines) <= 10
        and max(map(len, lines)) <= 100
        and "array(" not in text
        and len(re.findall(r"\d\.\d{3,}", text)) <= numbers
    )


@pytest.mark.parametrize("what", SHOWN)
def test_what_it_holds_by_name_neither(what):
    for name, found in public(SHOWN[what]()):
        if isinstance(found, Mapping):
            assert "array(" not in repr(found), name
        if isinstance(found, NamedValues):
            lines = repr(found).split("\n")
            assert is_short(repr(found), numbers=4 * len(lines)), name  # as many on each
            with pytest.raises(TypeError):
                found["another"] = 0


def public(thing):
    """Its public attributes, and what its methods give that want nothing."""
    for name in (name for name in dir(thing) if not name.startswith("_")):
        try:
            found = getattr(thing, name)
            yield name, found() if name in GIVEN_BY_NAME and callable(found) else found
        except (ValueError, TypeError):  # not of this one; or it takes more
            continue


def test_a_line_has_name_shape_and_range():
    values = NamedValues(
        {
            "W_f": np.array([[-1.5, 2.0]]),
            "b": np.array([np.nan, 0.25]),
            "none": np.array([]),
            "n": 3,
        }
    )
    assert repr(values).split("\n") == [
        "4 by name",
        "  W_f   (1, 2) float64, -1.5 to 2",
        "  b     (2,) float64, 0.25 to 0.25, 1 not finite",
        "  none  (0,) float64",
        "  n     3",
    ]
    assert repr(NamedValues({})) == "none"


@pytest.mark.parametrize("cell", [name for name in MENU if len(GALLERY[name].names) <= 9])
def test_a_cell_by_its_name_shows_its_equations(cell):
    head, *equations = repr(named(cell)).split("\n  ")
    assert head == cell
    assert rnnviz.parse("\n".join(equations)) == GALLERY[cell]
    assert all(name in repr(GALLERY[cell]) for name in GALLERY[cell].names)


def test_what_is_written_to_a_path_is_not_printed_too(tmp_path):
    one = recording()
    assert one.to_csv(tmp_path / "run.csv") is None
    assert one.to_html(tmp_path / "run.html") is None
    assert (tmp_path / "run.csv").read_text() == one.to_csv()
    assert (tmp_path / "run.html").read_text() == one.to_html()


def test_the_package_says_its_version():
    assert re.match(r"\d+\.", rnnviz.__version__)
