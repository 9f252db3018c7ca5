"""Values to be tried, as somebody types them: “4, 8, 16”, or any number from one to another."""

import math
import re
from typing import Any

from rnnviz.settings.kinds import Whole
from rnnviz.texts import Sentence
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.knobs.naming import TERMS
from rnnviz.training.trials.space import Between

MOST_VALUES = 12
APART = re.compile(r"[\s,;，、；]+")
SPAN = re.compile(r"(.*?)(?:…|\.\.+|–|—|\bto\b|～|~)(.*)", re.DOTALL)


def values_of(name: str, typed: str) -> list[Any] | Between:
    """What was typed for a knob that is a number: a list, or a span ("0.001 … 0.1").

    Raises:
        ValueError: nothing, too much, or what this knob cannot be, in one sentence.
    """
    span = SPAN.fullmatch(typed.strip())
    if span:
        return Between(*(_value(name, end.strip()) for end in span.groups()))
    words = [word for word in APART.split(typed) if word]
    if not words:
        raise ValueError(
            Sentence(
                "{setting}: type the values to be tried, with commas between", setting=_of(name)
            )
        )
    found = list(dict.fromkeys(_value(name, word) for word in words[: MOST_VALUES + 1]))
    if len(words) > MOST_VALUES:
        raise ValueError(
            Sentence(
                "{setting}: {count} values are more than the {most} that can be tried",
                setting=_of(name),
                count=len(words),
                most=MOST_VALUES,
            )
        )
    return found


def _value(name: str, word: str) -> Any:
    kind: Any = KNOBS[name].kind
    try:
        number = float(word) if "_" not in word else math.nan
    except ValueError:
        number = math.nan
    value: Any = int(number) if isinstance(kind, Whole) and number.is_integer() else number
    if not kind.allows(value):
        raise ValueError(
            Sentence(
                "{setting}: “{word}” is not possible, only {range}",
                setting=_of(name),
                word=word[:40],
                range=kind.range,
            )
        )
    return value


def _of(name: str) -> Sentence:
    return Sentence(TERMS[name])
