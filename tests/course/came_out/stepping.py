"""What comes out of the units on the Step page."""

import numpy as np

from rnnviz.engine.checks import Hold
from rnnviz.network.counterpart import counterpart_of
from rnnviz.notation import percent
from rnnviz.recording import trace
from rnnviz.scenes.examples import reading, trained


def shares(task, cell, hold=()):
    """What a shipped network answers at the last step of the first sequence: symbol → share."""
    network, _record = trained(task, cell)
    prediction = trace(network, reading(task).x[:, 0], hold=hold).prediction[-1]
    found = np.exp(prediction - prediction.max())
    return dict(zip(reading(task).symbols, found / found.sum(), strict=False))


def in_percent(share):
    """As sentences write it: "9 %", "99.8 %" where it is nearly all."""
    return f"{100 * share:.1f} %" if share > 0.99 else f"{100 * share:.0f} %"


def same_weights(unit):
    network, _record = trained("parity at every step", "RNN (tanh)")
    read = [name for name, array in network.layers[0].params.items() if name.startswith("W")]
    return 2 if len(read) == 1 else 0, set()


def hidden_state(unit):
    network, _record = trained("temporal order", "RNN (tanh)")
    x = reading("temporal order").x[:, 0]
    answers, found = [], []
    for hold in ((), Hold("h", 0.0, steps=2)):
        prediction = trace(network, x, hold=hold).prediction[-1]
        share = np.exp(prediction - prediction.max()) / np.exp(prediction - prediction.max()).sum()
        answers.append(int(share.argmax()))
        found.append(in_percent(share.max()))
    labels = reading("temporal order").labels[0]
    assert (labels[2], labels[11]) == ("Y", "X")
    assert answers[0] != answers[1]
    assert network.hidden == 16
    return 1, {*found, "3", "12", "4", "16"}


def forget_keeps(unit):
    before = shares("marked recall", "LSTM")
    kept, forgotten = (
        shares("marked recall", "LSTM", Hold("f", value, steps=range(9, 15)))
        for value in (1.0, 0.0)
    )
    assert min(before["B"], kept["B"]) > 0.99
    assert max(forgotten, key=forgotten.get) == "D"
    return 0, {"99 %", in_percent(forgotten["B"]), "0", "1"}


def conveyor(unit):
    holds = [Hold(name, value, steps=range(9, 15)) for name, value in (("f", 1.0), ("i", 0.0))]
    network, _record = trained("marked recall", "LSTM")
    c = trace(network, reading("marked recall").x[:, 0], hold=holds)["c"]
    answer = shares("marked recall", "LSTM", holds)["B"]
    return 1 if np.array_equal(c[8], c[14]) else 0, {in_percent(answer), "0", "1", "15", "9"}


def one_gate(unit):
    network, _record = trained("marked recall", "LSTM")
    run = trace(network, reading("marked recall").x[:, 0])
    values = np.concatenate([run[gate].ravel() for gate in network.layers[0].cell.gates])
    between = float(((values > 0.05) & (values < 0.95)).mean())
    sums = [np.log(one / (1 - one)) for one in (0.95, 0.999)]
    said = {percent(between).replace("%", " %"), "0.5", "0.95", "0.999", "0", "1", "720"}
    assert values.size == 720
    return 2 if between > 0.75 else 1, said | {f"{one:.1f}" for one in sums}


def two_gates(unit):
    network, _record = trained("marked recall", "GRU (PyTorch)")
    x = reading("marked recall").x[:, 0]
    one, other = trace(network, x)["h"], trace(counterpart_of(network), x)["h"]
    kept = trace(network, x, hold=Hold("z", 1.0, steps=range(9, 15)))
    assert np.array_equal(kept["h"][8], kept["h"][14])
    assert reading("marked recall").symbols[int(kept.prediction[-1].argmax())] == "B"
    return 0 if np.abs(one - other).max() < 1e-12 else 1, set()
