"""What visitors read, in their language: every sentence and label goes through `_`.

The text in the source is English and is the key to the catalogues. A text is a whole sentence or
label with named holes; where a number decides its form, `ngettext` chooses. What is raised, kept or
sent before anybody reads it is a `Sentence`.
"""

from rnnviz.texts.sentence import Counted, Sentence, sentence_of
from rnnviz.texts.spoken import ENGLISH, N_, Speech, _, language, ngettext, pgettext, speak

__all__ = [
    "ENGLISH",
    "N_",
    "Counted",
    "Sentence",
    "Speech",
    "_",
    "language",
    "ngettext",
    "pgettext",
    "sentence_of",
    "speak",
]
