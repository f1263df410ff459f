"""Named questions: `.rq` files whose head says what they ask, in Arabic and English, and what can be set.

A head has `title`, `title-ar`, `description`, `description-ar`, `example`, and a line for each `parameter` and
`column`, whose meaning stands in English and, after a bar, in Arabic. Each file is valid SPARQL as it stands. A
parameter is a line `VALUES ?name { … }  # parameter`: setting it replaces what stands between the braces, and `UNDEF`
leaves it open. A line that ends in `# with name` only serves that parameter, and is left out where it is open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from kg.errors import QueryError
from kg.graph import BASE, IRI, Literal, Names

FOLDER = Path(__file__).parent
_HEAD = re.compile(r"# ([a-z-]+): (.*)")
_MORE = re.compile(r"#   (.*)")
_PARAMETER = re.compile(r"(\w+) \((\w+)\) = (.*?): (.*)")
_COLUMN = re.compile(r"(\w+): (.*)")
_LINE = r"^[ \t]*VALUES \?{name} \{{[^}}]*\}}[ \t]*# parameter[ \t]*\n"
_XSD_DATE = IRI("http://www.w3.org/2001/XMLSchema#date")


@dataclass(frozen=True)
class Parameter:
    """Something that can be set: `kind` is actor, agreement, date, kind, status, issue or text; `default` may be
    `any`.
    """  # noqa: D205

    name: str
    kind: str
    default: str
    meaning: str
    meaning_ar: str = ""


@dataclass(frozen=True)
class Question:
    """A named question: what it asks, what can be set, what its columns mean, and its SPARQL."""

    name: str
    text: str
    title: str = ""
    title_ar: str = ""
    description: str = ""
    description_ar: str = ""
    example: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    columns_ar: Mapping[str, str] = field(default_factory=dict)

    def bind(self, values: Mapping[str, str]) -> str:
        """Give the SPARQL with its parameters set; QueryError for an unknown one or a value that cannot be."""
        known = {parameter.name: parameter for parameter in self.parameters}
        if unknown := sorted(values.keys() - known.keys()):
            expected = ", ".join(known) or "none"
            raise QueryError(f"{self.name}: there is no parameter {unknown[0]!r}; this question has {expected}")
        text = self.text
        for name, parameter in known.items():
            text = _set(text, name, _term(self.name, parameter, values.get(name, parameter.default)))
        return text

    def text_of_head(self) -> str:
        """Say in both languages what it asks, what can be set and what its columns mean."""
        parameters = [
            (f"{one.name} ({one.kind}) = {one.default}", one.meaning, one.meaning_ar) for one in self.parameters
        ]
        columns = [(name, said, self.columns_ar[name]) for name, said in self.columns.items()]
        lines = [self.title, self.title_ar, "", self.description, self.description_ar]
        lines += [*_told("Parameters", parameters), *_told("Columns", columns)]
        return "\n".join([*lines, "", "Example", f"  {self.example}"]) + "\n"


def _told(heading: str, entries: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    found = list(entries)
    if found:
        yield from ("", heading)
    width = max((len(name) for name, _, _ in found), default=0)
    for name, english, arabic in found:
        yield from (f"  {name:<{width}}  {english}", f"  {'':<{width}}  {arabic}")


def names() -> tuple[str, ...]:
    """Name the questions that can be asked, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.rq")))


def load(name: str) -> Question:
    """Read a named question; QueryError lists the names where there is none such."""
    if name not in names():
        close = get_close_matches(name, names(), n=3)
        hint = f"did you mean {' or '.join(close)}? " if close else ""
        raise QueryError(f"there is no question named {name!r}; {hint}The names are: {', '.join(names())}")
    return parse(name, (FOLDER / f"{name}.rq").read_text(encoding="utf-8"))


def parse(name: str, text: str) -> Question:
    """Read the head of a question's text."""
    entries = _entries(text)
    one = {key: " ".join(found) for key, found in entries.items() if key not in {"parameter", "column"}}
    columns = [_column(name, line) for line in entries.get("column", ())]
    return Question(
        name=name,
        text=text,
        title=one.get("title", ""),
        title_ar=one.get("title-ar", ""),
        description=one.get("description", ""),
        description_ar=one.get("description-ar", ""),
        example=one.get("example", ""),
        parameters=tuple(_parameter(name, line) for line in entries.get("parameter", ())),
        columns={column: meaning for column, meaning, _ in columns},
        columns_ar={column: meaning for column, _, meaning in columns},
    )


def _entries(text: str) -> dict[str, list[str]]:
    entries: dict[str, list[str]] = {}
    last: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if found := _HEAD.fullmatch(line):
            last = entries.setdefault(found[1], [])
            last.append(found[2])
        elif (more := _MORE.fullmatch(line)) and last:
            last[-1] += f" {more[1]}"
    return entries


def _parameter(name: str, line: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if not found or found[2] not in _TERMS:
        raise QueryError(f"{name}.rq: parameter: expected «name (type) = default: meaning | المعنى», found {line!r}")
    return Parameter(found[1], found[2], found[3], *_in_both(found[4]))


def _column(name: str, line: str) -> tuple[str, str, str]:
    found = _COLUMN.fullmatch(line)
    if not found:
        raise QueryError(f"{name}.rq: column: expected «name: meaning | المعنى», found {line!r}")
    return found[1], *_in_both(found[2])


def _in_both(meaning: str) -> tuple[str, str]:
    """Part a meaning in English from the one in Arabic, after a bar; without one there is none."""
    english, _, arabic = meaning.partition(" | ")
    return english, arabic


def _set(text: str, name: str, term: str | None) -> str:
    """Set a parameter; None drops its lines, which leaves it open as UNDEF does and is quicker."""
    pattern = re.compile(_LINE.format(name=name), re.MULTILINE)
    if term is None:
        text = re.sub(rf"^.*# with {name}\n", "", text, flags=re.MULTILINE)
    return pattern.sub(lambda _: f"  VALUES ?{name} {{ {term} }}\n" if term else "", text)


def _term(question: str, parameter: Parameter, value: str) -> str | None:
    if value == "any":
        return None
    try:
        return _TERMS[parameter.kind](value)
    except ValueError as error:
        raise QueryError(f"{question}: {parameter.name}: {value!r} is no {parameter.kind}: {error}") from error


def _word(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+", value):
        raise ValueError("letters, digits and hyphens only, such as TUR or in-force")
    return Literal(value).nt()


def _text(value: str) -> str:
    return Literal(value).nt()


def _day(value: str) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("a day such as 2025-12-31")
    date.fromisoformat(value)
    return Literal(value, None, _XSD_DATE).nt()


def _agreement(value: str) -> str:
    return Names(BASE).agreement(value.rpartition("/")[2] or value).nt()


_TERMS: Mapping[str, Callable[[str], str]] = {
    "actor": _word,
    "kind": _word,
    "status": _word,
    "issue": _word,
    "text": _text,
    "date": _day,
    "agreement": _agreement,
}
