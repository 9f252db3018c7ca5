"""Where the app's scripts are: app.py, pages/ and, beside them, their options in .streamlit/."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent
SCRIPTS = next(
    folder for folder in (PACKAGE / "app", PACKAGE.parent) if (folder / "app.py").is_file()
)
"""In a wheel they lie in rnnviz/app (pyproject.toml puts them there), in a clone at its top."""
