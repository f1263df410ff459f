"""Dates in Arabic text: full, partial, ranged, in all the Arab calendars, and relative to the day of writing."""

from kg.dates.tagger import find, find_in
from kg.dates.writing import dateline, earliest_reference

__all__ = ["dateline", "earliest_reference", "find", "find_in"]
