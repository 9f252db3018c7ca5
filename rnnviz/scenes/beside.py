"""What stands beside a scene, to be compared with it: its own untouched run, or another cell's."""

from dataclasses import dataclass, replace

import numpy as np

from rnnviz.cells import ABOUT
from rnnviz.scenes.scene import Scene, scene
from rnnviz.scenes.settings import NOTHING, TYPED, UNTOUCHED, YOUR_FILE, StepSettings
from rnnviz.texts import _


@dataclass(frozen=True, eq=False)
class Beside:
    """titles: what stands left and right. scene: the right one's; None: the same, untouched."""

    titles: tuple[str, str]
    scene: Scene | None = None


def beside(settings: StepSettings, shown: Scene) -> tuple[Beside | None, tuple[str, ...]]:
    """What the settings ask for beside what is shown; and what is odd about it, in sentences.

    Another cell reads the same sequence, with weights trained on it or drawn from the same seed.
    """
    if settings.beside == NOTHING:
        return None, ()
    if settings.beside == UNTOUCHED:
        return Beside((_("with your changes"), _("untouched"))), ()
    weights = "trained" if settings.weights in (YOUR_FILE, TYPED) else settings.weights
    other = scene(replace(settings, cell=settings.beside, weights=weights))
    title = _(ABOUT[settings.beside].title)
    if not np.array_equal(other.reading.x, shown.reading.x):
        note = _("{cell} cannot stand beside it: it would read another sequence.", cell=title)
        return None, (note,)
    notes = (_("{cell}: {note}", cell=title, note=note) for note in other.notes)
    return Beside((_own_title(settings), title), other), tuple(notes)


def _own_title(settings: StepSettings) -> str:
    if settings.weights == YOUR_FILE:
        return _("your file")
    return _(ABOUT[settings.cell].title) if settings.cell in ABOUT else _("your own cell")
