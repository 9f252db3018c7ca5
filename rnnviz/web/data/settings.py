"""What can be chosen on the Your data page before a job is."""

from dataclasses import dataclass

from rnnviz.data.examples import EXAMPLES
from rnnviz.settings.kinds import choice
from rnnviz.settings.schema import Schema, setting
from rnnviz.texts import N_


@dataclass(frozen=True)
class DataSettings:
    """Which data."""

    data: str = setting(
        "tide",
        choice({name: one.title for name, one in EXAMPLES.items()}),
        N_("Data"),
        N_("An example that ships with this page, or your own."),
    )


DATA = Schema.of(DataSettings)
JOBS = {"series": N_("forecast a series"), "text": N_("write on"), "reviews": N_("rate texts")}


@dataclass(frozen=True)
class JobSettings:
    """What is to be learnt; None: what the data suggest."""

    job: str | None = setting(
        None,
        choice(JOBS),
        N_("What is to be learnt"),
        N_(
            "The next numbers of a column; the next character or word of a text; which label a "
            "text has."
        ),
        optional=True,
    )


JOB = Schema.of(JobSettings)
