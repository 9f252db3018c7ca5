"""What a network is to learn of the data."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from rnnviz.data.made.examples import EXAMPLES
from rnnviz.data.table import Table
from rnnviz.settings.kinds import Choice
from rnnviz.web.controls import Panel, segmented
from rnnviz.web.data.brought import Brought
from rnnviz.web.data.pictures import label_column
from rnnviz.web.data.settings import JOB, JOBS


class Job(NamedTuple):
    """name: "series", "text" or "reviews". query: what the address is to say of the choice."""

    name: str
    query: Mapping[str, str]


def choose_job(found: Brought, there: Collection[str]) -> Job | None:
    """Choose what is to be learnt, where the data leave a choice.

    there: the jobs that the page has.
    """
    panel = Panel("job", JOB)
    possible = [job for job in suited(found) if job in there]
    if not possible:
        return None
    chosen = panel.value("job")
    if chosen not in possible:
        chosen = possible[0]
    if len(possible) > 1:
        options = Choice({job: JOBS[job] for job in possible})
        chosen = panel.draw(
            "job", look=lambda _kind, _value, said: segmented(options, chosen, said)
        )
    return Job(chosen, panel.query() if chosen != possible[0] else {})


def suited(found: Brought) -> list[str]:
    """The jobs for which the data have what is needed, the likeliest first; no series as long as
    it is not chosen what stands for numbers that are missing."""
    jobs = [job for job in JOBS if _is_for(job, found.table)]
    first = EXAMPLES[found.key].job if found.key in EXAMPLES else _likeliest(found.table)
    return sorted(jobs, key=lambda job: job != first)


def _is_for(job: str, table: Table) -> bool:
    texts = bool(table.texts)
    return {
        "series": bool(table.numbers) and not table.guess.missing,
        "text": texts,
        "reviews": texts and len(table.columns) > 1,
    }[job]


def _likeliest(table: Table) -> str:
    """Numbers, unless most columns are texts: then a text and its label, or a text alone."""
    if len(table.texts) < max(len(table.numbers), 1):
        return "series"
    return "text" if label_column(table) is None else "reviews"
