"""What comes out of the units on the Shapes page."""

import numpy as np

from rnnviz.shapes import SETTINGS as SHAPES
from rnnviz.shapes import refusals
from rnnviz.shapes.calls import CARRIED, DETACHED, RESET, calls
from rnnviz.shapes.example import example
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.tensors import tensors
from tests.course.came_out.links import asked


def module(link: str, **more) -> Setup:
    """What the Shapes page is set up to."""
    return Setup.nearest(**{**SHAPES.defaults, **SHAPES.read(asked(link)), **more})


def what_comes_out(unit):
    found = example(module(unit.link))
    output, h_n = found.arrays["output"], found.arrays["h_n"]
    same = [bool((output == row).all(axis=(1, 2)).any()) for row in h_n]
    assert same == [False, True]
    assert example(module(unit.acts[2].link)).arrays["h_n"].shape[0] == 3
    return sum(same), {"0", "1", "3", "4"}


def backward_half(unit):
    found = example(module(unit.link))
    output, h_n, size = found.arrays["output"], found.arrays["h_n"], found.setup.h_out
    assert output[0, 2, size + 7] == h_n[1, 2, 7] != output[-1, 2, size + 7]
    return 1, {"6", "0", "1", "output[0]", str(size)}


def batch_first(unit):
    given = module(unit.acts[1].link)
    found = tensors(given)
    shape = found["h_0"].shape
    turned = (shape[1], shape[0], shape[2])
    refused = refusals.to_call(given, found["x"].shape, (turned, turned))
    assert found["x"].shape[0] == found["output"].shape[0] == 4
    assert refused is not None
    assert f"{shape}, got {list(turned)}" in refused.words
    return unit.guess.options.index(f"{shape}, as always"), {str(shape), "4"}


def features(unit):
    setup = module(unit.link)
    shape = example(setup).weights["rnn.weight_ih_l0"].shape
    fits = shape == (4 * setup.hidden_size, setup.input_size)
    return 1 if fits and setup.input_size != setup.hidden_size else 0, set()


def dropout(unit):
    setup = module(unit.acts[0].link)
    words = refusals.warning(setup)
    assert "after all but last recurrent layer" in words
    assert not refusals.warning(module(unit.acts[2].link))
    return 2, {"0", "1"}


def state_reset(unit):
    found = calls(module(unit.link))
    begun = example(module(unit.link)).arrays["output"]
    steps = len(begun)
    is_anew = np.allclose(found[RESET].output[:steps], begun, atol=1e-12)
    goes_on = not np.allclose(found[RESET].output, found[CARRIED].output)
    return 1 if is_anew and goes_on else 0, set()


def state_gradient(unit):
    for link in (unit.link, unit.acts[1].link):
        found = calls(module(link))
        assert not found[DETACHED].reaches_back
        assert not found[RESET].reaches_back
        assert np.array_equal(found[CARRIED].output, found[DETACHED].output)
        assert found[CARRIED].raises
    return 1 if found[CARRIED].reaches_back else 0, set()


def padding(unit):
    read_all, packed = example(module(unit.link)), example(module(unit.acts[0].link))
    last = read_all.arrays["output"][-1, 2]
    assert last.any()
    assert not packed.arrays["output"][-1, 2].any()
    assert np.array_equal(packed.arrays["output"][1, 2], packed.arrays["h_n"][0, 2])
    own = read_all.h[-1, 0, 1, 2]
    return 2 if not np.allclose(last, own) else 0, {"0", "1", "2"}
