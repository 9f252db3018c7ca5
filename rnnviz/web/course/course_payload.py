"""What the course's component is sent: all units, in the language in force."""

from collections.abc import Mapping
from typing import Any

from rnnviz.course import COURSE, UNITS, Unit, wanted
from rnnviz.course.beliefs.record import truth
from rnnviz.texts import _, language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web.payload import pack

PATHS: Mapping[str, str] = {
    "step": "",
    "gradients": "Gradients",
    "train": "Train",
    "by hand": "By_hand",
    "shapes": "Shapes",
    "cells": "Cells",
    "course": "Course",
}
"""The pages, as the address of the app goes on to them."""


def course_payload(unit: str | None) -> bytes:
    """unit: the key of the one that is open; None where they are listed."""
    header = {"unit": unit, "units": [_sent(one) for one in UNITS.values()], "paths": dict(PATHS)}
    return pack({**header, "texts": for_browser(language())}, {})


def _sent(unit: Unit) -> dict[str, Any]:
    guess, belief = unit.guess, unit.belief
    acts = [
        {
            "text": _(act.text),
            "seen": wanted(act.seen),
            "found": _(act.found),
            "link": act.link,
        }
        for act in unit.acts
    ]
    believed = belief and {
        "sentence": _(belief.sentence),
        "source": _(belief.source),
        "kindly": _(belief.kindly),
        "truth": truth(belief),
    }
    return {
        "key": unit.key,
        "title": _(unit.title),
        "isInCourse": unit in COURSE,
        "page": unit.page,
        "link": unit.link,
        "revealed": unit.revealed,
        "seconds": unit.seconds,
        "question": _(guess.question),
        "options": [_(option) for option in guess.options],
        "answer": guess.answer,
        "outcome": _(guess.outcome),
        "acts": acts,
        "belief": believed,
    }
