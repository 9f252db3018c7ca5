"""The By hand page's settings → the bytes its component gets: those of the stepper."""

from rnnviz.scenes.by_hand import ByHandSettings, by_hand_scene, start_of
from rnnviz.web.step.payload import step_payload


def by_hand_payload(settings: ByHandSettings, view: str = "") -> bytes:
    """A run as the stepper takes it; every state before the first step is among its arrays, so that
    it can be changed as a weight is.

    view: where it begins, as a link says it (stepper/link.js); in a file.

    Raises:
        EquationError: one's own equations are no cell.
    """
    scene = by_hand_scene(settings)
    return step_payload(scene, start_of(scene.network, settings), view=view)
