"""Looks at the tokens of a query before anything runs: what would change data or reach out is refused.

The text is cut by the terminals of SPARQL's own grammar, so that a word in a string, a comment, an IRI, a variable or
a prefixed name is not taken for a keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.errors import QueryError

_TERMINALS = re.compile(
    r"""
      (?P<space>\s+|\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?|_)?:(?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*
        (?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]))?)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PROLOGUE = {"PREFIX", "BASE"}
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
_REFUSED = {
    "SERVICE": "it would ask another server; load that data beside the build and ask both",
    "LOAD": "it would fetch data from elsewhere; queries only read",
    "FROM": "a query sees all graphs of the build already; use GRAPH <…> { … } to look into one",
}


class Token(NamedTuple):
    """A piece of a query: which terminal it is, its text, and where it begins."""

    kind: str
    text: str
    start: int


def tokens(query: str) -> Iterator[Token]:
    """Cut a query into its tokens, without spaces and comments.

    >>> [token.text for token in tokens("ASK { ?s a :LOAD } # LOAD")]
    ['ASK', '{', '?s', 'a', ':LOAD', '}']
    """
    for match in _TERMINALS.finditer(query):
        if match.lastgroup and match.lastgroup != "space":
            yield Token(match.lastgroup, match.group(), match.start())


def check(query: str) -> None:
    """Let a reading query pass; raise QueryError for an update, and for SERVICE, LOAD and FROM, with the place."""
    words = [(token, token.text.upper()) for token in tokens(query) if token.kind == "word"]
    form = next((pair for pair in words if pair[1] not in _PROLOGUE), None)
    if form and form[1] in _UPDATES:
        raise QueryError(f"{place(query, form[0].start)}: {form[1]} would change the data; queries only read")
    for token, word in words:
        if word in _REFUSED:
            raise QueryError(f"{place(query, token.start)}: {word} is refused: {_REFUSED[word]}")
    if form is None or form[1] not in _FORMS:
        found = f"{form[0].text!r}" if form else "nothing"
        raise QueryError(f"{place(query, form[0].start if form else 0)}: expected SELECT, ASK, CONSTRUCT or DESCRIBE, "
                         f"found {found}")  # fmt: skip


def place(query: str, offset: int) -> str:
    """Say where an offset lies, counted from 1: «line 2, column 5»."""
    before = query[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"
