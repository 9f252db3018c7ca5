"""What tasks of foretelling a text have in common, whatever it is cut into."""

from functools import partial

from rnnviz.tasks.task import Task
from rnnviz.texts import N_

LONGEST_WINDOW = 200

foretelling = partial(
    Task,
    source=N_("Elman 1990, Finding structure in time"),
    kind="classification",
    loss_at="every",
    foretells=True,
)
"""A task that asks at every step for what comes next."""
