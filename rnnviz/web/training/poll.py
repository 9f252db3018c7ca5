"""What the charts ask for: what is new to them, and what the visitor has pressed since."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from rnnviz.training.comparison.comparison import LETTERS, Comparison
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.web.received import count, entries, items, text

MOST_UPDATES = 1000
"""At one press."""


class Order(NamedTuple):
    """Something that can be pressed. fits: whether a value goes with it. do: what is done then."""

    fits: Callable[[Any], bool]
    do: Callable[[Comparison, Any], None]


def _is_none(value: Any) -> bool:
    return value is None


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_letter(value: Any) -> bool:
    return _are_letters(value) and len(value) == 1


def _are_letters(value: Any) -> bool:
    return isinstance(value, str) and set(value) <= set(LETTERS)


def _is_range(value: Any) -> bool:
    """None: all updates; or the first and the last of some."""
    if value is None:
        return True
    if not isinstance(value, list) or len(value) != 2:
        return False
    return all(type(one) in (int, float) and math.isfinite(one) for one in value) and (
        0 <= value[0] < value[1]
    )


def _is_turn(value: Any) -> bool:
    """The runs whose live knobs are turned, and what these are to be."""
    if not isinstance(value, dict) or set(value) != {"letters", "knobs"}:
        return False
    knobs = value["knobs"]
    if not _are_letters(value["letters"]) or not isinstance(knobs, dict):
        return False
    live = {name: knob for name, knob in KNOBS.items() if knob.live}
    return all(
        name in live and (live[name].kind.allows(to) or (live[name].optional and to is None))
        for name, to in knobs.items()
    )


def _zoom(comparison: Comparison, value: list[float] | None) -> None:
    comparison.zoom = None if value is None else (value[0], value[1])


def _hide(comparison: Comparison, letters: str) -> None:
    comparison.unseen = letters


ORDERS: Mapping[str, Order] = {
    "play": Order(
        lambda updates: updates is None or (_is_count(updates) and updates <= MOST_UPDATES),
        lambda comparison, updates: comparison.play(updates),
    ),
    "pause": Order(_is_none, lambda comparison, _: comparison.pause()),
    "reset": Order(_is_none, lambda comparison, _: comparison.reset()),
    "look": Order(
        lambda update: update is None or _is_count(update),
        lambda comparison, update: comparison.look(update),
    ),
    "zoom": Order(_is_range, _zoom),
    "hide": Order(_are_letters, _hide),
    "turn": Order(
        _is_turn, lambda comparison, turn: comparison.change(turn["letters"], **turn["knobs"])
    ),
    "pace": Order(
        lambda value: value in ("slow", "full"),
        lambda comparison, pace: comparison.go(pace),
    ),
    "branch": Order(_is_letter, lambda comparison, letter: comparison.send_back("branch", letter)),
    "open": Order(_is_letter, lambda comparison, letter: comparison.send_back("open", letter)),
    "leave": Order(_is_none, lambda comparison, _: comparison.leave_look_back()),
}
"""What can be pressed by the charts."""


class Command(NamedTuple):
    """Something pressed; value: what goes with it, as `ORDERS` has it."""

    number: int
    name: str
    value: Any = None

    @staticmethod
    def read(number: Any, name: Any, value: Any = None) -> "Command":
        """A command as the browser wrote it. ValueError, TypeError or KeyError where it is none."""
        if not ORDERS[text(name)].fits(value):
            raise ValueError(f"{name} does not go with {value!r}")
        return Command(count(number), name, value)


class Poll(NamedTuple):
    """asker: another one is another page. number: of the poll, rising; so are the commands'.

    known: run's id → how many of its updates the browser has.
    """

    asker: str = ""
    number: int = 0
    known: Mapping[str, int] = {}
    commands: tuple[Command, ...] = ()

    @staticmethod
    def read(written: Any) -> "Poll":
        """A poll as the browser wrote it; what is none asks for nothing."""
        try:
            poll = entries(written)
            known = {name: count(value) for name, value in entries(poll["known"]).items()}
            commands = tuple(Command.read(**entries(one)) for one in items(poll["commands"]))
            return Poll(text(poll["asker"]), count(poll["number"]), known, commands)
        except (KeyError, TypeError, ValueError):
            return Poll()

    def since(self, answered: "Poll") -> tuple[Command, ...]:
        """The commands that were not in a poll answered before: one may come twice."""
        done = answered.number if answered.asker == self.asker else 0
        return tuple(command for command in self.commands if command.number > done)


def carry_out(comparison: Comparison, commands: Iterable[Command]) -> None:
    """Do what was pressed, in that order."""
    for command in commands:
        ORDERS[command.name].do(comparison, command.value)
