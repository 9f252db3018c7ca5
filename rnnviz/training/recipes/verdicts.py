"""What came out of a lesson's runs, in sentences: of these runs, and of ten seeds before them."""

from collections import Counter
from typing import NamedTuple

from rnnviz.texts import N_, _
from rnnviz.training.recipes import Option, Recipe, Runs
from rnnviz.training.recipes.outcomes import findings_of

UNFORESEEN = N_("Something else came out than the answers say: the table has what each run did.")


class Verdict(NamedTuple):
    """Whole sentences, each to stand on its own; empty where there is nothing to say.

    outcome: what came out, in the words of the option that says so. seeds: how it came out before.
    figures: with the numbers of these runs. why: the explanation. tale: what is usually told and
    was not seen. is_right: whether the outcome was guessed.
    """

    outcome: str
    seeds: str
    figures: tuple[str, ...]
    why: str
    tale: str
    is_right: bool


def verdict(recipe: Recipe, runs: Runs, guess: Option | None = None) -> Verdict:
    """What came out of these runs.

    Args:
        runs: by the keys of the lesson's variants; each has ended, or stands where the lesson
            pauses.
        guess: None where none was made.
    """
    found = recipe.option(recipe.find(runs))
    figures = (one.sentence(runs) for one in recipe.figures)
    return Verdict(
        _sentence(found),
        _seeds(recipe, found),
        tuple(sentence for sentence in figures if sentence),
        recipe.why,
        _tale(recipe) if _is_usual(recipe, found) else "",
        guess is not None and guess == found,
    )


def usual(recipe: Recipe) -> Option | None:
    """What came out with most of the seeds that were measured."""
    return Counter(_options(recipe)).most_common(1)[0][0]


def _options(recipe: Recipe) -> list[Option | None]:
    return [recipe.option(finding) for finding in findings_of(recipe)]


def _is_usual(recipe: Recipe, found: Option | None) -> bool:
    """Whether nothing came out with more of the seeds that were measured."""
    before = _options(recipe)
    return before.count(found) == before.count(usual(recipe))


def _sentence(option: Option | None) -> str:
    return _(option.text if option else UNFORESEEN)


def _seeds(recipe: Recipe, found: Option | None) -> str:
    before, often = _options(recipe), usual(recipe)
    count, seeds = before.count(found), len(before)
    if _is_usual(recipe, found):
        return _(
            "On {count} of the {seeds} seeds measured before it came out so.",
            count=count,
            seeds=seeds,
        )
    return _(
        "With this seed it is otherwise than with most: of the {seeds} seeds measured before "
        "{count} came out like this one, and {usual} so: “{sentence}”",
        count=count,
        seeds=seeds,
        usual=before.count(often),
        sentence=_sentence(often),
    )


def _tale(recipe: Recipe) -> str:
    told = _(recipe.told)
    return _("It is usually told otherwise: “{tale}”", tale=told) if told else ""
