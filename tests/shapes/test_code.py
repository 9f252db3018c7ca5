"""Code that is read and never run: a closed list, mistakes at their place, and its way back."""

import contextlib
import re
from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnnviz.shapes.code import CodeError, lines, read, write
from rnnviz.shapes.code.layers import LAYERS
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.tensors import tensors
from tests.shapes.setups import setups

TUTORIAL = """\
rnn = nn.LSTM(10, 20, 2)
input = torch.randn(5, 3, 10)
h0 = torch.randn(2, 3, 20)
c0 = torch.randn(2, 3, 20)
output, (hn, cn) = rnn(input, (h0, c0))
"""
LSTM, GRU = (f"rnn = nn.{kind}(10, 20)\nx = torch.randn(5, 3, 10)\n" for kind in ("LSTM", "GRU"))
A_MODEL = """\
import torch
from torch import nn

class Tagger(nn.Module):
    \"\"\"Tags words.\"\"\"

    def __init__(self, vocab_size: int = 1000):
        super().__init__()
        hidden_size = 64          # units
        self.embedding = nn.Embedding(1000, 32, padding_idx=0)
        self.drop = nn.Dropout(0.5)
        self.lstm = nn.LSTM(32, hidden_size, num_layers=2, batch_first=True,
                            bidirectional=True).to(device)
        self.fc = nn.Linear(2 * hidden_size, 9)

    def forward(self, tokens):
        embedded = self.drop(self.embedding(tokens))
        output, _ = self.lstm(embedded)
        print(f"shape {output.shape}")
        return self.fc(output[:, -1])
"""


@given(setups(), setups())
def test_what_is_written_is_read_back_whatever_was_there_before(setup, before):
    assert read(write(setup), before) == replace(setup, seed=before.seed)


@pytest.mark.filterwarnings("ignore:dropout option", "ignore:LSTM with projections")
@given(setups())
def test_what_is_written_runs_in_pytorch_and_gives_these_shapes(setup):
    names = {"torch": torch, "nn": nn}
    names |= {f.__name__: f for f in (pack_padded_sequence, pad_packed_sequence)}
    exec(write(setup), names)  # noqa: S102
    for name, tensor in tensors(setup).items():
        if name in names:
            assert tuple(names[name].shape) == tensor.shape, name


@given(setups(), st.booleans())
def test_the_pieces_are_the_code_and_say_their_setting(setup, in_full):
    pieces = [piece for line in lines(setup, in_full=in_full) for piece in line]
    assert read("\n".join("".join(p.text for p in line) for line in lines(setup, in_full=in_full)))
    for piece in pieces:
        value = getattr(setup, piece.setting) if piece.setting else None
        if isinstance(value, int) or piece.setting == "kind":
            assert piece.text in (str(value), "pack_padded_sequence")


@pytest.mark.parametrize(
    ("code", "setup"),
    [
        (TUTORIAL, Setup(initial="given")),
        ("rnn = nn.GRU(10, 20, 2, bidirectional=True)", Setup(kind="GRU", bidirectional=True)),
        ("torch.nn.GRU(10, 20)", Setup(kind="GRU", num_layers=1)),
        ("r = torch.nn.RNN(4, 5, 1, 'relu')", Setup("RNN", "relu", 4, 5, 1)),
        (
            "LSTM(input_size=4,\n  hidden_size = 5)  # mine",
            Setup(input_size=4, hidden_size=5, num_layers=1),
        ),
        ("H = 8\nrnn = nn.LSTM(10, 2*H)", Setup(hidden_size=16, num_layers=1)),
        ("rnn = nn.LSTM(10, 20, 1, False)", Setup(num_layers=1, bias=False)),
        (
            "".join(f">>> {line}\n" for line in TUTORIAL.splitlines()),
            Setup(initial="given"),
        ),
        (
            "In [1]: rnn = nn.LSTM(\n   ...:     10,\n   ...:     20)",
            Setup(num_layers=1),
        ),
        (">>> rnn = nn.LSTM(10,\n...               20)", Setup(num_layers=1)),
        ("\ufeffrnn = nn.LSTM(10,\u200b 20)", Setup(num_layers=1)),
        (
            "self.rnn = nn.LSTM(10, 20); self.fc = nn.Linear(20, 5)",
            Setup(num_layers=1, outputs=5),
        ),
        ("rnn: nn.LSTM = nn.LSTM(10, 20)", Setup(num_layers=1)),
        ("n: int = 8\nrnn = nn.GRU(10, n)", Setup("GRU", hidden_size=8, num_layers=1)),
        ("第一层，很简单。\nrnn = nn.LSTM(10, 20)", Setup(num_layers=1)),
        (
            "rnn = nn.LSTM(10, 20, batch_first=True)\nx = torch.randn(3, 7, 10)\nrnn(x)",
            Setup(num_layers=1, batch_first=True, length=7),
        ),
        (
            "rnn = nn.GRU(10, 20)\nx = torch.zeros((7, 10))",
            Setup("GRU", num_layers=1, length=7, batch=0),
        ),
        (
            "rnn = nn.GRU(10, 20)\nh = torch.zeros(1, 3, 20)\nrnn(y, h)",
            Setup("GRU", num_layers=1, initial="given"),
        ),
        ("rnn = nn.GRU(10, 20)\nrnn(y, None)", Setup("GRU", num_layers=1)),
        (
            GRU + "p = pack_padded_sequence(x, torch.tensor([2, 5, 1]), enforce_sorted=False)\n"
            "out, h = rnn(p)",
            Setup("GRU", num_layers=1, lengths=(2, 5, 1)),
        ),
        (
            "rnn = nn.GRU(10, 20)\nx = torch.randn(5, 3, 10)\nlengths = [5, 2, 1]\nrnn(x)",
            Setup("GRU", num_layers=1, lengths=(5, 2, 1), packed=False),
        ),
        (
            A_MODEL,
            Setup(
                input_size=32,
                hidden_size=64,
                bidirectional=True,
                batch_first=True,
                vocabulary=1000,
                outputs=9,
            ),
        ),
    ],
)
def test_what_people_paste_is_read(code, setup):
    assert read(code) == setup


@pytest.mark.parametrize(
    ("code", "place", "says"),
    [
        ("", (1, 1), "no recurrent module is made here"),
        ("x = torch.randn(5, 3, 10)", (1, 1), "no recurrent module is made here"),
        ("rnn = nn.LTSM(10, 20)", (1, 7), "is no layer; did you mean `nn.LSTM`?"),
        ("rnn = nn.lstm(10, 20)", (1, 7), "did you mean `nn.LSTM`?"),
        ("rnn = nn.LSTMCell(10, 20)", (1, 7), "computes a single step; write `nn.LSTM`"),
        ("\nrnn = nn.LSTM(10, hiden_size=20)", (2, 19), "no argument; did you mean `hidden_size`?"),
        ("nn.GRU(10, 20, foo=3)", (1, 16), "is no argument; there are input_size, hidden_size"),
        ("nn.LSTM(10, 20, return_sequences=True)", (1, 17), "is an argument of Keras"),
        ("nn.LSTM(10, 20, input_size=10)", (1, 17), "`input_size` is given twice"),
        ("nn.LSTM(10)", (1, 1), "`nn.LSTM` needs its `hidden_size`"),
        (
            "nn.LSTM(10, n_hidden)",
            (1, 13),
            "what `n_hidden` is stands nowhere here: write the number",
        ),
        (
            "nn.GRU(10, 20, 1, True, False, 0.0, False, 7)",
            (1, 44),
            "`nn.GRU` has no more arguments",
        ),
        ("nn.LSTM(10, 20", (1, 8), "a bracket is opened and never closed"),
        ("nn.LSTM(10, 20))", (1, 16), "a bracket is closed that was never opened"),
        ("nn.LSTM(10, 20]", (1, 15), "`(` is closed by `]`"),
        ("nn.LSTM(10 20)", (1, 12), "`20` cannot stand here"),
        ("rnn = nn.LSTM（10， 20）", (1, 14), "`（` is not a sign that Python reads: write `(`"),
        ("rnn＝nn.LSTM(10, 20)", (1, 4), "`＝` is not a sign that Python reads: write `=`"),
        ("nn.LSTM(10，20)", (1, 11), "`，` is not a sign that Python reads: write `,`"),
        (">>> nn.LSTM(10)", (1, 5), "`nn.LSTM` needs its `hidden_size`"),
        ("nn.LSTM(10, 20, bias=true)", (1, 17), "`true` is no value; did you mean `True`?"),
        ("rnn = nn.LSTM(10, 20) +", (1, 24), "the line breaks off here"),
        ("nn.LSTM(10, 0)", (1, 1), "PyTorch says “hidden_size must be greater than zero”"),
        (
            "nn.LSTM(10, 20, proj_size=20)",
            (1, 1),
            "says “proj_size has to be smaller than hidden_size”",
        ),
        ("nn.GRU(10, 20, proj_size=2)", (1, 16), "only an LSTM has a projection"),
        ("nn.LSTM(10, 20, dropout=2)", (1, 1), "says “dropout should be a number in range [0, 1]"),
        (
            "nn.LSTM(10, 9999)",
            (1, 1),
            "hidden_size must be a whole number from 1 to 2,048, not 9999",
        ),
        ("nn.LSTM(10, 2.5)", (1, 1), "hidden_size must be a whole number"),
        ("nn.LSTM(10, 20, bias='no')", (1, 1), "bias must be one of False, True, not 'no'"),
        ("nn.RNN(10, 20, nonlinearity='relU')", (1, 1), "did you mean 'relu'?"),
        (
            "a = nn.LSTM(10, 20)\nb = nn.GRU(20, 20)",
            (2, 5),
            "a second `nn.GRU` is made here: leave one out",
        ),
        ("rnn = nn.LSTM(10, 20)\nx = torch.randn(5, 3, 12)", (2, 5), "Expected 10, got 12"),
        (
            "rnn = nn.LSTM(10, 20)\nx = torch.randn(5, 3, 2, 10)\nrnn(x)",
            (2, 5),
            "LSTM: Expected input to be 2D or 3D, got 4D instead",
        ),
        (
            LSTM + "h = torch.zeros(3, 1, 20)\nrnn(x, (h, h))",
            (3, 5),
            "Expected hidden[0] size (1, 3, 20), got [3, 1, 20]",
        ),
        (
            LSTM + "h = torch.zeros(2, 3, 20)\nrnn(x, h)",
            (3, 5),
            "hx and cx should also be 3-D but got (2-D, 2-D) tensors",
        ),
        ("e = nn.Embedding(9, 8)\nrnn = nn.LSTM(10, 20)", (2, 7), "Expected 10, got 8"),
        (
            "e = nn.Embedding(9, 10)\nl = nn.GRU(10, 20)\nx = torch.randint(12, (5, 3))\nl(e(x))",
            (3, 5),
            "index out of range in self",
        ),
        (
            "rnn = nn.LSTM(10, 20, bidirectional=True)\nfc = nn.Linear(20, 5)",
            (2, 6),
            "mat1 and mat2 shapes cannot be multiplied (15x40 and 20x5)",
        ),
        (
            LSTM + "rnn(pack_padded_sequence(x, [1, 2, 3]))",
            (3, 5),
            "array must be sorted in decreasing order",
        ),
        (
            LSTM + "rnn(pack_padded_sequence(x, lengths))",
            (3, 5),
            "what `lengths` is stands nowhere here: write the lengths",
        ),
        (
            LSTM + "rnn(pack_padded_sequence(x, [5, 2]))",
            (3, 5),
            "but got 2 (batch_size=3)",
        ),
        (
            "rnn = nn.LSTM(10, 20)\nx = torch.randn(5, 0, 10)",
            (2, 5),
            "every size of a tensor is at least 1 here",
        ),
        ("nn.LSTM(" + "(" * 50 + "10" + ")" * 50 + ", 20)", (1, 48), "nested too deeply"),
        ("nn.LSTM(" + "+".join(["1"] * 60) + ", 20)", (1, 9), "nested too deeply"),
        ("x" * 9000, (1, 1), "over 8,000 characters"),
    ],
)
def test_a_mistake_is_one_sentence_at_its_place(code, place, says):
    with pytest.raises(CodeError, match=re.escape(says)) as caught:
        read(code)
    assert (caught.value.line, caught.value.column) == place
    assert caught.value.message.startswith(f"Line {place[0]}, column {place[1]}: ")


@pytest.mark.parametrize("kind", LAYERS)
def test_arguments_stand_in_the_order_of_pytorchs_own(kind):
    """Given by place, each lands in the attribute of its name."""
    given = {"nonlinearity": "relu", "dropout": 0.5, "bias": False, "bidirectional": True}
    sizes = {"input_size": 3, "hidden_size": 4, "num_layers": 2, "batch_first": True}
    sizes |= {"proj_size": 2, "num_embeddings": 9, "embedding_dim": 5, "padding_idx": 1}
    values = {**given, **sizes, "in_features": 7, "out_features": 6}
    module = getattr(nn, kind)(*(values[name] for name in LAYERS[kind]))
    for name in LAYERS[kind]:
        found = getattr(module, name)
        assert (found is not None) if isinstance(found, torch.Tensor) else True
        if kind != "Linear" or name != "bias":
            assert found == values[name], name


def test_nothing_is_run(tmp_path):
    mark = tmp_path / "ran"
    code = f"rnn = nn.LSTM(10, open({str(mark)!r}, 'w') or 20)"
    with pytest.raises(CodeError):
        read(code)
    read(f"open({str(mark)!r}, 'w')\n__import__('os').mkdir({str(mark)!r})\nrnn = nn.LSTM(10, 20)")
    assert not mark.exists()


ANY = st.text()
LIKE_CODE = st.text("nn.LSTMGRU()[]{},=0123 +-*/#\n'\"", max_size=60)


@given(st.one_of(ANY, LIKE_CODE, LIKE_CODE.map("rnn = nn.GRU({}".format)))
def test_whatever_is_pasted_is_a_setup_or_a_sentence(text):
    with contextlib.suppress(CodeError):
        assert isinstance(read(text), Setup)
