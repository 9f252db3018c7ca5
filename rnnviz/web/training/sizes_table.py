"""The table of a search, best first; a press on a heading sorts it by that."""

import math
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.texts import _, ngettext
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.trials.search import Search
from rnnviz.web.training.sizes_words import score_name, value_of


def draw_table(found: Search, place: DeltaGenerator) -> None:
    """All choices of which a run has ended."""
    columns = columns_of(found)
    numbers = {
        name: st.column_config.NumberColumn(format="%.4g")
        for name, values in columns.items()
        if all(isinstance(value, float | None) for value in values)
    }
    numbers[_("spread")] = st.column_config.NumberColumn(format="%.2g")
    place.dataframe(columns, hide_index=True, column_config=numbers, width="stretch")


def columns_of(found: Search) -> dict[str, list[Any]]:
    """Heading → what stands under it, choice for choice, best first."""
    ranked = found.ranked
    columns: dict[str, list[Any]] = {
        _(KNOBS[name].label): [value_of(one, name) for one in ranked] for name in found.names
    }
    columns[score_name(found)] = [_number(one.mean) for one in ranked]
    columns[_("spread")] = [_number(one.spread) for one in ranked]
    columns[_("each run")] = [", ".join(map(_score, one.scores)) for one in ranked]
    columns[_("held-out loss")] = [_number(one.loss) for one in ranked]
    columns[_("updates")] = [one.updates for one in ranked]
    columns[_("parameters")] = [one.parameters for one in ranked]
    columns[_("seconds a run")] = [round(one.seconds / len(one.results), 2) for one in ranked]
    if any(not one.is_whole for one in ranked):
        columns[_("runs ended")] = [f"{len(one.results)}/{one.wanted}" for one in ranked]
    return columns


def searched(found: Search) -> str:
    """What the table is of: the choices above may have changed since."""
    knobs = found.first.knobs
    task = _(
        "{task} (length {length})",
        task=_(knobs.about_task.title),
        length=knobs.length_in_force,
    )
    seeds = ngettext("{count} seed", "{count} seeds", len(found.seeds))
    parts = [task, seeds]
    if found.parts:
        parts.append(ngettext("{count} fold", "{count} folds", len(found.parts)))
    parts.append(ngettext("{count} update", "{count} updates", knobs.updates))
    return " · ".join(parts)


def _number(value: float) -> float | None:
    """What has none stays empty."""
    return None if math.isnan(value) else value


def _score(value: float) -> str:
    return _("not finite") if math.isnan(value) else f"{value:.3g}"
