"""Models that Keras itself makes and saves, with weights drawn anew: its own biases are zeros."""

import os
import tempfile
import warnings
from pathlib import Path

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("KERAS_HOME", tempfile.mkdtemp())
pytest.importorskip("h5py")
keras = pytest.importorskip("keras")
layers = keras.layers

INPUTS, TIME, BATCH = 3, 6, 2
WHOLE = (".keras", ".h5")


def model(*stack, inputs=INPUTS):
    """A Sequential of these layers; a number of tokens in place of inputs is the caller's."""
    shape = (None,) if inputs is None else (None, inputs)
    return drawn(keras.Sequential([layers.Input(shape), *stack]))


def drawn(made, seed=0):
    random = np.random.default_rng(seed)
    for weight in made.weights:
        weight.assign(random.normal(0, 0.5, weight.shape))
    return made


def sequence(inputs=INPUTS, seed=1):
    """(batch, time, inputs), as Keras reads it."""
    return np.random.default_rng(seed).normal(0, 1, (BATCH, TIME, inputs)).astype(np.float32)


def saved(made, ending, folder):
    """The file's bytes."""
    path = Path(folder) / f"model{ending}"
    with warnings.catch_warnings(action="ignore"):
        made.save_weights(path) if ending == ".weights.h5" else made.save(path)
    return path.read_bytes()


def answer(made, x):
    """(time, batch, …) where it gives every step, else (batch, …)."""
    with warnings.catch_warnings(action="ignore"):
        found = np.asarray(made(x).detach())
    return found.swapaxes(0, 1) if found.ndim == 3 else found
