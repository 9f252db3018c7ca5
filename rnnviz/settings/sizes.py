"""The sizes at which the Cells page counts parameters."""

from dataclasses import dataclass

from rnnviz.settings.kinds import Whole
from rnnviz.settings.schema import Schema, setting
from rnnviz.texts import N_


@dataclass(frozen=True)
class Sizes:
    """How large a cell is."""

    units: int = setting(16, Whole(1, 1024), N_("Units H"), N_("As many numbers as h has."))
    inputs: int = setting(4, Whole(1, 1024), N_("Inputs I"), N_("As many numbers as x has."))


SIZES = Schema.of(Sizes)
