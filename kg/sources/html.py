"""Saved web pages: the main text without menus, teasers and comments, and what the page says about itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import SourceError
from kg.sources.encodings import decode
from kg.sources.extracts import Extract, Limits
from kg.sources.optional import library

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_HEAD = 4096
_META = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "author": ("author", "article:author", "dc.creator"),
    "publisher": ("og:site_name", "dc.publisher", "application-name"),
    "date": ("article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dc.date", "date"),
    "url": ("og:url",),
}
_LINKED = {
    "title": ("headline",),
    "author": ("author", "creator"),
    "publisher": ("publisher",),
    "date": ("datePublished",),
    "url": ("url", "mainEntityOfPage"),
}
_ELEMENTS = {
    "title": (("h1", "//h1"), ("title", "//head/title")),
    "date": (("time", "//article//time/@datetime"),),
    "url": (("canonical link", "//link[@rel='canonical']/@href"),),
}
_OPENING = 400


def read(content: bytes, _limits: Limits) -> Extract:
    """Read the main text of a page (trafilatura), under its heading; SourceError where it has none.

    Title, author, publisher, date of publication and address are taken from JSON-LD, then from the page's `meta`, then
    from its elements. Dates that the text merely mentions are none of them.
    """
    trafilatura = library("trafilatura", "html")
    declared = _CHARSET.search(content[:_HEAD])
    decoded = decode(content, declared[1].decode("ascii", "replace") if declared else None)
    tree = trafilatura.load_html(decoded.text.removeprefix("\ufeff"))
    if tree is None:
        raise SourceError("not an HTML page, or one that needs more memory than it may have (--max-memory)")
    found = {fact: first for fact in _META if (first := next(_candidates(tree, fact), None))}
    heading = _line("".join(tree.xpath("string((//h1)[1])"))) or found.get("title", ("", ""))[0]
    text = trafilatura.extract(tree, include_comments=False, include_tables=True, deduplicate=False)
    library("trafilatura.meta", "html").reset_caches()
    if not text:
        raise SourceError("no main text was found on the page")
    facts = {fact: value for fact, (value, _) in found.items()}
    return Extract(
        text=text if not heading or heading in text[:_OPENING] else f"{heading}\n\n{text}",
        encoding=decoded.encoding,
        facts=facts,
        origins={fact: origin for fact, (_, origin) in found.items()},
        notes=decoded.notes,
    )


def _candidates(tree: Any, fact: str) -> Iterator[tuple[str, str]]:
    """Give the values of a fact, and where each stands, the most trustworthy first."""
    for record in _linked_data(tree):
        for key in _LINKED[fact]:
            if value := _plain(record.get(key)):
                yield value, f"JSON-LD {key}"
    for name in _META[fact]:
        for value in tree.xpath(
            "//meta[@content][@property=$name or @name=$name or @itemprop=$name]/@content", name=name
        ):
            if _line(value):
                yield _line(value), f"meta {name}"
    for name, path in _ELEMENTS.get(fact, ()):
        for element in tree.xpath(path)[:1]:
            if value := _line(element if isinstance(element, str) else element.text_content()):
                yield value, name


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Give the JSON-LD objects of a page that describe an article."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        whole = data if isinstance(data, list) else [data]
        inner = [one for item in whole if isinstance(item, dict) for one in _listed(item.get("@graph"))]
        for item in [*whole, *inner]:
            if isinstance(item, dict) and ("headline" in item or "datePublished" in item):
                yield item


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _plain(value: object) -> str:
    """Give a value of JSON-LD as a text: of an object its name or id, of a list its first member."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id")
    return _line(value) if isinstance(value, str) else ""


def _line(text: str) -> str:
    return " ".join(text.split())
