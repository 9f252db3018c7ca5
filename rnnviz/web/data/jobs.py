"""What a network is to learn of the data."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from rnnviz.data.examples import EXAMPLES
from rnnviz.data.table import Table
from rnnviz.settings.kinds import Choice
from rnnviz.web.controls import Panel, segmented
from rnnviz.web.data.brought import Brought
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
    """The jobs for which the data have what is needed, the likeliest first."""
    jobs = [job for job in JOBS if _is_for(job, found.table)]
    first = EXAMPLES[found.key].job if found.key in EXAMPLES else _likeliest(found.table)
    return sorted(jobs, key=lambda job: job != first)


def _is_for(job: str, table: Table) -> bool:
    texts = len(table.texts)
    return {
        "series": bool(table.numbers),
        "text": texts > 0,
        "reviews": texts > 0 and len(table.columns) > 1,
    }[job]


def _likeliest(table: Table) -> str:
    """A text and a label beside it, or a text alone, or numbers."""
    if not table.texts:
        return "series"
    if len(table.texts) < len(table.numbers):
        return "series"
    return "reviews" if len(table.columns) > 1 else "text"
