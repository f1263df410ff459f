"""What changed between two builds, in words and in RDF, and why: documents, rules, curation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.errors import StoreError
from kg.graph import BASE, IRI, Quad, Term
from kg.model import Agreement, Build, Claim, Decision, Document
from kg.store import Store

What = Literal["new", "gone", "renamed", "changed"]
_WIDTH = 9
_PLAIN = ("kind", "status", "certainty", "contested", "instrument", "witnesses", "belief", "accession_to")
_LISTS = ("provisions", "sectors")
_METADATA = ("date", "publisher", "same_as")


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one agreement: details in words, and the reasons for them.

    `agreement` is its id in the new build, or in the old one if it is gone.
    """

    what: What
    agreement: str
    label: str
    details: tuple[str, ...]
    because: tuple[str, ...]


def changes(old: Build, new: Build) -> tuple[Change, ...]:
    """Compare the agreements of two builds, sorted by id; one whose id is another is known again by its claims."""
    before, after = ({one.id: one for one in build.agreements} for build in (old, new))
    pairs: list[tuple[Agreement | None, Agreement | None]]
    pairs = [(before[name], after[name]) for name in before.keys() & after.keys()]
    lost = [one for name, one in before.items() if name not in after]
    for one in (one for name, one in after.items() if name not in before):
        home = next((was for was in lost if set(was.claims) & set(one.claims)), None)
        if home:
            lost.remove(home)
        pairs.append((home, one))
    found = (_change(was, now, old, new) for was, now in (*pairs, *((one, None) for one in lost)))
    return tuple(sorted((one for one in found if one), key=lambda one: (one.agreement, one.what)))


def text(found: Sequence[Change]) -> str:
    """Say it for a reader: how many of each sort, then one block a change."""
    counts = Counter(one.what for one in found)
    sorts: tuple[What, ...] = ("new", "gone", "renamed", "changed")
    summary = ", ".join(f"{counts[what]} {what}" for what in sorts if counts[what])
    differ = "agreement differs" if len(found) == 1 else "agreements differ"
    lines = [f"{len(found)} {differ}: {summary}" if found else "No agreement differs."]
    for one in found:
        lines.append(f"{one.what:<{_WIDTH}}{one.agreement}  {one.label}")
        lines += [f"{'':<{_WIDTH}}{detail}" for detail in one.details]
        lines += [f"{'':<{_WIDTH}}because {reason}" for reason in one.because]
    return "\n".join(lines) + "\n"


def rdf(old: Path, new: Path) -> str:
    """Give the triples that two builds do not share as N-Quads, in the graphs `removed` and `added`, sorted."""
    before, after = (_triples(directory) for directory in (old, new))
    sides = (("removed", before - after), ("added", after - before))
    lines = (Quad(*triple, IRI(f"{BASE}{name}")).nq() for name, triples in sides for triple in triples)
    return "".join(f"{line}\n" for line in sorted(lines))


def _triples(directory: Path) -> set[tuple[IRI, IRI, Term]]:
    file = directory / "alliances.nq"
    if not file.is_file():
        raise StoreError(f"{directory}: there is no build here; make one with `kg build PATH… -o {directory}`")
    store = Store.open()
    store.load_file(file)
    return {quad[:3] for quad in store.quads()}


def _change(was: Agreement | None, now: Agreement | None, old: Build, new: Build) -> Change | None:
    standing = now or was
    if standing is None:
        return None
    details = tuple(_details(was, now)) if was and now else tuple(_moved(standing, new if was else old, bool(was)))
    what: What = "new" if was is None else "gone" if now is None else "changed"
    if was and now and was.id != now.id:
        what, details = "renamed", (f"was {was.id}", *details)
    if what == "changed" and not details:
        return None
    return Change(what, standing.id, standing.label_en, details, tuple(dict.fromkeys(_reasons(was, now, old, new))))


def _moved(agreement: Agreement, other: Build, gone: bool) -> Iterator[str]:
    """Say which agreements of the other build have the claims of one that it lacks."""
    homes = [one.id for one in other.agreements if set(one.claims) & set(agreement.claims)]
    yield from (f"its claims {'are now' if gone else 'were'} in {home}" for home in homes)


def _details(was: Agreement, now: Agreement) -> Iterator[str]:
    for name in _PLAIN:
        first, second = getattr(was, name), getattr(now, name)
        if first != second:
            yield f"{name.replace('_', ' ')} {_said(first)} → {_said(second)}"
    yield from _differing("date ", was.dates, now.dates)
    yield from _differing("", {p.actor: p.role for p in was.parties}, {p.actor: p.role for p in now.parties})
    for name in _LISTS:
        first, second = set(getattr(was, name)), set(getattr(now, name))
        yield from (f"{name} without {one}" for one in sorted(first - second))
        yield from (f"{name} with {one}" for one in sorted(second - first))
    if set(was.claims) != set(now.claims):
        yield f"claims {len(was.claims)} → {len(now.claims)}"


def _differing(head: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for key in sorted({*was, *now}):
        if was.get(key) != now.get(key):
            yield f"{head}{key} {_said(was.get(key))} → {_said(now.get(key))}"


def _said(value: object) -> str:
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _reasons(was: Agreement | None, now: Agreement | None, old: Build, new: Build) -> Iterator[str]:
    """Say why: first what happened to its claims, then what was decided about them, then what is known besides."""
    before, after = (set(one.claims) if one else set() for one in (was, now))
    gained, lost = _named(after - before, new), _named(before - after, old)
    held = {one.id for one in new.claims} & {one.id for one in old.claims}
    for decision in _only(new.decisions, old.decisions):
        if {*decision.claims, *decision.yields} & (before | after):
            yield _decided(decision)
    for decision in _only(old.decisions, new.decisions):
        if {*decision.claims, *decision.yields} & (before | after):
            yield f"a decision is taken back: {_decided(decision)}"
    curated = {name for one in (*new.decisions, *old.decisions) for name in (*one.claims, *one.yields)}
    for claim in (*gained, *lost):
        if claim.id not in held | curated:
            yield _read(claim, old, new)
    if before & after:
        yield from _known(_named(before & after, new), old, new)


def _named(names: Iterable[str], build: Build) -> list[Claim]:
    wanted = set(names)
    return [one for one in build.claims if one.id in wanted]


def _only(these: Sequence[Decision], those: Sequence[Decision]) -> list[Decision]:
    known = {one.id for one in those}
    return [one for one in these if one.id not in known]


def _decided(decision: Decision) -> str:
    return f"{decision.author} decided on {decision.date} to {decision.action}: {' '.join(decision.reason.split())}"


def _documents(build: Build) -> Mapping[str, Document]:
    return {one.name: one for one in build.documents}


def _read(claim: Claim, old: Build, new: Build) -> str:
    """Say why a claim is in one build alone."""
    was, now = _documents(old).get(claim.document), _documents(new).get(claim.document)
    if was is None:
        return f"{claim.document} is new"
    if now is None:
        return f"{claim.document} is no longer there"
    if was.sha256 != now.sha256:
        return f"{claim.document} has changed"
    versions = f" (version {old.run.version} → {new.run.version})" if old.run.version != new.run.version else ""
    return f"the rules read {claim.document} in another way{versions}"


def _known(claims: Sequence[Claim], old: Build, new: Build) -> Iterator[str]:
    """Say what is known in another way about documents and sources whose claims stayed."""
    before, after = _documents(old), _documents(new)
    for name in sorted({one.document for one in claims}):
        for key in _METADATA:
            if getattr(before[name], key) != getattr(after[name], key):
                yield f"{key.replace('_', ' ')} of {name} is {_said(getattr(after[name], key))}"
    if old.priors != new.priors:
        yield "the priors have changed"
