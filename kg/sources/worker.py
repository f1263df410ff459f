"""Parsing in a process of its own, which may die or hang without harm: the file is then a refusal."""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.sources.extracts import MEGABYTE, Extract, Found, Limits, Refusal, Source
from kg.sources.formats import extracts

_COMMAND = ["-m", "kg.sources"]
_CHUNK = 1 << 20
_FILES = 300
_ANSWER = 16


class Worker:
    """A process that reads files and gives their texts one by one, as lines of JSON."""

    def __init__(self, memory: int) -> None:
        root = str(Path(__file__).parent.parent.parent)
        known = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, *_COMMAND, str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": known},
        )
        self._memory, self._files, self._rest = memory, 0, b""

    def fits(self, limits: Limits) -> bool:
        """Tell whether the process lives, and may take another file."""
        return self._process.poll() is None and self._memory == limits.memory and self._files < _FILES

    def is_fresh(self) -> bool:
        """Tell whether no file was read before the present one."""
        return self._files <= 1

    def read(self, path: Path, limits: Limits) -> Iterator[Found]:
        """Give the texts in a file; TimeoutError where the next one takes too long, EOFError where the process dies."""
        self._files += 1
        request = json.dumps({"path": os.fspath(path), "limits": asdict(limits)}).encode() + b"\n"
        try:
            os.write(self._stdin, request)
        except BrokenPipeError:
            raise EOFError from None
        while (found := from_row(json.loads(self._line(limits)))) is not None:
            yield found

    @property
    def _stdin(self) -> int:
        assert self._process.stdin
        return self._process.stdin.fileno()

    def _line(self, limits: Limits) -> bytes:
        """Wait for one line."""
        assert self._process.stdout
        output = self._process.stdout.fileno()
        pieces, size = [self._rest], len(self._rest)
        deadline = time.monotonic() + limits.seconds
        while b"\n" not in pieces[-1]:
            ready, _, _ = select.select([output], [], [], max(0.0, deadline - time.monotonic()))
            if not ready or size > _ANSWER * limits.size:
                raise TimeoutError
            pieces.append(os.read(output, _CHUNK))
            size += len(pieces[-1])
            if not pieces[-1]:
                raise EOFError
        line, _, self._rest = b"".join(pieces).partition(b"\n")
        return line

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


_worker: Worker | None = None


def read(path: Path, limits: Limits) -> Iterator[Found]:
    """Give the texts in a file, read by a process that is started when it is needed, and again when it has died.

    A file at which it dies or takes too long keeps the texts that were read before, and is a refusal for the rest.
    """
    given = 0
    for _ in range(2):
        worker = _living(limits)
        try:
            for found in worker.read(path, limits):
                given += 1
                yield found
            return
        except TimeoutError:
            close()
            yield Refusal(
                "", f"the next document took more than {limits.seconds:g} s; raise the limit with --max-seconds"
            )
            return
        except EOFError:
            close()
            if given or worker.is_fresh():
                break
        except BaseException:
            close()
            raise
    memory = f"{limits.memory / MEGABYTE:g} MB"
    rest = f"after {given} documents" if given else "at it"
    yield Refusal(
        "", f"the process that parses died {rest}; the file is broken, or needs more than {memory} (--max-memory)"
    )


def _living(limits: Limits) -> Worker:
    global _worker
    if _worker and not _worker.fits(limits):
        close()
    if _worker is None:
        _worker = Worker(limits.memory)
    return _worker


@atexit.register
def close() -> None:
    """End the process, if there is one."""
    global _worker
    if _worker:
        _worker.close()
    _worker = None


def serve(memory: int) -> None:
    """Be that process: answer each request on standard input, until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _restrict(memory)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        for found in at(Path(request["path"]), Limits(**request["limits"])):
            _tell(answers, to_row(found))
        _tell(answers, None)


def _tell(answers: Any, row: dict[str, Any] | None) -> None:
    answers.write(json.dumps(row).encode() + b"\n")
    answers.flush()


def _restrict(memory: int) -> None:
    """Bound the memory of this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def at(path: Path, limits: Limits) -> Iterator[Found]:
    """Open a file and give its texts."""
    try:
        with path.open("rb") as stream:
            yield from extracts(Source.of(path.name, stream, limits))
    except FileNotFoundError:
        yield Refusal("", "there is no such file; check the path")
    except IsADirectoryError:
        yield Refusal("", "this is a folder, not a document; name a file in it")
    except OSError as error:
        yield Refusal("", f"cannot be read ({error.strerror}); check its permissions")


def to_row(found: Found) -> dict[str, Any]:
    """Write what was found as JSON can."""
    if isinstance(found, Refusal):
        return {"part": found.part, "reason": found.reason}
    return {
        **{name: getattr(found, name) for name in ("text", "part", "sha256", "encoding", "notes", "pages")},
        "facts": dict(found.facts),
        "origins": dict(found.origins),
    }


def from_row(row: dict[str, Any] | None) -> Found | None:
    """Read what `to_row` wrote.

    >>> from_row(to_row(Extract("نص", "#1"))) == Extract("نص", "#1")
    True
    """
    if row is None:
        return None
    if "reason" in row:
        return Refusal(**row)
    return Extract(**{**row, "notes": tuple(row["notes"]), "pages": tuple(row["pages"])})
