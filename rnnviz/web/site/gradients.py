"""The Gradients page of the site: every knob, the draws of some seeds, the phase diagram at the
knobs that the page begins with."""

from rnnviz.gradients.phase import PhaseDiagram
from rnnviz.gradients.setup import KNOBS, Setup
from rnnviz.scenes.scene import Scene, scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.texts import _
from rnnviz.web.gradients.knobs import PAGE
from rnnviz.web.gradients.look import ASKED, LOOK
from rnnviz.web.gradients.payload import FOLLOWED, gradients_payload, phase_payload
from rnnviz.web.gradients.phase_words import about
from rnnviz.web.page_texts import PHASE_DIAGRAM
from rnnviz.web.payload import unpack
from rnnviz.web.site.archive import Archive, key_of
from rnnviz.web.site.fields import field, fields
from rnnviz.web.site.page import Page

SEEDS = 8
"""As many as there is room for: each is 0.1 MB."""


BOUNDS = {"seed": {"high": SEEDS - 1}, "hidden": {"high": FOLLOWED}}


def gradients_page() -> Page:
    """All of it."""
    knobs = {name: one for name, one in KNOBS.items() if name != "equations"}
    phase = {"title": _(PHASE_DIAGRAM.title), "lead": _(PHASE_DIAGRAM.lead)}
    archive = Archive(
        {
            "knobs": [field(name, one, bounds=BOUNDS.get(name)) for name, one in knobs.items()],
            "scene": field("scene", PAGE["scene"]),
            "look": fields(LOOK),
            "asked": fields(ASKED),
            "phase": phase,
        }
    )
    shown = scene(StepSettings())
    for seed in range(SEEDS):
        _add_seed(archive, seed, shown)
    _add_phase(archive)
    return Page("Gradients", "gradients", ("gradients",), archive)


def _add_seed(archive: Archive, seed: int, shown: Scene) -> None:
    """What is drawn from a seed, and all else that the page gets."""
    header, arrays = unpack(gradients_payload(Setup(), seed, shown))
    for name, bounds in BOUNDS.items():
        header["knobs"][name] |= bounds
    archive.add(key_of("seed", str(seed)), header, arrays)


def _add_phase(archive: Archive) -> None:
    diagram = PhaseDiagram(Setup())
    for _block in diagram.blocks():
        pass
    archive.add("phase", *unpack(phase_payload(diagram.phase, about(Setup(), is_whole=True))))
