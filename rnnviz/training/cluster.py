"""The workers of a Dask cluster as places for jobs (needs the extra `cluster`).

Each is to have one thread (`dask worker --nthreads 1`) and this version of rnnviz. What is
encrypted, and by which keys, is Dask's configuration: see `.github/SERVING.md`.
"""

import pickle
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from rnnviz.data.kept import Kept, given
from rnnviz.texts import Sentence, ngettext
from rnnviz.training import worker
from rnnviz.training.places import EXECUTOR, Place

SCHEMES = {"dask": "tcp", "dask+tls": "tls"}
PATIENCE = 10.0
"""Seconds within which a scheduler has to answer, and a first worker to be there."""
BEAT, PAUSE = 1.0, 0.05
"""Seconds between two looks at how many workers there are; where there is none."""


LOST = "several workers of the cluster were lost over this: it may need too much memory"


class Cluster:
    """All places of one cluster, behind one client: there while any of its places is.

    count: how many threads its workers had when it was last looked at; one before that.

    Args:
        named: `dask://host:port`, where its scheduler is; `dask+tls://` where it is encrypted.
        patience: seconds that the scheduler and a first worker may take.
    """

    def __init__(self, named: str, *, patience: float = PATIENCE) -> None:
        scheme, _, self.address = named.partition("://")
        self.count = 1
        self._named, self._patience = named, patience
        self._url = (
            f"{SCHEMES[scheme]}://{self.address}" if scheme in SCHEMES and self.address else ""
        )
        self._client: Any = None
        self._places, self._looked = 0, 0.0
        self._sent: WeakKeyDictionary[Kept, Any] = WeakKeyDictionary()
        self._change = threading.Lock()

    @property
    def words(self) -> str:
        return ngettext(
            "on the cluster at {address}, by {count} worker",
            "on the cluster at {address}, by {count} workers",
            self.count,
            address=self.address,
        )

    def one(self) -> Place:
        return ClusterPlace(self)

    def join(self) -> Any:
        """A client for one more place; there is a worker. OSError in one sentence where none is."""
        with self._change:
            if self._client is None:
                self._client = self._connected()
            self._places += 1
            client = self._client
        try:
            self.wait_for_anybody(client)
        except OSError:
            self.leave()
            raise
        return client

    def leave(self) -> None:
        """One place fewer; with the last the client goes, and its threads."""
        with self._change:
            self._places -= 1
            if self._places:
                return
            client, self._client = self._client, None
            self._sent.clear()
        client.close()

    def wait_for_anybody(self, client: Any) -> None:
        """Until there is a worker. OSError in one sentence where none comes."""
        begin = time.monotonic()
        while not self.look(client):
            if time.monotonic() - begin > self._patience:
                raise OSError(Sentence("no worker is at the cluster at {at}", at=self.address))
            time.sleep(PAUSE)

    def look(self, client: Any) -> int:
        """How many threads its workers have. CancelledError where the scheduler is lost."""
        self._looked = time.monotonic()
        found: int = client.scheduler_info().get("total_threads", 0)
        if client.status != "running":
            raise CancelledError("the scheduler is lost")
        self.count = max(found, 1)
        return found

    def look_now_and_then(self, client: Any) -> None:
        if time.monotonic() - self._looked > BEAT:
            self.look(client)

    def sent(self, client: Any, data: Sequence[Kept]) -> list[Any]:
        """Data on their way to whoever does a job that refers to them: once to each worker."""
        with self._change:
            for kept in data:
                if kept not in self._sent:
                    parts = (kept.path, kept.digest, dict(kept))
                    self._sent[kept] = client.scatter([parts], hash=False)[0]
            return [self._sent[kept] for kept in data]

    def _connected(self) -> Any:
        try:
            import distributed
        except ImportError:
            raise OSError(
                Sentence('training on a cluster takes the extra: pip install "rnnviz[cluster]"')
            ) from None
        if not self._url:
            raise OSError(
                Sentence(
                    "{variable} is “{named}”, where dask://host:port is to stand, the address of a "
                    "Dask scheduler",
                    variable=EXECUTOR,
                    named=self._named,
                )
            )
        connect: Any = distributed.Client
        try:
            return connect(self._url, timeout=self._patience, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise OSError(
                Sentence(
                    "the Dask scheduler at {address} does not answer ({why})",
                    address=self.address,
                    why=str(error),
                )
            ) from None


class ClusterPlace:
    """Room for one job at a time on a cluster; by which worker, its scheduler decides.

    A worker that is lost costs the job it was at, which the scheduler has done by another.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._client: Any = None
        self._executor: Any = None
        self._future: Future[bytes] | None = None

    def start(self) -> None:
        self._client = self._cluster.join()
        self._executor = self._client.get_executor(pure=False)

    def wait_until_ready(self) -> None:
        """It is, once it was started."""

    def do(self, message: bytes, data: Sequence[Kept]) -> bytes:
        from distributed import KilledWorker

        try:
            self._cluster.look_now_and_then(self._client)
            there = self._cluster.sent(self._client, data)
            self._future = self._executor.submit(done, message, *there)
            return self._result(self._future)
        except CancelledError:
            raise EOFError("the job was dropped, or the scheduler is lost") from None
        except KilledWorker:
            return pickle.dumps((False, BrokenProcessPool(LOST)))

    def kill(self) -> None:
        if self._future:
            self._future.cancel()

    def end(self) -> None:
        if self._client:
            self._client = self._executor = None
            self._cluster.leave()

    def _result(self, future: "Future[bytes]") -> bytes:
        while True:
            try:
                return future.result(BEAT)
            except TimeoutError:
                self._cluster.wait_for_anybody(self._client)


def done(message: bytes, *data: tuple[str, str, Mapping[str, np.ndarray]]) -> bytes:
    """`worker.done`, on a machine that cannot read the files that the message refers to."""
    for path, digest, arrays in data:
        given(path, digest, arrays)
    return worker.done(message)
