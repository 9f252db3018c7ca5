"""What runs side by side are called: the knobs in which they differ, in words."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from rnnviz.settings.kinds import Choice
from rnnviz.texts import N_, _
from rnnviz.training.knobs.kinds import with_values
from rnnviz.training.knobs.knobs import KNOBS

TERMS: Mapping[str, str] = MappingProxyType(
    {
        "task": N_("task"),
        "length": N_("length"),
        "text": N_("text"),
        "cell": N_("cell"),
        "hidden": N_("hidden size"),
        "optimizer": N_("optimizer"),
        "learning_rate": N_("learning rate"),
        "clip_norm": N_("clip by norm"),
        "clip_value": N_("clip by value"),
        "updates": N_("updates"),
        "seed": N_("seed"),
        "layers": N_("layers"),
        "direction": N_("direction"),
        "embedding": N_("embedding"),
        "readout": N_("readout"),
        "skip": N_("skip connections"),
        "gate_function": N_("gate function"),
        "candidate_function": N_("candidate function"),
        "weights": N_("given weights"),
        "recurrent_initial": N_("initial recurrent matrices"),
        "spectral_radius": N_("spectral radius"),
        "input_initial": N_("initial input matrices"),
        "input_scale": N_("input scale"),
        "forget_bias": N_("forget-gate bias"),
        "write_bias": N_("input-gate bias"),
        "chrono": N_("chrono biases"),
        "schedule": N_("schedule"),
        "momentum": N_("momentum"),
        "rms_decay": N_("RMSProp's decay"),
        "beta_1": "β₁",
        "beta_2": "β₂",
        "epsilon": "ε",
        "weight_decay": N_("weight decay"),
        "dropout": N_("dropout between layers"),
        "recurrent_dropout": N_("recurrent dropout"),
        "auxiliary": N_("auxiliary loss"),
        "truncate": N_("truncated BPTT"),
        "batch": N_("batch size"),
        "precision": N_("precision"),
    }
)
"""Knob → what it is called among other words, where its label would stand out."""


def differing(chosen: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The knobs in which runs differ, in the order of `KNOBS`."""
    runs = [*map(with_values, chosen)]
    return tuple(
        name
        for name, knob in KNOBS.items()
        if len({one.get(name, knob.default) for one in runs}) > 1
    )


def words(name: str, value: Any) -> str:
    """A knob's value as a few words: “clip by norm 1”, “LSTM”, “no clipping”."""
    if name == "cell":
        return _(value.title)
    kind, called = KNOBS[name].kind, _(TERMS[name])
    if value is None:
        return _("{setting}: none", setting=called)
    shown = _(kind.label(value)) if isinstance(kind, Choice) else f"{value:,.6g}"
    return _("{setting} {value}", setting=called, value=shown)


def says(chosen: Sequence[Mapping[str, Any]]) -> list[str]:
    """For each run the words of what it chose where they differ; the cell where they do not."""
    names = differing(chosen) or ("cell",)
    return [
        ", ".join(words(name, one.get(name, KNOBS[name].default)) for name in names)
        for one in map(with_values, chosen)
    ]
