"""Runs in kept arrays, and runs of many networks at once, give the digits of runs on their own."""

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest

from rnnviz.cells import GALLERY
from rnnviz.engine.cell_run import Hold, Workspace, forward
from rnnviz.equations import parse
from tests.oracle import sample


def numbers(run, pulled):
    """Every number of a run, copied."""
    names = [n for n in run.cell.sizes if n not in run.cell.parameters]
    found = {f"value {n}": run.value(n) for n in names}
    found |= {f"gradient {n}": pulled.value(n) for n in names}
    found |= {f"parameter {n}": a for n, a in pulled.params.items()}
    found |= {f"over time {n}": pulled.params_over_time(n) for n in pulled.params}
    found |= {f"initial {n}": a for n, a in pulled.initial.items()}
    return {name: array.copy() for name, array in found.items()}


def everything(of, workspace=None):
    run = forward(of.cell, **of.given, workspace=workspace)
    return numbers(run, run.backward(of.dh, of.others))


def assert_same(ours, theirs):
    assert ours.keys() == theirs.keys()
    for name in theirs:
        np.testing.assert_array_equal(ours[name], theirs[name], name)


# `unused` gets a gradient only from outside.
UNUSED = parse("unused = sigmoid(U_q @ h_prev)\nh = tanh(W @ x + U @ h_prev)")


@pytest.mark.parametrize("cell", [*GALLERY.values(), UNUSED], ids=[*GALLERY, "unused"])
def test_kept_arrays_give_the_same_digits(cell):
    """Whatever ran in them before: other weights, other holds, other shapes, other gradients."""
    workspace = Workspace()
    first = cell.names[0]
    one, other = sample(cell, seed=1), sample(cell, seed=2)
    runs = [
        one,
        other,
        replace(one, initial={}),
        one,
        replace(one, holds=(Hold(first, 0.3, steps=2),)),
        replace(other, holds=(Hold(first, -0.4, unit=1),)),
        one,
        replace(one, others={first: np.ones((5, 2, 3))}),
        one,
        sample(cell, time=2, batch=4, inputs=3, hidden=2),
        sample(cell, dtype=np.float32),
        one,
    ]
    for of in runs:
        assert_same(everything(of, workspace), everything(of))


def test_a_workspace_keeps_the_arrays_of_its_last_run_alone():
    """Sequences of ever other lengths take no more memory than one."""
    workspace, kept = Workspace(), []
    for time in (4, 9, 4, 7):
        of = sample(GALLERY["LSTM"], time=time)
        kept.append(weakref.ref(forward(of.cell, **of.given, workspace=workspace).buffers))
        gc.collect()
        assert [buffers() is not None for buffers in kept[-2:]] == [False, True][-len(kept) :]


def test_a_workspace_may_change_cells():
    workspace = Workspace()
    for name in (*GALLERY, *GALLERY):
        of = sample(GALLERY[name])
        assert_same(everything(of, workspace), everything(of))


def test_a_run_may_be_taken_back_more_than_once():
    of = sample(GALLERY["LSTM"], seed=3)
    run = forward(of.cell, **of.given)
    once = numbers(run, run.backward(of.dh))
    run.backward(others={"c": of.dh, "f": of.dh})
    run.backward()
    assert_same(numbers(run, run.backward(of.dh)), once)


@pytest.mark.parametrize("held", [(), (Hold("f", 0.3, steps=2),)])
def test_each_way_back_has_arrays_of_its_own(held):
    of = sample(GALLERY["LSTM"], holds=held)
    run = forward(of.cell, **of.given)
    pulled = run.backward(of.dh)
    before = numbers(run, pulled)
    run.backward(others={"c": -of.dh, "f": of.dh})
    assert_same(numbers(run, pulled), before)


def test_in_a_workspace_they_are_those_of_the_way_back_before():
    of = sample(GALLERY["LSTM"])
    run = forward(of.cell, **of.given, workspace=Workspace())
    first, second = run.backward(of.dh).value("h"), run.backward(2 * of.dh).value("h")
    assert np.shares_memory(first, second)


def test_no_gradient_from_outside_gives_none():
    of = sample(GALLERY["LSTM"])
    run = forward(of.cell, **of.given)
    found = numbers(run, run.backward())
    assert not any(a.any() for n, a in found.items() if not n.startswith("value"))


def test_runs_without_a_workspace_do_not_share_arrays():
    one, other = sample(GALLERY["LSTM"], seed=1), sample(GALLERY["LSTM"], seed=2)
    run = forward(one.cell, **one.given)
    pulled = run.backward(one.dh)
    before = numbers(run, pulled)
    after = forward(other.cell, **other.given)
    after.backward(other.dh)
    assert_same(numbers(run, pulled), before)


@pytest.mark.parametrize("held", [(), (Hold("h", 0.3, steps=[1], unit=0),)])
@pytest.mark.parametrize("name", GALLERY)
def test_many_networks_at_once_are_each_alone(name, held):
    together = sample(GALLERY[name], nets=(4,), holds=held, scale=0.8)
    found = everything(together)
    for k in range(4):
        alone = replace(
            together,
            params={n: a[k] for n, a in together.params.items()},
            x=together.x[:, k],
            dh=together.dh[:, k],
            initial={n: a[k] for n, a in together.initial.items()},
        )
        for kind, array in everything(alone).items():
            over_time = kind.startswith(("value", "gradient", "over time"))
            mine = found[kind][:, k] if over_time else found[kind][k]
            np.testing.assert_allclose(mine, array, rtol=1e-12, atol=1e-14, err_msg=kind)


@pytest.mark.parametrize("name", ["LSTM", "GRU (PyTorch)"])
def test_items_of_a_batch_do_not_touch(name):
    of = sample(GALLERY[name], batch=3)
    run = forward(of.cell, **of.given)
    pulled = run.backward(of.dh)
    for k in range(3):
        item = slice(k, k + 1)
        alone = replace(
            of,
            x=of.x[:, item],
            dh=of.dh[:, item],
            initial={n: a[item] for n, a in of.initial.items()},
        )
        by_itself = forward(of.cell, **alone.given)
        back = by_itself.backward(alone.dh)
        for value in of.cell.names:
            pairs = ((run, by_itself), (pulled, back))
            for together, single in pairs:
                mine = together.value(value)[:, item]
                np.testing.assert_allclose(mine, single.value(value), atol=1e-13)
