"""Where a page asks something, in a room: the one place through which its questions go."""

from collections.abc import Callable
from typing import NamedTuple

from rnnviz.texts import N_
from rnnviz.web.course import units
from rnnviz.web.rooms.room import Asked
from rnnviz.web.rooms.rooms import rooms
from rnnviz.web.rooms.seat import seat

VOTED_ON = N_("The room votes on this: in the bar at the top.")
"""What stands in place of the choices while it does."""
HAS_VOTED = N_("The room has voted on this.")
"""What stands there once it has, until the teacher asks anew or puts the question away."""


class Ballot(NamedTuple):
    """is_open: whether votes still count. mine: the place of what the visitor has voted for."""

    is_open: bool
    mine: int | None


def in_room(asked: Asked, keep: Callable[[int | None], None]) -> Ballot | None:
    """Have a question at hand for the room that the visitor is in, if any. In a unit of the course
    a page's own is not asked: the unit's is, in the browser.

    keep: is called once when the room has been shown how it voted, with the visitor's vote, None
    where they cast none.

    Returns:
        How the room votes on it: its choices are in the bar, and nowhere else. None: it does not.
    """
    found = seat()
    if found is None or units.asked() is not None:
        return None
    found.offered[asked.key] = asked
    room = rooms().look(found.word)
    turn = found.turn(room)
    if room is None or room.asked is None or room.asked.key != asked.key:
        return None
    found.drawn = turn
    mine = room.votes.get(found.who)
    if not room.is_open and found.opened != room.turn:
        found.opened = room.turn
        keep(mine)
    return Ballot(room.is_open, mine)
