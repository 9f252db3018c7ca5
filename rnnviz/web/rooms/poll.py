"""What the bar asks for: what is new in the room, and what was pressed in it since."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from rnnviz.web.received import count, entries, items, text
from rnnviz.web.rooms.room import Asked, Room, digest

LONGEST_PLACE = 8_000
LONGEST_TEXT = 2_000
MOST_OPTIONS = 12
DIGITS = 32
"""Of the random number that a browser has of its own."""


class Command(NamedTuple):
    """Something pressed; value: what goes with it, as `read` of its order gives it."""

    number: int
    name: str
    value: Any


class Poll(NamedTuple):
    """asker: another one is another page. number: of the poll, rising; so are the commands'.

    me: the browser's random number. here: where its page is. known: the last move whose place it
    has. join: the link into the room, where its code is wanted.
    """

    asker: str = ""
    number: int = 0
    me: str = ""
    here: str = ""
    known: int = 0
    join: str = ""
    commands: tuple[Command, ...] = ()

    @staticmethod
    def read(written: Any) -> "Poll":
        """A poll as the browser wrote it; what is none asks for nothing."""
        try:
            poll = entries(written)
            me = text(poll["me"])
            if len(me) != DIGITS:
                raise ValueError("no number of a browser")
            return Poll(
                text(poll["asker"]),
                count(poll["number"]),
                me,
                _place(poll["here"]),
                count(poll["known"]),
                text(poll["join"])[:LONGEST_PLACE],
                tuple(_command(entries(one)) for one in items(poll["commands"])),
            )
        except (KeyError, TypeError, ValueError):
            return Poll()

    def since(self, answered: "Poll") -> tuple[Command, ...]:
        """The commands that were not in a poll answered before: one may come twice."""
        done = answered.number if answered.asker == self.asker else 0
        return tuple(command for command in self.commands if command.number > done)


def taken(room: Room, poll: Poll, commands: tuple[Command, ...], now: float) -> Room | None:
    """What becomes of a room by a poll and what was pressed: None where that ends it.

    Raises:
        Full: whoever polls finds no place in it.
    """
    who = digest(poll.me)
    room = room.hear(who, now)
    for command in commands:
        order = ORDERS[command.name]
        if order.is_teachers and who != room.teacher:
            continue
        changed = order.do(room, poll, command.value)
        if changed is None:
            return None
        room = changed
    is_elsewhere = poll.here not in ("", room.place)
    if room.is_led and who == room.teacher and is_elsewhere:
        room = room.bring(poll.here)
    return room


class Order(NamedTuple):
    """Something that can be pressed. read: what goes with it, or a ValueError. do: what becomes of
    the room, None where that ends it. is_teachers: nobody else may."""

    read: Callable[[Any], Any]
    do: Callable[[Room, Poll, Any], Room | None]
    is_teachers: bool = True


def _place(value: Any) -> str:
    """A path of this server's, with its query and fragment; "" where it is too long to be sent."""
    place = text(value)
    if not place.startswith("/") or place.startswith(("//", "/\\")):
        raise ValueError("no path")
    return place if len(place) <= LONGEST_PLACE else ""


def _asked(value: Any) -> Asked:
    asked = entries(value)
    options = tuple(text(one)[:LONGEST_TEXT] for one in items(asked["options"]))
    answers = tuple(count(one) for one in items(asked["answers"]))
    if not 1 < len(options) <= MOST_OPTIONS or any(one >= len(options) for one in answers):
        raise ValueError("nothing to choose from")
    key, words, outcome = (text(asked[name])[:LONGEST_TEXT] for name in ("key", "text", "outcome"))
    return Asked(key, words, options, answers, outcome)


def _vote(value: Any) -> tuple[int, int]:
    vote = entries(value)
    return count(vote["turn"]), count(vote["option"])


def _nothing(value: Any) -> None:
    if value is not None:
        raise ValueError("nothing goes with it")


ORDERS: Mapping[str, Order] = {
    "ask": Order(_asked, lambda room, poll, asked: room.ask(asked, poll.here)),
    "reveal": Order(_nothing, lambda room, poll, _: room.reveal()),
    "close": Order(_nothing, lambda room, poll, _: room.close()),
    "lead": Order(_nothing, lambda room, poll, _: room.lead(poll.here)),
    "let go": Order(_nothing, lambda room, poll, _: room.let_go()),
    "end": Order(_nothing, lambda room, poll, _: None),
    "vote": Order(
        _vote, lambda room, poll, vote: room.vote(digest(poll.me), *vote), is_teachers=False
    ),
    "leave": Order(_nothing, lambda room, poll, _: room.leave(digest(poll.me)), is_teachers=False),
}
"""What can be pressed in the bar."""


def _command(written: dict[str, Any]) -> Command:
    name = text(written["name"])
    return Command(count(written["number"]), name, ORDERS[name].read(written["value"]))
