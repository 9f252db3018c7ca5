"""The notebooks that ship are run from their first cell to the last, in a kernel of their own."""

from importlib.resources import files
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import rnnviz

BOOKS = sorted(Path(str(files(rnnviz))).glob("examples/*.ipynb"))
ROOT = Path(__file__).parent.parent
SHOWS = {"trace(", "Hold(", "backward(", "parse(", "training.start(", "watch("}


@pytest.fixture(scope="module", params=BOOKS, ids=lambda path: path.stem)
def book(request):
    read = nbformat.read(request.param, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.setenv("OMP_NUM_THREADS", "1")
        NotebookClient(read, timeout=300, kernel_name="python3").execute()
    return read


def outputs(book):
    return [output for cell in book.cells for output in cell.get("outputs", [])]


def test_there_is_one_and_the_readme_points_to_it():
    assert "first_steps" in [path.stem for path in BOOKS]
    assert "rnnviz/examples/first_steps.ipynb" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_it_is_kept_without_outputs_and_shows_what_there_is(path):
    read = nbformat.read(path, as_version=4)
    nbformat.validate(read)
    code = [cell for cell in read.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    whole = "\n".join(cell.source for cell in code)
    assert {call for call in SHOWS if call not in whole} == set()


def test_every_output_is_shown_and_is_small(book):
    for output in outputs(book):
        assert output.output_type in ("execute_result", "display_data"), output
        data = output.data
        assert len(data["text/plain"].split("\n")) <= 10
        assert len(data.get("text/html", "")) < 2_000_000


def test_each_kind_of_thing_draws_itself_in_it(book):
    pictures = [output.data["text/html"] for output in outputs(book) if "text/html" in output.data]
    beginnings = ("<iframe", "<div")
    assert all(picture.startswith(beginnings) for picture in pictures)
    assert sum(picture.startswith("<iframe") for picture in pictures) >= 1
    assert sum("<svg" in picture for picture in pictures) >= 3
    assert sum("<table" in picture for picture in pictures) >= 2
    assert any("text/latex" in output.data for output in outputs(book))
