"""The whole way, stage by stage: from files to a build, and from a build to files."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg import __version__, claims, curation, dates, graph, repair, sources, text, verify
from kg.claims import Extraction
from kg.errors import QueryError, SourceError, StoreError
from kg.graph import Quad
from kg.model import Agreement, Build, Claim, Document, Run, Skip
from kg.sources import Limits

if TYPE_CHECKING:
    from kg.graph import Names
    from kg.maps import Page
    from kg.queries import Result
    from kg.store import Store

LANGUAGE = "ar"
LIMITS = Limits()
_BATCH = 8

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document yields, stage by stage: how it was mended, its sentences, and what was read in them."""

    document: Document
    steps: tuple[repair.Step, ...]
    sentences: tuple[text.Sentence, ...]
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Harvest:
    """The documents that could be used, their claims, document by document, and what was skipped."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    skips: tuple[Skip, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a name of a build leads to: the agreement, if it is one's, and the claims with their readings."""

    build: Build
    agreement: Agreement | None
    claims: tuple[tuple[Claim, Reading | None], ...]


def build(
    paths: Sequence[Path],
    *,
    as_of: str | None = None,
    language: str = LANGUAGE,
    jobs: int = 1,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
) -> Build:
    """Read documents into claims, merge the claims into agreements, and find where they disagree.

    What a `curation.toml` beside the documents decides is carried out, and the priors of a `priors.toml` are weighed;
    CurationError where that cannot be. `as_of` is the day (ISO) that the run is recorded under; the other arguments and
    errors are those of `extract`. The same documents give the same build, whatever their order and the number of jobs.
    """
    harvest = extract(paths, language=language, jobs=jobs, limits=limits, progress=progress)
    file, wanted = curation.read(paths)
    claims, decisions = graph.curated(harvest.claims, harvest.documents, wanted)
    priors = curation.priors(paths)
    agreements = graph.agreements(claims, harvest.documents, decisions, priors)
    return Build(
        documents=(*harvest.documents, file) if file else harvest.documents,
        claims=claims,
        agreements=agreements,
        disagreements=graph.disagreements(claims, agreements),
        decisions=decisions,
        priors=priors,
        skips=harvest.skips,
        run=Run(version=__version__, recorded=as_of),
    )


def extract(
    paths: Sequence[Path],
    *,
    language: str = LANGUAGE,
    jobs: int = 1,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
) -> Harvest:
    """Read the claims of documents, in the order of their names.

    `paths` are files and folders; `jobs` processes read at once, within `limits`; `progress` is told how many files
    of how many are done. A document that cannot be used is a skip with its reason, unless no other can: then, as for a
    wrong path or an empty folder, SourceError.
    """
    listing = sources.discover(paths)
    yields = [Harvest((), (), listing.skips)]
    for done, one in enumerate(_each(listing.files, language, limits, jobs), 1):
        yields.append(one)
        if progress:
            progress(done, len(listing.files))
    harvest = _joined(yields)
    if not harvest.documents:
        raise _none_usable(harvest.skips)
    return replace(harvest, documents=sources.witnesses(harvest.documents))


def repaired(
    paths: Sequence[Path], *, limits: Limits = LIMITS
) -> tuple[list[tuple[Document, repair.Repaired]], list[Skip]]:
    """Repair documents as they are repaired before they are read; SourceError if none can be used."""
    listing = sources.discover(paths)
    found = [one for name, path in listing.files.items() for one in sources.documents(path, limits, name)]
    documents = [one for one in found if isinstance(one, Document)]
    skips = [*listing.skips, *(one for one in found if isinstance(one, Skip))]
    if not documents:
        raise _none_usable(skips)
    return [(one, repair.repair(one.raw)) for one in documents], skips


def _none_usable(skips: Sequence[Skip]) -> SourceError:
    reasons = [skip.reason for skip in skips]
    return SourceError(reasons[0] if len(reasons) == 1 else f"no document can be used; the first: {reasons[0]}")


def read(path: Path, *, language: str = LANGUAGE, limits: Limits = LIMITS) -> Reading:
    """Take the one document in a file through every stage up to its claims; SourceError if it cannot be used."""
    return of_document(sources.read(path, limits), language=language)


def readings(path: Path, *, language: str = LANGUAGE, limits: Limits = LIMITS) -> Iterator[Reading]:
    """Take every document in a file through every stage; SourceError at one that cannot be used."""
    for found in sources.documents(path, limits):
        if isinstance(found, Skip):
            raise SourceError(found.reason)
        yield of_document(found, language=language)


def of_document(document: Document, *, language: str = LANGUAGE) -> Reading:
    """Take a document through every stage up to its claims; SourceError where it is in another language.

    Paragraphs in another language are skipped; the dates in their addresses still tell when the text was written.
    """
    mended = repair.repair(document.raw)
    document = _in_language(document, mended.text.text, language)
    sentences = text.sentences(mended.text)
    document = _dated(document, dates.dateline(sentences))
    reference = dates.earliest_reference(document, sentences)
    foreign = {mended.text.raw_span(start, end): code for start, end, code in sources.foreign(mended.text.text)}
    own = (one for one in sentences if not any(start <= one.start < end for start, end in foreign))
    numbered = tuple(replace(one, index=number) for number, one in enumerate(own))
    found = claims.extract(document, numbered, reference)
    skips = (_foreign(document, *span, code) for span, code in foreign.items())
    marked = tuple(_marked(claim, mended) for claim in found.claims)
    return Reading(document, mended.steps, sentences, replace(found, claims=marked, skips=(*skips, *found.skips)))


def _marked(claim: Claim, mended: repair.Repaired) -> Claim:
    """Mark a claim whose evidence stands in lines that were put back in an order that is not sure."""
    found = [sure for one in claim.evidence if (sure := mended.order_confidence(one.start, one.end)) is not None]
    return claim.model_copy(update={"order_confidence": min(found)}) if found else claim


def _in_language(document: Document, mended: str, language: str) -> Document:
    """Find out the language of a document, unless it is given; SourceError if it is not the one that is read."""
    given = "language" in document.origins
    found = document.language if given else sources.identify(mended)
    if found == language:
        return document.model_copy(update={"language": found, "origins": {"language": "text", **document.origins}})
    said = f"its language is given as {found!r}" if given else f"written in {sources.named(found)} ({found})"
    raise SourceError(f"{document.path}{document.part or ''}: {said}; only {language!r} is read")


def _dated(document: Document, dateline: str | None) -> Document:
    """Take the day of the dateline for the date of a document that has none."""
    if document.date or not dateline:
        return document
    return document.model_copy(update={"date": dateline, "origins": {**document.origins, "date": "dateline"}})


def _foreign(document: Document, start: int, end: int, code: str) -> Skip:
    """Leave out a paragraph in another language."""
    reason = f"a paragraph in {sources.named(code)}"
    return Skip(document=document.name, what="sentence", reason=reason, start=start, end=end)


def write(build: Build, out: Path) -> tuple[Path, ...]:
    """Write graph, records, report, answers and map into a folder and give the paths.

    StoreError if that fails, and where the graph does not keep to the shapes of the ontology: then nothing is written.
    """
    from kg import answers, exports, maps, validate

    found = validate.conform(_quads(build, build.documents))
    if not found.conforms:
        raise StoreError(f"{out}: not written, for the graph breaks the shapes of the ontology; {found.text()}")
    sources.close()  # what parsed holds memory that writing needs
    files = exports.contents(build)
    return exports.put(out, {**files, maps.FILE: draw(build), answers.FILE: answers.page(build)})


def _quads(build: Build, documents: Sequence[Document]) -> Iterator[Quad]:
    parts = (documents, build.claims, build.agreements, build.disagreements, build.run)
    return graph.quads(*parts, decisions=build.decisions)


def export(directory: Path, form: str, *, as_of: str | None = None) -> Mapping[str, str | bytes]:
    """Give a written build in one of `kg.exports.FORMS`, by file name; StoreError for a wrong form or no build.

    With `as_of`, a day (ISO), it is told as things stood then.
    """
    from kg import exports

    if form in exports.RDF:
        text = exports.written(loaded(directory, as_of), form) if as_of else exports.convert(directory, form)
        return {f"alliances{exports.RDF[form]}": text}
    return exports.files(reopen(directory, as_of=as_of), form)


def loaded(directory: Path, as_of: str) -> Store:
    """Load a written build as things stood on a day (ISO) into a store of its own, without the vocabulary."""
    from kg.store import Store

    build = reopen(directory, as_of=as_of)
    texts = {one.name: verify.text(one, directory) or "" for one in build.documents}
    documents = [one.model_copy(update={"raw": texts[one.name]}) for one in build.documents]
    store = Store.open()
    store.load(_quads(build, documents))
    return store


def draw(
    build: Build,
    *,
    kinds: Collection[str] = (),
    actors: Collection[str] = (),
    only: Collection[str] | None = None,
    lang: Literal["ar", "en"] = "ar",
    title: str | None = None,
    view: Literal["network", "world", "table"] = "network",
) -> Page:
    """Draw the map of a build as one HTML page, which a notebook shows as it is.

    `kinds`, `actors` and `only` (ids of agreements) leave out of the page what is not of them; it opens in a language
    and in a view, under a title of its own if one is given. Raises QueryError where nothing is left.
    """
    from kg import lexicon, maps, network
    from ontology import vocabulary

    kept = maps.narrow(build, kinds=kinds, actors=actors, only=only) if kinds or actors or only is not None else build
    drawn = network.build(kept.agreements, lexicon.load(), vocabulary())
    start = f"view={view}" if view != "network" else ""
    return maps.page(kept, network.picture(drawn), vocabulary(), lang=lang, title=title, start=start)


def named(build: Build, result: Result) -> frozenset[str]:
    """Give the ids of the agreements that an answer names, itself or by one of their claims.

    An answer that names neither, but actors, gives the agreements that are between those actors alone. Raises
    QueryError where it names none of the three.
    """
    from kg.graph import IRI, Names

    iris = {value.value for row in result.rows for value in row if isinstance(value, IRI)}
    words = {value.value for row in result.rows for value in row if value is not None}
    names = Names()
    of = {claim: one.id for one in build.agreements for claim in one.claims}
    found = {one.id for one in build.agreements if names.agreement(one.id).value in iris}
    found |= {of[claim] for claim in of if names.claim(claim).value in iris}
    found = found or {
        one.id for one in build.agreements if all(_names(names, party.actor, words) for party in one.parties)
    }
    if not found:
        raise QueryError("the answer names no agreement, claim or actor of this build, so there is nothing to draw")
    return frozenset(found)


def _names(names: Names, actor: str, words: set[str]) -> bool:
    return actor in words or names.actor(actor).value in words


def reopen(directory: Path, *, as_of: str | None = None) -> Build:
    """Make the build again from the files that it was written to, without its sources; StoreError if it is none.

    With `as_of`, a day (ISO), it holds what stood then, as `kg.graph.as_of` says.
    """
    written = verify.reopen(directory)
    agreements = graph.agreements(written.claims, written.documents, written.decisions, written.priors)
    build = Build(
        documents=written.documents,
        claims=written.claims,
        agreements=agreements,
        disagreements=graph.disagreements(written.claims, agreements),
        decisions=written.decisions,
        priors=written.priors,
        skips=written.skips,
        run=written.run,
    )
    return graph.as_of(build, as_of) if as_of else build


def trace(name: str, directory: Path) -> Found:
    """Find a claim of a build, or an agreement and its claims, each claim with the reading of its document.

    `name` is an id, or ends in one as an IRI does. A reading is None where the source is gone or has changed.
    StoreError where the build has no claim and no agreement of that name.
    """
    build = reopen(directory)
    name = re.split("[/:]", name)[-1]
    agreement = next((one for one in build.agreements if one.id == name), None)
    found = [claim for claim in build.claims if claim.id in (agreement.claims if agreement else {name})]
    if not found:
        raise StoreError(f"{directory}: no claim, no agreement and no file {name!r}; see {verify.CLAIMS} for the ids")
    readings = {one.name: _again(one, directory) for one in build.documents if one.name in {c.document for c in found}}
    return Found(build, agreement, tuple((claim, readings[claim.document]) for claim in found))


def _again(document: Document, directory: Path) -> Reading | None:
    raw = verify.text(document, directory)
    return None if raw is None else of_document(document.model_copy(update={"raw": raw}), language=document.language)


def _each(files: Mapping[str, Path], language: str, limits: Limits, jobs: int) -> Iterator[Harvest]:
    """Read files in their order, in as many processes as there is work for."""
    one = partial(_of_file, language=language, limits=limits)
    workers = min(jobs, -(-len(files) // _BATCH))
    if workers < 2:
        yield from map(one, files.items())
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(one, files.items(), chunksize=_BATCH)


def _of_file(file: tuple[str, Path], language: str, limits: Limits) -> Harvest:
    name, path = file
    return _joined(_harvest(one, language) for one in sources.documents(path, limits, name))


def _harvest(found: Document | Skip, language: str) -> Harvest:
    if isinstance(found, Skip):
        return Harvest((), (), (found,))
    try:
        reading = of_document(found, language=language)
    except SourceError as error:
        return Harvest((), (), (Skip(document=found.name, what="document", reason=str(error)),))
    return Harvest((reading.document,), reading.extraction.claims, reading.extraction.skips)


def _joined(harvests: Iterable[Harvest]) -> Harvest:
    parts = list(harvests)
    return Harvest(
        documents=tuple(document for one in parts for document in one.documents),
        claims=tuple(claim for one in parts for claim in one.claims),
        skips=tuple(skip for one in parts for skip in one.skips),
    )
