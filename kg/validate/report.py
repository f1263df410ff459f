"""What breaks the shapes, said for a reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Language = Literal["ar", "en"]
_HEADINGS = {
    "ar": ("سليم: {triples} من الثلاثيات توافق الأشكال كلها.", "مخالفات: {count} (في {triples} من الثلاثيات)"),
    "en": ("Sound: {triples} triples keep to every shape.", "{count} violations in {triples} triples"),
}
_FOUND = {"ar": "القيمة", "en": "found"}


@dataclass(frozen=True, order=True)
class Violation:
    """What breaks a shape: the node, the property and the value (empty where none is to blame), and what is wrong."""

    focus: str
    path: str
    value: str
    shape: str
    message_ar: str
    message_en: str


@dataclass(frozen=True)
class Report:
    """What was found in `triples` triples; names are written with the prefixes of the exports."""

    triples: int
    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Tell whether nothing breaks a shape."""
        return not self.violations

    def text(self, language: Language = "en") -> str:
        """Say it for a reader: one block a violation, sorted by node."""
        sound, unsound = _HEADINGS[language]
        heading = (sound if self.conforms else unsound).format(triples=self.triples, count=len(self.violations))
        return "\n".join([heading, *(line for one in self.violations for line in _lines(one, language))]) + "\n"


def _lines(violation: Violation, language: Language) -> Iterator[str]:
    yield ""
    yield " ".join(filter(None, (violation.focus, violation.path)))
    yield f"  {violation.message_ar if language == 'ar' else violation.message_en}"
    if violation.value:
        yield f"  {_FOUND[language]}: {violation.value}"
