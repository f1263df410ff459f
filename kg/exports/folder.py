"""Puts files into a folder, each whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kg.errors import StoreError


def put(out: Path, files: Mapping[str, str | bytes]) -> tuple[Path, ...]:
    """Put files, texts as UTF-8, into a folder, each whole or not at all; StoreError where that is impossible."""
    staging: Path | None = None
    try:
        out.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{out.resolve().name}-", dir=out.resolve().parent))
        for name, text in files.items():
            (staging / name).parent.mkdir(exist_ok=True)
            (staging / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        for name in files:
            (out / name).parent.mkdir(exist_ok=True)
            (staging / name).replace(out / name)
    except OSError as error:
        raise StoreError(
            f"{out}: cannot be written ({error.strerror or error}); name a folder you may write"
        ) from error
    finally:
        if staging:
            shutil.rmtree(staging, ignore_errors=True)
    return tuple(out / name for name in files)
