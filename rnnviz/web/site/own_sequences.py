"""What a reader of the Step page types themselves, a text or numbers: all that the page is to say
about it, for each length. The sequence the browser reads (browser/site/own_sequence.js)."""

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from rnnviz.scenes.reading import shown
from rnnviz.scenes.saturation import AT_AN_END, LARGE, MOST, OF_GATES, OF_H
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import OWN_NUMBERS, OWN_TEXT, SETTINGS, StepSettings
from rnnviz.tasks.next_character import RHYMES
from rnnviz.texts import N_, _
from rnnviz.web.payload import unpack
from rnnviz.web.site.archive import Archive, key_of
from rnnviz.web.site.fields import keys_of
from rnnviz.web.step.payload import experiments_json, loss_json, step_payload

LONGEST = 24
"""Steps: as many as the longest sequence that ships."""
LETTERS = tuple(sorted(set(RHYMES)))
NOT_HERE = N_(
    "This folder has networks of 16 units that are trained, and draws fresh weights uniformly, as "
    "PyTorch does. Other ways to draw them, other sizes, equations and files of your own are in "
    "the app."
)


class Kind(NamedTuple):
    """sequence, name: of the setting that has what is typed. inputs: numbers a step, 0: letters.
    step: one step of it, as it is typed. between: two."""

    sequence: str
    name: str
    inputs: int
    step: str
    between: str

    def of(self, steps: int, **others: Any) -> StepSettings:
        """So many steps."""
        typed = self.between.join([self.step] * steps)
        return StepSettings(**{"sequence": self.sequence, self.name: typed, **others})


KINDS = (
    Kind(OWN_TEXT, "text", 0, "a", ""),
    Kind(OWN_NUMBERS, "numbers", 1, "1", "\n"),
    Kind(OWN_NUMBERS, "numbers", 2, "1 1", "\n"),
)


def page_json() -> dict[str, Any]:
    """What the page knows of all of them."""
    return {
        "kinds": {one.sequence: one.name for one in KINDS},
        "longest": LONGEST,
        "letters": [[letter, shown(letter)] for letter in LETTERS],
        "notHere": _(NOT_HERE),
        "saturation": {
            "large": LARGE,
            "atAnEnd": AT_AN_END,
            "most": MOST,
            "ofGates": _(OF_GATES),
            "ofH": _(OF_H),
        },
    }


def add_own(archive: Archive, networks: Iterator[tuple[str, str]]) -> None:
    """Pieces for each cell and notation of z."""
    for cell, z in networks:
        for kind in KINDS:
            _add_network(archive, kind, cell, z)
    for loss, step, steps in _losses():
        asked = scene(KINDS[1].of(steps, loss=loss, step=step))
        usual = scene(KINDS[1].of(steps)).notes
        notes = [note for note in asked.notes if note not in usual]
        key = key_of("own loss", loss, str(step), str(steps))
        archive.add(key, {"loss": loss_json(asked.asked)}, more={"notes": notes})


def _losses() -> Iterator[tuple[str, int, int]]:
    for loss, steps in product(keys_of(SETTINGS["loss"]), range(1, LONGEST + 1)):
        for step in range(1, LONGEST + 1) if loss == "one" else (1,):
            yield loss, step, steps


def _add_network(archive: Archive, kind: Kind, cell: str, z: str) -> None:
    """The network with all but the sequence; the experiments there are, for each length."""
    whole = scene(kind.of(LONGEST, cell=cell, z=z))
    header, arrays = unpack(step_payload(whole))
    del header["experiments"], header["loss"], arrays["x"]
    name = f"{kind.sequence} {kind.inputs}"
    archive.add(key_of("own", name, cell, z), header, arrays, {"notes": list(whole.notes)})
    for steps in range(1, LONGEST + 1):
        found = experiments_json(whole.network, whole.reading.first(steps))
        archive.add(key_of("own try", name, cell, z, str(steps)), {"experiments": found})
