"""Data that are on the page, whoever made them."""

from dataclasses import dataclass

from rnnviz.data.table import Table


@dataclass(frozen=True, eq=False)
class Brought:
    """What a network is to learn from.

    key: the name of an example, "file" or "paste". table: columns, missing numbers filled as was
    chosen; the same object as long as nothing of it changes. name: what the data are called: the
    file's name, or the example's title. is_made: by a formula or a program. text: what a file or a
    paste says as a whole, "" where there is no such text.
    """

    key: str
    table: Table
    name: str
    is_made: bool = False
    text: str = ""
