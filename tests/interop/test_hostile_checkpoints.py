"""Checkpoint files that are damaged, lie, or prove nothing: one sentence each, never a crash."""

import io
import json
import pathlib
import struct
import warnings
import zipfile

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.cells import GALLERY
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.loading import load
from rnnviz.interop.questions import Answers
from rnnviz.interop.refusals import CheckpointError
from rnnviz.interop.saving import save
from rnnviz.network.network import Network
from tests.interop.checkpoint_files import (
    LSTM,
    WRITERS,
    of_npz,
    of_safetensors,
    of_torch,
    with_more,
)


def changed(**arrays):
    """The LSTM's state dict with some arrays changed, or left out where None."""
    state = {n: t.numpy() for n, t in LSTM.state_dict().items()} | arrays
    return of_npz({n: a for n, a in state.items() if a is not None})


def renamed(old, new):
    return of_npz({n.replace(old, new): t for n, t in LSTM.state_dict().items()})


def raw_npz(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def far_member():
    """A member that begins, by the directory's word, beyond what any offset can name."""
    data, far = changed(), 2**64 - 1
    directory = data.rindex(b"PK\x01\x02")
    name, extra = struct.unpack_from("<HH", data, directory + 28)
    entry = bytearray(data[directory : directory + 46 + name])
    struct.pack_into("<H", entry, 30, 12)
    struct.pack_into("<I", entry, 42, 0xFFFFFFFF)
    end = bytearray(data[directory + 46 + name + extra :])
    struct.pack_into("<I", end, 12, int.from_bytes(end[12:16], "little") + 12 - extra)
    return data[:directory] + bytes(entry) + struct.pack("<HHQ", 1, 8, far) + bytes(end)


def npy(shape, numbers=4, dtype="<f8"):
    header = f"{{'descr': {dtype!r}, 'fortran_order': False, 'shape': {shape}, }}".encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + bytes(8 * numbers)


def lying_safetensors(**changes):
    entry = {"dtype": "F64", "shape": [2], "data_offsets": [0, 16]} | changes
    header = json.dumps({"weight_ih_l0": entry}).encode()
    return len(header).to_bytes(8, "little") + header + bytes(16)


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("weight_ih_l0.npy", bytes(200 * 2**20))
    return stream.getvalue()


def edited(data, old, new):
    assert old in data
    return data.replace(old, new)


def endless_view():
    return {"weight_ih_l0": torch.zeros(1).expand(10**15, 4)}


def without_columns(name):
    return of_torch(LSTM.state_dict() | {name: torch.ones(16, 0)})


def noted(note):
    return of_npz(with_more(), rnnviz=np.frombuffer(note.encode(), np.uint8))


HONEST = of_torch(LSTM.state_dict())
AMBIGUOUS = of_torch(torch.nn.RNN(3, 4).state_dict())
PROJECTED = of_torch(torch.nn.LSTM(3, 4, proj_size=2).state_dict())
TWO = of_torch({f"{p}.{n}": t for p in ("a", "b") for n, t in LSTM.state_dict().items()})
SINGLE = of_safetensors({n: t.to(torch.bfloat16) for n, t in LSTM.state_dict().items()})
GAPS = of_npz({n.replace("l0", "l1"): t for n, t in LSTM.state_dict().items()})
NAN, INFINITY = np.full((16, 3), np.nan), np.full(16, -np.inf)


def without_metadata():
    header = json.dumps(
        {"__metadata__": None, "w": {"dtype": "F64", "shape": [2], "data_offsets": [0, 16]}}
    )
    return len(header).to_bytes(8, "little") + header.encode() + bytes(16)


def with_a_link():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        link = zipfile.ZipInfo("weight_ih_l0.npy")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    return stream.getvalue()


def twice():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file, warnings.catch_warnings(action="ignore"):
        for _ in range(2):
            file.writestr("weight_ih_l0.npy", npy((4,)))
    return stream.getvalue()


def layered(layers, cells=0, characters=0):
    """Of our names, with a note of so many cells of so many characters each."""
    text = "h = tanh(W @ x + h_prev) #"
    cells = [text + str(k) * ((characters - len(text)) // len(str(k))) for k in range(cells)]
    note = json.dumps({"cells": cells, "readout": "linear"})
    arrays = {f"layers.{k}.W": np.ones((2, 2)) for k in range(layers)}
    return of_npz(arrays, rnnviz=np.frombuffer(note.encode(), np.uint8))


def packed_as(compression):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as file:
        file.writestr("weight_ih_l0.npy", npy((4,)))
    return stream.getvalue()


HOSTILE = [
    ("m.pt", b"", "it is empty"),
    ("m.onnx", HONEST, None),
    ("m", HONEST, None),
    ("m.pt", b"not a file of torch", "it is damaged or cut off"),
    ("m.pt", HONEST[:-50], "it is damaged or cut off"),
    ("m.pt", HONEST[: len(HONEST) // 2], "it is damaged or cut off"),
    ("m.pt", of_torch(LSTM), r"save it again with torch.save\(model.state_dict\(\), path\)"),
    ("m.pt", of_torch({"weight_ih_l0": pathlib.Path()}), "not safe to open: save it again with"),
    ("m.pt", of_torch([1, 2]), r"no state dict: save one with torch.save\(model.state_dict\(\)"),
    ("m.pt", of_torch({"epoch": 3}), "it holds no state dict"),
    (
        "m.pt",
        of_torch({"a": LSTM.state_dict(), "b": LSTM.state_dict()}),
        r'several networks, so choose one, .*name="a"\): a \(1 × LSTM, 3 → 4\) and b \(1',
    ),
    (
        "m.pt",
        of_torch(LSTM.state_dict(), _use_new_zipfile_serialization=False),
        None,
    ),
    ("m.pt", of_torch(endless_view()), "it holds more than 16,777,216 numbers"),
    ("m.pt", of_torch({"weight_ih_l0": torch.eye(3).to_sparse()}), "no plain arrays of numbers"),
    ("m.pt", AMBIGUOUS, r'tell RNN \(tanh\) from RNN \(ReLU\): .* kind="RNN \(ReLU\)"'),
    ("m.pt", PROJECTED, None),
    ("m.pt", TWO, r'several networks, so choose one, as in load.path, name="a".: a .* and b '),
    ("m.pt", of_torch(torch.nn.Linear(3, 4).state_dict()), "it holds no recurrent layer"),
    ("m.safetensors", SINGLE, None),
    ("m.safetensors", HONEST, None),
    ("m.safetensors", b"\xff" * 8 + b"{}", "it is damaged, or no .safetensors file"),
    ("m.safetensors", lying_safetensors(shape=[3]), "it is damaged"),
    ("m.safetensors", lying_safetensors(data_offsets=[0, 2**60]), "it is damaged"),
    ("m.safetensors", lying_safetensors(shape=[-2]), "it is damaged"),
    ("m.npz", HONEST, None),
    ("m.npz", raw_npz(w__npy=npy((4,)), w__txt=b""), "it holds w.txt, which is no array"),
    ("m.npz", changed()[:-30], "it is damaged or cut off"),
    ("m.npz", far_member(), "it is damaged or cut off"),
    ("m.npz", bomb(), "it unpacks to more than 16,777,216 numbers"),
    ("m.npz", raw_npz(w__npy=npy((10**12,))), "w.npy is cut off, or not of the size it says"),
    ("m.npz", raw_npz(w__npy=npy((-4,))), "w.npy is cut off, or not of the size it says"),
    ("m.npz", raw_npz(w__npy=npy((4,), dtype="|O")), "w.npy holds object, not real numbers"),
    ("m.npz", raw_npz(w__npy=npy((4,), dtype="<c8")), "w.npy holds complex64, not real numbers"),
    ("m.npz", raw_npz(w__npy=b"\x93NUMPY\x01\x00\xff"), "w.npy is damaged"),
    ("m.npz", raw_npz(w__npy=npy("__import__('os')")), "w.npy is damaged"),
    ("m.npz", edited(raw_npz(w__npy=npy((4,))), bytes(32), b"\x01" * 32), "damaged or cut off"),
    ("m.npz", changed(weight_ih_l0=NAN), "weight_ih_l0 has NaN in it: take a checkpoint from"),
    ("m.npz", changed(bias_hh_l0=INFINITY), "bias_hh_l0 has infinity in it"),
    ("m.npz", changed(bias_hh_l0=None), "bias_hh_l0 is missing"),
    ("m.npz", changed(weight_hh_l0=None), "weight_hh_l0 is missing"),
    ("m.npz", changed(weight_hh_l0_reverse=np.ones((16, 4))), "weight_ih_l0_reverse is missing"),
    ("m.npz", changed(weight_hh_l0=np.ones((20, 4))), "has 5 blocks of rows: an RNN has 1, a GRU"),
    ("m.npz", changed(weight_hh_l0=np.ones((15, 4))), r"\(15, 4\): its rows should be 1, 3 or 4"),
    ("m.npz", changed(weight_hh_l0=np.ones((16, 0))), "weight_hh_l0.npy is empty"),
    ("m.pt", without_columns("weight_hh_l0"), r"\(16, 0\): its rows should be 1, 3 or 4"),
    ("m.pt", without_columns("weight_ih_l0"), "at least 1 input and 1 unit"),
    ("m.npz", changed(weight_hh_l0=np.ones(16)), r"\(16,\): its rows should be 1, 3 or 4"),
    (
        "m.npz",
        changed(weight_ih_l0=np.ones((12, 3))),
        r"weight_ih_l0 has shape \(12, 3\), not",
    ),
    ("m.npz", changed(weight_ih_l0=np.ones(16)), r"weight_ih_l0 has shape \(16,\), not \(16, 4\)"),
    ("m.npz", changed(bias_ih_l0=np.ones((16, 1))), r"bias_ih_l0 has shape \(16, 1\), not \(16,\)"),
    ("m.npz", GAPS, "layer 0 is missing, though there is a layer 1"),
    ("m.npz", renamed("weight_ih_l0", "weight_ih_l00"), None),
    ("m.npz", of_npz(with_more(**{"lstm.weight_ih_l00": (16, 3)})), "weight_ih_l0 is there twice"),
    (
        "m.npz",
        of_npz({"layers.0.W_q": np.ones((4, 3))}),
        "no cell of the gallery has just the parameters W_q",
    ),
    (
        "m.npz",
        of_npz({"layers.0.W": np.ones((4, 3)), "V": np.ones((4, 3))}),
        "V is no parameter: expected layers.0.…",
    ),
    ("m.npz", noted("{}"), "its rnnviz entry is damaged: save the network again"),
    (
        "m.npz",
        noted('{"cells": ["import os"], "readout": "linear"}'),
        "its rnnviz entry is damaged",
    ),
    ("m.npz", noted('{"cells": 5, "readout": "linear"}'), "its rnnviz entry is damaged"),
    ("m.npz", noted("[" * 100_000), "its rnnviz entry is damaged"),
    ("m.npz", noted('{"cells": [5], "readout": "linear"}'), "its rnnviz entry is damaged"),
    (
        "m.npz",
        noted('{"cells": ["h = tanh(W @ x)"], "readout": []}'),
        "its rnnviz entry is damaged",
    ),
    (
        "m.npz",
        layered(1, 1_000, 1_951),
        "its cells' equations are too long: a file has up to 8,000",
    ),
    ("m.npz", layered(1, 30, 20), r"its rnnviz entry is damaged: .* \(cells: 30, layers: 1\)"),
    ("m.npz", layered(33), "it has 33 layers: a file has up to 32"),
    ("m.npz", layered(32, 32, 100), None),
    ("m.safetensors", without_metadata(), "it holds no recurrent layer"),
    ("m.npz", raw_npz(w__npy=npy("(True, 4)")), "w.npy is cut off, or not of the size it says"),
    ("m.npz", with_a_link(), "weight_ih_l0.npy is a link to another file"),
    ("m.npz", twice(), "weight_ih_l0.npy is there twice"),
    (
        "m.npz",
        packed_as(zipfile.ZIP_LZMA),
        "it is packed in an unusual way: save it again with numpy",
    ),
    (
        "m.npz",
        raw_npz(**{f"{k}__npy": b"" for k in range(20_001)}),
        "it holds more than 20,000 records",
    ),
    (
        "m.npz",
        of_npz({f"w{k}": np.ones(1) for k in range(10_001)}),
        "it holds more than 10,000 arrays",
    ),
    ("m.npz", of_npz({"lstm\n\nweight": np.ones(1)}), "it holds no recurrent layer"),
    (
        "m.npz",
        renamed("weight_ih_l0", "x\n\n1. www.evil.example\nweight_hh_l0"),
        "weight_ih_l0 is missing",
    ),
]


@pytest.mark.parametrize(("name", "data", "says"), HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_network_is_refused_in_one_sentence(name, data, says):
    if says is None:
        assert load_bytes(name, data).hidden in (2, 4)
        return
    with pytest.raises(CheckpointError, match=says) as refused:
        load_bytes(name, data)
    sentence = str(refused.value)
    assert sentence.startswith(f"{name}: ")
    assert "\n" not in sentence
    assert len(sentence) < 240


def test_a_kind_that_the_arrays_disprove_is_refused():
    for kind, says in [
        ("GRU (PyTorch)", r"it is no GRU \(PyTorch\): weight_hh_l0 has 4 blocks of rows"),
        ("Peephole LSTM", "it is no Peephole LSTM"),
        ("LTSM", "there is no cell 'LTSM': kind is one of"),
    ]:
        with pytest.raises(CheckpointError, match=says):
            load_bytes("m.pt", HONEST, Answers(kind=kind))


def test_sizes_have_limits():
    with pytest.raises(CheckpointError, match="it is larger than 0 MB"):
        load_bytes("m.pt", HONEST, largest=100)


OUR_WORDS = (
    "it is text",
    "it is packed: unpack it",
    "it is a pickle",
    "it is a zip file without weights",
    "which matrix reads h is not proven",
    "numbers of type",
    "where a GRU has two",
    "its weights are quantised",
    "it is damaged",
    "it is packed in an unusual way",
    "it holds",
    "it unpacks to",
    "is damaged",
    "is cut off",
    "is empty",
    "is missing",
    "is there twice",
    "is a link to another file",
    "has NaN in it",
    "has infinity in it",
    "has shape",
    "blocks of rows",
    "not real numbers",
)


def damaged(data, content):
    """Bytes changed, cut out or added in a few places."""
    content = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, max(len(content) - 1, 0)))
        length = data.draw(st.sampled_from([0, 1, 1, 1, 8, 100]))
        content[place : place + length] = data.draw(st.binary(max_size=8))
    return bytes(content)


def read_or_refused(name, content):
    """Reads it, or is told why not in words of ours, not of the library that stumbled."""
    try:
        assert load_bytes(name, content).hidden > 0
    except CheckpointError as error:
        refused = str(error)
    else:
        return
    assert any(words in refused for words in OUR_WORDS), refused


@pytest.mark.parametrize("name", ["m.pt", "m.safetensors", "m.npz"])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(name, data):
    read_or_refused(name, damaged(data, WRITERS[name](LSTM.state_dict())))


@given(data=st.data())
def test_a_damaged_array_in_a_sound_file_is_read_or_refused(data):
    """The file's own checksums are right here, so the array's header is all there is to go by."""
    stream = io.BytesIO()
    np.save(stream, LSTM.weight_ih_l0.detach().numpy())
    content = damaged(data, stream.getvalue()[:128]) + stream.getvalue()[128:]
    read_or_refused("m.npz", raw_npz(weight_ih_l0__npy=content))


def test_names_are_told_on_one_line_and_in_part():
    names = ["x\n\n1. www.evil.example\n---", "y" * 200, "z\u2028\x1b[31m"]
    network = load_bytes("m.npz", of_npz(with_more(**dict.fromkeys(names, (9,)))))
    assert tuple(map(str, network.notes)) == (
        f"x 1. www.evil.example ---, {'y' * 57}…, z [31m are left out: "
        "only recurrent layers and one linear readout are read",
    )


def test_a_file_s_own_name_is_told_on_one_line():
    with pytest.raises(CheckpointError) as refused:
        load_bytes("a\n\n- b\ud800.pt", b"")
    assert str(refused.value) == "a - b .pt: it is empty"


def test_a_name_that_no_file_has_is_refused():
    with pytest.raises(CheckpointError, match=r"a b.pt is no name that a file can have"):
        load("a\0b.pt")


def test_what_could_not_be_read_again_is_not_saved(tmp_path):
    cell = GALLERY["RNN (tanh)"]
    deep = Network.fresh(cell, inputs=1, hidden=1, layers=33)
    with pytest.raises(CheckpointError, match=r"n.npz: it has 33 layers: a file has up to 32"):
        save(deep, tmp_path / "n.npz")
