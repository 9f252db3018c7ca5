"""The examples whose texts are made from templates: others of the same, and a text to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from rnnviz.data.made.reviews import Language, made_reviews
from rnnviz.data.table import Table

FRESH, OTHER_SEED = 2_000, 1


@dataclass(frozen=True)
class Made:
    """An example that is made from templates: its language, and a text to read."""

    language: Language
    text: str

    def fresh(self, *, held_out: bool) -> Table:
        """Reviews that are in no example: of templates that are never learnt from, or of those
        that are."""
        return _fresh(self.language, held_out=held_out)


MADE: Mapping[str, Made] = MappingProxyType(
    {
        "reviews": Made("en", "The plot is not good, but the film is."),
        "chinese": Made("zh", "剧情不好，但是电影好。"),
    }
)
"""By the names of the examples."""


@cache
def _fresh(language: Language, *, held_out: bool) -> Table:
    return made_reviews(FRESH, language=language, seed=OTHER_SEED, held_out=held_out)
