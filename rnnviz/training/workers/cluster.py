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
from rnnviz.training.workers import worker
from rnnviz.training.workers.places import EXECUTOR, Place

SCHEMES = {"dask": "tcp", "dask+tls": "tls"}
PATIENCE = 10.0
"""Seconds within which a scheduler has to answer, and a first worker to be there."""
BEAT, PAUSE = 1.0, 0.05
"""Seconds between two looks at how many workers there are; where there is none."""


LOST = "several workers of the cluster were lost over this: it may need too much memory"


class Client:
    """Dask's client of a cluster, as long as any place needs it.

    places: how many do. sent: the data that were, for what will refer to them.
    """

    def __init__(self, address: str, url: str, patience: float) -> None:
        self.address, self.places = address, 0
        self._patience = patience
        self._sent: WeakKeyDictionary[Kept, Any] = WeakKeyDictionary()
        self._change = threading.Lock()
        try:
            connect: Any = _distributed().Client
            self._client = connect(url, timeout=patience, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise self._silent(str(error)) from None
        self._executor = self._client.get_executor(pure=False)

    @property
    def is_lost(self) -> bool:
        """Whether the scheduler is."""
        return bool(self._client.status != "running")

    def threads(self) -> int:
        """How many its workers have. CancelledError where the scheduler is lost."""
        found = 0 if self.is_lost else self._client.scheduler_info().get("total_threads", 0)
        if self.is_lost:
            raise CancelledError("the scheduler is lost")
        return int(found)

    def wait_for_anybody(self) -> int:
        """Until there is a worker: their threads. OSError in one sentence where none comes."""
        begin = time.monotonic()
        try:
            while not (found := self.threads()):
                if time.monotonic() - begin > self._patience:
                    raise OSError(Sentence("no worker is at the cluster at {at}", at=self.address))
                time.sleep(PAUSE)
        except CancelledError as error:
            raise self._silent(str(error)) from None
        return found

    def submit(self, message: bytes, data: Sequence[Kept]) -> "Future[bytes]":
        """Have a job done, and the data that it refers to sent: once to each worker."""
        with self._change:
            for kept in data:
                if kept not in self._sent:
                    parts = (kept.path, kept.digest, dict(kept))
                    self._sent[kept] = self._client.scatter([parts], hash=False)[0]
            there = [self._sent[kept] for kept in data]
        future: Future[bytes] = self._executor.submit(done, message, *there)
        return future

    def close(self) -> None:
        self._client.close()

    def _silent(self, why: str) -> OSError:
        return OSError(
            Sentence(
                "the Dask scheduler at {address} does not answer ({why})",
                address=self.address,
                why=why,
            )
        )


class Cluster:
    """All places of one cluster, behind one client.

    count: how many threads its workers had when it was last looked at; one before that.

    Args:
        named: `dask://host:port`, where its scheduler is; `dask+tls://` where it is encrypted.
        patience: seconds that the scheduler and a first worker may take.
    """

    def __init__(self, named: str, *, patience: float = PATIENCE) -> None:
        scheme, _, self.address = named.partition("://")
        self.count = 1
        self._named, self._patience = named, patience
        self._url = f"{SCHEMES[scheme]}://{self.address}" if scheme in SCHEMES else ""
        self._client: Client | None = None
        self._looked = 0.0
        self._change = threading.Lock()

    @property
    def words(self) -> str:
        return ngettext(
            "on a cluster, by {count} worker", "on a cluster, by {count} workers", self.count
        )

    def one(self) -> Place:
        return ClusterPlace(self)

    def join(self) -> Client:
        """Its client, for one more place; there is a worker. OSError in one sentence where not."""
        if not self._url or not self.address:
            raise OSError(
                Sentence(
                    "{variable} is “{named}”, where dask://host:port is to stand, the address of a "
                    "Dask scheduler",
                    variable=EXECUTOR,
                    named=self._named,
                )
            )
        with self._change:
            if self._client is None or self._client.is_lost:
                self._client = Client(self.address, self._url, self._patience)
            client = self._client
            client.places += 1
        try:
            self.count = client.wait_for_anybody()
        except OSError:
            self.leave(client)
            raise
        return client

    def leave(self, client: Client) -> None:
        """One place fewer; with its last the client goes, and its threads."""
        with self._change:
            client.places -= 1
            if client.places:
                return
            if self._client is client:
                self._client = None
        client.close()

    def look(self, client: Client) -> None:
        """See how many workers there are, if that was not done a moment ago."""
        if time.monotonic() - self._looked > BEAT:
            self._looked = time.monotonic()
            self.count = max(client.threads(), 1)


class ClusterPlace:
    """Room for one job at a time on a cluster; by which worker, its scheduler decides.

    A worker that is lost costs the job it was at, which the scheduler has done by another.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._client: Client | None = None
        self._future: Future[bytes] | None = None

    def start(self) -> None:
        self._client = self._cluster.join()

    def wait_until_ready(self) -> None:
        """It is, once it was started."""

    def do(self, message: bytes, data: Sequence[Kept]) -> bytes:
        assert self._client
        try:
            self._cluster.look(self._client)
            self._future = self._client.submit(message, data)
            return self._result(self._client, self._future)
        except CancelledError:
            raise EOFError("the job was dropped, or the scheduler is lost") from None
        except _distributed().KilledWorker:
            return pickle.dumps((False, BrokenProcessPool(LOST)))

    def kill(self) -> None:
        if self._future:
            self._future.cancel()

    def end(self) -> None:
        if self._client:
            client, self._client = self._client, None
            self._cluster.leave(client)

    def _result(self, client: Client, future: "Future[bytes]") -> bytes:
        while True:
            try:
                return future.result(BEAT)
            except TimeoutError:
                client.wait_for_anybody()


def done(message: bytes, *data: tuple[str, str, Mapping[str, np.ndarray]]) -> bytes:
    """`worker.done`, on a machine that cannot read the files that the message refers to."""
    for path, digest, arrays in data:
        given(path, digest, arrays)
    return worker.done(message)


def _distributed() -> Any:
    """The library. OSError with how to install it where it is missing."""
    try:
        import distributed
    except ImportError:
        raise OSError(
            Sentence('training on a cluster takes the extra: pip install "rnnviz[cluster]"')
        ) from None
    return distributed
