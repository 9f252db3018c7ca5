"""`rnnviz worksheet FILE`: a lesson's plan, worksheet and answers, to be printed."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from rnnviz.course.plans import PLANS
from rnnviz.web.course.worksheet import worksheet

DEFAULT = 50


def write(arguments: Sequence[str]) -> None:
    """Write FILE, and print its path.

    Args:
        arguments: what stands after "worksheet".

    Raises:
        SystemExit: 1 where the file cannot be written, with a sentence; 2 for arguments that cannot
            be.
    """
    options = parsed(arguments)
    text = worksheet(PLANS[options.minutes], options.address)
    try:
        options.file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SystemExit(f"rnnviz worksheet: {error}") from None
    print(options.file)


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line, read and checked."""
    parser = argparse.ArgumentParser(
        "rnnviz worksheet",
        description="Write the plan of a lesson, a worksheet, and the answers on pages of their "
        "own, as an HTML file to be printed.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="to be written, such as class.html")
    parser.add_argument(
        "--minutes", type=int, choices=tuple(PLANS), default=DEFAULT, help=f"default: {DEFAULT}"
    )
    parser.add_argument(
        "--address",
        default="",
        help="of the app that the class will use, such as http://10.0.0.7:8501: each unit then has "
        "its link, and a QR code of it",
    )
    return parser.parse_args(arguments)
