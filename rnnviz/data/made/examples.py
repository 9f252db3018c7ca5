"""Data for those who have none at hand: two series, reviews in two languages, two texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import Literal

import numpy as np

from rnnviz.data.made.reviews import WHAT_THEY_ARE, made_reviews
from rnnviz.data.made.series import MADE, made_series
from rnnviz.data.made.text import WHAT_IT_IS, made_text
from rnnviz.data.table import Guess, Table
from rnnviz.tasks import RHYMES
from rnnviz.texts import N_

Job = Literal["series", "text", "reviews"]


@dataclass(frozen=True)
class Example:
    """title: in a menu. what: it is, in half a sentence. job: what it was made for. is_made: by a
    formula or a program; else people wrote it."""

    title: str
    what: str
    job: Job
    make: Callable[[], Table]
    is_made: bool = True


def _lines(text: str) -> Table:
    return Table({"text": np.array(text.strip().splitlines())}, Guess(""))


EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "tide": Example(N_("a tide (made)"), MADE["tide"], "series", partial(made_series, "tide")),
        "shop": Example(
            N_("a shop's sales (made)"), MADE["shop"], "series", partial(made_series, "shop")
        ),
        "reviews": Example(N_("reviews (made)"), WHAT_THEY_ARE, "reviews", made_reviews),
        "chinese": Example(
            N_("reviews in Chinese (made)"),
            WHAT_THEY_ARE,
            "reviews",
            partial(made_reviews, language="zh"),
        ),
        "sentences": Example(
            N_("sentences (made)"), WHAT_IT_IS, "text", lambda: _lines(made_text())
        ),
        "rhymes": Example(
            N_("two rhymes"),
            N_("two nursery rhymes"),
            "text",
            lambda: _lines(RHYMES),
            is_made=False,
        ),
    }
)


@cache
def example(name: str) -> Table:
    """The data of one of `EXAMPLES`. KeyError for a name that is none."""
    return EXAMPLES[name].make()
