"""What can be chosen on the Your data page: which data, how they are read, what is learnt."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rnnviz.data.made.examples import EXAMPLES
from rnnviz.data.reading.decoding import ENCODINGS
from rnnviz.settings.kinds import Text, choice
from rnnviz.settings.schema import Schema, setting
from rnnviz.texts import N_

FILE, PASTE = "file", "paste"
LONGEST_LINK = 4000
GUESSED = "guessed"
AS_GUESSED = {GUESSED: N_("as guessed")}


@dataclass(frozen=True)
class DataSettings:
    """Which data."""

    data: str = setting(
        "tide",
        choice(
            {name: one.title for name, one in EXAMPLES.items()},
            {FILE: N_("your own file"), PASTE: N_("what you paste")},
        ),
        N_("Data"),
        N_("An example that ships with this page, or your own."),
    )


@dataclass(frozen=True)
class PasteSettings:
    """What is pasted; a link has it if it is short."""

    paste: str = setting(
        "",
        Text(LONGEST_LINK, is_bounded=False),
        N_("Your table or text"),
        N_(
            "Cells copied from a spreadsheet, rows with commas or semicolons between numbers, a "
            "list of Python's, or a text."
        ),
    )


@dataclass(frozen=True)
class ReadingSettings:
    """How a file or a paste is read where that is not as it was guessed, and what stands for
    numbers that are missing."""

    separator: str = setting(
        GUESSED,
        choice(
            AS_GUESSED,
            {"comma": ",", "semicolon": ";", "tab": N_("tab"), "bar": "|"},
            {"space": N_("white space"), "none": N_("none: one column")},
        ),
        N_("Separator"),
        N_("What stands between two cells of a row."),
    )
    decimal: str = setting(
        GUESSED,
        choice(AS_GUESSED, {"point": N_("point: 1.5"), "comma": N_("comma: 1,5")}),
        N_("Decimal sign"),
    )
    header: str = setting(
        GUESSED,
        choice(AS_GUESSED, {"yes": N_("names"), "no": N_("data")}),
        N_("The first row has"),
    )
    dates: str = setting(
        GUESSED,
        choice(AS_GUESSED, {"day": N_("the day"), "month": N_("the month")}),
        N_("In 3/4/2024, first comes"),
    )
    encoding: str = setting(
        GUESSED,
        choice(
            AS_GUESSED,
            {name: name.upper() for name in ENCODINGS},
        ),
        N_("Encoding"),
        N_("How the file writes letters as bytes: try another if they look wrong."),
    )
    missing: str = setting(
        "refuse",
        choice(
            {
                "refuse": N_("nothing yet"),
                "carry": N_("the last number"),
                "interpolate": N_("a line between the neighbours"),
            }
        ),
        N_("What stands in the place of missing numbers"),
    )


DATA, PASTED = Schema.of(DataSettings), Schema.of(PasteSettings)
READING = Schema.of(ReadingSettings)
KNOWN: Mapping[str, tuple[str, Mapping[str, object]]] = MappingProxyType(
    {
        "separator": (
            "separator",
            {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "space": " ", "none": ""},
        ),
        "decimal": ("decimal", {"point": ".", "comma": ","}),
        "header": ("header", {"yes": True, "no": False}),
        "dates": ("day_first", {"day": True, "month": False}),
        "encoding": ("encoding", {}),
    }
)
"""Setting → the keyword of `data.read_bytes` that it stands for, and what options are called there.
"""
JOBS = {"series": N_("forecast a series"), "text": N_("write on"), "reviews": N_("rate texts")}


@dataclass(frozen=True)
class JobSettings:
    """What is to be learnt; None: what the data suggest."""

    job: str | None = setting(
        None,
        choice(JOBS),
        N_("What is to be learnt"),
        N_(
            "The next numbers of a column; the next character or word of a text; which label a "
            "text has."
        ),
        optional=True,
    )


JOB = Schema.of(JobSettings)


def known(chosen: Mapping[str, str]) -> dict[str, object]:
    """The keywords of `data.read_bytes` that these settings stand for; none for a guess."""
    return {
        keyword: meant.get(chosen[name], chosen[name])
        for name, (keyword, meant) in KNOWN.items()
        if chosen[name] != GUESSED
    }
