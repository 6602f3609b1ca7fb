"""Where the work on releases runs: here, in processes of this machine, or on a cluster.

An engine maps a function over inputs and gives the results in the order of the inputs, so that the graph is the same
wherever it was made. Only so many inputs are under way at once: memory does not grow with their number.
"""

from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from oncopact.errors import EngineError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from types import TracebackType

__all__ = ["Cluster", "Engine", "Here", "Processes", "engine"]

T = TypeVar("T")
R = TypeVar("R")
C = TypeVar("C", covariant=True)

RETRIES: Final = 3
"""So often a cluster tries work again that fails."""
AHEAD: Final = 8
"""So many inputs per worker are handed out before the first result is taken."""


class Engine(Protocol):
    """What runs the work; a context manager.

    Attributes:
        remote: Whether the work runs in other processes, so that it must be picklable.
    """

    remote: bool

    @property
    def ahead(self) -> int:
        """So many pieces of work may be handed out before the first result is taken."""
        ...

    def map(self, function: Callable[[T], R], inputs: Iterable[T]) -> Iterator[R]:
        """The results of `function` for the inputs, in their order, each as soon as it can be had."""
        ...

    def submit(self, function: Callable[..., Any], *args: Any) -> Any:
        """What `function` makes of arguments, which may be what was submitted before, also in lists; it stays there."""
        ...

    def result(self, made: Any) -> Any:
        """What was submitted, here."""
        ...

    def __enter__(self) -> Engine: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Here:
    """This process."""

    remote = False
    ahead = 0

    def map(self, function: Callable[[T], R], inputs: Iterable[T]) -> Iterator[R]:
        """One after another."""
        return map(function, inputs)

    def submit(self, function: Callable[..., Any], *args: Any) -> Any:
        """See `Engine.submit`; done at once."""
        return function(*args)

    def result(self, made: Any) -> Any:
        """See `Engine.result`."""
        return made

    def __enter__(self) -> Here:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        return None


class Processes:
    """Processes of this machine.

    Args:
        jobs: How many.
    """

    remote = True

    def __init__(self, jobs: int) -> None:
        self.jobs, self.ahead = jobs, jobs * AHEAD
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Processes:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        # a forked copy of an open store would share its threads and locks
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_begin)
        return self

    def map(self, function: Callable[[T], R], inputs: Iterable[T]) -> Iterator[R]:
        """See `Engine.map`.

        Raises:
            EngineError: A process died.
        """
        pool = self._started()
        with _alive():
            yield from _in_order(lambda item: pool.submit(function, item), inputs, ahead=self.ahead)

    def submit(self, function: Callable[..., Any], *args: Any) -> Any:
        """See `Engine.submit`; what needs something that was submitted before is done here.

        Raises:
            EngineError: A process died.
        """
        from concurrent.futures import Future

        pool = self._started()
        told = [item for arg in args for item in (arg if isinstance(arg, list) else (arg,))]
        with _alive():
            if not any(isinstance(item, Future) for item in told):
                return pool.submit(function, *args)
            return function(*map(self.result, args))

    def result(self, made: Any) -> Any:
        """See `Engine.result`.

        Raises:
            EngineError: A process died.
        """
        from concurrent.futures import Future

        with _alive():
            if isinstance(made, list):
                return [self.result(item) for item in made]
            return made.result() if isinstance(made, Future) else made

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            raise EngineError("the processes are not started", remedy="use the engine in a with statement")
        return self._pool

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _alive() -> Iterator[None]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield
    except BrokenProcessPool as error:
        raise EngineError(
            "a worker process died",
            remedy="run again; what was written stays, and give fewer --jobs if memory is short",
        ) from error


def _begin() -> None:
    """Set a worker up; Ctrl-C is for the process that hands out the work, which stops the others."""
    import signal

    from oncopact.collector import relax

    relax()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Cluster:
    """A Dask cluster; what a worker that dies had under way is given to another.

    Args:
        scheduler: The scheduler's address, `tcp://host:8786`; None starts workers on this machine.
        workers: How many workers to start where no scheduler is given.
    """

    remote = True

    def __init__(self, scheduler: str | None = None, *, workers: int = 2) -> None:
        self.scheduler, self.workers = scheduler, workers
        self._client: Any = None

    def __enter__(self) -> Cluster:
        dask = _distributed()
        try:
            # any free port for what is not shown, so that a second build beside this one finds one, too
            place = self.scheduler or dask.LocalCluster(
                n_workers=self.workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",
                silence_logs=50,
            )
            self._client = dask.Client(place, timeout="10s")
        except (OSError, TimeoutError, ValueError) as error:
            raise EngineError(
                "no scheduler answers", where=str(self.scheduler), remedy="start it, or mend --scheduler"
            ) from error
        return self

    def map(self, function: Callable[[T], R], inputs: Iterable[T]) -> Iterator[R]:
        """See `Engine.map`.

        Raises:
            EngineError: The cluster lost the work for good.
        """
        with _kept():
            yield from _in_order(lambda item: self.submit(function, item), inputs, ahead=self.ahead)

    @property
    def ahead(self) -> int:
        """See `Engine`."""
        cores: int = sum(self._client.ncores().values())
        return max(1, cores) * AHEAD

    def submit(self, function: Callable[..., Any], *args: Any) -> Any:
        """See `Engine.submit`; what a worker that dies had made is made again."""
        return self._client.submit(function, *args, pure=False, retries=RETRIES)

    def result(self, made: Any) -> Any:
        """See `Engine.result`.

        Raises:
            EngineError: The cluster lost the work for good.
        """
        with _kept():
            return made.result()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            cluster = None if self.scheduler else self._client.cluster
            self._client.close()
            if cluster is not None:
                cluster.close()


@contextmanager
def _kept() -> Iterator[None]:
    dask = _distributed()
    try:
        yield
    except (dask.KilledWorker, dask.comm.CommClosedError, dask.client.FutureCancelledError) as error:
        raise EngineError("the cluster lost its workers", remedy="start workers and run again") from error


def _distributed() -> Any:
    """Dask's scheduler and client, an optional part."""
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise EngineError("Dask is not installed", remedy="pip install 'oncopact[dask]'") from error


class _Future(Protocol[C]):
    def result(self) -> C: ...


def _in_order(submit: Callable[[T], _Future[R]], inputs: Iterable[T], *, ahead: int) -> Iterator[R]:
    """Results in the order of the inputs, of which at most `ahead` are under way."""
    waiting: deque[_Future[R]] = deque()
    for item in inputs:
        waiting.append(submit(item))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def engine(name: str = "local", *, jobs: int = 1, scheduler: str | None = None) -> Engine:
    """The engine of that name.

    Args:
        name: `local` or `dask`.
        jobs: How many processes, or Dask workers where no scheduler is given.
        scheduler: The address of a Dask scheduler.

    Raises:
        EngineError: There is no such engine, or the number is not positive.

    >>> engine().remote, engine(jobs=4).remote
    (False, True)
    """
    if jobs < 1:
        raise EngineError(f"{jobs} processes make no sense", remedy="give --jobs a positive number")
    if name == "dask":
        return Cluster(scheduler, workers=jobs)
    if name != "local":
        raise EngineError(f"{name} is unknown", remedy="local or dask")
    return Here() if jobs == 1 else Processes(jobs)
