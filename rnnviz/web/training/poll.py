"""What the charts ask for: what is new to them, and what the visitor has pressed since."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from rnnviz.training.comparison import LETTERS, Comparison

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
    return isinstance(value, str) and len(value) == 1 and value in LETTERS


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
    "branch": Order(_is_letter, lambda comparison, letter: comparison.send_back("branch", letter)),
    "open": Order(_is_letter, lambda comparison, letter: comparison.send_back("open", letter)),
    "leave": Order(_is_none, lambda comparison, _: comparison.leave_look_back()),
}
"""What can be pressed by the charts."""


class Command(NamedTuple):
    """Something pressed; value: how many updates, which update, or which run, if it needs one."""

    number: int
    name: str
    value: int | str | None = None

    @staticmethod
    def read(number: Any, name: Any, value: Any = None) -> "Command":
        """A command as the browser wrote it. ValueError, TypeError or KeyError where it is none."""
        if not ORDERS[name].fits(value):
            raise ValueError(f"{name} does not go with {value!r}")
        return Command(int(number), str(name), value)


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
            known = {str(name): int(count) for name, count in written["known"].items()}
            commands = tuple(Command.read(**command) for command in written["commands"])
            return Poll(str(written["asker"]), int(written["number"]), known, commands)
        except (KeyError, TypeError, ValueError, AttributeError):
            return Poll()

    def since(self, answered: "Poll") -> tuple[Command, ...]:
        """The commands that were not in a poll answered before: one may come twice."""
        done = answered.number if answered.asker == self.asker else 0
        return tuple(command for command in self.commands if command.number > done)


def carry_out(comparison: Comparison, commands: Iterable[Command]) -> None:
    """Do what was pressed, in that order."""
    for command in commands:
        ORDERS[command.name].do(comparison, command.value)
