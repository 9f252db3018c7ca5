"""What a file does not tell is asked: the error says by which keyword, and lists the answers."""

import pytest
import torch

from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.loading import load
from rnnviz.interop.questions import Answers, CellChoice, NetworkChoice, Question, ReadoutChoice
from rnnviz.interop.readers import Readers
from rnnviz.interop.refusals import CheckpointError
from rnnviz.network.network import Network
from tests.interop.checkpoint_files import LSTM, of_npz, of_torch, with_more

GRU = torch.nn.GRU(2, 5, 2, bidirectional=True)
TWO_HEADS = with_more(a__weight=(4, 4), a__bias=4, b__weight=(2, 4), b__bias=2)
ASKED = {
    "kind": (
        of_torch(torch.nn.RNN(3, 4).state_dict()),
        (CellChoice("RNN (tanh)"), CellChoice("RNN (ReLU)")),
    ),
    "name": (
        of_torch({"encoder": GRU.state_dict(), "decoder": LSTM.state_dict()}),
        (
            NetworkChoice(
                "encoder", "GRU (PyTorch)", 2, 2, 2, 5, sum(p.numel() for p in GRU.parameters())
            ),
            NetworkChoice("decoder", "LSTM", 1, 1, 3, 4, 16 * (3 + 4 + 2)),
        ),
    ),
    "readout": (
        of_npz(TWO_HEADS),
        (
            ReadoutChoice("a.weight", (4, 4)),
            ReadoutChoice("b.weight", (2, 4)),
            ReadoutChoice("none"),
        ),
    ),
}


@pytest.fixture
def session():
    pool = Readers()
    session = pool.session()
    yield session
    session.close()


@pytest.mark.parametrize("about", ASKED)
def test_what_a_file_does_not_tell_is_asked_with_what_can_be_answered(about):
    data, choices = ASKED[about]
    with pytest.raises(CheckpointError) as asked:
        load_bytes("m.pt", data)
    assert asked.value.question == Question(about, choices)
    assert f"{about}=" in str(asked.value)
    for choice in choices:
        assert load_bytes("m.pt", data, Answers(**{about: choice.name})).layers


@pytest.mark.parametrize("about", ASKED)
def test_a_process_apart_asks_the_same(session, about):
    data, choices = ASKED[about]
    with pytest.raises(CheckpointError) as asked:
        session.load("m.pt", data)
    assert asked.value.question == Question(about, choices)
    for choice in choices:
        assert session.load("m.pt", data, Answers(**{about: choice.name})).layers


def test_the_answer_decides(tmp_path):
    path = tmp_path / "two.pt"
    path.write_bytes(ASKED["name"][0])
    assert load(path, name="encoder").hidden == 5
    assert load(path, name="decoder").hidden == 4
    data, _ = ASKED["readout"]
    assert load_bytes("m", data, Answers(readout="a")).outputs == 4
    assert load_bytes("m", data, Answers(readout="b.weight")).outputs == 2
    assert load_bytes("m", data, Answers(readout="none")).readout is None


def test_a_name_s_end_is_enough_where_only_one_ends_so():
    parts = {"rnn.": GRU.state_dict(), "lstm.": LSTM.state_dict()}
    saved = {"model": {p + n: array for p, state in parts.items() for n, array in state.items()}}
    assert load_bytes("m", of_torch(saved), Answers(name="rnn")).hidden == 5
    assert load_bytes("m", of_torch(saved), Answers(name="model.lstm")).hidden == 4


def test_numbered_modules_of_which_none_reads_the_other_are_no_layers():
    saved = {f"{k}.{n}": array for k in range(2) for n, array in LSTM.state_dict().items()}
    with pytest.raises(CheckpointError) as asked:
        load_bytes("m", of_torch(saved))
    assert [choice.name for choice in asked.value.question.choices] == ["0", "1"]


def test_an_answer_that_does_not_fit_is_refused_with_those_that_do():
    with pytest.raises(CheckpointError, match=r"it has no middle: it holds encoder .* and decoder"):
        load_bytes("m", ASKED["name"][0], Answers(name="middle"))
    with pytest.raises(CheckpointError, match=r"c is no matrix .* 4 numbers: .* b.weight, none"):
        load_bytes("m", ASKED["readout"][0], Answers(readout="c"))


def test_the_numbers_of_the_one_chosen_are_the_module_s():
    network = load_bytes("m", ASKED["name"][0], Answers(name="encoder"))
    wanted = Network.from_torch(GRU).parameters
    assert network.parameters.keys() == wanted.keys()
    for name, array in network.parameters.items():
        assert abs(array - wanted[name]).max() < 1e-7
