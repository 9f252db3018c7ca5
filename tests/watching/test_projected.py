"""An LSTM whose h is projected (`proj_size`), watched: what is measured is torch's own."""

import json

import numpy as np
import pytest
import torch

import rnnviz
from rnnviz.watching import lines
from tests.watching.loops import BATCH, HIDDEN, INPUTS, TIME, built, sequences, walked
from tests.watching.test_gradients import agree, judged, watched

NUMBERS = 2
FORMS = [
    {},
    {"num_layers": 2},
    {"bidirectional": True},
    {"num_layers": 2, "bidirectional": True},
]


def projected(**options):
    return built("LSTM", proj_size=NUMBERS, **options)


@pytest.mark.parametrize("options", FORMS)
def test_the_norms_are_those_of_a_loop_with_the_projection_in_it(options):
    module, (x,) = projected(**options), sequences(1)
    found, output, h_n, c_n = walked("LSTM", module, x)
    judged(output, h_n, c_n).backward()
    seen = watched(module, x)
    agree(seen, found, "LSTM")
    top = found[module.num_layers - 1, False]
    assert seen.last["h"].shape == seen.last.gradient("h").shape == (TIME, BATCH, NUMBERS)
    assert seen.last["c"].shape == (TIME, BATCH, HIDDEN)
    for state, walk in (("h", top.h), ("c", top.c)):
        gradients = np.stack([one.grad.numpy() for one in walk])
        np.testing.assert_allclose(seen.last.gradient(state), gradients, rtol=0, atol=1e-12)


@pytest.mark.parametrize("options", FORMS)
def test_from_first_states_that_are_given(options):
    module, (x,) = projected(**options), sequences(1)
    count = module.num_layers * (1 + module.bidirectional)
    start = tuple(torch.randn(count, BATCH, n, dtype=torch.float64) for n in (NUMBERS, HIDDEN))
    found, output, h_n, c_n = walked("LSTM", module, x, start)
    judged(output, h_n, c_n).backward()
    agree(watched(module, x, start), found, "LSTM")


@pytest.mark.parametrize("bidirectional", [False, True])
def test_of_packed_sequences(bidirectional):
    module, (x,) = projected(num_layers=2, bidirectional=bidirectional), sequences(1)
    lengths = [5, 9, 2, 7]
    packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, enforce_sorted=False)
    there = (torch.arange(TIME)[:, None] < torch.tensor(lengths))[..., None]
    found, output, h_n, _ = walked("LSTM", module, x, lengths=lengths)
    ((output * there).square().sum() + h_n.sum()).backward()
    for walk in found.values():
        for states in (walk.h, walk.c):
            for t, state in enumerate(states):
                state.grad *= there[t]
    seen = watched(module, packed, judge=lambda data, h_n, _: data.square().sum() + h_n.sum())
    agree(seen, found, "LSTM")


def test_called_piece_by_piece_it_is_one_sequence():
    module, (x,) = projected(), sequences(1)
    found, output, *_ = walked("LSTM", module, x)
    output.square().sum().backward()
    optimizer = torch.optim.SGD(module.parameters(), 0.0)
    with rnnviz.watch(module, every=1) as seen:
        first, state = module(x[:4])
        second, _ = module(x[4:], state)
        torch.cat([first, second]).square().sum().backward()
        optimizer.step()
    agree(seen, found, "LSTM")


def trained(*, is_watched, log=None):
    """A model after ten updates, its random state, and what was seen."""
    torch.manual_seed(0)
    module = torch.nn.LSTM(INPUTS, HIDDEN, 2, dropout=0.3, bidirectional=True, proj_size=NUMBERS)
    optimizer = torch.optim.AdamW(module.parameters(), 1e-2)
    seen = rnnviz.watch(module, every=3, log=log) if is_watched else None
    for x in sequences(10, dtype=torch.float32):
        optimizer.zero_grad()
        module(x)[0][-1].square().mean().backward()
        torch.nn.utils.clip_grad_norm_(module.parameters(), 0.01)
        optimizer.step()
    if seen:
        seen.close()
    return module.state_dict(), torch.get_rng_state(), seen


@pytest.mark.filterwarnings("ignore:LSTM with projections")
def test_no_digit_of_the_training_changes_and_dropout_is_drawn_again(tmp_path):
    alone, after, _ = trained(is_watched=False)
    with_it, after_it, seen = trained(is_watched=True, log=tmp_path / "log")
    assert all(torch.equal(alone[name], with_it[name]) for name in alone)
    assert torch.equal(after, after_it)
    assert seen.notes == ()
    assert seen.updates.tolist() == [1, 4, 7, 10]


@pytest.mark.filterwarnings("ignore:LSTM with projections")
def test_that_h_is_projected_is_said_and_read_again_from_the_log(tmp_path):
    *_, seen = trained(is_watched=True, log=tmp_path / "log")
    title = "LSTM, 2 layers, 5 units, h projected to 2 numbers: 4 recorded updates up to update 10"
    assert repr(seen).startswith(title)
    read = lines.read(tmp_path / "log")
    assert (read.projected, read.title) == (NUMBERS, title)
    np.testing.assert_array_equal(read.norms("h"), seen.norms("h"))


@pytest.mark.filterwarnings("ignore:LSTM with projections")
@pytest.mark.parametrize("odd", [-1, HIDDEN, 2.0, "2", True, None])
def test_an_impossible_projection_in_a_file_is_refused(odd, tmp_path):
    log = tmp_path / "log"
    trained(is_watched=True, log=log)
    first, *others = log.read_text().splitlines(keepends=True)
    heading = json.dumps(json.loads(first) | {"projected": odd})
    log.write_text("".join([heading + "\n", *others]))
    with pytest.raises(rnnviz.watching.WatchedFileError, match="line 1 of log is damaged"):
        lines.read(log)
