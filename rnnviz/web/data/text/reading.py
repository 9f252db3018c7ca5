"""A text that is looked into: what it is, and how the Step page reads it."""

import numpy as np

from rnnviz.data import Text
from rnnviz.data.characters import cut, joined
from rnnviz.language_model import one_hot
from rnnviz.scenes.reading import Reading, shown
from rnnviz.texts import _
from rnnviz.training.comparison.comparison import network_of
from rnnviz.training.runs.runs import Run
from rnnviz.web.controls import Panel

BEGINNING = {"characters": 40, "words": 12}
"""Tokens of the held-out part that are looked into where nobody typed a text."""


def sentence_in(text: Text, panel: Panel) -> str:
    """What is typed; or, of nothing, the beginning of the part that is held out."""
    typed = str(panel.value("sentence"))
    if cut(typed, text.by):
        return typed
    some = text.codes[text.split : text.split + BEGINNING[text.by]]
    return joined(text.decode(some), text.by).strip()


def asked_in(text: Text, asked: str) -> str | None:
    """The token that is asked for, as the text has it; None where none is typed.

    ValueError where it is no token of the text.
    """
    tokens = cut(asked, text.by)
    if not tokens:
        return None
    if len(tokens) > 1 or tokens[0] not in text.tokens:
        raise ValueError(_("“{token}” is no token that the text has.", token=asked))
    return tokens[0]


def reading_of(text: Text, run: Run, sentence: str, asked: str = "") -> Reading:
    """The sentence as the Step page reads it: at each step the next token is the answer, and after
    the last the token that is asked for, or the likeliest."""
    codes = text.encode(sentence)
    try:
        token = asked_in(text, asked)
    except ValueError:
        token = None
    found = text.influence(network_of(run), sentence, asked=token, others=1).asked
    answers = np.append(codes[1:], text.tokens.index(found))
    names = tuple(shown(name) for name in text.tokens)
    return Reading(
        _("A text, token by token"),
        _("Asked for after it is “{token}”.", token=shown(found)),
        text.read(codes)[:, None],
        (tuple(shown(token) for token in text.decode(codes)),),
        run.knobs.about_task.input_names if text.is_numbered else names,
        one_hot=not text.is_numbered and bool((codes < text.known).all()),
        task=run.knobs.about_task,
        targets=one_hot(answers, text.known)[:, None],
        asked=(len(codes) - 1,),
    )
