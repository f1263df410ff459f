"""Libraries that only some formats need: loaded when they are, and named with their extra where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import SourceError


def library(module: str, extra: str) -> Any:
    """Load the library of a format; SourceError names the extra that brings it."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        raise SourceError(
            f"to read this format, {error.name} is needed; install it with: pip install 'alliance-kg[{extra}]'"
        ) from None
