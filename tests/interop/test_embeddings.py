"""The embedding in front of a file's network: left out, or read, so that x holds tokens."""

import numpy as np
import pytest
import torch

import rnnviz
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.questions import Answers
from rnnviz.interop.readers import Readers
from rnnviz.interop.refusals import CheckpointError
from rnnviz.network.embedding import Embedding
from tests.interop.checkpoint_files import of_npz, of_safetensors, of_torch
from tests.interop.test_readers import same

TOKENS, SIZE, UNITS = 9, 3, 4
READ = np.array([[1, 5], [8, 0], [2, 2]])


class Model(torch.nn.Module):
    """What tutorials show."""

    def __init__(self):
        super().__init__()
        self.words = torch.nn.Embedding(TOKENS, SIZE)
        self.lstm = torch.nn.LSTM(SIZE, UNITS)
        self.fc = torch.nn.Linear(UNITS, 2)

    def forward(self, tokens):
        return self.fc(self.lstm(self.words(tokens))[0])


def state(**modules):
    torch.manual_seed(0)
    return torch.nn.ModuleDict(modules).state_dict()


def table(size=SIZE):
    return torch.nn.Embedding(TOKENS, size)


def test_with_it_tokens_are_read_as_the_model_reads_them():
    torch.manual_seed(0)
    model = Model()
    network = load_bytes("m.pt", of_torch(model.state_dict()), Answers(embedding=True))
    found = rnnviz.trace(network, READ[..., None].astype(float)).prediction
    np.testing.assert_allclose(found, model(torch.tensor(READ)).detach(), atol=1e-6)
    assert str(network.notes[0]) == "it reads numbers of tokens, from 0 to 8, through words.weight"
    assert not any("left out" in str(note) for note in network.notes)


def test_without_it_what_comes_out_of_there_is_read():
    network = load_bytes("m.pt", of_torch(Model().state_dict()))
    assert network.inputs == SIZE
    assert str(network.notes[0]).startswith("words.weight is left out")


FOUND = {
    "in front": (state(words=table(), rnn=torch.nn.GRU(SIZE, UNITS)), of_torch, "words"),
    "declared late": (state(rnn=torch.nn.GRU(SIZE, UNITS), embed=table()), of_torch, "embed"),
    "sorted": (state(rnn=torch.nn.GRU(SIZE, UNITS), embed=table()), of_safetensors, "embed"),
    "arrays": (state(rnn=torch.nn.GRU(SIZE, UNITS), embed=table()), of_npz, "embed"),
}


@pytest.mark.parametrize("what", FOUND)
def test_it_is_found_by_its_place_or_its_name(what):
    saved, write, name = FOUND[what]
    network = load_bytes("m", write(saved), Answers(embedding=None))
    np.testing.assert_array_equal(network.body[0].W, saved[f"{name}.weight"].numpy())


class Pair(torch.nn.Module):
    def __init__(self):
        super().__init__()
        for name in ("encoder", "decoder"):
            part = torch.nn.ModuleDict({"embedding": table(), "rnn": torch.nn.GRU(SIZE, UNITS)})
            self.add_module(name, part)


@pytest.mark.parametrize("name", ["encoder", "decoder"])
def test_of_two_the_one_beside_the_module_is_read(name):
    saved = Pair().state_dict()
    network = load_bytes("m.pt", of_torch(saved), Answers(name=f"{name}.rnn", embedding=True))
    np.testing.assert_array_equal(network.body[0].W, saved[f"{name}.embedding.weight"].numpy())


NONE = {
    "no table": (state(rnn=torch.nn.GRU(SIZE, UNITS)), "no embedding is known"),
    "of another size": (state(e=table(5), rnn=torch.nn.GRU(SIZE, UNITS)), "no embedding is known"),
    "two": (
        state(one=table(), other=table(), rnn=torch.nn.GRU(SIZE, UNITS)),
        "it has several embeddings, one.weight and other.weight|one.weight, other.weight",
    ),
    "a matrix without a bias": (
        state(a=torch.nn.Linear(SIZE, SIZE, bias=False), rnn=torch.nn.GRU(SIZE, UNITS)),
        "no embedding is known",
    ),
    "a layer with a bias": (
        state(emb=torch.nn.Linear(SIZE, 7), rnn=torch.nn.GRU(SIZE, UNITS)),
        "no embedding is known",
    ),
}


@pytest.mark.parametrize("what", NONE)
def test_where_none_is_certain_it_is_refused_if_it_must_be_and_left_out_if_it_may(what):
    saved, says = NONE[what]
    with pytest.raises(CheckpointError, match=says):
        load_bytes("m.pt", of_torch(saved), Answers(embedding=True, readout="none"))
    network = load_bytes("m.pt", of_torch(saved), Answers(embedding=None, readout="none"))
    assert network.inputs == SIZE


def test_one_that_is_too_large_is_left_out_where_it_may_be():
    data = of_torch(Model().state_dict())
    most = 4 * UNITS * (SIZE + UNITS + 2)
    assert load_bytes("m.pt", data, Answers(embedding=None), most=most).inputs == 1
    assert load_bytes("m.pt", data, Answers(embedding=None, readout="none"), most=most).inputs == 1
    large = of_torch(state(e=torch.nn.Embedding(999, SIZE), rnn=torch.nn.LSTM(SIZE, UNITS)))
    assert load_bytes("m.pt", large, Answers(embedding=None), most=most).inputs == SIZE
    with pytest.raises(CheckpointError, match="more than 144 numbers"):
        load_bytes("m.pt", large, Answers(embedding=True), most=most)


def test_a_process_apart_reads_the_same():
    session = Readers(seconds=60.0).session()
    try:
        data = of_torch(Model().state_dict())
        apart = session.load("m.pt", data, Answers(embedding=None))
        assert same(apart, load_bytes("m.pt", data, Answers(embedding=None)))
        assert isinstance(apart.body[0], Embedding)
    finally:
        session.close()
