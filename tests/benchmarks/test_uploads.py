"""A checkpoint of 1 MB that was sent: how long until the page with its network is there.

Against what was done before files were read apart: torch's own reading, in the server's process.
"""

import statistics
import time

import torch

from tests.browser.server import ROOT, running
from tests.interop.checkpoint_files import of_torch
from tests.visitors import session

BUDGET = 1.3
ROUNDS = 40
IN_PLACE = f"""
import io
import runpy

import torch

from rnnviz.interop.modules.conversion import from_torch
from rnnviz.interop.readers import ReadingSession


def load(self, file, data, kind=None, **limits):
    module = torch.nn.LSTM(64, 220)
    module.load_state_dict(torch.load(io.BytesIO(data), map_location="cpu", weights_only=True))
    return from_torch(module)


ReadingSession.load = load
runpy.run_path({str(ROOT / "app.py")!r}, run_name="__main__")
"""


def seconds(visitor, data):
    sent = visitor.send("m.pt", data)
    begin = time.perf_counter()
    said = visitor.run([sent])
    assert any("reads 64 numbers a step" in text for text in said)
    return time.perf_counter() - begin


def test_an_ordinary_checkpoint_is_shown_as_soon_as_before(figure, tmp_path):
    (tmp_path / "app.py").write_text(IN_PLACE)
    (tmp_path / "pages").symlink_to(ROOT / "pages")
    query = "weights=your+file"
    with (
        running(ROOT / "app.py", tmp_path / "log") as apart,
        running(tmp_path / "app.py", tmp_path / "other log") as in_place,
        session(apart.url, query=query) as visitor,
        session(in_place.url, query=query) as other,
    ):
        files = [of_torch(torch.nn.LSTM(64, 220).state_dict()) for _ in range(ROUNDS)]
        times = [(seconds(visitor, data), seconds(other, data)) for data in files]
    ours, before = (statistics.median(column) for column in zip(*times[1:], strict=True))
    figure(
        "a checkpoint of 1 MB that was sent → its page, vs `torch.load` in the server",
        ours / before,
        BUDGET,
    )
    assert ours <= BUDGET * before
