"""Files dropped in become assessments: one after the other, each by the command line in a process of its own."""

from __future__ import annotations

import os
import queue
import re
import secrets
import shutil
import signal
import subprocess
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ipxray.errors import UsageError

__all__ = ["Job", "Jobs"]

_WAITING = 8
"""Uploads that may wait: each lies on the disk until its turn."""
_REMEMBERED = 100
_SECONDS = 3_600
"""A job is ended after this: 10,000 documents take a twentieth of it."""
_LINE = 4_000
_NICE = 5
TELL = "IPXRAY_PROGRESS"
"""With this in its environment the command line tells its progress line by line."""
_PROGRESS = re.compile(r"progress\t([^\t]*)\t(\d+)\t(\d+)\t(.*)")


@dataclass
class Job:
    """One upload on its way. States: waiting, running, done, failed, cancelled."""

    id: str
    name: str
    command: Sequence[str]
    files: Path
    output: Path
    state: str = "waiting"
    stage: str = ""
    done: int = 0
    total: int = 0
    error: str = ""
    notes: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed", "cancelled")


class Jobs:
    """The jobs of one run of the dashboard, worked off by one thread, so that two never fight for the machine."""

    def __init__(self, *, seconds: float = _SECONDS) -> None:
        self._lock = threading.Lock()
        self._waiting: queue.Queue[Job | None] = queue.Queue()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._worker: threading.Thread | None = None
        self._seconds = seconds
        self._closed = False

    def all(self) -> list[Job]:
        """Every job of this run, the latest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def of(self, job_id: str) -> Job | None:
        """The job with this id."""
        with self._lock:
            return self._jobs.get(job_id)

    def start(self, name: str, command: Sequence[str], files: Path, output: Path) -> Job:
        """Put a command in the queue. Raises UsageError when too many wait."""
        job = Job(secrets.token_hex(8), name, command, files, output)
        with self._lock:
            waiting = sum(not each.is_over for each in self._jobs.values())
            if waiting >= _WAITING or self._closed:
                raise UsageError(f"{waiting} uploads wait already", hint="let them end, or cancel one")
            self._jobs[job.id] = job
            while len(self._jobs) > _REMEMBERED:
                self._jobs.popitem(last=False)
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="ipxray-jobs", daemon=True)
                self._worker.start()
        self._waiting.put(job)
        return job

    def cancel(self, job_id: str) -> None:
        """End a job; what it would have replaced stays as it was."""
        with self._lock:
            job = self._jobs.get(job_id)
            if job is not None and not job.is_over:
                job.state = "cancelled"
                _end(job.process)

    def close(self) -> None:
        """End everything: the server stops."""
        with self._lock:
            self._closed = True
            ids = list(self._jobs)
            worker = self._worker
        for job_id in ids:
            self.cancel(job_id)
        self._waiting.put(None)
        if worker is not None:
            worker.join(timeout=10)

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            try:
                self._run(job)
            finally:
                shutil.rmtree(job.files, ignore_errors=True)

    def _run(self, job: Job) -> None:
        with self._lock:
            if job.is_over:
                return
            job.state, job.stage = "running", "starting"
            try:
                job.process = _started(job.command)
            except OSError as error:
                job.state, job.error = "failed", f"cannot be started ({error.strerror})"
                return
        clock = threading.Timer(self._seconds, _end, (job.process,))
        clock.start()
        try:
            with job.process as process:
                _listen(job, process.stderr)
                code = process.wait()
        finally:
            clock.cancel()
        with self._lock:
            if job.state == "running":
                _conclude(job, code)


def _started(command: Sequence[str]) -> subprocess.Popen[str]:
    environment: Mapping[str, str] = {**os.environ, TELL: "lines", "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(  # noqa: S603 - a list without a shell; what a reader typed is one argument of its own
        ["nice", "-n", str(_NICE), *command] if shutil.which("nice") else list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=environment,
        start_new_session=True,  # Ctrl-C ends the server, which ends its jobs in order
    )


def _listen(job: Job, lines: IO[str] | None) -> None:
    """Take progress and words from the command's standard error until it ends."""
    while lines is not None and (line := lines.readline(_LINE)):
        text = "".join(letter for letter in line.rstrip("\n") if letter.isprintable() or letter == "\t")
        if found := _PROGRESS.fullmatch(text):
            job.stage, job.done, job.total = f"{found[1]} {found[4]}".strip(), int(found[2]), int(found[3])
        elif text:
            job.notes = [*job.notes, text][-20:]


def _conclude(job: Job, code: int) -> None:
    if code in (0, 1):
        job.state = "done"
        return
    job.state = "failed"
    words = [note.removeprefix("ipxray: ") for note in job.notes if note.startswith("ipxray: ")]
    job.error = words[-1] if words else f"it ended with code {code} and without a word"


def _end(process: subprocess.Popen[str] | None) -> None:
    """Ask the command and all that it started to end, then make sure."""
    if process is None or process.poll() is not None:
        return
    for way in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, way)
            process.wait(timeout=3)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
        return
