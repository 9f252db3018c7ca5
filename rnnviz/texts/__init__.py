"""What visitors read, in their language: every sentence and label goes through `_`.

The text in the source is English and is the key to the catalogues. A text is a whole sentence or
label with named holes; where a number decides its form, `ngettext` chooses.
"""

from rnnviz.texts.spoken import ENGLISH, N_, Speech, _, language, ngettext, pgettext, speak

__all__ = ["ENGLISH", "N_", "Speech", "_", "language", "ngettext", "pgettext", "speak"]
