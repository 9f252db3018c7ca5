"""What a classifier should read: the code shown, run by PyTorch, in a batch and alone."""

import numpy as np
import pytest
import torch
from hypothesis import given

from rnnviz.shapes.example import example
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.summaries import summaries
from tests.shapes.setups import setups
from tests.shapes.test_example import PROJECTION, in_torch, loaded


def evaluated(code, output, h_n, setup, lengths):
    """The code of a summary on torch's tensors; (units,) or (batch, units)."""
    time = 1 if setup.batch_first and setup.batch else 0
    steps = torch.arange(output.shape[time])
    own = steps[:, None] < torch.tensor(lengths)
    own = (own.T if time else own)[..., None] if setup.batch else own
    names = {"output": output, "h_n": h_n, "own": own, "torch": torch}
    return eval(code, names | {"lengths": torch.tensor(lengths)})  # noqa: S307


@PROJECTION
@given(setups())
def test_the_values_are_what_the_code_gives_in_pytorch(setup):
    found = example(setup)
    given_back = {name: torch.tensor(array) for name, array in in_torch(found).items()}
    for one in summaries(found):
        expected = evaluated(
            one.code, given_back["output"], given_back["h_n"], setup, setup.steps
        ).numpy()
        np.testing.assert_allclose(
            one.values if setup.batch else one.values[0], expected, rtol=0, atol=1e-12
        )


@PROJECTION
@given(setups(lengths=(4, 2, 1), batch=3, length=5))
def test_the_difference_is_to_each_sequence_alone_in_pytorch(setup):
    found = example(setup)
    module, by_code = loaded(found), {one.key: one for one in summaries(found)}
    for b, steps in enumerate(setup.steps):
        x = torch.tensor(found.run.x[:steps, b : b + 1])
        x = x.swapaxes(0, 1) if setup.batch_first else x
        start = [torch.tensor(found.arrays[f"{s}_0"][:, b : b + 1]) for s in setup.states]
        output, after = module(x, tuple(start) if len(start) > 1 else start[0])
        h_n = after[0] if len(start) > 1 else after
        for key in ("last", "h_n", "mean", "maximum"):
            one = by_code[key]
            alone = evaluated(one.code, output, h_n, setup, (steps,)).detach().numpy()[0]
            assert np.abs(one.values[b] - alone).max() <= one.difference + 1e-12


def right(setup):
    return {one.key for one in summaries(example(setup)) if one.is_right}


WHOLE = {"last", "h_n", "mean", "maximum"}
OWN = {"own end", "mean of its own", "maximum of its own"}


@pytest.mark.parametrize(
    ("setup", "keys"),
    [
        (Setup(), WHOLE),
        (Setup(batch=0), WHOLE),
        (Setup(bidirectional=True), WHOLE - {"last"}),
        (Setup(bidirectional=True, length=1), WHOLE),
        (Setup(lengths=(5, 3, 2)), {"h_n", *OWN}),
        (Setup(lengths=(5, 5, 5)), WHOLE | OWN),
        (Setup(lengths=(5, 3, 2), packed=False), OWN),
        (
            Setup(lengths=(5, 3, 2), bidirectional=True),
            {"h_n", "mean of its own", "maximum of its own"},
        ),
        (Setup(lengths=(5, 3, 2), bidirectional=True, packed=False), set()),
    ],
)
def test_what_a_classifier_should_read(setup, keys):
    assert right(setup) == keys


@pytest.mark.parametrize(
    ("setup", "key", "taken"),
    [
        (Setup(), "last", (5, 5, 5)),
        (Setup(bidirectional=True), "last", (1, 1, 1)),
        (Setup(lengths=(5, 3, 2)), "last", (5, 0, 0)),
        (Setup(lengths=(5, 3, 2), packed=False), "last", (5, 3, 2)),
        (Setup(lengths=(5, 3, 2), bidirectional=True, packed=False), "last", (1, 0, 0)),
        (Setup(lengths=(5, 3, 2), bidirectional=True), "own end", (1, 1, 1)),
        (Setup(lengths=(5, 3, 2), bidirectional=True), "h_n", (5, 3, 2)),
    ],
)
def test_how_many_steps_have_been_taken(setup, key, taken):
    assert next(one for one in summaries(example(setup)) if one.key == key).taken == taken
