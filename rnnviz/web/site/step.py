"""The Step page of the site: every shipped network on every sequence, beside any other."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

from rnnviz.cells import ABOUT, MENU
from rnnviz.scenes.beside import beside
from rnnviz.scenes.examples import PRESETS
from rnnviz.scenes.questions import question
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import (
    OWN_CELL,
    RANDOM,
    SETTINGS,
    TYPED,
    UNTOUCHED,
    YOUR_FILE,
    StepSettings,
)
from rnnviz.texts import _
from rnnviz.web.page_texts import PAGE_TEXTS
from rnnviz.web.payload import unpack
from rnnviz.web.site.archive import Archive, key_of
from rnnviz.web.site.fields import field, keys_of, without
from rnnviz.web.site.own_sequences import KINDS, add_own, page_json
from rnnviz.web.site.page import Page
from rnnviz.web.site.questions import question_json
from rnnviz.web.step.payload import loss_json, step_payload

NETWORK, LOSS = ("sequence", "cell", "z"), ("sequence", "loss", "step")
PIECES = {"network": NETWORK, "loss": LOSS}
"""Of a payload, the network with what it reads and where L is → the settings each depends on."""
WITH_COUNTERPART = tuple(name for name in MENU if ABOUT[name].counterpart)
FRESH_OF = {"sequence": tuple(PRESETS), "z": ("keeps",)}
"""Where the browser draws weights from a seed, as site/fresh.js does: uniformly."""
LONGEST = max(preset.length for preset in PRESETS.values())


def step_page() -> Page:
    """All of it."""
    archive = Archive(
        {
            "fields": _fields(),
            "pieces": PIECES,
            "untouched": _untouched(),
            "own": page_json(),
            "others": _others(),
            "reading": _(PAGE_TEXTS["Step"].reading),
        }
    )
    for settings in _networks():
        add_network(archive, settings)
    for settings in _losses():
        add_loss(archive, settings)
    add_own(archive, _cells())
    return Page("Step", "step", ("stepper",), archive)


def _fields() -> list[dict[str, Any]]:
    one = SETTINGS
    typed = dict.fromkeys((kind.name, kind.sequence) for kind in KINDS)
    return [
        field("sequence", one["sequence"], bounds=without(one["sequence"], RANDOM)),
        *(field(name, one[name], {"sequence": [sequence]}) for name, sequence in typed),
        field("cell", one["cell"], bounds=without(one["cell"], OWN_CELL)),
        field("z", one["z"], {"cell": WITH_COUNTERPART}),
        field("weights", one["weights"], FRESH_OF, without(one["weights"], TYPED, YOUR_FILE)),
        field("seed", one["seed"], {"weights": ["fresh"]}),
        field("beside", one["beside"]),
        field("loss", one["loss"]),
        field("step", one["step"], {"loss": ["one"]}, {"high": LONGEST}),
    ]


def _others() -> dict[str, list[str] | None]:
    """Of the app's settings, by their keys, the values this page has not; None: all."""
    there = {one["key"] for one in _fields()}
    whole = {one.key: None for one in SETTINGS.values() if one.key not in there}
    parts = {"sequence": [RANDOM], "cell": [OWN_CELL], "weights": [TYPED, YOUR_FILE]}
    return {**whole, **{SETTINGS[name].key: values for name, values in parts.items()}}


def _cells() -> Iterator[tuple[str, str]]:
    """Each, in both notations of z where it has two."""
    for cell in MENU:
        for z in ("keeps", "takes") if cell in WITH_COUNTERPART else ("keeps",):
            yield cell, z


def _networks() -> Iterator[StepSettings]:
    for sequence, (cell, z) in product(PRESETS, [*_cells()]):
        yield StepSettings(sequence=sequence, cell=cell, z=z)


def _losses() -> Iterator[StepSettings]:
    for sequence in PRESETS:
        for loss in keys_of(SETTINGS["loss"]):
            for step in range(1, LONGEST + 1) if loss == "one" else (1,):
                yield StepSettings(sequence=sequence, loss=loss, step=step)


def add_network(archive: Archive, settings: StepSettings) -> None:
    """A network and what it reads, with what is odd about it and asked of each sequence."""
    shown = scene(settings)
    header, arrays = unpack(step_payload(shown))
    fresh = scene(replace(settings, weights="fresh"))
    more = {
        "notes": list(shown.notes),
        "ofTrained": [note for note in shown.notes if note not in fresh.notes],
        "questions": [question_json(question(shown, k)) for k in range(shown.reading.batch)],
    }
    archive.add(_key("network", NETWORK, settings), header, arrays, more)


def add_loss(archive: Archive, settings: StepSettings) -> None:
    """Where L is: the same for every network that reads this."""
    usual = scene(StepSettings(sequence=settings.sequence))
    shown = scene(settings)
    notes = [note for note in shown.notes if note not in usual.notes]
    loss = {"loss": loss_json(shown.asked)}
    archive.add(_key("loss", LOSS, settings), loss, more={"notes": notes})


def _untouched() -> list[str]:
    settings = StepSettings(beside=UNTOUCHED)
    found, _notes = beside(settings, scene(settings))
    assert found is not None
    return list(found.titles)


def _key(name: str, of: tuple[str, ...], settings: StepSettings) -> str:
    return key_of(name, *(SETTINGS[one].write(getattr(settings, one)) for one in of))
