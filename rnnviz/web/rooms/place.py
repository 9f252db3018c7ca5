"""Where a page asks something, in a room: the one place through which its questions go."""

from collections.abc import Callable

from rnnviz.texts import N_
from rnnviz.web.rooms.room import Asked
from rnnviz.web.rooms.rooms import rooms
from rnnviz.web.rooms.seat import seat

VOTED_ON = N_("The room votes on this: in the bar at the top.")
"""What stands in place of the choices while it does."""


def in_room(asked: Asked, keep: Callable[[int | None], None]) -> bool:
    """Have a question at hand for the room that the visitor is in, if any.

    keep: is called once when the room has been shown how it voted, with the visitor's vote, None
    where they cast none.

    Returns:
        Whether the room votes on it now: then its choices are in the bar, and nowhere else.
    """
    found = seat()
    if found is None:
        return False
    found.offered[asked.key] = asked
    room = rooms().look(found.word)
    turn = found.turn(room)
    if room is None or room.asked is None or room.asked.key != asked.key:
        return False
    found.drawn = turn
    if not room.is_open and found.opened != room.turn:
        found.opened = room.turn
        keep(room.votes.get(found.who))
    return room.is_open
