"""An L that depends on the states after the last step, too, as torch's h_n and c_n."""

import numpy as np
import pytest
import torch

import rnnviz

TIME, BATCH, INPUTS, HIDDEN = 7, 3, 2, 4
KINDS = {"LSTM": torch.nn.LSTM, "GRU": torch.nn.GRU, "RNN": torch.nn.RNN}


def by_torch(module, x):
    """L = Σ weights · (output, h_n, c_n): its gradients as torch finds them, and those weights."""
    generator = torch.Generator().manual_seed(1)
    output, state = module(x)
    states = state if isinstance(state, tuple) else (state,)
    given = [torch.randn(t.shape, generator=generator, dtype=t.dtype) for t in (output, *states)]
    loss = sum((w * t).sum() for w, t in zip(given, (output, *states), strict=True))
    loss.backward()
    return [w.numpy() for w in given]


def by_name(module, states):
    """Full name of a state → (batch, hidden)."""
    ways = ("", "reverse.")[: 1 + module.bidirectional]
    places = [f"layers.{k}.{way}" for k in range(module.num_layers) for way in ways]
    return {
        place + name: array
        for name, arrays in zip("hc", states, strict=False)
        for place, array in zip(places, arrays, strict=True)
    }


@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
def test_the_gradients_are_torch_s(kind, layers, bidirectional):
    torch.manual_seed(0)
    options = {"num_layers": layers, "bidirectional": bidirectional, "dtype": torch.float64}
    module = KINDS[kind](INPUTS, HIDDEN, **options)
    x = torch.randn(TIME, BATCH, INPUTS, dtype=torch.float64, requires_grad=True)
    dh, *states = by_torch(module, x)
    grads = rnnviz.trace(module, x).backward(dh, final=by_name(module, states))
    np.testing.assert_allclose(grads.x, x.grad.numpy(), atol=1e-12)
    last = f"layers.{layers - 1}."
    gates = {"LSTM": "ifgo", "GRU": "rzn", "RNN": ""}[kind]
    rows = [grads.parameters[f"{last}U_{gate}"] for gate in gates] or [grads.parameters[f"{last}U"]]
    theirs = getattr(module, f"weight_hh_l{layers - 1}").grad.numpy()
    np.testing.assert_allclose(np.concatenate(rows), theirs, atol=1e-12)


def recorded():
    network = rnnviz.Network.fresh(rnnviz.cells.GALLERY["LSTM"], inputs=2, hidden=4, outputs=1)
    return rnnviz.trace(network, np.random.default_rng(0).normal(size=(9, 3, 2)))


def test_a_truncation_of_it_is_the_rest_and_what_is_lost():
    rec = recorded()
    final = {"c": np.ones((3, 4))}
    grads = rec.backward(np.zeros((9, 3, 4)), final=final)
    cut = grads.truncation(5)
    for name, whole in grads.parameters.items():
        np.testing.assert_allclose(cut.truncated[name] + cut.lost[name], whole, atol=1e-14)
    assert cut.total.lost > 0
    np.testing.assert_allclose(grads.cuts().lost[5], cut.total.lost)


def test_the_curve_starts_where_the_last_state_is_asked():
    curve = recorded().backward(np.zeros((9, 3, 4)), final={"c": np.ones(4)}).curve("c")
    assert curve.start == 8
    np.testing.assert_allclose(curve.local[:8], 0, atol=1e-15)
    assert curve.local[8] > 0


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"final": {"q": 0}}, "there is no last state 'q'"),
        ({"final": {"c": np.ones((2, 4))}}, "the last c has shape"),
        ({"at": -1, "dh": None, "final": {"c": np.ones(4)}}, "a loss says all of L"),
    ],
)
def test_what_does_not_fit_is_refused(given, says):
    with pytest.raises(ValueError, match=says):
        recorded().backward(**{"dh": np.zeros((9, 3, 4))} | given)
