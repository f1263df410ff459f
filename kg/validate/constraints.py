"""The constraints of SHACL Core that the shapes of the ontology use, each as a function of the values that it refuses.

pyshacl is the reference (see `kg.validate.check`), and takes seconds where a build takes one: what every build is held
to is therefore checked here, and a test holds that both find the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from kg.graph import IRI, Literal, Term
from kg.graph.names import RDF, XSD

# What a constraint asks of the data: the objects of a node's property, and whether a node is of a class.
Objects: TypeAlias = Callable[[Term, IRI], Iterable[Term]]
IsA: TypeAlias = Callable[[Term, IRI], bool]
# A refused value; None where it is their number that is wrong.
Refused: TypeAlias = Iterator[Term | None]
Check: TypeAlias = Callable[[Sequence[Term], Term, Term, Objects, IsA], Refused]


def datatype(term: Term) -> IRI | None:
    """Name the datatype of a literal; None for an IRI."""
    if not isinstance(term, Literal):
        return None
    return RDF("langString") if term.language else term.datatype or XSD("string")


def value(term: Term) -> Decimal | date | None:
    """Give what a number or a day means; None for anything else, and for one that is ill-formed."""
    kind = datatype(term)
    try:
        if kind in (XSD("integer"), XSD("decimal")):
            return Decimal(term.value)
        return date.fromisoformat(term.value) if kind == XSD("date") else None
    except (InvalidOperation, ValueError):
        return None


def _well_formed(literal: Term) -> bool:
    kind, text = datatype(literal), literal.value
    if kind == XSD("integer"):
        return bool(re.fullmatch(r"[+-]?\d+", text))
    if kind == XSD("boolean"):
        return text in ("true", "false", "0", "1")
    if kind == XSD("dateTime"):
        return _reads(datetime.fromisoformat, text)
    return kind not in (XSD("decimal"), XSD("date")) or value(literal) is not None


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _number(term: Term) -> int:
    return int(term.value)


def _each(accepts: Callable[[Term, Term], bool]) -> Check:
    """Make a check of one that looks at each value alone, beside the parameter of the constraint."""

    def check(values: Sequence[Term], parameter: Term, _focus: Term, _objects: Objects, _is_a: IsA) -> Refused:
        yield from (one for one in values if not accepts(one, parameter))

    return check


def _counted(accepts: Callable[[int, int], bool]) -> Check:
    def check(values: Sequence[Term], parameter: Term, _focus: Term, _objects: Objects, _is_a: IsA) -> Refused:
        if not accepts(len(values), _number(parameter)):
            yield None

    return check


def _compared(accepts: Callable[[Decimal | date, Decimal | date], bool]) -> Check:
    """Make a check that compares each value with those of another property of the node."""

    def check(values: Sequence[Term], parameter: Term, focus: Term, objects: Objects, _is_a: IsA) -> Refused:
        others = list(objects(focus, IRI(parameter.value)))
        yield from (one for one in values for other in others if not _both(accepts, one, other))

    return check


def _both(accepts: Callable[[Decimal | date, Decimal | date], bool], one: Term, other: Term) -> bool:
    first, second = value(one), value(other)
    return first is not None and second is not None and type(first) is type(second) and accepts(first, second)


def _of_class(values: Sequence[Term], parameter: Term, _focus: Term, _objects: Objects, is_a: IsA) -> Refused:
    yield from (one for one in values if not is_a(one, IRI(parameter.value)))


def _unique_language(values: Sequence[Term], _parameter: Term, _focus: Term, _objects: Objects, _is_a: IsA) -> Refused:
    languages = Counter(one.language for one in values if isinstance(one, Literal) and one.language)
    yield from (None for count in languages.values() if count > 1)


CHECKS: Mapping[str, Check] = {
    "minCount": _counted(lambda found, least: found >= least),
    "maxCount": _counted(lambda found, most: found <= most),
    "class": _of_class,
    "datatype": _each(lambda one, kind: datatype(one) == kind and _well_formed(one)),
    "nodeKind": _each(lambda one, _kind: isinstance(one, IRI)),  # sh:IRI alone is used
    "minInclusive": _each(lambda one, least: _both(lambda a, b: a >= b, one, least)),  # type: ignore[operator]
    "maxInclusive": _each(lambda one, most: _both(lambda a, b: a <= b, one, most)),  # type: ignore[operator]
    "minLength": _each(lambda one, least: len(one.value) >= _number(least)),
    "pattern": _each(lambda one, pattern: bool(re.search(pattern.value, one.value))),
    "lessThan": _compared(lambda one, other: one < other),  # type: ignore[operator]
    "lessThanOrEquals": _compared(lambda one, other: one <= other),  # type: ignore[operator]
    "uniqueLang": _unique_language,
}
