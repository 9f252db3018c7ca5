"""A worker that notes when it starts and when it is ready, and dies in between as often as asked.

NOTES is the file it writes to; DEATHS how many of the processes that share it die.
"""

import os
import time
from pathlib import Path

from rnnviz.training.workers.worker import serve


def start() -> None:
    notes = Path(os.environ["NOTES"])
    with notes.open("a") as file:
        file.write("starts\n")
    time.sleep(0.1)
    if notes.read_text().count("starts") <= int(os.environ["DEATHS"]):
        os._exit(1)
    with notes.open("a") as file:
        file.write("ready\n")


if __name__ == "__main__":
    serve(before=start)
