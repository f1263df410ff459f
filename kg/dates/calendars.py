"""The calendars' names and cues: `kg/lexicon/calendars.toml`, checked when it is read."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from kg.dates.period import Period, UnitName
from kg.errors import LexiconError
from kg.model import Record
from kg.text import normal

PATH = Path(__file__).parent.parent / "lexicon" / "calendars.toml"
Calendar = Literal["gregorian", "hijri"]
Names = tuple[str, ...]
Key = tuple[str, ...]


class Row(Record):
    """A row that can fire: a text in which it does, and perhaps one in which it must not."""

    example: str
    never: str | None = Field(default=None, alias="not")
    source: str | None = None


class MonthRow(Row):
    """A month of a calendar, by all its names; `fragile` ones are common words as well."""

    calendar: Calendar
    number: Annotated[int, Field(ge=1, le=12)]
    names: Names
    fragile: Names = ()
    latin: Names = ()

    @model_validator(mode="after")
    def _fragile_are_names(self) -> MonthRow:
        if not set(self.fragile) <= set(self.names):
            raise ValueError("fragile names must be among names")
        return self


class WeekdayRow(Row):
    """A day of the week; Monday is 1."""

    number: Annotated[int, Field(ge=1, le=7)]
    names: Names


class SeasonRow(Row):
    """A season, with the earliest month and day that it can begin on, and the latest that it can end on."""

    names: Names
    first: Annotated[str, Field(pattern=r"^\d\d-\d\d$")]
    last: Annotated[str, Field(pattern=r"^\d\d-\d\d$")]

    @property
    def whole_year(self) -> bool:
        """Tell whether the season lies in two years, so that only the year of its name is known."""
        return (self.first, self.last) == ("01-01", "12-31")

    def of(self, year: int) -> Period:
        """Give the season's bounds in a year."""
        first, last = (datetime.date.fromisoformat(f"{year:04}-{end}") for end in (self.first, self.last))
        return Period.between(first, last)


class UnitRow(Row):
    """A unit of time, by its forms of number."""

    name: UnitName
    singular: Names
    dual: Names
    plural: Names


class ShiftRow(Row):
    """Words that count units on from a day or a date."""

    by: int
    words: Names


class NearbyRow(Row):
    """Words for a day near the day of writing."""

    by: int
    names: Names


class DecadeRow(Row):
    """The name of a decade and its first year in the twentieth century."""

    first: int
    names: Names
    century_needed: bool = False


class CueRow(Record):
    """Lists of words that tell what stands beside them; what each means is said in the file."""

    month: Names
    firm: Names
    year: Names
    part: Names
    approximate: Names
    more: Names
    less: Names
    general: Names
    proper: Names
    numbered: Names
    counted: Names
    future: Names
    settled: Names
    not_future: Names
    not_weekday: Names


class Named(Record):
    """A month that a name can mean."""

    calendar: Calendar
    number: int
    fragile: bool


class Counted(Record):
    """A unit that a word can mean, and how many of it: 1 for the singular, 2 for the dual, None for the plural."""

    name: UnitName
    count: int | None


class Calendars(Record):
    """Everything that the file holds, and its words by their normal form."""

    month: tuple[MonthRow, ...]
    weekday: tuple[WeekdayRow, ...]
    season: tuple[SeasonRow, ...]
    unit: tuple[UnitRow, ...]
    shift: tuple[ShiftRow, ...]
    follow: tuple[ShiftRow, ...]
    nearby: tuple[NearbyRow, ...]
    decade: tuple[DecadeRow, ...]
    cardinal: Mapping[str, int]
    ordinal: Mapping[str, int]
    cue: CueRow

    @cached_property
    def months(self) -> dict[Key, Named]:
        """Months by the words of their names."""
        return {
            key(name): Named(calendar=row.calendar, number=row.number, fragile=name in row.fragile)
            for row in self.month
            for name in (*row.names, *row.latin)
        }

    @cached_property
    def weekdays(self) -> dict[str, int]:
        """Weekdays by name, article included."""
        return {normal(name): row.number for row in self.weekday for name in row.names}

    @cached_property
    def seasons(self) -> dict[str, SeasonRow]:
        """Seasons by name."""
        return {normal(name): row for row in self.season for name in row.names}

    @cached_property
    def units(self) -> dict[str, Counted]:
        """Units of time by each of their forms."""
        return {
            normal(name): Counted(name=row.name, count=count)
            for row in self.unit
            for count, names in ((1, row.singular), (2, row.dual), (None, row.plural))
            for name in names
        }

    @cached_property
    def shifts(self) -> dict[str, int]:
        """Words such as «الماضي», article included."""
        return _by_word(self.shift)

    @cached_property
    def follows(self) -> dict[str, int]:
        """Words such as «نفسه» and «التالي»."""
        return _by_word(self.follow)

    @cached_property
    def nearbys(self) -> dict[Key, int]:
        """Words such as «أمس», as the words of their names."""
        return {key(name): row.by for row in self.nearby for name in row.names}

    @cached_property
    def decades(self) -> dict[str, DecadeRow]:
        """Decades by name, without the article."""
        return {normal(name): row for row in self.decade for name in row.names}

    @cached_property
    def cardinals(self) -> dict[str, int]:
        """Number words."""
        return {normal(word): number for word, number in self.cardinal.items()}

    @cached_property
    def ordinals(self) -> dict[str, int]:
        """Number words that count places, without the article."""
        return {normal(word): number for word, number in self.ordinal.items()}

    @cached_property
    def cues(self) -> dict[str, frozenset[str]]:
        """The lists of cues by name, in normal form."""
        return {name: frozenset(map(normal, words)) for name, words in self.cue.model_dump().items()}


def key(name: str) -> Key:
    """Give the words of a name in normal form."""
    return tuple(normal(name).split())


def _by_word(rows: Iterable[ShiftRow]) -> dict[str, int]:
    """Give what each word counts."""
    return {normal(word): row.by for row in rows for word in row.words}


def load(path: Path = PATH) -> Calendars:
    """Read a file of calendars; raises LexiconError naming the file and the place that is wrong."""
    try:
        return Calendars.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror}); it belongs to the package") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: not TOML in UTF-8 ({error}); correct the file") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise LexiconError(f"{path}, {place}: {first['msg']}; correct the row") from None


@lru_cache(maxsize=1)
def calendars() -> Calendars:
    """Give the calendars that come with the package, read once."""
    return load()
