"""A visitor's own data, from a file, a paste or a list to named columns. No screen, no network.

What is guessed about a file (its separator, decimal sign, header, dates, encoding) is kept beside
what was read, and each guess can be corrected by a keyword of the same name.
"""

from rnnviz.data.corpus import Text
from rnnviz.data.kept import Kept
from rnnviz.data.made.reviews import made_reviews
from rnnviz.data.made.series import made_series
from rnnviz.data.made.text import made_text
from rnnviz.data.reading import read, read_bytes, read_text
from rnnviz.data.reviews import Reviews, reviews
from rnnviz.data.splitting import text
from rnnviz.data.table import Guess, Missing, Table
from rnnviz.data.text_findings import Continuation, Influence
from rnnviz.data.tokens import Padded, Vocabulary
from rnnviz.data.windows import Series, Windows, series

__all__ = [
    "Continuation",
    "Guess",
    "Influence",
    "Kept",
    "Missing",
    "Padded",
    "Reviews",
    "Series",
    "Table",
    "Text",
    "Vocabulary",
    "Windows",
    "made_reviews",
    "made_series",
    "made_text",
    "read",
    "read_bytes",
    "read_text",
    "reviews",
    "series",
    "text",
]
