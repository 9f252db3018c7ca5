"""Whose a view is: what all may see is shared and bounded, what a visitor brought is theirs."""

from contextlib import contextmanager

import numpy as np
import pytest
import torch

from rnnviz.interop.readers import Readers
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import OWN_CELL, OWN_NUMBERS, OWN_TEXT, RANDOM, StepSettings
from rnnviz.scenes.uploads import MOST_WEIGHTS, Upload
from rnnviz.scenes.weights import Refused
from rnnviz.web.step import view
from rnnviz.web.step.view import LARGEST_SHELF, Visit, shared_view, size_of, view_of
from tests.interop.checkpoint_files import of_npz, of_torch

YOUR_FILE = StepSettings(weights="file")
GRU = of_torch(torch.nn.GRU(5, 4).state_dict())


@pytest.fixture
def said():
    """The names of the files that the page said it was reading."""
    return []


@pytest.fixture
def reading(said):
    @contextmanager
    def say(name):
        said.append(name)
        yield

    return say


@pytest.fixture
def visit(monkeypatch):
    readers = Readers()
    monkeypatch.setattr(view, "_readers", lambda: readers)
    visits = []

    def begin():
        visits.append(Visit())
        return visits[-1]

    yield begin
    for each in visits:
        each.close()


@pytest.fixture(autouse=True)
def shelf():
    shared_view.cache_clear()
    return shared_view.cache


def test_what_the_gallery_gives_is_computed_once_for_all(visit, reading):
    settings = StepSettings(cell="MGU")
    assert visit().view(settings, None, reading) is visit().view(settings, None, reading)


@pytest.mark.parametrize(
    "settings",
    [
        StepSettings(cell=OWN_CELL, equations="h = tanh(W @ x + 0.5 * h_prev)"),
        StepSettings(sequence=OWN_TEXT, text="a secret"),
        StepSettings(sequence=OWN_NUMBERS, numbers="1 2 3"),
    ],
    ids=["equations", "text", "numbers"],
)
def test_what_a_visitor_typed_is_theirs_alone(visit, reading, shelf, settings):
    one = visit()
    mine = one.view(settings, None, reading)
    assert one.view(settings, None, reading) is mine
    assert visit().view(settings, None, reading) is not mine
    assert len(shelf) == 0


def test_what_a_visitor_sent_is_theirs_alone(visit, reading, shelf):
    upload, one = Upload("m.pt", GRU, "1"), visit()
    mine = one.view(YOUR_FILE, upload, reading)
    assert one.view(YOUR_FILE, upload, reading) is mine
    assert visit().view(YOUR_FILE, upload, reading) is not mine
    assert len(shelf) == 0


def test_a_file_read_apart_shows_what_it_shows_read_here(visit, reading):
    upload = Upload("m.pt", GRU, "1")
    assert (
        visit().view(YOUR_FILE, upload, reading).payload
        == view_of(scene(YOUR_FILE, upload)).payload
    )


def test_a_file_is_read_once_for_each_cell_it_is_taken_for(visit, reading, said):
    rnn, one = of_torch(torch.nn.RNN(5, 4).state_dict()), visit()
    for loss in ("last", "every"):
        for kind in ("RNN (tanh)", "RNN (ReLU)"):
            one.view(
                StepSettings(weights="file", kind=kind, loss=loss),
                Upload("m.pt", rnn, "1"),
                reading,
            )
    assert said == ["m.pt"] * 4
    one.view(
        StepSettings(weights="file", kind="RNN (ReLU)", loss="one"),
        Upload("m.pt", rnn, "1"),
        reading,
    )
    assert said == ["m.pt"] * 4


def test_a_file_that_is_refused_is_read_once_and_again_when_it_is_sent_again(visit, reading, said):
    one = visit()
    for sending in ("1", "1", "1", "2"):
        with pytest.raises(Refused, match="it is damaged or cut off"):
            one.view(YOUR_FILE, Upload("m.pt", GRU[:-50], sending), reading)
    assert said == ["m.pt"] * 2


def test_what_was_shown_last_stays_where_a_choice_is_refused(visit, reading):
    one = visit()
    shown = one.view(YOUR_FILE, Upload("m.pt", GRU, "1"), reading)
    with pytest.raises(Refused):
        one.view(YOUR_FILE, Upload("m.pt", b"", "2"), reading)
    assert one.last is shown


def test_what_is_shared_is_bounded_in_bytes(shelf):
    for seed in range(80):
        settings = StepSettings(weights="fresh", hidden=64, layers=3, direction="both", seed=seed)
        size = size_of(shared_view(settings))
    assert 80 * size > LARGEST_SHELF
    assert shelf.currsize <= LARGEST_SHELF
    assert len(shelf) == LARGEST_SHELF // size


def test_who_has_left_while_the_page_was_made_keeps_nothing(visit, reading, monkeypatch):
    one = visit()
    monkeypatch.setattr(view, "visitor_is_here", lambda: False)
    one.view(YOUR_FILE, Upload("m.pt", GRU, "1"), reading)
    assert not any(vars(one).values())
    assert view._readers().sessions == set()
    assert view._readers().idle == []


def test_a_visitor_s_largest_view_is_bounded_and_goes_with_them(visit, reading):
    sizes = {"ih_l0": 400, "hh_l0": 512, "ih_l1": 512, "hh_l1": 512}
    state = {f"weight_{of}": np.zeros((4 * 512, columns)) for of, columns in sizes.items()}
    one = visit()
    random = StepSettings(weights="file", sequence=RANDOM)
    shown = one.view(random, Upload("m.npz", of_npz(state), "1"), reading)
    assert 15 * MOST_WEIGHTS < size_of(shown) <= 16 * MOST_WEIGHTS + 2**20
    one.close()
    assert one.last is None
    assert not any(vars(one).values())


def test_a_larger_network_gets_its_figures_and_the_way_of_a_notebook(visit, reading):
    sizes = {f"{of}_l{k}": 512 for k in range(3) for of in ("ih", "hh")}
    state = {f"weight_{of}": np.zeros((4 * 512, columns)) for of, columns in sizes.items()}
    with pytest.raises(Refused, match="up to 4,000,000 weights") as refusal:
        visit().view(YOUR_FILE, Upload("m.npz", of_npz(state), "2"), reading)
    said = str(refusal.value)
    assert "LSTM, 3 layers, 512 units, which reads 512 numbers a step: 6,297,600 weights" in said
    assert refusal.value.code.splitlines()[0] == "net = rnnviz.load('m.npz')"
    assert len(refusal.value.code.splitlines()) == 3
