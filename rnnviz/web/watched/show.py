"""`rnnviz show FILE`: what `watch(…, log=FILE)` wrote, as a page that is opened from the disk."""

import argparse
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from rnnviz.watching.lines import WatchedFileError, read


def show(arguments: Sequence[str]) -> None:
    """Write FILE.html beside FILE, open it in the browser, and print its path and what it says.

    Args:
        arguments: what stands after "show".

    Raises:
        SystemExit: 1 where the file cannot be read or is refused, with a sentence; 2 for arguments
            that cannot be.
    """
    parser = argparse.ArgumentParser(
        "rnnviz show",
        description="Show a training that was watched: what rnnviz.watch(model, log=FILE) wrote, "
        "also while it is still training.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="lines of JSON")
    parser.add_argument("--no-browser", action="store_true", help="only write the page")
    options = parser.parse_args(arguments)
    target: Path = options.file.with_name(f"{options.file.name}.html")
    try:
        watched = read(options.file)
        watched.to_html(target)
    except (OSError, WatchedFileError) as error:
        raise SystemExit(f"rnnviz show: {error}") from None
    print(watched)
    print(target)
    if not options.no_browser:
        webbrowser.open(target.resolve().as_uri())
