"""Every component with data in it, each as a file to be opened: `python -m rnnviz.web.gallery`.

What a change does to a component is seen without the app, beside the same file from before it.
"""

import sys
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from rnnviz.cells import MENU
from rnnviz.gradients.phase import PhaseDiagram
from rnnviz.gradients.setup import Setup
from rnnviz.scenes.by_hand import ByHandSettings
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.training.comparison.comparison import Comparison
from rnnviz.training.workers.workers import Workers
from rnnviz.web.by_hand.payload import by_hand_payload
from rnnviz.web.export import one_file
from rnnviz.web.gradients.payload import gradients_payload, phase_payload
from rnnviz.web.step.payload import step_payload
from rnnviz.web.training.payload import training_payload
from rnnviz.web.training.poll import Poll

RUNS: Mapping[str, Mapping[str, Any]] = {
    "not clipped": {"clip_norm": None},
    "clipped": {"clip_norm": 1.0},
}
UPDATES = 200


class Piece(NamedTuple):
    """A file's name, its title, and the component and data that stand in it."""

    name: str
    title: str
    component: str
    payload: bytes


def pieces() -> Iterator[Piece]:
    """The stepper with each cell of the menu, the pages By hand and Gradients, a phase diagram, two
    runs."""
    for cell in MENU:
        payload = step_payload(scene(StepSettings(cell=cell)))
        yield Piece(f"stepper {cell}", cell, "stepper", payload)
    yield Piece("by hand", "By hand", "by_hand", by_hand_payload(ByHandSettings()))
    shown = scene(StepSettings())
    yield Piece(
        "gradients",
        "Gradients",
        "gradients",
        gradients_payload(Setup(), 0, shown, in_file=True),
    )
    *_, phase = islice(PhaseDiagram(Setup(length=20, hidden=4)).blocks(), 3)
    yield Piece("phase", "Phase diagram", "gradients", phase_payload(phase, "Some of it."))
    yield Piece("training", "Runs in training", "training", training_payload(runs(), Poll()))


def runs() -> Comparison:
    """Two small runs, as far as they go."""
    small: dict[str, Any] = {
        "task": "adding problem",
        "length": 10,
        "hidden": 8,
        "updates": UPDATES,
    }
    comparison = Comparison([{**small, **chosen} for chosen in RUNS.values()], list(RUNS))
    workers = Workers(1)
    session = workers.session()
    comparison.play()
    while comparison.is_busy:
        comparison.proceed(session)
        time.sleep(0.02)
    workers.shutdown(cancel_futures=True)
    return comparison


def write(folder: Path) -> list[Path]:
    """Write every piece into a folder; the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for piece in pieces():
        path = folder / f"{piece.name.replace(' ', '-').lower()}.html"
        path.write_text(one_file(piece.payload, piece.title, piece.component), encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    for path in write(Path(sys.argv[1] if len(sys.argv) > 1 else "gallery")):
        print(path)
