"""The build of the seed documents, made once for all tests that look at it."""

import contextlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kg import pipeline
from kg.model import Build

ROOT = Path(__file__).parent.parent
SEEDS = Path("seeds")
EXPORTS = ROOT / "exports"


@contextlib.contextmanager
def at_root() -> Iterator[None]:
    """Work in the folder of the repository, from where the committed build was made."""
    with contextlib.chdir(ROOT):
        yield


@cache
def seeds() -> Build:
    """Build the seeds as `kg build seeds` does."""
    with at_root():
        return pipeline.build([SEEDS])
