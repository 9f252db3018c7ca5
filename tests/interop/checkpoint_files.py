"""Checkpoint files as people have them, in every format, as bytes."""

import io

import numpy as np
import safetensors.torch
import torch

from rnnviz.interop import npz_files, safetensors_files
from rnnviz.interop.checkpoints import LARGEST_FILE, LARGEST_NUMBERS
from rnnviz.interop.formats import opened_file
from rnnviz.interop.pytorch import files as torch_files
from rnnviz.interop.pytorch import old_files as torch_old_files

LSTM = torch.nn.LSTM(3, 4, dtype=torch.float64)


def of_torch(saved, **options):
    stream = io.BytesIO()
    torch.save(saved, stream, **options)
    return stream.getvalue()


def of_safetensors(state):
    return safetensors.torch.save({n: t.contiguous() for n, t in state.items()})


def of_npz(state, **extra):
    stream = io.BytesIO()
    np.savez_compressed(stream, **{n: np.asarray(t) for n, t in state.items()}, **extra)
    return stream.getvalue()


WRITERS = {"m.pt": of_torch, "m.PTH": of_torch, "m.safetensors": of_safetensors, "m.npz": of_npz}


def with_more(**shapes):
    more = {name.replace("__", "."): np.ones(shape) for name, shape in shapes.items()}
    return {f"lstm.{n}": t.numpy() for n, t in LSTM.state_dict().items()} | more


def arrays_in(data):
    """Every array of a file by its name in its dictionary, in the file's own type."""
    return {name: array.read() for name, array in stored_in(data)}


def stored_in(data, most=LARGEST_NUMBERS):
    """The same, not read yet."""
    opened = opened_file("m", io.BytesIO(data), LARGEST_FILE, most)
    formats = (torch_files, torch_old_files, npz_files, safetensors_files)
    dictionaries, _ = next(one for one in formats if one.holds(opened)).dictionaries(opened)
    return [each for saved in dictionaries for each in saved.arrays.items()]
