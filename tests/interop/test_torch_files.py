"""A .pt file is read as torch reads it, without torch; what nobody honest writes is not let in."""

import datetime as dt
import io
import pathlib
import subprocess
import sys
import warnings
import zipfile
from collections import OrderedDict

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.questions import Answers
from rnnviz.interop.refusals import CheckpointError
from tests.interop import crafted_files as crafted
from tests.interop.checkpoint_files import LSTM, arrays_in, of_torch
from tests.interop.crafted_files import (
    EMPTY_DICT,
    EMPTY_TUPLE,
    SET_ITEM,
    TUPLE1,
    TUPLE2,
    call,
    dictionary,
    large,
    number,
    rnn_file,
    tensor,
    text,
    torch_file,
)

DTYPES = [
    torch.float64,
    torch.float32,
    torch.float16,
    torch.bfloat16,
    torch.int64,
    torch.int32,
    torch.int16,
    torch.int8,
    torch.uint8,
    torch.bool,
]


def annotated(each):
    each = each.clone()
    each.note = "a tensor that has an attribute"
    return each


VIEWS = {
    "whole": lambda t: t,
    "transposed": lambda t: t.T,
    "a part": lambda t: t[1:, 1:],
    "every other": lambda t: t[::2, ::2],
    "expanded": lambda t: t[0].expand(3, -1),
    "flat": lambda t: t.reshape(-1)[2:],
    "one number": lambda t: t[1, 1],
    "nothing": lambda t: t[:, :0],
    "without numbers": lambda t: torch.zeros(0, dtype=t.dtype),
    "annotated": annotated,
    "a parameter": lambda t: torch.nn.Parameter(t, requires_grad=False),
}
WRAPS = {
    "bare": lambda state: state,
    "ordered": OrderedDict,
    "with an epoch": lambda state: {"epoch": 3, "model": state, "loss": 0.5, "best": None},
    "with a size and a type": lambda state: {"s": torch.Size([2]), "t": torch.float32, "m": state},
    "among lists and tuples": lambda state: {"l": [1, (2, ("x",))], "m": state, "ok": True},
    "with a set, bytes, a large number": lambda state: {
        "a": {1},
        "b": b"x",
        "c": 10**30,
        "m": state,
    },
}


@st.composite
def states(draw):
    """State dicts: tensors of all types, views of one another's numbers among them."""
    one, other = (
        torch.arange(20).reshape(4, 5).to(draw(st.sampled_from(DTYPES))) * sign for sign in (1, 3)
    )
    names = st.sampled_from(["a.weight", "b.bias", "c", "d.e.f", "γ", "0"])
    tensors = st.tuples(st.sampled_from([one, other]), st.sampled_from([*VIEWS]))
    drawn = draw(st.dictionaries(names, tensors, min_size=1))
    return {name: VIEWS[view](each) for name, (each, view) in drawn.items()}


@given(states(), st.sampled_from([*WRAPS]), st.integers(2, 5))
def test_every_number_is_torch_s(state, wrap, protocol):
    with warnings.catch_warnings(action="ignore"):
        data = of_torch(WRAPS[wrap](state), pickle_protocol=protocol)
    found = arrays_in(data)
    assert found.keys() == state.keys()
    for name, wanted in state.items():
        half = wanted.dtype == torch.bfloat16
        np.testing.assert_array_equal(found[name], (wanted.float() if half else wanted).numpy())
        assert half or found[name].dtype == wanted.numpy().dtype


def test_a_file_of_a_machine_with_the_other_byte_order_is_read():
    state = {"w": torch.arange(6.0).reshape(2, 3), "i": torch.arange(3)}
    with zipfile.ZipFile(io.BytesIO(of_torch(state))) as file:
        members = {member: file.read(member) for member in file.namelist()}
    swapped = members | {"archive/byteorder": b"big"}
    for key, dtype in (("0", "<f4"), ("1", "<i8")):
        swapped[f"archive/data/{key}"] = (
            np.frombuffer(members[f"archive/data/{key}"], dtype).byteswap().tobytes()
        )
    found = arrays_in(crafted.zipped(swapped.items()))
    for name, wanted in state.items():
        np.testing.assert_array_equal(found[name], wanted.numpy())


def test_entries_of_other_keys_than_strings_and_integers_are_passed_over():
    module = torch.nn.GRU(3, 4)
    others = {("a", 1): torch.ones(1), None: torch.ones(1), 2.5: torch.ones(1), b"b": torch.ones(1)}
    data = of_torch({**others, 7: torch.ones(1), **module.state_dict()})
    found = arrays_in(data)
    assert found.keys() == {"7", *module.state_dict()}


def test_a_step_that_is_never_taken_may_be_as_long_as_it_likes():
    data = rnn_file(numbers=BITS, weight_ih_l0=tensor(6, 0, (2, 1), (1, 2**62)))
    found = arrays_in(data)
    np.testing.assert_array_equal(found["weight_ih_l0"], [[0], [1]])


def test_what_a_training_tool_keeps_beside_the_weights_is_passed_over():
    module = torch.nn.LSTM(3, 4)
    optimizer = torch.optim.Adam(module.parameters())
    module(torch.ones(2, 3))[0].sum().backward()
    optimizer.step()
    kept = {
        "state_dict": module.state_dict(),
        "optimizer": {"groups": optimizer.state_dict()["param_groups"]},
        "hyper_parameters": {"path": pathlib.PurePath("x"), "rate": np.float64(3), "of": range(3)},
        "when": dt.date(2026, 11, 27),
    }
    network = load_bytes("m.pt", of_torch(kept))
    np.testing.assert_array_equal(network.layers[0].params["W_i"], module.weight_ih_l0[:4].detach())


BITS = np.arange(6, dtype="<f4").tobytes()


def hash_bomb():
    """A tuple of tuples as a key: hashing it takes twice as long for each of its levels."""
    levels = b"".join(b"q\x00h\x00" + TUPLE2 for _ in range(60))
    return EMPTY_DICT + EMPTY_TUPLE + levels + number(1) + SET_ITEM


REFUSED = {
    "a deep tuple as a key (ended the server)": (
        torch_file(EMPTY_DICT + EMPTY_TUPLE + TUPLE1 * 300_000 + number(1) + SET_ITEM),
        "more than 200,000 parts",
    ),
    "a less deep one": (
        torch_file(EMPTY_DICT + EMPTY_TUPLE + TUPLE1 * 150_000 + number(1) + SET_ITEM),
        "it holds no state dict",
    ),
    "a hash that takes for ever": (torch_file(hash_bomb()), "it holds no state dict"),
    "a list that holds itself": (torch_file(b"]q\x00h\x00a"), "it holds no state dict"),
    "a slow codec": (
        torch_file(call("_codecs", "encode", text("ü" * 10_000), text("punycode"))),
        "it holds _codecs.encode, which is not safe to open",
    ),
    "many opcodes": (
        torch_file(b"]" + b"]0" * 3 * 2**20, compression=zipfile.ZIP_DEFLATED),
        "archive/data.pkl is larger than 4 MB",
    ),
    "four gigabytes": (
        torch_file(call("builtins", "bytearray", large(4 * 10**9))),
        "it holds builtins.bytearray, which is not safe to open",
    ),
    "memory nobody filled": (
        torch_file(dictionary(weight_ih_l0=call("torch", "ByteTensor", number(128), number(128)))),
        "it holds torch.ByteTensor, which is not safe to open",
    ),
    "a storage longer than its record": (
        rnn_file(weight_ih_l0=tensor(10**6, 0, (2, 1), (10**5, 1))),
        "its record 0 is cut off, or not of the size it says",
    ),
    "a tensor that reaches beyond": (
        rnn_file(weight_ih_l0=tensor(6, 5, (2, 1), (1, 1))),
        "a tensor reaches beyond the end of its record 0",
    ),
    "steps that reach beyond": (
        rnn_file(weight_hh_l0=tensor(6, 0, (2, 2), (5, 1))),
        "a tensor reaches beyond the end of its record 0",
    ),
    "steps backwards": (rnn_file(weight_ih_l0=tensor(6, 5, (2, 1), (-1, 1))), "it is damaged"),
    "an offset before it": (rnn_file(weight_ih_l0=tensor(6, -1, (2, 1), (1, 1))), "it is damaged"),
    "sizes beyond counting": (
        rnn_file(weight_ih_l0=tensor(6, 0, (2**62, 2**62, 2**62), (0, 0, 0))),
        "it holds more than 16,777,216 numbers",
    ),
    "nothing, of a size beyond counting": (
        rnn_file(weight_ih_l0=tensor(6, 0, (0, 2**62, 2**62), (0, 0, 0))),
        "it is damaged",
    ),
    "a record that is not there": (
        rnn_file(weight_ih_l0=tensor(6, 0, (2, 1), (1, 1), key="9")),
        "its record archive/data/9 is missing",
    ),
    "a record elsewhere": (
        rnn_file(weight_ih_l0=tensor(6, 0, (2, 1), (1, 1), key="../data.pkl")),
        "its record archive/data/../data.pkl is missing",
    ),
    "complex numbers": (
        rnn_file(weight_ih_l0=tensor(3, 0, (2, 1), (1, 1), kind="ComplexFloatStorage")),
        "no plain arrays of numbers: weight_ih_l0 is of torch.ComplexFloatStorage",
    ),
    "half a pair of surrogates": (
        rnn_file(**{"a\ud800b": tensor(6, 0, (2, 1), (1, 1))}),
        "it has a name that is no text: a b",
    ),
    "an opcode of old pickles": (torch_file(b"(ios\nsystem\n"), "it is damaged"),
    "a number that is no code": (torch_file(b"\xff"), "it is damaged"),
    "no end": (torch_file(b"(((")[:-20], "it is damaged"),
    "a mark that was never set": (torch_file(b"t"), "it is damaged"),
    "a program": (of_torch(None), "it holds no state dict"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_honest_file_holds_is_refused_in_one_sentence(what):
    data, says = REFUSED[what]
    with pytest.raises(CheckpointError, match=says) as refused:
        load_bytes("m.pt", data, Answers(kind="RNN (tanh)"))
    assert str(refused.value).isprintable()


def test_the_file_that_those_were_made_from_is_read():
    network = load_bytes("m.pt", rnn_file(numbers=BITS), Answers(kind="RNN (tanh)"))
    np.testing.assert_array_equal(network.layers[0].params["W"].ravel(), [0, 1])
    np.testing.assert_array_equal(network.layers[0].params["U"].ravel(), [2, 3, 4, 5])


def test_nothing_that_a_file_names_is_called_or_imported(tmp_path):
    """In a process that tells of every import, every program started and every file opened."""
    calls = [
        call("os", "system", text(f"touch {tmp_path}/touched")),
        call("builtins", "eval", text("print('called')")),
        call("antigravity", "fly"),
        crafted.named("antigravity", "fly"),
        crafted.named("os", "system") + crafted.row(text("ls")) + crafted.NEW,
        crafted.named("antigravity", "fly")
        + EMPTY_TUPLE
        + crafted.NEW
        + EMPTY_DICT
        + crafted.BUILD,
    ]
    for k, code in enumerate(calls):
        (tmp_path / f"{k}.pt").write_bytes(rnn_file(z=code))
    program = f"""
import sys
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.questions import Answers
of_tanh = Answers(kind="RNN (tanh)")
load_bytes("warm-up.pt", open("{tmp_path}/0.pt", "rb").read(), of_tanh)
files = [open(f"{tmp_path}/{{k}}.pt", "rb").read() for k in range({len(calls)})]
sys.addaudithook(lambda event, details: print(event, details))
for data in files:
    load_bytes("m.pt", data, of_tanh)
"""
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    events = {line.split()[0] for line in told.stdout.splitlines()}
    assert not events & {
        "import",
        "exec",
        "compile",
        "open",
        "os.system",
        "subprocess.Popen",
        "ctypes.dlopen",
        "called",
    }
    assert not (tmp_path / "touched").exists()


def test_reading_needs_no_torch(tmp_path):
    path = tmp_path / "m.pt"
    path.write_bytes(of_torch(LSTM.state_dict()))
    program = f"import sys, rnnviz; rnnviz.load({str(path)!r}); print('torch' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "False"


def test_a_torchscript_program_is_called_one():
    with warnings.catch_warnings(action="ignore"):
        stream = io.BytesIO()
        torch.jit.save(torch.jit.script(torch.nn.LSTM(2, 3)), stream)
    with pytest.raises(
        CheckpointError, match=r"it is a TorchScript program: save its weights with"
    ):
        load_bytes("m.pt", stream.getvalue())
