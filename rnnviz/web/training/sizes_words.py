"""What a search found, in sentences that follow from its scores."""

import math
from typing import Any

from rnnviz.cells import NamedCell
from rnnviz.settings.kinds import Choice
from rnnviz.texts import _, ngettext
from rnnviz.training.knobs.kinds import with_values
from rnnviz.training.knobs.knobs import KNOBS, Knobs
from rnnviz.training.trials.search import Search
from rnnviz.training.trials.tried import Tried


def score_name(found: Search) -> str:
    """What the score is."""
    if about(found).about_task.kind == "classification":
        return _("held-out accuracy")
    return _("held-out mean squared error")


def about(found: Search) -> Knobs:
    """The knobs of the first run: those that all have, and one choice."""
    return found.first.knobs


def shown_value(name: str, value: Any) -> str:
    """A knob's value, where what it is of stands beside it."""
    if isinstance(value, NamedCell):
        return _(value.title)
    kind = KNOBS[name].kind
    if isinstance(kind, Choice):
        return _(kind.label(value))
    return _("none") if value is None else f"{value:.4g}"


def value_of(one: Tried, name: str) -> Any:
    """A choice's value of a knob: a number, or its words."""
    value = with_values(one.choice)[name]
    return value if isinstance(value, int | float) else shown_value(name, value)


def outcome(found: Search) -> list[str]:
    """Whole sentences: which choice is best, whether these runs tell it from the next, and which
    is the smallest that does as well."""
    ranked = [one for one in found.ranked if one.is_whole and not math.isnan(one.mean)]
    if not ranked:
        return [_("No choice has an end yet that could be scored.")]
    best, *others = [one for one in ranked if one.updates == ranked[0].updates]
    if not _beats_an_answer_without_memory(found, best):
        return [_no_better(found, best)]
    runs = ngettext("{count} run", "{count} runs", len(best.results))
    said = [
        "**"
        + _(
            "Best is {choice}: {score} {value}, the mean of {runs}.",
            choice=best.title,
            score=score_name(found),
            value=f"{best.mean:.4g}",
            runs=runs,
        )
        + "**"
    ]
    if others:
        said.append(_against(best, others[0]))
    smaller = _smaller(best, others)
    if smaller:
        said.append(smaller)
    return said


def _beats_an_answer_without_memory(found: Search, best: Tried) -> bool:
    """Whether the best is further from that than its runs are from one another."""
    ahead = (_without_memory(found) - best.mean) * (1 if best.badness == best.mean else -1)
    return ahead > (0.0 if math.isnan(best.spread) else best.spread)


def _without_memory(found: Search) -> float:
    knobs = found.first.knobs
    return knobs.about_task.baseline.metric(knobs.length_in_force)


def _no_better(found: Search, best: Tried) -> str:
    return _(
        "No choice is clearly better than {answer}, which scores {line}: the best, {choice}, has "
        "{score} {value}. These runs say nothing about sizes; more updates or shorter sequences "
        "may.",
        answer=_(found.first.knobs.about_task.baseline.says),
        line=f"{_without_memory(found):.4g}",
        choice=best.title,
        score=score_name(found),
        value=f"{best.mean:.4g}",
    )


def _against(best: Tried, second: Tried) -> str:
    """The best and the next."""
    apart = abs(best.mean - second.mean)
    spread = max(best.spread, second.spread)
    holes = {"choice": second.title, "apart": f"{apart:.2g}", "spread": f"{spread:.2g}"}
    if math.isnan(spread):
        return _(
            "The next, {choice}, is {apart} away; with one run each nobody knows how much of that "
            "is chance.",
            **holes,
        )
    if apart == 0:
        return _("The next, {choice}, has the same score; its loss is no smaller.", **holes)
    if apart < spread:
        return _(
            "The next, {choice}, is {apart} away, less than the runs of one choice differ among "
            "themselves ({spread}): these runs do not tell the two apart.",
            **holes,
        )
    return _(
        "The next, {choice}, is {apart} away, more than the runs of one choice differ among "
        "themselves ({spread}).",
        **holes,
    )


def _smaller(best: Tried, others: list[Tried]) -> str:
    """The smallest that is within the spread of the best, if that is smaller."""
    if math.isnan(best.spread):
        return ""
    near = [one for one in others if abs(one.mean - best.mean) <= best.spread]
    smallest = min(near, key=lambda one: one.parameters, default=best)
    if smallest.parameters >= best.parameters:
        return ""
    return _(
        "The smallest within the spread of the best is {choice}: {few} parameters instead of "
        "{many}.",
        choice=smallest.title,
        few=f"{smallest.parameters:,}",
        many=f"{best.parameters:,}",
    )
