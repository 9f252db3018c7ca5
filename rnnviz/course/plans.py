"""Lessons of ten, twenty and fifty minutes, made of the course's units."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rnnviz.course.unit import Unit
from rnnviz.course.units import COURSE, UNITS


@dataclass(frozen=True)
class Plan:
    """Units for a lesson of so many minutes, in order; what they leave of it is for talking."""

    minutes: int
    units: tuple[Unit, ...]

    @property
    def talk(self) -> int:
        """Seconds that the units leave."""
        return 60 * self.minutes - sum(unit.seconds for unit in self.units)

    @property
    def begins(self) -> Iterator[tuple[int, Unit]]:
        """Each unit after the minute at which it begins, its share of the talk behind each."""
        at = 0.0
        for unit in self.units:
            yield int(at // 60), unit
            at += unit.seconds + self.talk / len(self.units)


def _of(*keys: str) -> tuple[Unit, ...]:
    return tuple(UNITS[key] for key in keys)


_ALL = (
    Plan(10, _of("forget-keeps", "way-back", "vanishing")),
    Plan(
        20,
        _of("hidden-state", "forget-keeps", "conveyor", "way-back", "vanishing", "forget-bias"),
    ),
    Plan(50, COURSE),
)
PLANS: Mapping[int, Plan] = MappingProxyType({plan.minutes: plan for plan in _ALL})
"""By their minutes."""
