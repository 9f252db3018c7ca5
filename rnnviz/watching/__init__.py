"""`watch`: a training loop of one's own under glass, and what was seen of it read from a file."""

from rnnviz.watching.lines import WatchedFileError, read
from rnnviz.watching.seen import Seen, watch
from rnnviz.watching.watched import Watched

__all__ = ["Seen", "Watched", "WatchedFileError", "read", "watch"]
