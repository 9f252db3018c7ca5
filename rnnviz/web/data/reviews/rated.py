"""What is looked at where texts are rated: how runs rate them, and a text word by word."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnnviz.data import Reviews
from rnnviz.data.judged import Judged
from rnnviz.data.labelled import Labelled
from rnnviz.data.read_sentence import ReadSentence
from rnnviz.data.table import Table
from rnnviz.scenes.reading import Reading
from rnnviz.texts import _
from rnnviz.training.comparison.comparison import network_of
from rnnviz.training.runs.runs import Run

WHILE_LEARNING = 256
"""Texts that are judged as a run goes on: its charts wait for it."""
MOST_LEARNT = 2_000
"""Texts that are learnt from and judged all the same."""


@dataclass(frozen=True, eq=False)
class Looked:
    """What is looked at.

    text: is read word by word. beside: other texts that are judged, and what they are called.
    first_row: of the table in its file.
    """

    of: Reviews
    text: str
    beside: tuple[str, Table] | None
    first_row: int

    @cached_property
    def _parts(self) -> dict[str, Labelled]:
        """What the texts are called that are judged; those held out first."""
        found = {_("held out"): self.of.test, _("learnt from"): self.of.train.first(MOST_LEARNT)}
        if self.beside:
            name, table = self.beside
            found[name] = self.of.part_of(table)
        return found

    def judged(self, run: Run) -> Mapping[str, Judged]:
        """What texts are called → how a run rates them, those held out first; as long as it has not
        come to its end, only some of these."""
        network = network_of(run)
        if is_on(run):
            few = self.of.test.first(WHILE_LEARNING)
            name = _("held out, the first {count}", count=f"{len(few):,}")
            return {name: self.of.judge(network, few)}
        return {name: self.of.judge(network, part) for name, part in self._parts.items()}

    def read(self, run: Run) -> ReadSentence:
        """The text word by word. ValueError where there is no word in it."""
        return self.of.read(network_of(run), self.text)

    def reading(self, run: Run) -> Reading | None:
        """The text, as the Step page reads it; asked is what the run answers. None where there is
        no word in it."""
        try:
            read = self.read(run)
        except ValueError:
            return None
        x = read.codes[:, None, None].astype(float)
        answer = np.eye(len(read.labels))[read.answer]
        return Reading(
            _("A text of your own"),
            _(
                "Each step reads a token. L is how unsure the network is of its own answer, "
                "“{label}”.",
                label=read.labels[read.answer],
            ),
            x,
            (read.words,),
            (_("token"),),
            task=self.of.task,
            targets=np.broadcast_to(answer, (len(x), 1, len(answer))).copy(),
            asked=(len(x) - 1,),
        )


def is_on(run: Run) -> bool:
    """Whether a run has not come to its end."""
    return not run.stopped and run.update < run.knobs.updates
