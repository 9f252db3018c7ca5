"""Names out of a file, as they may stand in a sentence."""

from rnnviz.texts import Sentence

LONGEST = 60


def shown(name: str) -> str:
    """A name that somebody else chose: on one line, printable, at most 60 characters of it."""
    printable = "".join(character if character.isprintable() else " " for character in name)
    line = " ".join(printable.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 3]}…"


def not_real(name: str, dtype: object) -> Sentence:
    """What is wrong about an array of these numbers."""
    return Sentence(
        "{name} holds {type}, not real numbers", name=shown(name), type=shown(str(dtype))
    )
