"""Datelines: where a report says from which city, by whom and when it was written, before it begins."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lexicon.grammar import words
from kg.mentions import Mention
from kg.model import DateSpan
from kg.text import Sentence

# Sentences at the head of a text in which a dateline can stand, and its longest length in tokens.
NEAR_THE_HEAD = 5
LONGEST = 24
REPORTED_BY = words("reported-by")
PLACES = ("seat", "place", "name")


def end_of_dateline(sentence: Sentence, found: Sequence[Mention], dates: Sequence[DateSpan]) -> int:
    """Give the token at which a report begins after its dateline, 0 where there is none.

    A dateline begins with a place, and holds places, agencies in brackets, a date and who reported, up to a dash, a
    closing bracket or the end of its date: «الرباط - …», «كييف/موسكو (وكالات) …», «باريس، 5 مايو 2024، مراسلنا - …».
    """
    if sentence.index > NEAR_THE_HEAD or not found or found[0].first > 0 or found[0].via not in PLACES:
        return 0
    tokens = sentence.tokens
    end = i = 0
    dated = inside = False
    while i < min(len(tokens), LONGEST):
        norm = tokens[i].norm
        mention = next((m for m in found if m.first == i and m.via in PLACES), None)
        in_date = any(tokens[i].start < d.end and tokens[i].end > d.start for d in dates)
        if not (inside or mention or in_date or norm in REPORTED_BY or tokens[i].kind == "number"):
            break
        inside = norm == "(" or (inside and norm != ")")
        dated = dated or in_date or tokens[i].kind == "number"
        i = mention.last if mention and not inside else i + 1
        if norm in ("-", ")") or (norm == ":" and end):
            end = i
    return end or (i if dated else 0)
