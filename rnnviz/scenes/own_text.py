"""A text that a visitor typed → what a network reads, one character at each step."""

import unicodedata
from collections.abc import Sequence

import numpy as np

from rnnviz.data.decoding import clean
from rnnviz.scenes.reading import Reading, refuse_too_long, shown
from rnnviz.texts import N_, _

MOST_CHARACTERS = 64
JOINER = "\u200d"


def own_text(text: str, alphabet: Sequence[str] | None = None) -> Reading:
    """A typed text, each character one-hot; `alphabet` is its own unless given.

    ValueError in one sentence where it is empty, too long, has too many different characters, or
    one that is not in the alphabet.
    """
    read = characters(text)
    if not read:
        raise ValueError(_("There is no character yet: type some"))
    refuse_too_long(len(read), N_("These are {count} characters: from 1 to {most} can be read"))
    letters = tuple(sorted(set(read))) if alphabet is None else tuple(alphabet)
    if alphabet is None and len(letters) > MOST_CHARACTERS:
        raise ValueError(
            _(
                "These are {count} different characters: up to {most} can be read",
                count=len(letters),
                most=MOST_CHARACTERS,
            )
        )
    places = {letter: place for place, letter in enumerate(letters)}
    for step, character in enumerate(read, 1):
        if character not in places:
            raise ValueError(
                _(
                    "“{character}”, character {step}, is not in the alphabet {letters}",
                    character=shown(character),
                    step=step,
                    letters="".join(map(shown, letters)),
                )
            )
    x = np.eye(len(letters))[[places[character] for character in read]]
    labels = tuple(shown(character) for character in read)
    story = _("As you typed it, one character at each step.")
    names = tuple(shown(letter) for letter in letters)
    return Reading(_("Your text"), story, x[:, None], (labels,), names, one_hot=True)


def characters(text: str) -> list[str]:
    """What a reader sees as one character each: an accent belongs to its letter, what is joined or
    coloured to its emoji, two letters of a flag to each other. Marks that nobody sees are none."""
    found: list[str] = []
    for character in clean(text):
        if found and _goes_on(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _goes_on(before: str, character: str) -> bool:
    """Whether a character is part of the one that has begun."""
    if before == "\n":
        return False
    is_mark = unicodedata.category(character) in ("Mn", "Me") or character == JOINER
    is_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    is_tag = "\U000e0020" <= character <= "\U000e007f"
    is_second_of_flag = _is_of_a_flag(character) and _is_of_a_flag(before)
    return is_mark or is_tone or is_tag or is_second_of_flag or before.endswith(JOINER)


def _is_of_a_flag(character: str) -> bool:
    return len(character) == 1 and "\U0001f1e6" <= character <= "\U0001f1ff"
