"""Models as they are trained: several networks in one, a module called twice, compiled, bfloat16;
and a kernel of Jupyter's that draws what is seen while it trains."""

import nbformat
import numpy as np
import pytest
import torch
from nbclient import NotebookClient

import rnnviz
from tests.test_examples import ROOT
from tests.watching.loops import BATCH, HIDDEN, INPUTS, TIME, built, sequences


class Two(torch.nn.Module):
    """An LSTM below a GRU, and a readout of the last step."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.below = torch.nn.LSTM(INPUTS, HIDDEN)
        self.above = torch.nn.GRU(HIDDEN, HIDDEN)
        self.readout = torch.nn.Linear(HIDDEN, 1)

    def forward(self, x):
        return self.readout(self.above(self.below(x)[0])[0][-1])


def trained(model, call=None, updates=3):
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    for x in sequences(updates, dtype=next(model.parameters()).dtype):
        optimizer.zero_grad()
        (model if call is None else call)(x).square().mean().backward()
        optimizer.step()


def retained(model, x):
    """What torch has of dL/d(the output) of both modules, from outside each."""
    below, _ = model.below(x)
    above, _ = model.above(below)
    below.retain_grad(), above.retain_grad()
    model.readout(above[-1]).square().mean().backward()
    return below.grad, above.grad


def test_two_networks_of_one_model_are_watched_side_by_side_each_by_its_name():
    model = Two().double()
    with pytest.raises(ValueError, match=r"2 recurrent modules, below \(LSTM, 3 → 5\), above"):
        rnnviz.watch(model)
    with (
        rnnviz.watch(model, module="below", every=1) as below,
        rnnviz.watch(model, module="above", every=1) as above,
    ):
        trained(model, updates=1)
    assert (below.watched.cell, above.watched.cell) == ("LSTM", "GRU (PyTorch)")
    same = Two().double()
    (x,) = sequences(1)
    arrived, _ = retained(same, x)
    # of the top layer's last step nothing comes back through time: torch's gradient is all of it
    np.testing.assert_allclose(below.last.gradient("h")[-1], arrived[-1], rtol=1e-10, atol=1e-15)
    for seen in (below, above):
        assert seen.notes == ()
        assert seen.norms("h").shape == (1, TIME)


def test_two_calls_of_one_step_of_training_lie_side_by_side_in_one_batch():
    module, (x, other) = built("LSTM"), sequences(2)
    optimizer = torch.optim.SGD(module.parameters(), 0.0)

    def norms(*losses):
        module.zero_grad()
        with rnnviz.watch(module, every=1) as seen:
            sum(module(one)[0].square().sum() for one in losses).backward()
            optimizer.step()
        assert seen.notes == ()
        return seen.norms("h")[0]

    together = np.hypot(norms(x), norms(other))
    np.testing.assert_allclose(norms(x, other), together, rtol=1e-10)
    np.testing.assert_allclose(norms(torch.cat([x, other], 1)), together, rtol=1e-10)


@pytest.fixture
def compiler():
    """torch's compiler with nothing made before, and nothing left behind."""
    torch._dynamo.reset()
    yield
    torch._dynamo.reset()


@pytest.mark.filterwarnings("ignore:The .grad attribute")  # read by the compiler itself
@pytest.mark.usefixtures("compiler")
def test_a_compiled_model_is_watched_as_the_plain_one():
    plain, compiled = Two(), Two()
    call = torch.compile(compiled, backend="eager")
    with rnnviz.watch(plain, module="above", every=1) as of_plain:
        trained(plain)
    with rnnviz.watch(compiled, module="above", every=1) as of_compiled:
        trained(compiled, call)
    assert of_compiled.notes == ()
    np.testing.assert_allclose(of_compiled.norms("h"), of_plain.norms("h"), rtol=1e-4)
    for one, other in zip(plain.parameters(), compiled.parameters(), strict=True):
        torch.testing.assert_close(one, other)


class Looped(torch.nn.Module):
    """A loop over a cell, which the compiler takes whole: a layer it leaves to be called."""

    def __init__(self):
        super().__init__()
        self.cell = torch.nn.GRUCell(INPUTS, HIDDEN)

    def forward(self, x):
        h = x.new_zeros(x.shape[1], HIDDEN)
        for step in x[:3]:
            h = self.cell(step, h)
        return h


@pytest.mark.filterwarnings("ignore:The .grad attribute")  # read by the compiler itself
@pytest.mark.usefixtures("compiler")
def test_what_was_compiled_before_goes_past_the_hooks_and_the_way_out_is_said():
    model = Looped()
    call = torch.compile(model, backend="eager")
    trained(model, call, updates=1)
    with rnnviz.watch(model, every=1) as seen:
        trained(model, call)
    assert seen.updates.size == 0
    assert "call torch._dynamo.reset() once watching" in str(seen.notes[0])
    with rnnviz.watch(model, every=1) as seen:
        torch._dynamo.reset()
        trained(model, call)
    assert seen.updates.tolist() == [1, 2, 3]
    assert seen.notes == ()


def test_where_its_weights_are_used_and_it_is_not_called_that_is_said():
    module = built("LSTM")
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    with rnnviz.watch(module, every=1) as seen:
        module.weight_ih_l0.square().sum().backward()
        optimizer.step()
    assert seen.updates.size == 0
    assert "its parameters had gradients, and no call of it was seen" in str(seen.notes[0])


def test_a_module_in_bfloat16_is_not_measured_and_said():
    module = torch.nn.LSTM(INPUTS, HIDDEN).bfloat16()
    with rnnviz.watch(module, every=1) as seen:
        trained(module, lambda x: module(x)[0].float())
    assert seen.updates.size == 0
    assert "mixed or half precision is not measured" in str(seen.notes[0])


CELL = f"""\
import time, torch, rnnviz
lstm = torch.nn.LSTM({INPUTS}, {HIDDEN})
optimizer = torch.optim.SGD(lstm.parameters(), 0.1)
with rnnviz.watch(lstm, every=1) as seen:
    for update in range(4):
        optimizer.zero_grad()
        lstm(torch.randn({TIME}, {BATCH}, {INPUTS}))[0].square().mean().backward()
        optimizer.step()
        time.sleep(0.6)
"""


def test_a_kernel_draws_it_while_the_cell_trains_in_one_place(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    client, heard = NotebookClient(book, timeout=300, kernel_name="python3"), []
    take = client.process_message

    def listen(message, *given):
        heard.append((message["msg_type"], message["content"]))
        return take(message, *given)

    client.process_message = listen
    client.execute()
    shown = [(kind, said) for kind, said in heard if "display_data" in kind]
    kinds = [kind for kind, _ in shown]
    assert kinds[0] == "display_data"
    assert set(kinds[1:]) == {"update_display_data"}
    assert len({said["transient"]["display_id"] for _, said in shown}) == 1
    (output,) = book.cells[0].outputs
    html = output["data"]["text/html"]
    assert "4 recorded updates up to update 4" in html
    assert "<script" not in html
