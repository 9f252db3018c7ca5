"""Two calls in a row: the lines that are shown, run by PyTorch."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.shapes.calls import CARRIED, DETACHED, RESET, calls, in_words, one_each
from rnnviz.shapes.example import example
from rnnviz.shapes.setup import Setup
from tests.shapes.setups import setups
from tests.shapes.test_example import PROJECTION, loaded

WAYS = st.sampled_from([CARRIED, DETACHED, RESET])
UNPADDED = setups(lengths=(), vocabulary=0)


def in_pytorch(setup, code, module=None):
    """The names of the two lines, and x_1, x_2 as leaves."""
    long = example(Setup.nearest(**{**vars(setup), "length": 2 * setup.length}))
    arrays = {n: torch.tensor(a) for n, a in long.arrays.items() if n[-2:] == "_0"}
    x = torch.tensor(long.run.x)
    x = x[:, 0] if not setup.batch else x.swapaxes(0, 1) if setup.batch_first else x
    time = 1 if setup.batch and setup.batch_first else 0
    halves = x.split(setup.length, dim=time)
    leaves = {f"x_{k + 1}": h.clone().requires_grad_() for k, h in enumerate(halves)}
    names = {**arrays, **leaves, "rnn": module or loaded(long)}
    exec(code, names)  # noqa: S102
    return names


def time_first(setup, tensor):
    array = tensor.detach().numpy()
    if not setup.batch:
        return array[:, None]
    return array.swapaxes(0, 1) if setup.batch_first else array


@PROJECTION
@given(UNPADDED, WAYS)
def test_the_numbers_and_the_gradient_are_those_of_the_lines_in_pytorch(setup, way):
    found = calls(setup)[way]
    names = in_pytorch(setup, found.code)
    outputs = [time_first(setup, names[f"output_{k}"]) for k in (1, 2)]
    np.testing.assert_allclose(found.output, np.concatenate(outputs), rtol=0, atol=1e-12)
    names["output_2"].sum().backward()
    leaves = [names[f"x_{k}"] for k in (1, 2)]
    gradients = [
        time_first(setup, torch.zeros_like(x) if x.grad is None else x.grad) for x in leaves
    ]
    norms = np.sqrt((np.concatenate(gradients) ** 2).sum(axis=(1, 2)))
    np.testing.assert_allclose(found.gradient, norms, rtol=0, atol=1e-11)


@PROJECTION
@given(UNPADDED)
def test_one_long_call_is_what_pytorch_says_it_is(setup):
    long = example(Setup.nearest(**{**vars(setup), "length": 2 * setup.length}))
    x = torch.tensor(long.arrays["x"])
    start = [torch.tensor(long.arrays[f"{s}_0"]) for s in setup.states]
    output, _ = loaded(long)(x, tuple(start) if len(start) > 1 else start[0])
    for found in calls(setup).values():
        difference = np.abs(found.output - time_first(setup, output)).max()
        assert found.difference == pytest.approx(difference, abs=1e-12)


@PROJECTION
@given(UNPADDED, WAYS)
def test_a_backward_after_each_call_fails_where_it_is_said_to_and_with_these_words(setup, way):
    found = calls(setup)[way]
    first, second = found.code.split("\n")
    names = in_pytorch(setup, first)
    names["output_1"].sum().backward()
    exec(second, names)  # noqa: S102
    if not found.raises:
        names["output_2"].sum().backward()
        return
    with pytest.raises(RuntimeError) as caught:
        names["output_2"].sum().backward()
    assert str(caught.value) == found.raises


def graph_of(tensor):
    """How many nodes autograd keeps for a tensor's way back."""
    seen, waiting = set(), [tensor.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is not None and node not in seen:
            seen.add(node)
            waiting += [before for before, _ in node.next_functions]
    return len(seen)


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
@pytest.mark.parametrize("way", [CARRIED, DETACHED, RESET])
def test_what_is_kept_grows_as_autograds_graph_does(kind, way):
    setup = Setup(kind)
    found = calls(setup)[way]
    names = in_pytorch(setup, found.code)
    again = found.code.split("\n")[1]
    sizes = []
    for _ in range(3):
        sizes.append(graph_of(names["output_2"]))
        exec(again, names)  # noqa: S102
    assert (sizes[0] < sizes[1] < sizes[2]) == (found.graph[0] < found.graph[1] < found.graph[2])
    assert (len(set(sizes)) == 1) == (len(set(found.graph)) == 1)


@given(setups(nonlinearity="tanh"))
def test_the_sequences_of_a_batch_do_not_mix(setup):
    found = one_each(setup)
    assert found.alone <= 1e-12
    assert (found.turned > 0) == (setup.sequences > 1)


@pytest.mark.parametrize(
    ("setup", "way", "words"),
    [
        (Setup(), CARRIED, ("those of one long call.", "reaches back", "Memory grows")),
        (Setup(), DETACHED, ("those of one long call.", "stops where", "Memory stays")),
        (Setup(), RESET, ("begins anew", "stops where", "Memory stays")),
        (Setup(bidirectional=True), CARRIED, ("has not seen", "reaches back", "Memory grows")),
        (Setup(bidirectional=True), RESET, ("begins anew", "stops where", "Memory stays")),
    ],
)
def test_what_comes_of_it_in_words(setup, way, words):
    for sentence, part in zip(in_words(calls(setup)[way], setup), words, strict=True):
        assert part in sentence


def test_the_longest_sequences_are_read_in_two_calls_too():
    assert calls(Setup(length=100, hidden_size=2))[CARRIED].gradient.shape == (100,)
