"""What can be chosen of a text that is gone on with; ranges are those of the text at hand."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rnnviz.cells import ABOUT, MENU
from rnnviz.settings.kinds import Number, Several, Text, Whole, choice
from rnnviz.settings.schema import Schema, Setting
from rnnviz.tasks.foretelling import LONGEST_WINDOW
from rnnviz.texts import N_
from rnnviz.training.comparison.comparison import LETTERS
from rnnviz.training.knobs.knobs import KNOBS

PREFIX = "text_"
LONGEST_SENTENCE = 120
"""Characters of a sentence that is coloured."""
CELLS = Several(choice({name: ABOUT[name].title for name in MENU}), fewest=1)
OF_RUNS: Mapping[str, Any] = {
    "hidden": 64,
    "layers": 1,
    "embedding": 32,
    "optimizer": "adam",
    "learning_rate": 0.005,
    "clip_norm": 1.0,
    "batch": 32,
    "updates": 1000,
    "seed": 0,
}
"""Knobs of the runs, and what they begin with."""
CUT = ("by", "window", "held_out", "most")
LOOKED_AT: Mapping[str, str] = {
    name: PREFIX + name for name in ("colour", "unit", "token")
}  # fmt: skip
"""What is looked at of a coloured text → its key in links; the browser writes it
(browser/sentence/link.js)."""
LOOK = ("start", "temperature", "top_k", "length", "draw", "sentence", "asked", "run")


def _cut() -> dict[str, Setting]:
    return {
        "by": Setting(
            choice({"characters": N_("characters"), "words": N_("words")}),
            "characters",
            N_("Token"),
            N_(
                "What is read at each step. Words are taken in lower case; marks and ends of lines "
                "are tokens of their own."
            ),
        ),
        "window": Setting(
            Whole(1, LONGEST_WINDOW),
            16,
            N_("Window"),
            N_("How many tokens are read before the states begin afresh, as it learns."),
        ),
        "held_out": Setting(
            Number(0.05, 0.5, step=0.05),
            0.2,
            N_("Share held out"),
            N_("Of the text, at its end: no network has learnt from it. It judges."),
        ),
        "most": Setting(
            Whole(2, 5000),
            1000,
            N_("Tokens known at most"),
            N_("Those that occur most often. All others are read as unknown, and not foretold."),
        ),
    }


def _look() -> dict[str, Setting]:
    return {
        "start": Setting(
            Text(LONGEST_SENTENCE),
            "",
            N_("The sample goes on with"),
            N_("A text of yours. Empty: the first token of the text."),
        ),
        "temperature": Setting(
            Number(0.0, 5.0, step=0.1),
            0.8,
            N_("Temperature"),
            N_(
                "What scores are divided by before the softmax: 0 takes the likeliest token, 1 "
                "draws as is predicted, more makes the unlikely likelier."
            ),
        ),
        "top_k": Setting(
            Whole(1, 5000),
            None,
            N_("Top-k"),
            N_("From how many of the likeliest tokens is drawn. Empty: from all."),
            optional=True,
        ),
        "length": Setting(Whole(1, 400), 120, N_("Tokens written"), ""),
        "draw": Setting(
            Whole(0, 9999),
            0,
            N_("Seed of the sample"),
            N_("The same seed draws the same sample from the same network."),
        ),
        "sentence": Setting(
            Text(LONGEST_SENTENCE),
            "",
            N_("A text to look into"),
            N_("Each of its tokens is coloured. Empty: the beginning of the held-out part."),
        ),
        "asked": Setting(
            Text(40),
            "",
            N_("Token asked for after it"),
            N_("Whose probability is looked at. Empty: the likeliest."),
        ),
        "run": Setting(choice(*LETTERS), "A", N_("Run"), N_("Whose network is looked into.")),
    }


TEXT = Schema(
    {
        name: replace(one, key=PREFIX + name)
        for name, one in {
            **_cut(),
            "cells": Setting(
                CELLS,
                ("LSTM",),
                N_("Cells"),
                N_("Up to four, trained side by side on the same text."),
            ),
            **{name: replace(KNOBS[name], default=value) for name, value in OF_RUNS.items()},
            **_look(),
        }.items()
    }
)
