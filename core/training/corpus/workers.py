"""Workers: renders shards in processes of their own, a fresh one for each shard."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from core.errors import PalukuError, StorageError
from core.training.corpus.render import Job, render

FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(slots=True)
class _Worker:
    """A process at work on one shard, and what it last said."""

    job: Job
    process: BaseProcess
    told: Connection
    seconds: float = 0.0
    finished: bool = False
    failure: PalukuError | None = None


def render_all(jobs: Sequence[Job], count: int, progress: Callable[[float, int], None]) -> None:
    """Render every job, `count` at a time; `progress` hears seconds and shards made so far.

    A shard gets a fresh process because the synthesizers remember what they said before, and only a fresh
    one says the same bytes again.
    """
    # spawn: a fork would inherit threads and half-used synthesizers
    context = multiprocessing.get_context("spawn")
    waiting, working = list(reversed(jobs)), list[_Worker]()
    seconds, made = 0.0, 0
    try:
        while waiting or working:
            while waiting and len(working) < count:
                job = waiting.pop()
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(target=_work, args=(job, theirs), daemon=True)
                process.start()
                theirs.close()
                working.append(_Worker(job, process, ours))
            wait([worker.told for worker in working], timeout=1.0)
            for worker in list(working):
                _hear(worker)
                if worker.failure is not None:
                    raise worker.failure
                if worker.finished:
                    worker.process.join()
                    worker.told.close()
                    working.remove(worker)
                    seconds, made = seconds + worker.seconds, made + 1
            progress(seconds + sum(worker.seconds for worker in working), made)
    finally:
        for worker in working:
            worker.process.terminate()
        for worker in working:
            worker.process.join()


def _hear(worker: _Worker) -> None:
    try:
        while worker.told.poll():
            said = worker.told.recv()
            if isinstance(said, float):
                worker.seconds = said
            elif said is None:
                worker.finished = True
                return
            else:
                worker.failure = said
                return
    except (EOFError, OSError):
        worker.process.join()
        worker.failure = PalukuError(
            f"The process that made the shard {worker.job.name} ended with {worker.process.exitcode}.",
            "Run the same command again: it goes on. If it ends there again, leave a source out.",
        )


def _work(job: Job, told: Connection) -> None:
    """What a process does: one shard, then it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # an exit in order: temporary files go, too
    parent = os.getppid()

    def progress(seconds: float) -> None:
        if os.getppid() != parent:  # nobody is waiting for this any more
            os._exit(1)
        told.send(seconds)

    try:
        render(job, progress)
        told.send(None)
    except PalukuError as error:
        told.send(error)
    except OSError as error:
        if error.errno in FULL:
            told.send(
                StorageError(f"The disk is full at {job.corpus}.", "Make room there, then run it again.")
            )
        else:
            told.send(
                StorageError(f"{job.name} could not be made: {error}.", "Correct that, then run it again.")
            )
    except BrokenPipeError:
        os._exit(1)
