"""Thousands of damaged files and random pickles: one sentence each, soon, in little memory."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from rnnviz.cells import GALLERY
from rnnviz.interop.saving import packed
from rnnviz.network.network import Network
from tests.interop import crafted_files as crafted
from tests.interop.checkpoint_files import LSTM, WRITERS, of_npz, of_safetensors, of_torch

ROOT = Path(__file__).parent.parent.parent
SLOWEST, MOST_MEMORY, LONGEST = 2.0, 300.0, 300.0
pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads a process's memory there")


def honest_files():
    files = {name: write(LSTM.state_dict()) for name, write in WRITERS.items()}
    files["half.pt"] = of_torch({n: t.to(torch.bfloat16) for n, t in LSTM.state_dict().items()})
    module = torch.nn.GRU(2, 3, 2, bidirectional=True)
    optimizer = torch.optim.Adam(module.parameters())
    module(torch.ones(2, 2))[0].sum().backward()
    optimizer.step()
    whole = {"epoch": 3, "model": module.state_dict(), "optimizer": optimizer.state_dict()}
    files["whole.pt"] = of_torch(whole)
    files["old.pt"] = of_torch(whole, _use_new_zipfile_serialization=False)
    two = {"encoder": module.state_dict(), "parts": [LSTM.state_dict(), {"loss": torch.ones(())}]}
    files["two.pt"] = of_torch(two)
    normed = torch.nn.utils.parametrizations.weight_norm(torch.nn.LSTM(2, 3), "weight_hh_l0")
    files["parts.pt"] = of_torch(normed.state_dict())
    narrow = {n: t.to(torch.float8_e4m3fn) for n, t in LSTM.state_dict().items()}
    files["narrow.safetensors"] = of_safetensors(narrow)
    ours = Network.fresh(GALLERY["MGU"], inputs=2, hidden=3, outputs=2)
    return files | {f"ours{ending}": packed(ours, ending) for ending in (".npz", ".safetensors")}


def crossed_dictionaries(count=25_000):
    """Dictionaries of one dictionary: to look into each of each would take 10¹³ looks."""

    def entries(value):
        items = b"".join(crafted.number(k) + value for k in range(count))
        return crafted.EMPTY_DICT + b"(" + items + b"u"

    return entries(b"N") + b"q\x00" + entries(b"h\x00") + b"q\x01" + entries(b"h\x01")


def deep_dictionaries(levels=40_000, letters=50_000):
    """One dictionary in another, each under the same long key."""
    key = crafted.text("k" * letters) + b"q\x00" + b"0"
    return key + b"}" + b"h\x00}" * levels + b"N" + b"N" + b"s" + b"s" * levels


def large_files():
    """Few bytes that stand for much, each just within the limits."""
    rows, columns = 8_000, 2_000
    once = {"kind": "DoubleStorage", "size": 1, "offset": 0, "strides": (0, 0)}
    one_number = crafted.dictionary(
        weight_ih_l0=crafted.tensor(shape=(rows, 8), **once),
        weight_hh_l0=crafted.tensor(shape=(rows, columns), **once),
    )
    zeros = {
        kind: of_npz(
            {
                "weight_ih_l0": np.zeros((rows, 8), kind),
                "weight_hh_l0": np.zeros((rows, columns), kind),
            }
        )
        for kind in ("f8", "f4", "u1")
    }
    names = json.dumps(
        {
            f"a{k}": {"dtype": "F32", "shape": [1], "data_offsets": [4 * k, 4 * k + 4]}
            for k in range(9_999)
        }
    ).encode()
    text = "\n".join(
        [
            *(f"v{k} = " + " + ".join(["W @ x", "U @ h_prev"] * 7) for k in range(8)),
            "h = tanh(v0 + {}.5 * v1)",
        ]
    )
    equations = {"cells": [text.format(k) for k in range(5)], "readout": "linear"}
    weights = {f"layers.{k}.{name}": np.ones((2, 2)) for k in range(5) for name in "WU"}
    return {
        "one-number.pt": crafted.torch_file(one_number, {"0": bytes(8)}),
        **{f"zeros-{kind}.npz": data for kind, data in zeros.items()},
        "records.npz": crafted.zipped((f"{k}.npy", b"") for k in range(19_999)),
        "names.safetensors": len(names).to_bytes(8, "little") + names + bytes(4 * 9_999),
        "equations.npz": of_npz(
            weights, rnnviz=np.frombuffer(json.dumps(equations).encode(), np.uint8)
        ),
        "crossed.pt": crafted.torch_file(crossed_dictionaries()),
        "modules.npz": of_npz({f"{k}.weight_ih": np.ones(1) for k in range(9_999)}),
        "raw.npz": of_npz({f"{k}.weight_ih_raw": np.ones(1) for k in range(9_999)}),
        "around.npz": of_npz(
            {
                f"{k}.{name}": np.ones((4, 1))
                for k in range(250)
                for name in ("weight_ih", "weight_hh", *(f"a{j}.weight" for j in range(37)))
            }
        ),
        "deep.pt": crafted.torch_file(deep_dictionaries()),
        "name.npz": of_npz({"weight" * 10_000 + "_h": np.ones(1)}),
        "parts.pt": crafted.torch_file(crafted.EMPTY_LIST + b"]0" * 99_999),
    }


def fuzzed(folder, files, *, damaged=0, pickles=0, seed=0):
    for name, data in files.items():
        (folder / name).write_bytes(data)
    command = [sys.executable, "-m", "tests.interop.fuzz", folder, damaged, pickles, seed]
    told = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return json.loads(told.stdout)


def test_damaged_files_and_random_pickles_end_in_one_sentence_or_in_their_own_numbers(tmp_path):
    report = fuzzed(tmp_path, honest_files(), damaged=10_000, pickles=1_000)
    assert report["wrong"] == []
    assert report["read"] == 11_000 + len(honest_files())
    assert report["loaded"] > 200
    assert report["slowest"] < SLOWEST
    assert report["megabytes"] < MOST_MEMORY


@pytest.mark.parametrize("name", large_files())
def test_what_is_large_is_read_or_refused_soon_and_in_bounded_memory(tmp_path, name):
    report = fuzzed(tmp_path, {name: large_files()[name]})
    assert report["wrong"] == []
    assert report["slowest"] < SLOWEST
    assert report["megabytes"] < MOST_MEMORY
