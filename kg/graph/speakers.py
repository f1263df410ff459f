"""For whom a source speaks that a text names: «مصادر تركية» for Türkiye, an agency for its country."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from kg.lexicon import load
from kg.mentions import find
from kg.offsets import MappedText
from kg.text import sentences


@cache
def speaks_for(source: str) -> tuple[str, ...]:
    """Give the actors for which a source speaks, by the words in which it is named; none where they do not tell.

    A body or person speaks for the actor whose it is, a newspaper, agency or broadcaster for its country. A source
    that names several actors («بيان تركي سعودي») speaks for all of them.

    >>> speaks_for("وزارة الدفاع التركية"), speaks_for("مصادر مطلعة")
    (('TUR',), ())
    """
    found: dict[str, None] = {}
    for sentence in sentences(MappedText.of(source)):
        for mention in find(sentence.tokens):
            outlet = load().outlets.get(mention.target) if mention.via == "outlet" else None
            actors = (outlet.country,) if outlet and outlet.country else mention.actors
            found.update(dict.fromkeys(actors))
    return tuple(sorted(found))


def side(sources: Iterable[str]) -> tuple[str, ...]:
    """Give the actors for which every one of some sources speaks; none where there is no source.

    >>> side(["وزارة الدفاع التركية", "أنقرة"]), side(["وزارة الدفاع التركية", "مصادر مطلعة"])
    (('TUR',), ())
    """
    spoken = [set(speaks_for(source)) for source in sources]
    return tuple(sorted(set.intersection(*spoken))) if spoken else ()
