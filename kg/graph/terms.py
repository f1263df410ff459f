"""RDF terms as plain values: no library's types, so that only the store knows a library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

# What RFC 3987 and the N-Triples grammar keep out of an IRI.
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|^`\\\x7f-\xa0]')
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _SHORT.get(char) or f"\\u{ord(char):04X}"


@dataclass(frozen=True, slots=True)
class IRI:
    """A full IRI, such as `https://w3id.org/alliance-kg/id/actor/TUR`."""

    value: str

    def nt(self) -> str:
        """Write the term as N-Triples does.

        >>> IRI("https://example.org/a").nt()
        '<https://example.org/a>'
        """
        return f"<{self.value}>"


@dataclass(frozen=True, slots=True)
class Literal:
    """A text with a language tag, or with a datatype, or with neither (then it is an `xsd:string`)."""

    value: str
    language: str | None = None
    datatype: IRI | None = None

    def nt(self) -> str:
        r"""Write the term as N-Triples does, with the escapes of its canonical form.

        >>> Literal('قال "نعم"', "ar").nt()
        '"قال \\"نعم\\""@ar'
        """
        return self.quoted() + self.suffix()

    def quoted(self) -> str:
        """Write the text alone, between quotation marks and escaped."""
        return '"' + _ESCAPED.sub(_escape, self.value) + '"'

    def suffix(self) -> str:
        """Write what follows the quotation marks: `@ar`, `^^<…>` or nothing."""
        if self.language:
            return f"@{self.language}"
        return f"^^{self.datatype.nt()}" if self.datatype else ""


Term: TypeAlias = IRI | Literal


class Quad(NamedTuple):
    """A triple and the named graph that it stands in; None is the default graph."""

    subject: IRI
    predicate: IRI
    object: Term
    graph: IRI | None = None

    def nq(self) -> str:
        """Write the quad as a line of N-Quads, without the line end."""
        graph = f" {self.graph.nt()}" if self.graph else ""
        return f"{self.subject.nt()} {self.predicate.nt()} {self.object.nt()}{graph} ."


class Namespace(str):
    """The beginning that a family of IRIs shares.

    >>> Namespace("https://example.org/id/")("ميثاق 1").value
    'https://example.org/id/%D9%85%D9%8A%D8%AB%D8%A7%D9%82%201'
    """

    def __call__(self, local: str) -> IRI:
        """Make the IRI of a local name, percent-encoded where a name may not stand as it is."""
        return IRI(self + quote(local, safe=""))


def web_iri(address: str) -> IRI:
    """Make an IRI of an address as found, percent-encoding only what no IRI may hold.

    >>> web_iri("https://example.org/خبر عاجل").value
    'https://example.org/خبر%20عاجل'
    """
    return IRI(_FORBIDDEN.sub(lambda match: quote(match.group()), address))
