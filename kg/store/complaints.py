"""Oxigraph's complaints about malformed text, said so that a person can use them."""

from __future__ import annotations

import re

_IN_QUERY = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_IN_FILE = re.compile(
    r".*? at line (\d+) (?:between columns|column) (\d+)(?: and \d+)?: (.*?)(?: \(line \d+\))?", re.DOTALL
)
_CHARACTERS = re.compile(r"\[[^\[\]]*\]")
_NOT_OFFERED = {"SERVICE", "LATERAL"}
_UNCLEAR = "something is missing or out of place at or before this point"


def about_query(message: str, query: str) -> str:
    """Say where a query is malformed, quote that line, and say what was expected.

    >>> about_query("error at 1:12: expected one of Prefix not found, ['%']", "ASK { foaf:a ?p ?o }")
    'line 1, column 12, in «ASK { foaf:a ?p ?o }»: prefix not found'
    """
    found = _IN_QUERY.fullmatch(message)
    if not found:
        return message
    number, column, expected = int(found[1]), int(found[2]), found[3]
    lines = query.split("\n")
    line = lines[number - 1].strip() if number <= len(lines) else ""
    quoted = f", in «{line}»" if line else ""
    return f"line {number}, column {column}{quoted}: {_expected(expected)}"


def _expected(text: str) -> str:
    """Drop classes of characters from what was expected; a sentence among it is the reason."""
    items = [item.strip() for item in _CHARACTERS.sub("", text).split(", ")]
    reasons = [item for item in items if " " in item and "|" not in item]
    if reasons:
        return f"{reasons[0][:1].lower()}{reasons[0][1:]}"
    wanted = [item for item in items if item and item not in _NOT_OFFERED]
    return f"expected {' or '.join(wanted)}" if wanted else _UNCLEAR


def about_file(message: str) -> str:
    """Say where a file is malformed.

    >>> about_file("Parser error at line 3 between columns 1 and 3: A dot is expected (line 3)")
    'line 3, column 1: A dot is expected'
    """
    found = _IN_FILE.fullmatch(message)
    return f"line {found[1]}, column {found[2]}: {found[3]}" if found else message
