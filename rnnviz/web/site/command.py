"""`rnnviz site FOLDER`: pages that open without a server."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from rnnviz import texts
from rnnviz.texts.catalogues import languages, speech
from rnnviz.texts.spoken import ENGLISH
from rnnviz.web.site.folder import write


def site(arguments: Sequence[str]) -> None:
    """Write the site, and say how far it is.

    Raises:
        SystemExit: 2 for arguments that cannot be, a folder that cannot be written among them.
    """
    parser = argparse.ArgumentParser(
        "rnnviz site",
        description="Write RNN Viz into a folder of plain files. They open from a disk, a learning "
        "platform or a host of static files, ask nobody anything and need no server.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="is made where it is not there")
    parser.add_argument(
        "--language",
        choices=languages(),
        default=ENGLISH.code,
        help="a folder is in one language (default: %(default)s)",
    )
    options = parser.parse_args(arguments)
    texts.speak(lambda: speech(options.language))
    try:
        write(options.folder)
    except OSError as error:
        parser.error(f"{options.folder} cannot be written: {error.strerror or error}")
