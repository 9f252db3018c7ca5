"""The view on the page as one file, made when it is asked for."""

from rnnviz.texts import _
from rnnviz.web.export import one_file
from rnnviz.web.serving.ahead import hand_over
from rnnviz.web.step.payload import step_payload
from rnnviz.web.step.view import View

LONGEST_VIEW = 400_000


def save_page(shown: View, view: str) -> None:
    """Have the browser save a view as a page by itself, which opens as it is on the screen.

    view: as a link says it (stepper/link/link.js).
    """
    payload = step_payload(shown.scene, view=view[:LONGEST_VIEW], beside=shown.beside)
    text = one_file(payload, _(shown.scene.reading.title))
    hand_over("rnnviz.html", "text/html", text)
