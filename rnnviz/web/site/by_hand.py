"""The By hand page of the site: every cell, size and sequence length, and all challenges."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from itertools import product
from typing import Any

from rnnviz.cells import MENU, OWN
from rnnviz.challenges import CHALLENGES
from rnnviz.scenes.by_hand import (
    BIFURCATION,
    BY_HAND,
    LONGEST,
    MOST,
    ByHandSettings,
    by_hand_scene,
    cell_of,
    network_of,
    start_of,
)
from rnnviz.texts import _
from rnnviz.web import stages
from rnnviz.web.by_hand.payload import by_hand_payload
from rnnviz.web.page_texts import PAGE_TEXTS
from rnnviz.web.payload import unpack
from rnnviz.web.site.archive import Archive, key_of
from rnnviz.web.site.fields import When, field, keys_of, without
from rnnviz.web.site.page import Page
from rnnviz.web.step.payload import loss_json, sequence_json

SEEDS = 5
"""As many as weights are drawn from."""
NETWORK = ("cell", "units", "inputs", "outputs")
WEIGHTS = (*NETWORK, "begin", "seed")
SEQUENCE = ("inputs", "length", "begin")
LOSS = ("units", "length", "loss")
PIECES = {"network": NETWORK, "weights": WEIGHTS, "sequence": SEQUENCE, "loss": LOSS}
"""Of a payload → the settings that each depends on."""


def by_hand_page() -> Page:
    """All of it."""
    archive = Archive(
        {
            "fields": _fields(),
            "pieces": PIECES,
            "bifurcation": BY_HAND.write(asdict(BIFURCATION)),
            "reading": _(PAGE_TEXTS["By hand"].reading),
        }
    )
    for settings in _networks():
        add_network(archive, settings)
    for settings in _sequences():
        add_sequence(archive, settings)
    for key in CHALLENGES:
        archive.add(
            key_of("challenge", key), *unpack(by_hand_payload(ByHandSettings(challenge=key)))
        )
    return Page("By hand", "by_hand", ("by_hand",), archive)


def _fields() -> list[dict[str, Any]]:
    free: When = {"challenge": ("",)}
    when: Mapping[str, When] = {"challenge": {}, "seed": {**free, "begin": ("drawn",)}}
    bounds = {"cell": without(BY_HAND["cell"], OWN), "seed": {"high": SEEDS - 1}}
    return [
        field(name, one, when.get(name, free), bounds.get(name))
        for name, one in BY_HAND.items()
        if name != "equations"
    ]


def _networks() -> Iterator[ByHandSettings]:
    counts = range(1, MOST + 1)
    for cell, units, inputs, outputs in product(MENU, counts, counts, range(MOST + 1)):
        yield ByHandSettings(cell=cell, units=units, inputs=inputs, outputs=outputs)


def _sequences() -> Iterator[ByHandSettings]:
    """With the cell that is built fastest: a sequence is the same for all."""
    for inputs, length in product(range(1, MOST + 1), range(2, LONGEST + 1)):
        for begin in keys_of(BY_HAND["begin"]):
            yield ByHandSettings(cell=MENU[0], inputs=inputs, length=length, begin=begin)


def add_network(archive: Archive, settings: ByHandSettings) -> None:
    """A network without its sequence, and the weights that it can begin with."""
    header, _arrays = unpack(by_hand_payload(settings))
    archive.add(_key("network", NETWORK, settings), header)
    for begin in keys_of(BY_HAND["begin"]):
        for seed in range(SEEDS if begin == "drawn" else 1):
            begun = replace(settings, begin=begin, seed=seed)
            network = network_of(cell_of(begun), begun)
            started = stages.initial_arrays(network, start_of(network, begun))
            archive.add(_key("weights", WEIGHTS, begun), {}, stages.arrays(network) | started)


def add_sequence(archive: Archive, settings: ByHandSettings) -> None:
    """What is read; and, for as many units as there can be, where L is."""
    read = by_hand_scene(settings).reading
    sequence = {"sequence": sequence_json(read)}
    archive.add(_key("sequence", SEQUENCE, settings), sequence, {"x": read.x})
    for units, loss in product(range(1, MOST + 1), keys_of(BY_HAND["loss"])):
        asked = replace(settings, units=units, loss=loss)
        where = {"loss": loss_json(by_hand_scene(asked).asked)}
        archive.add(_key("loss", LOSS, asked), where)


def _key(name: str, of: tuple[str, ...], settings: ByHandSettings) -> str:
    return key_of(name, *(BY_HAND[one].write(getattr(settings, one)) for one in of))
