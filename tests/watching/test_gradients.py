"""What watching measures is what torch's own `retain_grad` holds after walking the same cells."""

import numpy as np
import pytest
import torch

import rnnviz
from tests.watching.loops import BATCH, CELLS, HIDDEN, INPUTS, KINDS, TIME, built, sequences, walked

STATES = {"LSTM": "hc", "GRU": "h", "RNN": "h"}


def judged(output, *states):
    """An L that depends on every output and on the last states, unequally."""
    weights = torch.linspace(-1, 1, output.numel(), dtype=output.dtype).reshape(output.shape)
    return (output * weights).sum() + sum((s.tanh() * 0.3).sum() for s in states)


def agree(seen, walked, kind, row=0):
    for (layer, reverse), one in walked.items():
        for state in STATES[kind]:
            ours = seen.norms(state, layer, reverse=reverse)[row]
            np.testing.assert_allclose(ours, one.norms(state), rtol=1e-9)


def watched(module, *given, judge=judged):
    """One update, watched."""
    optimizer = torch.optim.SGD(module.parameters(), 0.0)
    with rnnviz.watch(module, every=1) as seen:
        output, state = module(*given)
        data = output if torch.is_tensor(output) else output.data
        judge(data, *(state if isinstance(state, tuple) else (state,))).backward()
        optimizer.step()
    assert seen.notes == ()
    return seen


@pytest.mark.parametrize("options", [{}, {"num_layers": 2}, {"bidirectional": True},
                                     {"num_layers": 2, "bidirectional": True}])  # fmt: skip
@pytest.mark.parametrize("kind", KINDS)
def test_of_all_layers_and_directions(kind, options):
    module, (x,) = built(kind, **options), sequences(1)
    found, output, h_n, c_n = walked(kind, module, x)
    judged(output, *((h_n, c_n) if kind == "LSTM" else (h_n,))).backward()
    agree(watched(module, x), found, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_with_the_batch_first_and_the_first_states_given(kind):
    module, (x,) = built(kind, num_layers=2, batch_first=True), sequences(1)
    h0, c0 = torch.randn(2, 2, BATCH, HIDDEN, dtype=torch.float64)
    given = (h0, c0) if kind == "LSTM" else h0
    found, output, h_n, c_n = walked(kind, module, x, given)
    states = (h_n, c_n) if kind == "LSTM" else (h_n,)
    judged(output.swapaxes(0, 1), *states).backward()
    agree(watched(module, x.swapaxes(0, 1), given), found, kind)


@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_of_packed_sequences_whose_padding_has_none(kind, bidirectional):
    """The oracle walks the padded batch whose states stay as they are after a sequence's end."""
    module, (x,) = built(kind, num_layers=2, bidirectional=bidirectional), sequences(1)
    lengths = [5, 9, 2, 7]
    packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, enforce_sorted=False)
    there = (torch.arange(TIME)[:, None] < torch.tensor(lengths))[..., None]
    found, output, h_n, _ = walked(kind, module, x, lengths=lengths)
    ((output * there).square().sum() + h_n.sum()).backward()
    for walk in found.values():
        for states in (walk.h, walk.c):
            for t, state in enumerate(states):
                if state.grad is not None:
                    state.grad *= there[t]

    def judge(data, h_n, *others):
        return data.square().sum() + h_n.sum()

    agree(watched(module, packed, judge=judge), found, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_single_sequence_without_a_batch(kind):
    module, (x,) = built(kind), sequences(1)
    found, output, *_ = walked(kind, module, x[:, :1])
    output.square().sum().backward()
    seen = watched(module, x[:, 0], judge=lambda output, *states: output.square().sum())
    agree(seen, found, kind)


def stepped(cell, x, h, c):
    """A loop over a cell: its outputs, with their gradients retained."""
    outputs = []
    for step in x:
        if c is None:
            h = cell(step, h)
        else:
            h, c = cell(step, (h, c))
        h.retain_grad()
        outputs.append(h)
    return outputs


@pytest.mark.parametrize("kind", CELLS)
def test_of_a_loop_over_a_cell_which_is_one_sequence(kind):
    torch.manual_seed(0)
    cell, (x,) = CELLS[kind](INPUTS, HIDDEN, dtype=torch.float64), sequences(1)
    optimizer = torch.optim.SGD(cell.parameters(), 0.0)
    zero = torch.zeros(BATCH, HIDDEN, dtype=torch.float64)
    with rnnviz.watch(cell, every=1) as seen:
        outputs = stepped(cell, x, zero, zero if kind == "LSTM" else None)
        outputs[-1].square().sum().backward()
        optimizer.step()
    assert seen.norms("h").shape == (1, TIME)
    np.testing.assert_allclose(seen.norms("h")[0], [h.grad.norm() for h in outputs], rtol=1e-10)
    np.testing.assert_allclose(seen.last["h"], torch.stack(outputs).detach().numpy(), atol=1e-14)
    np.testing.assert_allclose(
        seen.last.gradient("h"), np.stack([h.grad.numpy() for h in outputs]), atol=1e-14
    )


def test_of_a_cell_s_c_which_is_the_total_derivative():
    torch.manual_seed(0)
    cell, (x,) = torch.nn.LSTMCell(INPUTS, HIDDEN, dtype=torch.float64), sequences(1)
    module = built("LSTM")
    module.load_state_dict({f"{name}_l0": tensor for name, tensor in cell.state_dict().items()})
    found, output, *_ = walked("LSTM", module, x)
    output[-1].square().sum().backward()
    optimizer = torch.optim.SGD(cell.parameters(), 0.0)
    zero = torch.zeros(BATCH, HIDDEN, dtype=torch.float64)
    with rnnviz.watch(cell, every=1) as seen:
        stepped(cell, x, zero, zero)[-1].square().sum().backward()
        optimizer.step()
    agree(seen, found, "LSTM")


def test_of_a_loop_that_changes_the_state_between_two_steps():
    """A mask, as of sequences that have ended, and a norm: still one sequence, still torch's."""
    torch.manual_seed(0)
    cell, (x,) = torch.nn.GRUCell(INPUTS, HIDDEN, dtype=torch.float64), sequences(1)
    optimizer = torch.optim.SGD(cell.parameters(), 0.0)
    mask = torch.tensor([1.0, 1.0, 0.0, 1.0], dtype=torch.float64)[:, None]
    h, outputs = torch.zeros(BATCH, HIDDEN, dtype=torch.float64), []
    with rnnviz.watch(cell, every=1) as seen:
        for step in x:
            new = cell(step, h)
            new.retain_grad()
            outputs.append(new)
            h = torch.nn.functional.layer_norm(mask * new + (1 - mask) * h, (HIDDEN,))
        h[:, 0].sum().backward()
        optimizer.step()
    np.testing.assert_allclose(seen.norms("h")[0], [h.grad.norm() for h in outputs], rtol=1e-9)


def test_a_module_called_piece_by_piece_is_one_sequence_where_its_state_goes_on():
    module, (x,) = built("LSTM"), sequences(1)
    found, output, *_ = walked("LSTM", module, x)
    output.square().sum().backward()
    optimizer = torch.optim.SGD(module.parameters(), 0.0)
    with rnnviz.watch(module, every=1) as seen:
        first, state = module(x[:4])
        second, state = module(x[4:5], state)
        third, _ = module(x[5:], state)
        torch.cat([first, second, third]).square().sum().backward()
        optimizer.step()
    agree(seen, found, "LSTM")


def test_a_state_that_is_detached_begins_a_sequence_beside_the_other():
    module, (x,) = built("GRU"), sequences(1)
    optimizer = torch.optim.SGD(module.parameters(), 0.0)
    parts = []
    h = torch.zeros(1, BATCH, HIDDEN, dtype=torch.float64)
    for part in (x[:5], x[5:]):
        found, output, h_n, _ = walked("GRU", module, part, h.detach())
        output.square().sum().backward()
        parts.append(np.pad(found[0, False].norms("h"), (0, 5 - len(part))))
        h = h_n
    with rnnviz.watch(module, every=1) as seen:
        first, state = module(x[:5])
        second, _ = module(x[5:], state.detach())
        (first.square().sum() + second.square().sum()).backward()
        optimizer.step()
    np.testing.assert_allclose(seen.norms("h")[0], np.hypot(*parts), rtol=1e-9)


def test_accumulated_gradients_are_of_one_update_whose_batches_lie_side_by_side():
    module, batches = built("LSTM"), sequences(3)
    whole = watched(module, torch.cat(list(batches), 1), judge=lambda y, *_: y.square().sum())
    optimizer = torch.optim.SGD(module.parameters(), 0.0)
    module.zero_grad()
    with rnnviz.watch(module, every=1) as seen:
        for x in batches:
            module(x)[0].square().sum().backward()
        optimizer.step()
    np.testing.assert_allclose(seen.norms("h"), whole.norms("h"), rtol=1e-10)
    np.testing.assert_allclose(seen.norms("c"), whole.norms("c"), rtol=1e-10)
    for name in ("grad_norm", "grad_norm_clipped", "gate_mean.f", "gate_open.i"):
        np.testing.assert_allclose(seen.history[name], whole.history[name], rtol=1e-10)


def test_two_losses_of_one_forward_pass_add_up():
    module, (x,) = built("LSTM"), sequences(1)
    both = watched(module, x, judge=lambda y, *_: y.square().sum() + y.sum())
    optimizer = torch.optim.SGD(module.parameters(), 0.0)
    with rnnviz.watch(module, every=1) as seen:
        output = module(x)[0]
        output.square().sum().backward(retain_graph=True)
        output.sum().backward()
        optimizer.step()
    np.testing.assert_allclose(seen.norms("h"), both.norms("h"), rtol=1e-10)
    np.testing.assert_allclose(seen.norms("c"), both.norms("c"), rtol=1e-10)


def test_dropout_between_the_layers_is_repeated_as_torch_drew_it():
    """Only with the very factors that torch drew are the weights' gradients torch's own."""
    torch.manual_seed(5)
    module = torch.nn.LSTM(INPUTS, HIDDEN, 2, dropout=0.4, dtype=torch.float64)
    (x,) = sequences(1)
    optimizer = torch.optim.SGD(module.parameters(), 0.0)
    with rnnviz.watch(module, every=1) as seen:
        torch.manual_seed(11)
        module(x)[0].square().sum().backward()
        optimizer.step()
    theirs = [p.grad.clone() for p in module.parameters()]
    assert seen.notes == ()
    ours = seen.last.gradients.parameters
    for name, gate in zip("ifgo", theirs[0].chunk(4), strict=True):
        np.testing.assert_allclose(ours[f"layers.0.W_{name}"], gate.numpy(), atol=1e-12)


def test_the_norms_of_the_gates_are_those_of_the_module_s_values():
    module, (x,) = built("LSTM"), sequences(1)
    seen = watched(module, x)
    f = rnnviz.trace(module, x)["f"]
    assert seen.history["gate_mean.f"][0] == pytest.approx(f.mean(), rel=1e-12)
    assert seen.history["gate_closed.f"][0] == (f < 0.1).mean()
    assert seen.history["gate_open.f"][0] == (f > 0.9).mean()
    np.testing.assert_array_equal(seen.last["f"], f)
