"""Names out of a file, as they may stand in a sentence."""

LONGEST = 60


def shown(name: str) -> str:
    """A name that somebody else chose: on one line, printable, at most 60 characters of it."""
    printable = "".join(character if character.isprintable() else " " for character in name)
    line = " ".join(printable.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 3]}…"
