"""Dates in Arabic text: full, partial, ranged, in all the Arab calendars, and relative to the day of writing."""

from kg.dates.tagger import find, find_in
from kg.dates.writing import earliest_reference

__all__ = ["earliest_reference", "find", "find_in"]
