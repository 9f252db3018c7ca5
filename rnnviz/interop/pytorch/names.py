"""Arrays by PyTorch's names ("lstm.weight_ih_l0", "fc.weight") → the networks that they are."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from rnnviz.interop.candidates import Candidate
from rnnviz.interop.pytorch.embeddings import embedding_of
from rnnviz.interop.pytorch.layers import Found, layers_of
from rnnviz.interop.pytorch.modules import Module, modules_in
from rnnviz.interop.pytorch.readout import Gives, readout_of
from rnnviz.interop.pytorch.surroundings import Surroundings
from rnnviz.interop.pytorch.weights import rebuilt
from rnnviz.interop.questions import Answers, NetworkChoice
from rnnviz.interop.refusals import embedding_note
from rnnviz.interop.stored import StateDict, Stored
from rnnviz.network.embedding import Embedding
from rnnviz.network.network import Network
from rnnviz.network.readout import ReadoutKind
from rnnviz.texts import Sentence

_OF_OUR_STAGES = re.compile(r"layers_\d+\.rnn\..*")
"""What stands in a module that `to_torch` makes where there is more than layers and a readout."""
_NUMBERED = re.compile(r"(?P<list>.*?)(?P<number>\d{1,3})\.")


class Said(NamedTuple):
    """What a file says beside its arrays: the gallery's name of the cell, the readout's kind;
    whether it is rnnviz that says so."""

    kind: str | None = None
    readout: ReadoutKind = "linear"
    is_ours: bool = False


def networks_of_torch(
    saved: StateDict, elsewhere: Mapping[str, Stored], said: Said, most: int
) -> list[Candidate]:
    """The recurrent modules of a state dict, each a network; and lists of cells, each as one.

    Args:
        elsewhere: other arrays of the file, by their full names.
        most: how many numbers a network may have.

    Raises:
        ValueError: too many; one is there twice; or arrays do not tell what stood between.
    """
    arrays = rebuilt(saved.arrays)
    if any(map(_OF_OUR_STAGES.fullmatch, arrays)):
        raise ValueError(
            Sentence(
                "it has the arrays of a module that rnnviz made of stages, and does not tell which "
                "stages: give that module to rnnviz.Network.from_torch, and save with rnnviz.save"
            )
        )
    modules = modules_in(arrays)
    groups = [*_lists(modules), *((module,) for module in modules)]
    whole = _Saved(arrays, saved.is_ordered, elsewhere, said)
    return [
        Candidate(_choice(saved, group), partial(_built, group, modules, whole, most))
        for group in groups
    ]


class _Saved(NamedTuple):
    """A state dict with its weights whole, and what stands in the file beside it."""

    arrays: Mapping[str, Stored]
    is_ordered: bool
    elsewhere: Mapping[str, Stored]
    said: Said


def _built(
    group: Sequence[Module], modules: Sequence[Module], saved: _Saved, most: int, answers: Answers
) -> Network:
    """The network that these modules are, one above the other."""
    found = [layers_of(module, answers.kind or saved.said.kind, most) for module in group]
    layers = tuple(layer for each in found for layer in each.layers)
    own, others = _names(group), _names(modules)
    around = Surroundings(saved.arrays, own, others - own, saved.elsewhere, saved.is_ordered)
    top = layers[-1]
    gives = Gives(layers[0].inputs, found[-1].projection, len(top.directions), top.hidden)
    tables = _tables(around, group[0], gives.inputs, answers, most)
    said = saved.said
    read, notes = readout_of(
        around,
        gives,
        answers.readout,
        said.readout,
        most,
        taken=tables.keys(),
        is_ours=said.is_ours,
    )
    first = [embedding_note(name, table.tokens) for name, table in tables.items()]
    return Network((*tables.values(), *layers), read, (*first, *_notes(found), *notes))


def _tables(
    around: Surroundings, module: Module, inputs: int, answers: Answers, most: int
) -> dict[str, Embedding]:
    """The embedding in front, by its name, if it is to be read."""
    if answers.embedding is False:
        return {}
    prefix = module.prefix.rstrip(".").rpartition(".")[0]
    beside = f"{prefix}." if prefix else ""
    return embedding_of(around, inputs, prefix=beside, must_be=answers.embedding is True, most=most)


def _names(modules: Sequence[Module]) -> frozenset[str]:
    return frozenset(name for module in modules for name in module.names)


def _notes(found: Sequence[Found]) -> tuple[Sentence, ...]:
    return tuple(dict.fromkeys(note for each in found for note in each.notes))


def _choice(saved: StateDict, group: Sequence[Module]) -> NetworkChoice:
    first = group[0]
    prefix = first.prefix if len(group) == 1 else _NUMBERED.sub(r"\g<list>", first.prefix)
    name = saved.full(prefix).rstrip(".") or first.name
    return NetworkChoice(
        name,
        first.cell,
        sum(module.layers for module in group),
        first.directions,
        first.sizes[0],
        group[-1].sizes[1],
        sum(array.size for module in group for array in module.own.values()),
    )


def _lists(modules: Sequence[Module]) -> list[tuple[Module, ...]]:
    """Numbered modules, each of which can read the one below: a list of cells, layer by layer."""
    lists: dict[str, dict[int, Module]] = {}
    for module in modules:
        match = _NUMBERED.fullmatch(module.prefix)
        if match:
            lists.setdefault(match["list"], {})[int(match["number"])] = module
    return [
        tuple(numbered[k] for k in range(len(numbered)))
        for numbered in lists.values()
        if len(numbered) > 1 and numbered.keys() == {*range(len(numbered))} and _chains(numbered)
    ]


def _chains(numbered: Mapping[int, Module]) -> bool:
    return all(
        (below.sizes[1] * below.directions, below.cell) == (above.sizes[0], above.cell)
        for below, above in pairwise(numbered[k] for k in range(len(numbered)))
    )
