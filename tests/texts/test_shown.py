"""What is shown has been translated, also where it stands in a table; what is kept is kept for its
language."""

from contextlib import nullcontext

import numpy as np
import pytest

from rnnviz.cells import GALLERY
from rnnviz.scenes.settings import StepSettings
from rnnviz.scenes.uploads import Upload
from rnnviz.scenes.weights import Refused
from rnnviz.settings.kinds import Choice
from rnnviz.texts import N_
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.knobs.naming import TERMS, words
from rnnviz.web.controls import shown
from rnnviz.web.figures.figures import maps, norm_lines
from rnnviz.web.literal import ended
from rnnviz.web.parts import parts
from rnnviz.web.step.view import Visit, shared_view
from tests.texts.pseudo import outside

LSTM = GALLERY["LSTM"]
ONES = {"f": np.ones((3, 2)), "c": np.ones((3, 2))}
NORMS = {"h": np.ones(3), "c": np.full(3, 1e-60)}
SHOWN = {
    "parts": lambda: [part["title"] for part in parts(LSTM).values()],
    "terms": lambda: [words("learning_rate", 0.1), words("clip_norm", None)],
    "options": lambda: [shown(Choice({1: N_("last step")}))(1)],
    "full stop": lambda: [ended("⟦x⟧")],
    "maps": lambda: [
        note.text.rpartition("  ")[2]
        for note in maps(LSTM, ONES).layout.annotations
        if len(note.text) > 9
    ],
    "norms": lambda: [
        norm_lines(LSTM, NORMS).layout.xaxis.title.text,
        norm_lines(LSTM, NORMS).layout.yaxis.title.text,
        *(note.text for note in norm_lines(LSTM, NORMS).layout.annotations),
    ],
}


@pytest.mark.parametrize("what", SHOWN)
def test_it_is_shown_in_the_language_in_force(pseudo, what):
    pseudo()
    found = SHOWN[what]()
    assert found
    assert [outside(text).strip("<br>… 0±1") for text in found] == [""] * len(found)


def test_every_knob_has_its_term():
    assert list(TERMS) == list(KNOBS)


def test_a_view_that_all_share_is_shared_by_those_of_one_language(pseudo):
    settings = StepSettings(cell="MGU")
    english = shared_view(settings)
    pseudo()
    assert shared_view(settings).payload != english.payload
    assert shared_view(settings) is shared_view(settings) is not english


def test_a_file_that_was_refused_is_refused_again_in_another_language(pseudo):
    visit, sent = Visit(), Upload("m.npz", b"no zip file", "1")

    def refusal():
        with pytest.raises(Refused) as found:
            visit.view(StepSettings(weights="file"), sent, lambda name: nullcontext())
        return str(found.value)

    try:
        english = refusal()
        pseudo()
        assert outside(refusal()) == ""
        assert english == "m.npz: it is damaged or cut off"
    finally:
        visit.close()
