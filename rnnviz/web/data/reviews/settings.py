"""What can be chosen where texts are rated; columns are those of the table at hand."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from rnnviz.data.coding import LONGEST
from rnnviz.data.table import Table
from rnnviz.settings.kinds import Number, Text, Whole, choice
from rnnviz.settings.schema import Schema, Setting
from rnnviz.texts import N_
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.web.data.pictures import label_column, text_column
from rnnviz.web.data.series.settings import CELLS, Columns

OF_RUNS: Mapping[str, Any] = MappingProxyType(
    {
        "hidden": 64,
        "embedding": 64,
        "layers": 1,
        "readout": "last",
        "skip": False,
        "dropout": 0.2,
        "recurrent_dropout": 0.2,
        "learning_rate": 0.003,
        "batch": 32,
        "seed": 0,
    }
)
"""Knobs of the runs, and what they begin with."""
TOKENS: Mapping[str, Setting] = MappingProxyType(
    {
        "token": Setting(
            choice(
                {
                    "found": N_("as the texts suggest"),
                    "words": N_("words"),
                    "characters": N_("words, and Chinese signs one by one"),
                    "jieba": N_("words, Chinese cut by jieba"),
                }
            ),
            "found",
            N_("A token is"),
            N_(
                "What is read at each step. Capitals are read as small letters, and marks are left "
                "out. Where most letters of the texts are Chinese, they suggest signs one by one. "
                "jieba is a Python package of its own."
            ),
        ),
        "vocabulary": Setting(
            Whole(3, 100_000),
            10_000,
            N_("Vocabulary"),
            N_(
                "How many tokens are told apart, the most frequent of the texts that are learnt "
                "from. Two of them stand for padding and for every other token."
            ),
        ),
        "longest": Setting(
            Whole(1, LONGEST),
            100,
            N_("Longest text"),
            N_("How many tokens are read of a text; what comes after these is cut off."),
        ),
        "padding": Setting(
            choice(
                {
                    "masked": N_("masked: not read"),
                    "pre": N_("zeros in front, read"),
                    "post": N_("zeros behind, read"),
                }
            ),
            "masked",
            N_("Padding"),
            N_(
                "What becomes of the steps that a shorter text has not. Keras puts zeros in front, "
                "and the network reads them, unless its embedding masks them."
            ),
        ),
    }
)
OF_MADE = Setting(
    choice({"rows": N_("rows of the same templates"), "templates": N_("other templates")}),
    "rows",
    N_("Held out"),
    N_(
        "What nothing is learnt from and what judges: other rows, or sentences of a build that is "
        "never learnt from, which show what was learnt by heart."
    ),
)
SHARE = Setting(
    Number(0.05, 0.5, step=0.05),
    0.2,
    N_("Share held out"),
    N_("Of the rows of each label: no network has learnt from them. They judge."),
)
BOTH_CELLS = Setting(
    CELLS,
    ("LSTM", "GRU (PyTorch)"),
    N_("Cells"),
    N_("Up to four, trained side by side on the same texts."),
)
EPOCHS = Setting(
    Number(0.1, 200.0, step=1.0),
    5.0,
    N_("Epochs"),
    N_(
        "In an epoch as many texts are read as there are to learn from. They are drawn at random: "
        "some come twice, some not at all."
    ),
)
SEEDS = Setting(
    Whole(2, 10),
    3,
    N_("Seeds side by side"),
    N_("With how many seeds each cell is trained, where several are asked for below."),
)
SENTENCE = Setting(
    Text(1_000, is_bounded=False),
    "",
    N_("A text to be read word by word"),
    N_("Each network reads it as it is now, below the charts."),
)
WORD = Setting(
    Whole(0, LONGEST),
    0,
    N_("Hold gates at"),
    N_("Each gate by itself, at this word alone, in all units of the last layer."),
)


def schema_of(table: Table) -> Schema:
    """The settings for a table with at least one column of texts and another column."""
    texts, columns = table.texts, [*table.columns]
    label = label_column(table)
    return Schema(
        {
            "text_column": Setting(
                Columns({name: name for name in texts}),
                text_column(table) or texts[0],
                N_("Texts"),
                N_("The column that is read."),
            ),
            "label_column": Setting(
                Columns({name: name for name in columns}),
                label or columns[-1],
                N_("Labels"),
                N_("The column that is to be told: two to ten different labels."),
            ),
            **TOKENS,
            "judged_on": OF_MADE,
            "held_out": SHARE,
            "cells": BOTH_CELLS,
            "epochs": EPOCHS,
            "seeds": SEEDS,
            **{name: replace(KNOBS[name], default=value) for name, value in OF_RUNS.items()},
            "sentence": SENTENCE,
            "word": WORD,
        }
    )
