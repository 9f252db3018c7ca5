"""The stages below a network's readout: made of its parameters, named, and held to fit."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import get_args

from rnnviz.network.architecture import Architecture
from rnnviz.network.arrays import Params
from rnnviz.network.attention import Attention
from rnnviz.network.embedding import Embedding
from rnnviz.network.layers import Layer
from rnnviz.network.pooling import Maximum, Mean, Pooling
from rnnviz.network.stage import Stage
from rnnviz.representation import Cell
from rnnviz.texts import Sentence


def body_of(cell: Cell, parameters: Params, built: Architecture) -> tuple[Stage, ...]:
    """The stages of a network that is built so, with these parameters, by their full names. It has
    an embedding if "embedding.W" is among them."""
    body: list[Stage] = []
    if "embedding.W" in parameters:
        body.append(Embedding(parameters["embedding.W"]))
    for k in range(built.layers):
        forward, *backward = (
            {n: parameters[f"layers.{k}.{way}{n}"] for n in cell.parameters}
            for way in built.directions
        )
        below = body[-1].outputs if body else built.inputs
        reverse = next(iter(backward), None)
        skip = built.skip and k > 0
        body.append(Layer(cell, forward, reverse, below, built.hidden, skip=skip))
    return (*body, *pools(built.pooling, body[-1].outputs, parameters))


def pools(pooling: Pooling, size: int, parameters: Params) -> list[Stage]:
    """What stands between the last layer, which hands up so many numbers, and the readout; its
    arrays are among the parameters by their full names."""
    if pooling not in get_args(Pooling):
        raise ValueError(f"pooling is one of {', '.join(get_args(Pooling))}, not {pooling!r}")
    if pooling == "attention":
        W, b, v = (parameters[f"attention.{name}"] for name in ("W", "b", "v"))
        return [Attention(W, b, v)]
    kinds: Mapping[str, type[Mean | Maximum]] = {"mean": Mean, "maximum": Maximum}
    return [kinds[pooling](size)] if pooling in kinds else []


def named_stages(stages: Iterable[Stage]) -> dict[str, Stage]:
    """Full name → stage; those of one kind are counted from 0."""
    counts: Counter[str] = Counter()
    named: dict[str, Stage] = {}
    for stage in stages:
        named[stage.full_name.format(counts[stage.full_name])] = stage
        counts[stage.full_name] += 1
    return named


def refuse_misfits(stages: Mapping[str, Stage]) -> None:
    """ValueError where one reads another number of numbers than the one below hands up."""
    for (below, lower), (above, upper) in pairwise(stages.items()):
        if lower.outputs != upper.inputs:
            raise ValueError(
                Sentence(
                    "{above} reads {inputs} numbers, but {below} hands up {outputs}",
                    above=_spoken(above),
                    inputs=upper.inputs,
                    below=_spoken(below),
                    outputs=lower.outputs,
                )
            )


def _spoken(name: str) -> Sentence | str:
    """ "layers.1" → "layer 1"; another stage by its full name."""
    kind, _, number = name.partition(".")
    return Sentence("layer {number}", number=number) if kind == "layers" else name
