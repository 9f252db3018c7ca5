"""What `trace` accepts, what it does with it, and how it refuses the rest."""

import csv
import io

import numpy as np
import pytest
import torch

from rnnviz.cells import GALLERY
from rnnviz.engine.checks import Hold
from rnnviz.equations import parse
from rnnviz.network.network import Network
from rnnviz.recording.recording import trace


def fresh(name="LSTM", **options):
    return Network.fresh(GALLERY[name], **{"inputs": 3, "hidden": 4, **options})


X = np.random.default_rng(5).standard_normal((6, 2, 3))


@pytest.mark.parametrize("reverse", [False, True])
def test_a_hold_sits_where_it_is_put(reverse):
    """In its layer, direction, unit and at its time steps of the sequence; nowhere else."""
    network = fresh(layers=2, bidirectional=True)
    hold = Hold("f", 0.125, steps=range(1, 3), unit=2, layer=0, reverse=reverse)
    free, held = trace(network, X), trace(network, X, hold=[hold])
    values = held.layer(0, reverse=reverse)["f"]
    assert (values[1:3, :, 2] == 0.125).all()
    assert (values == 0.125).sum() == 2 * 2
    np.testing.assert_array_equal(
        held.layer(0, reverse=not reverse)["f"], free.layer(0, reverse=not reverse)["f"]
    )
    untouched = slice(3, None) if reverse else slice(0, 1)
    changed = slice(0, 3) if reverse else slice(1, None)
    before, after = (r.layer(0, reverse=reverse)["c"] for r in (free, held))
    np.testing.assert_array_equal(after[untouched], before[untouched])
    assert (after[changed, :, 2] != before[changed, :, 2]).all()


def test_a_hold_is_in_the_last_layer_unless_it_says_otherwise():
    held = trace(fresh(layers=2), X, hold=Hold("o", 0.0))
    assert not held.output.any()
    assert held.layer(0)["h"].any()


def test_no_gradient_passes_through_what_is_held():
    grads = trace(fresh(layers=2), X, hold=Hold("f", 0.5, layer=0)).backward(at=-1)
    still = {name for name, array in grads.parameters.items() if not array.any()}
    assert still == {"layers.0.W_f", "layers.0.U_f", "layers.0.b_f"}
    assert grads.layer(0)["f"].any()


def test_a_cell_alone_takes_its_own_arrays():
    cell = parse("h = tanh(W @ x + U @ h_prev + b)")
    params = {"W": np.eye(3), "U": 0.5 * np.eye(3), "b": np.zeros(3)}
    rec = trace(cell, X[:, 0], params=params, initial={"h": [1.0, 0.0, -1.0]})
    h = np.array([1.0, 0.0, -1.0])
    for step, x in zip(rec["h"], X[:, 0], strict=True):
        h = np.tanh(x + 0.5 * h)
        np.testing.assert_allclose(step, h, rtol=1e-14)


def test_a_cell_that_reads_no_input_runs_all_the_same():
    rec = trace(parse("h = 0.5 * h_prev + b"), X, params={"b": np.ones(2)})
    np.testing.assert_allclose(rec["h"][:3, 0, 0], [1, 1.5, 1.75])
    assert not rec.backward(at=-1).x.any()


def test_params_stand_in_for_a_networks_own():
    network = fresh()
    rec = trace(network, X, params={"layers.0.b_o": np.full(4, -800.0)})
    assert not rec.output.any()
    assert trace(network, X).output.any()


@pytest.mark.parametrize(
    ("x", "params", "dtype"),
    [
        (np.float64, np.float64, np.float64),
        (np.float32, np.float32, np.float32),
        (np.float64, np.float32, np.float64),
        (np.float16, np.float32, np.float32),
        (np.int64, np.float32, np.float32),
        (np.bool_, np.float64, np.float64),
    ],
)
def test_the_type_is_that_of_the_callers_arrays(x, params, dtype):
    network = fresh()
    network = network.replace({n: a.astype(params) for n, a in network.parameters.items()})
    rec = trace(network, X.astype(x))
    assert rec["f"].dtype == dtype
    assert rec.backward(at=-1)["c"].dtype == dtype


def test_half_precision_tensors_are_read():
    tensor = torch.from_numpy(X).to(torch.bfloat16)
    network = fresh()
    single = network.replace({n: a.astype(np.float32) for n, a in network.parameters.items()})
    assert trace(single, tensor)["f"].dtype == np.float32


def test_a_batch_first_module_reads_batch_first_and_is_recorded_time_first():
    module = torch.nn.GRU(3, 4, batch_first=True, dtype=torch.float64)
    x = torch.from_numpy(X.swapaxes(0, 1).copy())
    rec = trace(module, x)
    np.testing.assert_allclose(rec.output.swapaxes(0, 1), module(x)[0].detach(), atol=1e-14)
    np.testing.assert_allclose(trace(module, x[0]).output, module(x[0])[0].detach(), atol=1e-14)


def test_the_table_has_every_digit():
    rec = trace(fresh(bidirectional=True, outputs=2), X)
    rows = list(csv.DictReader(io.StringIO(rec.to_csv())))
    assert len(rows) == 12
    assert list(rows[0])[:5] == ["step", "item", "x[0]", "x[1]", "x[2]"]
    row = next(r for r in rows if (r["step"], r["item"]) == ("4", "1"))
    assert float(row["layers.0.reverse.c[3]"]) == rec.layer(0, reverse=True)["c"][4, 1, 3]
    assert float(row["prediction[1]"]) == rec.prediction[4, 1, 1]


def test_the_table_of_one_sequence_through_one_layer_has_short_names(tmp_path):
    rec = trace(fresh("MGU"), X[:, 0])
    rec.to_csv(tmp_path / "run.csv")
    rows = list(csv.DictReader(io.StringIO(rec.to_csv())))
    assert [float(r["f[2]"]) for r in rows] == rec["f"][:, 2].tolist()
    assert "item" not in rows[0]
    assert (tmp_path / "run.csv").read_text() == rec.to_csv()


def test_the_only_recurrent_module_of_a_model_is_found():
    model = Holding()
    wanted = model.double().inner["lstm"](torch.from_numpy(X))[0].detach()
    np.testing.assert_allclose(trace(model, X).output, wanted, atol=1e-14)


@pytest.mark.parametrize("batched", [True, False])
@pytest.mark.parametrize("as_array", [lambda t: t, lambda t: t.numpy(), lambda t: t.tolist()])
@pytest.mark.parametrize("kind", [torch.nn.LSTM, torch.nn.GRU, torch.nn.RNN])
def test_initial_states_may_be_given_as_torch_takes_them(kind, as_array, batched):
    module = kind(3, 4, 2, bidirectional=True, dtype=torch.float64)
    h0, c0 = torch.randn(2, 4, 2, 4, dtype=torch.float64)
    x = torch.tensor(X)
    if not batched:
        h0, c0, x = h0[:, 0], c0[:, 0], x[:, 0]
    states = (h0, c0) if kind is torch.nn.LSTM else h0
    given = tuple(map(as_array, states)) if kind is torch.nn.LSTM else as_array(h0)
    rec = trace(module, x, initial=given)
    np.testing.assert_allclose(rec.output, module(x, states)[0].detach(), atol=1e-13)
    if kind is torch.nn.LSTM:
        listed = trace(module, x, initial=list(given))
        np.testing.assert_array_equal(listed.output, rec.output)
    np.testing.assert_array_equal(trace(module, x, initial=rec_start(rec)).output, rec.output)


def rec_start(rec):
    """The same, by name."""
    return {n: array if rec.batched else array[0] for n, array in rec.start.items()}


@pytest.mark.parametrize(
    ("name", "initial", "says"),
    [
        (
            "LSTM",
            np.zeros((2, 2, 4)),
            r"carries h and c: give initial=\(h0, c0\), or states by name",
        ),
        ("LSTM", (np.zeros((2, 2, 4)),), r"give initial=\(h0, c0\)"),
        ("MGU", (np.zeros((2, 2, 4)),) * 2, "this network carries h: give initial=h0, or states"),
        (
            "LSTM",
            (np.zeros((2, 2, 4)), np.zeros((2, 4))),
            r"initial c has shape \(2, 4\), not \(2, 2, 4\) \(layers · directions, batch, hidden\)",
        ),
        ("MGU", np.zeros((1, 2, 4)), r"initial h has shape \(1, 2, 4\), not \(2, 2, 4\)"),
        ("MGU", torch.zeros(2, 2, 5), r"initial h has shape \(2, 2, 5\), not \(2, 2, 4\)"),
        ("MGU", "zeros", "the initial h must hold real numbers"),
    ],
)
def test_states_that_do_not_fit_are_refused_in_a_sentence(name, initial, says):
    with pytest.raises(ValueError, match=says):
        trace(fresh(name, layers=2), X, initial=initial)


def test_states_of_a_single_sequence_have_no_batch():
    for shape in ((1, 2, 4), (4,), (2, 4)):
        says = (
            rf"shape \({', '.join(map(str, shape))},?\), not \(1, 4\) \(layers · directions, hidden"
        )
        with pytest.raises(ValueError, match=says):
            trace(fresh("MGU"), X[:, 0], initial=np.zeros(shape))


def test_layers_that_differ_take_their_states_by_name():
    cells = [fresh("LSTM").layers[0], Network.fresh(GALLERY["MGU"], inputs=4, hidden=4).layers[0]]
    with pytest.raises(ValueError, match="differ in their states: give each by name"):
        trace(Network(tuple(cells)), X, initial=np.zeros((2, 2, 4)))


class Holding(torch.nn.Module):
    """An LSTM two floors down."""

    def __init__(self):
        super().__init__()
        self.inner = torch.nn.ModuleDict(
            {"lstm": torch.nn.LSTM(3, 3), "out": torch.nn.Linear(3, 1)}
        )


def test_dropout_in_training_is_said():
    module = torch.nn.LSTM(3, 4, 2, dropout=0.5)
    x = np.ones((5, 3))
    (note,) = map(str, trace(module, x).network.notes)
    assert "dropout 0.5 is left out" in note
    assert "training mode" in note
    assert note in repr(trace(module, x))
    (note,) = map(str, trace(module.eval(), x).network.notes)
    assert "training mode" not in note


def bad(**options):
    return lambda: trace(fresh(layers=2, bidirectional=True), X, **options)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: trace(fresh(), X[0, 0]), r"x must be \(time, inputs\) or .* shape \(3,\).*None"),
        (lambda: trace(fresh(), X[..., :2]), "x has 2 numbers at each step, the network reads 3"),
        (lambda: trace(fresh(), X[:0]), r"x is empty: it has shape \(0, 2, 3\)"),
        (lambda: trace(fresh(), [[1, 2, 3], [4, 5]]), "x is no array of numbers: its rows differ"),
        (lambda: trace(fresh(), [["a", "b", "c"]]), "x must hold real numbers"),
        (lambda: trace(fresh(), X + 0j), "x must hold real numbers; it holds complex128"),
        (lambda: trace("LSTM", X), "trace runs a Network, a Cell or a torch module, not a str"),
        (
            lambda: trace(
                fresh(), torch.nn.utils.rnn.pack_sequence([torch.ones(3, 2), torch.ones(2, 2)])
            ),
            "x has 2 numbers at each step, the network reads 3",
        ),
        (
            lambda: trace(torch.nn.ModuleDict({"a": torch.nn.GRU(3, 3), "b": Holding()}), X),
            r"a \(GRU, 3 → 3\), b\.inner\.lstm \(LSTM, 3 → 3\): choose one",
        ),
        (lambda: trace(torch.nn.Linear(3, 3), X), r"Linear is not an RNN.* trace\(model.lstm, x\)"),
        (lambda: trace(GALLERY["LSTM"], X), r'a bare cell needs its arrays, params=\{"W_i": …'),
        (
            bad(params={"layers.0.Wi": X}),
            r"no parameter 'layers.0.Wi'; did you mean 'layers.0.W_i'",
        ),
        (bad(initial={"h": np.zeros(4)}), "no initial state 'h'; there are layers.0.h"),
        (bad(initial={"layers.2.h": np.zeros(4)}), "no initial state 'layers.2.h'; did you mean"),
        (bad(initial={"layers.1.h": np.zeros(5)}), r"layers.1.h has shape \(5,\), not \(2, 4\)"),
        (bad(hold=Hold("ff", 0.0)), "no value `ff`; did you mean `f`"),
        (bad(hold=Hold("f", 0.0, layer=2)), "there is no layer 2: the network has layers 0 to 1"),
        (bad(hold=Hold("f", 0.0, steps=6)), "no step 6: the sequence has steps 0 to 5"),
        (bad(hold=Hold("f", 0.0, unit=4)), "`f` has units 0 to 3, not 4"),
        (lambda: trace(fresh(), X, hold=Hold("f", 0, reverse=True)), "layer 0 has no reverse"),
        (
            lambda: trace(fresh(), X, initial={"z": np.zeros(4)}),
            "no initial state 'z'; there are h",
        ),
        (lambda: trace(fresh(), X).layer(1), "there is no layer 1: the network has layers 0 to 0"),
        (
            lambda: trace(fresh(), X).backward(),
            "takes one of dh, at, dprediction and loss, not none",
        ),
        (lambda: trace(fresh(), X).backward(X, at=1), "and loss, not dh and at"),
        (lambda: trace(fresh(), X).backward(X), r"dh has shape \(6, 2, 3\), not \(6, 2, 4\)"),
        (lambda: trace(fresh(), X[:, 0]).backward(X[:, 0]), r"shape \(6, 3\), not \(6, 4\)"),
        (lambda: trace(fresh(), X).backward(at=6), "no step 6: the sequence has steps 0 to 5"),
        (lambda: trace(fresh(), X).backward(dprediction=X), "has no readout"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_an_unknown_value_gets_the_nearest_name():
    with pytest.raises(KeyError, match="no value `forget`"):
        trace(fresh(), X)["forget"]
    with pytest.raises(KeyError, match="no value `h_prv`"):
        trace(fresh(), X).backward(at=-1)["h_prv"]
