"""Watching changes nothing of the training, leaves nothing behind, and counts what led to steps."""

import copy
import json
import sys
import types
from itertools import count

import numpy as np
import pytest
import torch
from torch.optim import optimizer as optimizers

import rnnviz
from rnnviz.watching import lines
from rnnviz.watching import seen as seeing
from tests.test_borders import heavy_after
from tests.watching.loops import HIDDEN, INPUTS, built, sequences


class Model(torch.nn.Module):
    """An LSTM with dropout inside and above, and a readout."""

    def __init__(self):
        super().__init__()
        self.lstm = torch.nn.LSTM(INPUTS, HIDDEN, 2, dropout=0.3, bidirectional=True)
        self.readout = torch.nn.Sequential(torch.nn.Dropout(0.2), torch.nn.Linear(2 * HIDDEN, 1))

    def forward(self, x):
        return self.readout(self.lstm(x)[0][-1])


def train(model, *, updates=20, watch=None, clip=0.5, raises_at=None):
    """A loop as anybody writes it; `watch` are the arguments of `rnnviz.watch`."""
    optimizer = torch.optim.AdamW(model.parameters(), 1e-2)
    seen = None if watch is None else rnnviz.watch(model.lstm, **watch)
    try:
        for number, x in enumerate(sequences(updates, dtype=torch.float32)):
            if number == raises_at:
                raise RuntimeError("as loops do")
            optimizer.zero_grad()
            loss = model(x).square().mean()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
            if seen:
                seen.loss(loss)
            optimizer.step()
    finally:
        if seen:
            seen.close()
    return seen


def fresh_model(seed=0):
    torch.manual_seed(seed)
    return Model()


@pytest.mark.parametrize("every", [1, 3, 20])
def test_no_digit_of_the_training_changes(every):
    alone, watched = fresh_model(), fresh_model()
    torch.manual_seed(7)
    train(alone)
    after = torch.get_rng_state()
    torch.manual_seed(7)
    seen = train(watched, watch={"every": every})
    for one, other in zip(alone.state_dict().values(), watched.state_dict().values(), strict=True):
        assert torch.equal(one, other)
    assert torch.equal(after, torch.get_rng_state())
    assert seen.notes == ()
    assert seen.updates.tolist() == list(range(1, 21, every))


def hooks_of(model):
    """Whatever hangs on a model, its parameters or all optimizers."""
    on_modules = [
        hook
        for module in model.modules()
        for kind in (module._forward_hooks, module._forward_pre_hooks, module._backward_hooks)
        for hook in kind.values()
    ]
    on_parameters = [
        p for p in model.parameters() if p._post_accumulate_grad_hooks or p._backward_hooks
    ]
    return [*on_modules, *on_parameters, *optimizers._global_optimizer_pre_hooks.values()]


@pytest.mark.parametrize("raises_at", [None, 0, 5])
def test_no_hook_is_left_behind(raises_at):
    model = fresh_model()
    with rnnviz.watch(model.lstm):
        assert hooks_of(model)
    assert hooks_of(model) == []
    if raises_at is None:
        train(model, watch={})
    else:
        with pytest.raises(RuntimeError, match="as loops do"):
            train(model, watch={"every": 1}, raises_at=raises_at)
    assert hooks_of(model) == []


def test_a_copy_of_the_model_and_a_file_of_it_are_not_watched(tmp_path):
    model = fresh_model()
    (x,) = sequences(1, dtype=torch.float32)
    with rnnviz.watch(model, every=1, log=tmp_path / "log") as seen:
        copied = copy.deepcopy(model)
        torch.save(model, tmp_path / "model.pt")
        read = torch.load(tmp_path / "model.pt", weights_only=False)
        for other in (copied, read):
            other(x).sum().backward()
            torch.optim.SGD(other.parameters(), 0.1).step()
    assert seen.updates.size == 0
    assert seen.notes == ()


def test_an_update_that_an_error_broke_off_is_not_recorded():
    cell, (x,) = torch.nn.GRUCell(INPUTS, HIDDEN), sequences(1, dtype=torch.float32)
    outputs = []

    def interrupt(_):
        raise KeyboardInterrupt

    def loop(h):
        with seen:
            for step in x:
                h = cell(step, h)
                outputs.append(h)
            outputs[4].register_hook(interrupt)
            h.sum().backward()

    seen = rnnviz.watch(cell, every=1)
    with pytest.raises(KeyboardInterrupt):
        loop(torch.zeros(4, HIDDEN))
    assert seen.updates.size == 0


def test_what_is_backpropagated_after_closing_is_not_looked_at():
    module, (x,) = built("LSTM"), sequences(1)
    with rnnviz.watch(module, every=1) as seen:
        output = module(x)[0]
    output.sum().backward()
    seen.close()
    assert seen.updates.size == 0


def test_forward_passes_without_gradients_are_not_looked_at():
    model = fresh_model()
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    x, other = sequences(2, dtype=torch.float32)
    with rnnviz.watch(model, every=1) as seen:
        for _ in range(3):
            with torch.no_grad():
                model(other)
            model(other)  # never backpropagated: it goes with its graph
            model(x).sum().backward()
            optimizer.step()
    assert seen.updates.tolist() == [1, 2, 3]
    assert seen.last.recording.x.shape == (9, 4, 3)
    np.testing.assert_array_equal(seen.last.recording.x, x.numpy())


def test_an_update_is_a_step_of_an_optimizer_that_holds_the_module():
    module, other = built("GRU"), torch.nn.Linear(2, 2)
    mine = torch.optim.SGD(module.parameters(), 0.1)
    others = torch.optim.Adam(other.parameters(), 0.1)
    with rnnviz.watch(module, every=1) as seen:
        for x in sequences(4):
            others.step()
            module(x)[0].sum().backward()
            others.step()
            mine.step()
            others.step()
    assert seen.updates.tolist() == [1, 2, 3, 4]
    assert {row.optimizer for row in seen.watched.rows} == {"SGD"}


@pytest.mark.parametrize("every", [1, 2])
def test_parameters_changed_by_hand_are_an_update_of_which_clipping_is_not_known(every):
    module = built("RNN")
    with rnnviz.watch(module, every=every) as seen:
        for x in sequences(3):
            module(x)[0].square().sum().backward()
            with torch.no_grad():
                for parameter in module.parameters():
                    parameter -= 0.01 * parameter.grad
                    parameter.grad = None
    assert seen.updates.tolist() == list(range(1, 4, every))
    assert np.isnan(seen.history["grad_norm_clipped"]).all()
    assert (seen.history["grad_norm"] > 0).all()


def test_the_parameters_gradient_before_and_after_clipping():
    """Against clip_grad_norm_'s own answer, of the module's parameters alone."""
    module, batches = built("LSTM"), sequences(6)
    optimizer = torch.optim.SGD(module.parameters(), 1e-3)
    before = []
    with rnnviz.watch(module, every=1) as seen:
        for x in batches:
            optimizer.zero_grad()
            module(x)[0].square().sum().backward()
            before.append(torch.nn.utils.clip_grad_norm_(module.parameters(), 1.5).item())
            optimizer.step()
    np.testing.assert_allclose(seen.history["grad_norm"], before, rtol=1e-12)
    clipped = np.minimum(before, 1.5)
    np.testing.assert_allclose(seen.history["grad_norm_clipped"], clipped, rtol=1e-5)
    np.testing.assert_array_equal(seen.history["clipped"], np.array(before) > 1.5)
    assert all(row.by_one_factor for row in seen.watched.rows)


def test_clipping_by_value_is_seen_as_no_single_factor():
    module, (x,) = built("LSTM"), sequences(1)
    optimizer = torch.optim.SGD(module.parameters(), 1e-3)
    with rnnviz.watch(module, every=1) as seen:
        module(x)[0].square().sum().backward()
        torch.nn.utils.clip_grad_value_(module.parameters(), 0.1)
        optimizer.step()
    (row,) = seen.watched.rows
    assert seen.history["clipped"].all()
    assert not row.by_one_factor


def test_a_loss_that_was_scaled_up_and_is_taken_back_is_not_called_clipped():
    module, (x,) = built("LSTM"), sequences(1)
    optimizer = torch.optim.SGD(module.parameters(), 1e-3)
    with rnnviz.watch(module, every=1) as seen:
        (65536 * module(x)[0].square().sum()).backward()
        for parameter in module.parameters():
            parameter.grad /= 65536
        optimizer.step()
    assert not seen.history["clipped"].any()


def test_mixed_precision_is_not_measured_and_said():
    module, (x,) = torch.nn.LSTM(INPUTS, HIDDEN), sequences(1, dtype=torch.float32)
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    with rnnviz.watch(module, every=1) as seen:
        with torch.autocast("cpu", torch.bfloat16):
            loss = module(x)[0].sum()
        loss.backward()
        optimizer.step()
    assert seen.updates.size == 0
    assert "mixed or half precision is not measured" in str(seen.notes[0])
    with pytest.raises(ValueError, match="no update was recorded yet; mixed or half"):
        _ = seen.last


def test_a_module_that_another_hook_changes_is_not_measured_and_said():
    module, (x,) = built("LSTM"), sequences(1)
    module.register_forward_hook(lambda module, given, out: (out[0] * 2, out[1]))
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    with rnnviz.watch(module, every=1) as seen:
        module(x)[0].sum().backward()
        optimizer.step()
    assert "the module gave other numbers than its equations do" in str(seen.notes[0])
    assert seen.updates.size == 0


def test_what_goes_wrong_while_looking_does_not_stop_the_training(monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("as bugs do")

    monkeypatch.setattr(seeing, "measured", broken)
    seen = train(fresh_model(), watch={"every": 1}, updates=12)
    assert "update 1 was not measured: ZeroDivisionError: as bugs do" in str(seen.notes[0])
    assert len(seen.notes) <= 8


def test_the_losses_that_are_handed_over_stand_beside_their_updates():
    module = built("GRU")
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    with rnnviz.watch(module, every=2) as seen:
        for number, x in enumerate(sequences(5), 1):
            module(x)[0].square().sum().backward()
            if number == 1:
                seen.loss(torch.tensor(float(number)))
            optimizer.step()
            if number > 1:
                seen.loss(number)  # after the step it is still that update's
    np.testing.assert_array_equal(seen.history["loss"], [1.0, 3.0, 5.0])


def test_what_is_kept_is_bounded_and_read_from_the_log_as_it_was_kept(monkeypatch, tmp_path):
    for module in (seeing, lines):
        monkeypatch.setattr(module, "MOST_ROWS", 6)
    seen = train(fresh_model(), watch={"every": 1, "log": tmp_path / "log"}, updates=40)
    assert len(seen.updates) <= 6
    assert np.ptp(np.diff(seen.updates)) == 0
    assert lines.read(tmp_path / "log").history["update"].tolist() == seen.updates.tolist()


def test_the_update_recorded_last_stays_as_it_was_for_whoever_has_it():
    module = built("LSTM")
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    with rnnviz.watch(module, every=1) as seen:
        kept = []
        for x in sequences(3):
            module(x)[0].sum().backward()
            optimizer.step()
            kept.append((seen.last, seen.last["h"], seen.last.gradient("h")))
    for last, h, gradient in kept:
        np.testing.assert_array_equal(last["h"], h)
        np.testing.assert_array_equal(last.gradient("h"), gradient)
    assert [last.number for last, *_ in kept] == [1, 2, 3]


@pytest.mark.parametrize(
    ("make", "options", "says"),
    [
        (lambda: torch.nn.Linear(2, 2), {}, "Linear is not an RNN"),
        (lambda: torch.nn.ModuleList([torch.nn.GRU(2, 2), torch.nn.GRU(2, 2)]), {}, "choose one"),
        (lambda: torch.nn.GRU(2, 2), {"every": 0}, "every is how many updates"),
    ],
)
def test_what_cannot_be_watched_is_refused_at_once(make, options, says):
    with pytest.raises(ValueError, match=says):
        rnnviz.watch(make(), **options)


def test_the_module_of_a_model_is_found_or_named():
    model = torch.nn.ModuleDict({"encoder": torch.nn.GRU(2, 3), "decoder": torch.nn.LSTM(2, 4)})
    with rnnviz.watch(model, module="decoder") as seen:
        assert seen.watched.cell == "LSTM"
    with rnnviz.watch(Model()) as seen:
        assert seen.watched.prefixes[-1] == "layers.1.reverse."


def test_torch_is_not_loaded_for_it_before_it_is_called():
    assert heavy_after("import rnnviz; rnnviz.watch") == []


class Shell:
    kernel = object()


@pytest.fixture
def notebook(monkeypatch):
    """What a kernel offers, and all that it was shown: (what, "new" or "again")."""
    shown = []

    class Handle:
        def update(self, what):
            shown.append((what, "again"))

    def display(what, *, display_id):
        shown.append((what, "new"))
        return Handle()

    ipython = types.SimpleNamespace(get_ipython=Shell)
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    parts = types.SimpleNamespace(HTML=str, display=display)
    monkeypatch.setitem(sys.modules, "IPython.display", parts)
    return shown


def test_in_a_notebook_it_draws_itself_once_a_second_at_most_and_in_the_end(notebook, monkeypatch):
    monkeypatch.setattr(seeing, "monotonic", (count(0, 0.25)).__next__)
    seen = train(fresh_model(), watch={"every": 1})
    assert [how for _, how in notebook] == ["new", *["again"] * 5]  # 20 updates are 5 seconds
    assert notebook[-1][0] == seen._repr_html_()
    assert "image/png" in notebook[-1][0]


def test_outside_of_a_notebook_nothing_is_drawn(notebook, monkeypatch):
    monkeypatch.setattr(Shell, "kernel", None)
    train(fresh_model(), watch={"every": 1})
    assert notebook == []


def test_each_recorded_update_is_a_line_of_json_at_once(tmp_path):
    log = tmp_path / "run.jsonl"
    seen = train(fresh_model(), watch={"every": 5, "log": log})
    heading, *rows = map(json.loads, log.read_text().splitlines())
    assert heading["rnnviz.watch"] == 1
    assert [row["update"] for row in rows] == seen.updates.tolist()
    with pytest.raises(FileExistsError):
        rnnviz.watch(fresh_model(), log=log)


def test_a_log_that_cannot_be_begun_leaves_no_hook():
    model = fresh_model()
    with pytest.raises(FileNotFoundError):
        rnnviz.watch(model, log="/nowhere/run.jsonl")
    assert hooks_of(model) == []
