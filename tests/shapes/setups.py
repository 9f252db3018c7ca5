"""Setups of all kinds, and the modules that PyTorch builds of them."""

import os
import tempfile

import torch
from hypothesis import strategies as st
from torch import nn

from rnnviz.shapes.setup import KINDS, SETTINGS, Setup

os.environ.setdefault("KERAS_BACKEND", "torch")  # for the tests that ask Keras, where it is there
os.environ.setdefault("KERAS_HOME", tempfile.mkdtemp())
FLAGS = st.booleans()


@st.composite
def setups(draw, **fixed):
    """Small ones, of every combination that PyTorch takes."""
    lengths = draw(st.lists(st.integers(1, 5), max_size=4).map(tuple))
    values = {
        "kind": draw(st.sampled_from(KINDS)),
        "nonlinearity": draw(st.sampled_from(["tanh", "relu"])),
        "input_size": draw(st.integers(1, 4)),
        "hidden_size": draw(st.integers(1, 4)),
        "num_layers": draw(st.integers(1, 3)),
        "bidirectional": draw(FLAGS),
        "batch_first": draw(FLAGS),
        "bias": draw(FLAGS),
        "dropout": draw(st.sampled_from([0.0, 0.25])),
        "proj_size": draw(st.sampled_from([0, 0, 1, 2])),
        "length": draw(st.integers(1, 5)),
        "batch": draw(st.integers(0, 4)),
        "lengths": lengths,
        "packed": draw(FLAGS),
        "initial": draw(st.sampled_from(["zeros", "given"])),
        "vocabulary": draw(st.sampled_from([0, 0, 7])),
        "outputs": draw(st.sampled_from([0, 0, 3])),
    }
    return Setup.nearest(**{**values, **fixed})


def module_of(setup):
    """What PyTorch builds of it, float64."""
    options = {
        name: getattr(setup, name)
        for name in ("num_layers", "bias", "batch_first", "bidirectional")
    }
    if setup.kind == "RNN":
        options["nonlinearity"] = setup.nonlinearity
    if setup.kind == "LSTM":
        options["proj_size"] = setup.proj_size
    if setup.num_layers > 1:
        options["dropout"] = setup.dropout
    kind = getattr(nn, setup.kind)
    return kind(setup.input_size, setup.hidden_size, dtype=torch.float64, **options).eval()


__all__ = ["FLAGS", "SETTINGS", "module_of", "setups"]
