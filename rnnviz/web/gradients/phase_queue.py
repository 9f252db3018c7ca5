"""Phase diagrams are computed one at a time, whoever asked first first, for all visitors together.

One that is under way is everybody's who asks for the same, and so is one that is whole. There is no
thread: whoever watches a diagram computes the next block of it, when its turn has come.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from cachetools import LRUCache

from rnnviz.gradients.phase import Phase, PhaseDiagram, cells_of
from rnnviz.gradients.setup import Setup
from rnnviz.web.serving.memory import give_back

MOST_KEPT = 64
"""How many whole diagrams are kept."""
PAUSE = 0.1


@dataclass(eq=False)
class Request:
    """A diagram that somebody asked for, since when, and how many are watching it grow."""

    diagram: PhaseDiagram
    since: float = field(default_factory=time.monotonic)
    watchers: int = 0


class PhaseQueue:
    """The diagrams that are asked for. Only the first one has arrays to compute with."""

    def __init__(self) -> None:
        self._asked: WeakValueDictionary[Setup, Request] = WeakValueDictionary()
        self._whole: LRUCache[Setup, Request] = LRUCache(MOST_KEPT)
        self._watched: set[Request] = set()
        self._change = threading.Lock()
        self._turn = threading.Lock()
        self._at: tuple[Request, Iterator[Phase]] | None = None

    def ask(self, setup: Setup) -> Request:
        """The diagram of a setup: whole, under way, or not begun."""
        with self._change:
            found = self._whole.get(setup) or self._asked.get(setup)
            if found is None:
                found = Request(PhaseDiagram(setup, cells=cells_of(setup)))
                self._asked[setup] = found
            return found

    @contextmanager
    def watching(self, request: Request) -> Iterator[None]:
        """While this lasts a diagram has its place; nobody watches it: it is left as it is."""
        with self._change:
            request.watchers += 1
            self._watched.add(request)
        try:
            yield
        finally:
            with self._change:
                request.watchers -= 1
                if not request.watchers:
                    self._watched.discard(request)
            self._let_go()

    def ahead(self, request: Request) -> int:
        """How many are computed before this one."""
        with self._change:
            return sum(other.since < request.since for other in self._watched)

    def proceed(self, request: Request) -> None:
        """Compute a block of a diagram. Where others are before it, or somebody else is at it, wait
        for a moment."""
        if self._turn.acquire(timeout=PAUSE):
            try:
                is_first = self.ahead(request) == 0
                if is_first:
                    self._compute(request)
            finally:
                self._turn.release()
            if not is_first:
                time.sleep(PAUSE)

    def _compute(self, request: Request) -> None:
        if self._at is None or self._at[0] is not request:
            self._at = request, request.diagram.blocks()
        try:
            next(self._at[1], None)
        except BaseException:
            self._at = None
            raise
        if request.diagram.is_whole:
            self._at = None
            with self._change:
                self._whole[request.diagram.setup] = request
            give_back()

    def _let_go(self) -> None:
        """Give the arrays back that nobody uses; who has the turn now takes them or drops them."""
        if self._turn.acquire(blocking=False):
            try:
                if self._at and not self._at[0].watchers:
                    self._at = None
                    give_back()
            finally:
                self._turn.release()
