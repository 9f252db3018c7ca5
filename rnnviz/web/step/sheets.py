"""A workbook of numbers, read in a process apart, as the text that the Step page reads."""

from dataclasses import replace

from rnnviz.data.table import Table
from rnnviz.scenes.uploads import Upload
from rnnviz.scenes.weights import Refused
from rnnviz.web.data.reading import read
from rnnviz.writing import csv_of


def as_text(numbers: Upload | None) -> Upload | None:
    """A file of numbers; a workbook's first sheet as CSV.

    Raises:
        Refused: it is a workbook that cannot be read.
    """
    if numbers is None or not numbers.name.lower().endswith(".xlsx"):
        return numbers
    try:
        table = read(numbers.data, {}).table
    except ValueError as error:
        raise Refused("numbers", str(error)) from None
    return replace(numbers, data=_written(table).encode())


def _written(table: Table) -> str:
    """Its cells row after row, every digit; a missing number is an empty cell."""
    columns = [["" if one == "nan" else one for one in table.words(name)] for name in table.columns]
    names = [[*table.columns]] if table.guess.header else []
    return csv_of([*names, *zip(*columns, strict=True)])
