"""Function words and closed classes, read from `grammar.toml`: sets by name, and small mappings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import LexiconError

FILE = Path(__file__).parent / "grammar.toml"


def words(name: str) -> frozenset[str]:
    """Give a set of words in normal form; raises LexiconError for a name that the file does not have.

    >>> "لن" in words("negations")
    True
    """
    return frozenset(_section("words", name))


def table(name: str) -> Mapping[str, Any]:
    """Give a mapping of words; raises LexiconError for a name that the file does not have.

    >>> table("prepositions")["بين"]
    'بين'
    """
    return MappingProxyType(dict(_section("table", name)))


def _section(section: str, name: str) -> Any:
    try:
        return _data()[section][name]
    except KeyError as error:
        raise LexiconError(f"grammar.toml: [{section}]: there is no {name}; add it") from error


@cache
def _data() -> dict[str, Any]:
    try:
        return tomllib.loads(FILE.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"grammar.toml: not valid TOML: {error}; correct the file") from error
