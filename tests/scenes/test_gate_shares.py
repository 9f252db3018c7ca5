"""What is said of the gates of trained networks is counted in the networks, with torch's digits."""

import numpy as np
import pytest
import torch

from rnnviz.cells import GALLERY, MENU
from rnnviz.scenes.examples import PRESETS, drawn, trained
from rnnviz.scenes.gate_shares import Shares, of_trained, shares, together


def test_every_gate_of_every_trained_network_is_counted_once():
    found = of_trained()
    gates = [(name, gate) for name in MENU for gate in GALLERY[name].gates]
    assert [(one.cell, one.gate) for one in found] == gates
    for one in found:
        assert set(one.by_task) == set(PRESETS)
        for task, share in one.by_task.items():
            preset = PRESETS[task]
            hidden = trained(task, one.cell)[0].layers[0].hidden
            assert share.values == preset.length * 64 * hidden
            assert share.shut + share.between + share.open == pytest.approx(1.0)
            assert min(share[1:]) >= 0


@pytest.mark.parametrize("task", PRESETS)
def test_the_lstm_s_gates_are_torch_s(task):
    """The oracle: the gates worked out from torch's own states of the same network."""
    network, _record = trained(task, "LSTM")
    p = {n: torch.tensor(a) for n, a in network.layers[0].params.items()}
    x = torch.tensor(drawn(task).x)
    cell = torch.nn.LSTMCell(x.shape[-1], network.layers[0].hidden, dtype=torch.float64)
    with torch.no_grad():
        cell.weight_ih.copy_(torch.cat([p[f"W_{gate}"] for gate in "ifgo"]))
        cell.weight_hh.copy_(torch.cat([p[f"U_{gate}"] for gate in "ifgo"]))
        cell.bias_ih.copy_(torch.cat([p[f"b_{gate}"] for gate in "ifgo"]))
        cell.bias_hh.zero_()
        h = c = torch.zeros(x.shape[1], network.layers[0].hidden, dtype=torch.float64)
        gates = {"i": [], "f": [], "o": []}
        for step in x:
            for gate, values in gates.items():
                total = step @ p[f"W_{gate}"].T + h @ p[f"U_{gate}"].T + p[f"b_{gate}"]
                values.append(torch.sigmoid(total))
            h, c = cell(step, (h, c))
    for one in of_trained():
        if one.cell == "LSTM":
            values = torch.stack(gates[one.gate])
            share = one.by_task[task]
            assert share.shut == pytest.approx((values < 0.05).double().mean().item(), abs=1e-12)
            assert share.open == pytest.approx((values > 0.95).double().mean().item(), abs=1e-12)


def test_the_ends_do_not_count_as_shut_or_open():
    found = shares(np.array([0.0, 0.049, 0.05, 0.5, 0.95, 0.951, 1.0, 1.0]))
    assert found == Shares(8, 2 / 8, pytest.approx(3 / 8), 3 / 8)


def test_together_every_value_counts_alike():
    some = [Shares(1, 1.0, 0.0, 0.0), Shares(3, 0.0, 1.0, 0.0)]
    assert together(some) == Shares(4, 0.25, 0.75, 0.0)
