"""What came out of a lesson's runs, in sentences: of these runs, and of ten seeds before them."""

from collections import Counter
from typing import NamedTuple

from rnnviz.training.outcomes import findings_of
from rnnviz.training.recipes import Option, Recipe, Runs

UNFORESEEN = "Something else came out than the answers say: the table has what each run did."
AS_GUESSED = "You guessed so."
OTHERWISE = "You had guessed: “{guess}”"
AS_OFTEN = "On {count} of the {seeds} seeds measured before it came out so."
SELDOM = (
    "With this seed it is otherwise than with most: on {count} of the {seeds} seeds measured "
    "before it came out so, and on {usual} of them: “{sentence}”"
)
TALE = "It is usually told otherwise: “{tale}”"


class Verdict(NamedTuple):
    """Whole sentences, each to stand on its own; empty where there is nothing to say.

    outcome: what came out, in the words of the option that says so. guess: whether that was
    guessed. seeds: how it came out before. figures: with the numbers of these runs. why: the
    explanation. tale: what is usually told and was not seen.
    """

    outcome: str
    guess: str
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
        found.text if found else UNFORESEEN,
        _guessed(guess, found),
        _seeds(recipe, found),
        tuple(sentence for sentence in figures if sentence),
        recipe.why,
        TALE.format(tale=recipe.told) if recipe.told and found == usual(recipe) else "",
        guess is not None and guess == found,
    )


def usual(recipe: Recipe) -> Option | None:
    """What came out with most of the seeds that were measured."""
    return Counter(_options(recipe)).most_common(1)[0][0]


def _options(recipe: Recipe) -> list[Option | None]:
    return [recipe.option(finding) for finding in findings_of(recipe)]


def _guessed(guess: Option | None, found: Option | None) -> str:
    if guess is None:
        return ""
    return AS_GUESSED if guess == found else OTHERWISE.format(guess=guess.text)


def _seeds(recipe: Recipe, found: Option | None) -> str:
    before = _options(recipe)
    count, seeds, often = before.count(found), len(before), usual(recipe)
    if found == often:
        return AS_OFTEN.format(count=count, seeds=seeds)
    sentence = often.text if often else UNFORESEEN
    return SELDOM.format(count=count, seeds=seeds, usual=before.count(often), sentence=sentence)
