"""Networks that rate texts over several seeds, side by side: scores, their spread, costs."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from rnnviz.data import Reviews
from rnnviz.data.judged import Judged
from rnnviz.texts import _, ngettext
from rnnviz.training.comparison.choices import Chosen
from rnnviz.training.comparison.comparison import network_of
from rnnviz.training.comparison.costs import refuse_too_long, spoken
from rnnviz.training.tradeoffs.arithmetic import of_step
from rnnviz.training.trials import Result, Trials, trials_of
from rnnviz.web.data.reviews.scores import table
from rnnviz.web.literal import capital, literal, reason
from rnnviz.web.training.state import share

OVER_SEEDS, KEY = "texts rated over seeds", "over seeds"
INTERVAL = 0.5
"""Seconds from one look at the trials to the next."""


@dataclass(eq=False)
class OverSeeds:
    """Trials of each cell with each seed, and how those that have ended rate what is held out."""

    of: Reviews
    chosen: Chosen
    trials: Trials
    judged: dict[int, Judged] = field(default_factory=dict)

    @property
    def is_on(self) -> bool:
        return not self.trials.is_over

    def proceed(self) -> None:
        """Take the trials on, and judge what has ended since."""
        self.trials.proceed(share())
        for result in self.trials.results:
            if id(result) not in self.judged:
                self.judged[id(result)] = self.of.judge(network_of(result.run))

    def of_cells(self) -> dict[str, list[Result]]:
        """A cell's title → its trials that have ended."""
        found: dict[str, list[Result]] = {}
        for result in self.trials.results:
            found.setdefault(_(result.trial.knobs.cell.title), []).append(result)
        return found


def over_seeds(of: Reviews, chosen: Chosen, seeds: int) -> None:
    """Offer to train every cell with so many seeds, and show what came of it."""
    known = _known()
    if known and (known.of is not of or not known.chosen.makes_the_same(chosen)):
        known.trials.cancel()  # it is of other choices
        del st.session_state[OVER_SEEDS]
        known = None
    interval = INTERVAL if known and known.is_on else None
    st.fragment(_drawn, key=KEY, run_every=interval)(of, chosen, seeds)


def _known() -> OverSeeds | None:
    """What is on its way or has come to its end in this session; not that of before an edit of the
    source."""
    found = st.session_state.get(OVER_SEEDS)
    return found if isinstance(found, OverSeeds) else None


def _drawn(of: Reviews, chosen: Chosen, seeds: int) -> None:
    found = _known()
    was_on = found is not None and found.is_on
    if found and was_on:
        found.proceed()
    title = _("Over several seeds")
    st.markdown(f"#### {title}")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if found and found.is_on:
            left = spoken(found.trials.seconds_left / share().processes)
            st.button(_("Cancel"), on_click=found.trials.cancel, key="cancel seeds")
            st.progress(min(found.trials.done, 1.0), text=_("at most about {time} left", time=left))
        else:
            said = ngettext("Train each with {count} seed", "Train each with {count} seeds", seeds)
            if st.button(said, key="train seeds"):
                _begin(of, chosen, seeds)
    if found:
        _show(found)
    if found and was_on and not found.is_on:
        st.rerun()  # nothing is waited for any more


def _begin(of: Reviews, chosen: Chosen, seeds: int) -> None:
    """Put trials in the old ones' place, or say why not."""
    first = chosen.base["seed"]
    choices: Sequence[Mapping[str, Any]] = [{"cell": run["cell"]} for run in chosen.runs]
    shared = {name: value for name, value in chosen.base.items() if name != "cell"}
    try:
        trials = Trials(trials_of(choices, seeds=range(first, first + seeds), **shared))
        refuse_too_long(trials.seconds_left)
    except ValueError as error:
        st.error(capital(literal(str(error))))
        return
    st.session_state[OVER_SEEDS] = OverSeeds(of, chosen, trials)
    st.rerun()


def _show(found: OverSeeds) -> None:
    if found.trials.error:
        why = reason(found.trials.error)
        st.error(_("A run failed: {why}. What had ended by then is kept.", why=why))
    elif found.trials.was_cancelled:
        st.caption(_("Cancelled: runs that had not ended are left out."))
    st.html(seeds_table(found))


def seeds_table(found: OverSeeds) -> str:
    """A row for each cell: means over the seeds that have ended, least to most in brackets."""
    titles = (
        _("cell"),
        _("seeds"),
        _("accuracy"),
        _("mean recall of the labels"),
        _("training, in seconds"),
        _("parameters"),
        _("multiply-adds a token"),
    )
    head = "".join(
        f"<th{' class=number' if k else ''}>{html.escape(t)}</th>" for k, t in enumerate(titles)
    )
    rows = "".join(
        f"<tr><th>{html.escape(cell)}</th>{''.join(_cells(found, results))}</tr>"
        for cell, results in found.of_cells().items()
    )
    said = _(
        "On the texts held out, after all updates: the mean over the seeds, and in brackets the "
        "least and the most. Seconds are those of one processor."
    )
    return table("over seeds", said, head, rows)


def _cells(found: OverSeeds, results: Sequence[Result]) -> list[str]:
    knobs, judged = results[0].trial.knobs, [found.judged[id(one)] for one in results]
    texts = (
        f"{len(results)}",
        _spread([one.accuracy for one in judged], ".3f"),
        _spread([one.mean_recall for one in judged], ".3f"),
        _spread([one.seconds for one in results], ".1f"),
        f"{knobs.parameters:,}",
        f"{of_step(knobs).multiply_adds:,}",
    )
    return [f'<td class="number">{html.escape(text)}</td>' for text in texts]


def _spread(values: Sequence[float], form: str) -> str:
    """Mean, and least and most."""
    mean, least, most = (format(one, form) for one in (np.mean(values), min(values), max(values)))
    return f"{mean} ({least} – {most})"
