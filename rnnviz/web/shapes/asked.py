"""What the Shapes page's component asks for, checked."""

from typing import Any, NamedTuple

from rnnviz.web.received import count, entries, items, text

LONGEST = 20_000


class Asked(NamedTuple):
    """turn: which of its changes it is. look: what is looked at, as the address has it. settings:
    key → text, all of them; changed: the keys of those that were edited. code: what was pasted, in
    their place; None where nothing was."""

    turn: int
    look: str
    settings: dict[str, str]
    changed: tuple[str, ...]
    code: str | None

    @staticmethod
    def read(value: Any) -> "Asked":
        """What the component sent. ValueError where it is something else."""
        sent = entries(value)
        code = sent.get("code")
        return Asked(
            count(sent.get("turn")),
            text(sent.get("look"))[:LONGEST],
            {key: text(one) for key, one in entries(sent.get("settings", {})).items()},
            tuple(text(key) for key in items(sent.get("changed", []))),
            None if code is None else text(code)[:LONGEST],
        )
