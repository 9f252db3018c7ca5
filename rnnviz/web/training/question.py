"""What the charts ask for: what is new to them, and what the visitor has pressed since."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from typing import Any, NamedTuple

from rnnviz.training.experiment import Experiment


class Command(NamedTuple):
    """Something pressed; value: how many updates, which update, or which run, if it needs one."""

    number: int
    name: str
    value: int | str | None = None

    @staticmethod
    def read(number: Any, name: Any, value: Any = None) -> "Command":
        """A command as the browser wrote it. ValueError or TypeError where it is none."""
        if not isinstance(value, int | str | None):
            raise TypeError(f"the value of {name} is {value!r}")
        return Command(int(number), str(name), value)


class Question(NamedTuple):
    """asker: another one is another page. number: of the question, rising; so are the commands'.

    known: run's id → how many of its updates the browser has.
    """

    asker: str = ""
    number: int = 0
    known: Mapping[str, int] = {}
    commands: tuple[Command, ...] = ()

    @staticmethod
    def read(told: Any) -> "Question":
        """A question as the browser wrote it; what is none asks for nothing."""
        try:
            known = {str(name): int(count) for name, count in told["known"].items()}
            commands = tuple(Command.read(**command) for command in told["commands"])
            return Question(str(told["asker"]), int(told["number"]), known, commands)
        except (KeyError, TypeError, ValueError, AttributeError):
            return Question()

    def since(self, answered: "Question") -> tuple[Command, ...]:
        """The commands that were not in a question answered before: one may come twice."""
        done = answered.number if answered.asker == self.asker else 0
        return tuple(command for command in self.commands if command.number > done)


COMMANDS: Mapping[str, Callable[[Experiment, Any, Executor], None]] = {
    "play": lambda experiment, updates, _: experiment.play(updates),
    "pause": lambda experiment, *_: experiment.pause(),
    "reset": lambda experiment, *_: experiment.reset(),
    "look": lambda experiment, update, _: experiment.look(update),
    "branch": lambda experiment, letter, workers: experiment.send_back("branch", letter, workers),
    "open": lambda experiment, letter, workers: experiment.send_back("open", letter, workers),
}
"""What can be pressed by the charts → what is done then."""


def obey(experiment: Experiment, commands: Iterable[Command], workers: Executor) -> None:
    """Do what was pressed, in that order; what is no command is left."""
    for command in commands:
        if command.name in COMMANDS:
            COMMANDS[command.name](experiment, command.value, workers)
