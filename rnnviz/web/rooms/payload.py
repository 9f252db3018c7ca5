"""What the bar is sent: who is in the room, what it is asked, and how it has voted."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rnnviz.texts import language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web.corner.code_of_link import code_of
from rnnviz.web.payload import pack
from rnnviz.web.rooms.poll import Poll
from rnnviz.web.rooms.room import Asked, Room, digest


def bar_payload(
    word: str,
    room: Room | None,
    poll: Poll,
    now: float,
    *,
    offered: Sequence[Asked] | None = None,
    is_full: bool = False,
) -> bytes:
    """A poll's answer.

    room: None where there is none of that word, or no place in it (is_full). offered: what the page
    asks; None where that is not known yet.
    """
    who = digest(poll.me) if poll.me else ""
    header = {"word": word, "answers": [poll.asker, poll.number], "isFull": is_full, "room": None}
    if room and who:
        header["room"] = _seen_by(room, who, poll, now, offered)
    if poll.number <= 1:
        header["texts"] = for_browser(language())
    return pack(header, {})


def _seen_by(
    room: Room, who: str, poll: Poll, now: float, offered: Sequence[Asked] | None
) -> dict[str, Any]:
    """What one of those in it is shown."""
    is_teacher = who == room.teacher
    code = code_of(poll.join) if is_teacher and poll.join else None
    return {
        "isTeacher": is_teacher,
        "present": room.present(now),
        "asked": room.asked and _asked(room, who, is_teacher=is_teacher),
        "isLed": room.is_led,
        "brings": room.brings,
        "move": room.move,
        "place": room.place if room.move != poll.known else None,
        "isHere": _is_here(room, offered),
        "offered": [asdict(one) for one in offered] if is_teacher and offered is not None else None,
        "code": code and code._asdict(),
    }


def _asked(room: Room, who: str, *, is_teacher: bool) -> Mapping[str, Any]:
    """The question that is on: what came of it only once it is revealed, and to the teacher how
    many have voted for what."""
    assert room.asked is not None
    asked = asdict(room.asked)
    if not room.is_revealed:
        asked |= {"answers": [], "outcome": ""}
    return asked | {
        "turn": room.turn,
        "isRevealed": room.is_revealed,
        "votes": len(room.votes),
        "counts": room.counts if is_teacher or room.is_revealed else None,
        "mine": room.votes.get(who),
    }


def _is_here(room: Room, offered: Sequence[Asked] | None) -> bool | None:
    """Whether the page shows what the room is asked; None where that is not known yet."""
    if room.asked is None or offered is None:
        return None
    return any(one.key == room.asked.key for one in offered)
