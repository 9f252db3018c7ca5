"""What a link says of the view on the runs: how far they were, what of them was looked at, and what
was guessed. The browser writes it (training/link.js); who opens it gets the same runs, computed
again up to there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rnnviz.settings.kinds import Text, Whole
from rnnviz.settings.schema import Schema, setting
from rnnviz.training.comparison.comparison import LETTERS
from rnnviz.training.recipes import RECIPES
from rnnviz.web.asking import SHOW_ME

MOST = 10**6


@dataclass(frozen=True)
class RunsView:
    """made: the updates made. at: the one looked at; None is the latest. first, last: the updates
    in view; None is all. unseen: letters of runs that are not shown. guess: the place of an answer.
    """

    made: int = setting(0, Whole(0, MOST), "")
    at: int | None = setting(None, Whole(0, MOST), "", optional=True)
    first: int | None = setting(None, Whole(0, MOST), "", optional=True)
    last: int | None = setting(None, Whole(1, MOST), "", optional=True)
    unseen: str = setting("", Text(len(LETTERS)), "")
    guess: int | None = setting(None, Whole(SHOW_ME, 9), "", optional=True)

    @property
    def zoom(self) -> tuple[float, float] | None:
        """The updates in view, if they are some of all."""
        if self.first is None or self.last is None or self.last <= self.first:
            return None
        return self.first, self.last

    def guess_in(self, lesson: str) -> int | None:
        """The guess, where the lesson has such an answer."""
        recipe = RECIPES.get(lesson)
        if recipe is None or self.guess is None or self.guess >= len(recipe.offered):
            return None
        return self.guess


VIEW = Schema.of(RunsView)
VIEW_KEYS = frozenset(one.key for one in VIEW.values())


def view_in(query: Mapping[str, Any]) -> RunsView:
    """What a link asks for, clamped."""
    found = RunsView(**VIEW.read(query))
    return replace(found, unseen="".join(one for one in LETTERS if one in found.unseen))
