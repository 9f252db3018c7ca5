"""A visitor's own data, from a file, a paste or a list to named columns. No screen, no network.

What is guessed about a file (its separator, decimal sign, header, dates, encoding) is kept beside
what was read, and each guess can be corrected by a keyword of the same name.
"""

from rnnviz.data.reading import read, read_bytes, read_text
from rnnviz.data.table import Guess, Missing, Table

__all__ = ["Guess", "Missing", "Table", "read", "read_bytes", "read_text"]
