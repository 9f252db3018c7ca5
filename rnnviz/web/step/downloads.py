"""The view on the page as one file, made when it is asked for."""

from rnnviz.scenes.scene import Scene
from rnnviz.web.ahead import hand_over
from rnnviz.web.export import one_file
from rnnviz.web.step.payload import step_payload

LONGEST_VIEW = 400_000


def save_page(scene: Scene, view: str) -> None:
    """Have the browser save a scene as a page by itself, which opens as it is on the screen.

    view: as a link says it (stepper/link.js).
    """
    text = one_file(step_payload(scene, view=view[:LONGEST_VIEW]), scene.reading.title)
    hand_over("rnnviz.html", "text/html", text)
