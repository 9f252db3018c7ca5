"""Where the machine keeps Chromium or Chrome, and what to say when it has none."""

import os
import shutil
from pathlib import Path

MISSING = (
    "no Chromium or Chrome found: install one (Debian and Ubuntu: `apt-get install chromium`), "
    "or name its program in the environment as CHROMIUM"
)
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
# A name that is not this machine's is never looked up: no test depends on the internet.
ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--no-first-run",
)


def find() -> str | None:
    """The program's path, or None."""
    wished = os.environ.get("CHROMIUM")
    if wished:
        return shutil.which(wished)
    installed = (path for path in PLACES if Path(path).exists())
    return next(filter(None, map(shutil.which, COMMANDS)), next(installed, None))
