"""The command line: parses, calls, prints. Every verb is a few lines over a public function."""

from __future__ import annotations

import functools
import io
import itertools
import json
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from kg import __version__
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.model import Document, Skip
    from kg.queries import Result
    from kg.sources import Limits
    from kg.store import Store

LONG_AFTER = 1.0  # seconds, after which the progress is shown
EXPORT_FORMATS = (
    "turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "nanopub", "graphml", "gexf", "cytoscape",
    "csv", "parquet", "neo4j", "atop-like", "cow-like", "dcad-like",
)  # fmt: skip
NOTES = {"head": ("", None), "before": ("- ", "red"), "after": ("+ ", "green"), "why": ("    ", None),
         "unsure": ("  ! ", "yellow")}  # fmt: skip
ANSWER_FORMATS = ("table", "csv", "tsv", "json", "turtle")

FILES = click.Path(path_type=Path)
PATHS = click.argument("paths", nargs=-1, required=True, type=FILES)
BUILD = click.option("--dir", "-d", "directory", default="exports", show_default=True, type=FILES, help="The build.")
JOBS = click.option("--jobs", "-j", default=1, show_default=True, type=click.IntRange(1), help="Processes that read.")
# Name, default, unit and meaning of each field of `kg.sources.Limits`.
LIMITS = (
    ("size", 32, 1_000_000, "Megabytes of one document."),
    ("characters", 2_000_000, 1, "Characters of the text of one document."),
    ("expanded", 4000, 1_000_000, "Megabytes read out of one archive."),
    ("parts", 200_000, 1, "Documents of one archive."),
    ("pages", 2000, 1, "Pages of a PDF."),
    ("nesting", 3, 1, "Archives within archives."),
    ("seconds", 60, 1, "Seconds that parsing one document may take."),
    ("memory", 768, 1_000_000, "Megabytes of memory that parsing may take."),
)
LANG = click.option("--lang", type=click.Choice(["ar"]), default="ar", show_default=True, help="Language to read.")

AS_OF = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Tell it as things stood on this day.")


def limited(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options that limit what is read, and call it with `limits`."""

    @functools.wraps(verb)
    def called(**options: Any) -> None:
        from kg.sources import Limits

        given = {name: options.pop(f"max_{name}") * unit for name, _, unit, _ in LIMITS}
        verb(**options, limits=Limits(**given))

    for name, default, _, about in reversed(LIMITS):
        option = click.option(f"--max-{name}", default=default, show_default=True, type=click.IntRange(1), help=about)
        called = option(called)
    return called


class Verbs(click.Group):
    """The verbs; an error that is raised on purpose becomes a message on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Call the verb."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise click.ClickException(str(error)) from error
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError) as error:
            raise click.ClickException(f"{error.filename}: {error.strerror}") from error


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def kg() -> None:
    """Read Arabic news and analysis into a knowledge graph of alliances and defence agreements."""


@kg.command()
@PATHS
@click.option("--out", "-o", required=True, type=FILES, help="The folder to write into.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to record the run under.")
@LANG
@JOBS
@limited
def build(paths: tuple[Path, ...], out: Path, as_of: datetime | None, lang: str, jobs: int, limits: Limits) -> None:
    """Read documents (files, folders) and write the graph, the map, the answers and a report into a folder."""
    from kg import pipeline

    day = as_of.date().isoformat() if as_of else None
    made = pipeline.build(paths, as_of=day, language=lang, jobs=jobs, limits=limits, progress=progress())
    pipeline.write(made, out)
    warn(made.skips, made.documents)
    for name in ("documents", "claims", "agreements", "disagreements", "skips"):
        click.echo(f"{name:<14} {len(getattr(made, name))}")
    if made.decisions:
        click.echo(f"{'decisions':<14} {len(made.decisions)}")
    for name, file in (("graph", "alliances.ttl"), ("map", "alliances.html"), ("answers", "answers.md")):
        click.echo(f"{name:<14} {out / file}")


@kg.command()
@PATHS
@click.option("--format", "form", type=click.Choice(["jsonl", "table"]), default="jsonl", show_default=True)
@LANG
@JOBS
@limited
def extract(paths: tuple[Path, ...], form: str, lang: str, jobs: int, limits: Limits) -> None:
    """Print the claims of documents (files, folders), one record a line."""
    from kg import explain, pipeline

    harvest = pipeline.extract(paths, language=lang, jobs=jobs, limits=limits, progress=progress())
    warn(harvest.skips, harvest.documents)
    if form == "table":
        click.echo(explain.table(harvest.claims), nl=False)
        return
    for claim in harvest.claims:
        click.echo(json.dumps(claim.record(), ensure_ascii=False))


@kg.command()
@click.argument("reference", metavar="CLAIM|AGREEMENT|FILE")
@BUILD
def explain(reference: str, directory: Path) -> None:
    """Show how a claim or an agreement of a build came about, or how every sentence of a file is read."""
    from kg import explain, pipeline

    file = Path(reference)
    if file.exists():
        lines: Iterable[str] = itertools.chain.from_iterable(map(explain.document, pipeline.readings(file)))
    else:
        lines = explain.found(pipeline.trace(reference, directory))
    for line in lines:
        click.echo(line)


@kg.command()
@PATHS
@click.option("--diff", is_flag=True, help="Show line by line what would change, and why.")
def repair(paths: tuple[Path, ...], diff: bool) -> None:
    """Print documents as they are repaired before they are read, or what the repair changes."""
    from kg import pipeline
    from kg.repair import account

    documents, skips = pipeline.repaired(paths)
    warn(skips, [document for document, _ in documents])
    for document, done in documents:
        if not diff:
            click.echo(done.text.text)
            continue
        click.secho(document.path + (document.part or ""), bold=True)
        for note in account(document.raw, done):
            sign, color = NOTES[note.kind]
            click.secho(sign + note.text, fg=color)


@kg.command()
@click.argument("question", metavar="[NAME|FILE|SPARQL]", required=False)
@BUILD
@click.option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Set a parameter of the question.")
@click.option("--format", "form", type=click.Choice(ANSWER_FORMATS), default="table", show_default=True)
@AS_OF
@click.option("--list", "listed", is_flag=True, help="List the named questions.")
@click.option("--describe", is_flag=True, help="Say what a question asks, what can be set, and what its columns mean.")
def query(
    question: str | None,
    directory: Path,
    params: tuple[str, ...],
    form: str,
    as_of: datetime | None,
    listed: bool,
    describe: bool,
) -> None:
    """Ask a build: a named question, an .rq file, or SPARQL itself. Without any, list the named questions."""
    from kg import queries

    if question is None or listed:
        for name in queries.names():
            click.echo(f"{name:<24} {queries.load(name).title}")
        return
    if describe:
        click.echo(queries.find(question).text_of_head(), nl=False)
        return
    click.echo(asked(directory, question, params, as_of).text(form), nl=False)


@kg.command()
@BUILD
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), default="turtle", show_default=True)
@click.option("--out", "-o", type=FILES, help="The file to write (else the terminal); of several files the folder.")
@AS_OF
def export(directory: Path, form: str, out: Path | None, as_of: datetime | None) -> None:
    """Write a build as RDF, as a network, as tables, or as dyad-years of political science.

    csv, parquet, neo4j and the dyad-years (atop-like, cow-like, dcad-like) are several files, and need --out.
    """
    from kg import exports, pipeline

    if form in exports.FOLDERS and not out:
        raise click.UsageError(f"{form} is several files; name a folder for them with --out")
    files = pipeline.export(directory, form, as_of=day(as_of, directory) if as_of else None)
    if out and form in exports.FOLDERS:
        for path in exports.put(out, files):
            click.echo(path)
    elif out:
        click.echo(exports.put(out.parent, {out.name: next(iter(files.values()))})[0])
    else:
        click.echo(next(iter(files.values())), nl=False)


@kg.command()
@BUILD
@click.option("--kind", "-k", "kinds", multiple=True, help="Agreements of this kind only (may be given again).")
@click.option("--status", "-s", "statuses", multiple=True, help="At this status (else signed, ratified, in-force).")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "tsv", "json"]), default="table", show_default=True
)
@AS_OF
def network(
    directory: Path, kinds: tuple[str, ...], statuses: tuple[str, ...], form: str, as_of: datetime | None
) -> None:
    """Measure the network of a build: how central each actor is, communities, balance, core and periphery."""
    from kg import library, pipeline, queries

    then = day(as_of, directory) if as_of else None
    found = library.measure(pipeline.reopen(directory, as_of=then), kinds=kinds, statuses=statuses)
    click.echo(queries.tabled(found.columns(), found.rows()).text(form), nl=False)
    for name, value in found.summary().items() if form == "table" else ():
        click.echo(f"{name:<12} {'' if value is None else value}")


@kg.command(name="map")
@BUILD
@click.option("--out", "-o", type=FILES, help="The file to write; without it, alliances.html in the build.")
@click.option("--kind", "kinds", multiple=True, help="Only agreements of this kind; may be given several times.")
@click.option("--actor", "actors", multiple=True, help="Only agreements of this actor, such as TUR; likewise.")
@click.option("--query", "question", metavar="NAME|FILE|SPARQL", help="Only the agreements that the answer names.")
@click.option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Set a parameter of the question.")
@click.option(
    "--layout", type=click.Choice(["network", "world", "table"]), default="network", show_default=True,
    help="View that it opens in.",
)  # fmt: skip
@click.option("--lang", type=click.Choice(["ar", "en"]), default="ar", show_default=True, help="Language it opens in.")
@click.option("--title", help="Its heading.")
@AS_OF
def draw(
    directory: Path,
    out: Path | None,
    kinds: tuple[str, ...],
    actors: tuple[str, ...],
    question: str | None,
    params: tuple[str, ...],
    layout: Literal["network", "world", "table"],
    lang: Literal["ar", "en"],
    title: str | None,
    as_of: datetime | None,
) -> None:
    """Draw the map of a build again: a part of it, an answer, a day, another language, view or title."""
    from kg import exports, maps, pipeline

    build = pipeline.reopen(directory, as_of=day(as_of, directory) if as_of else None)
    only = pipeline.named(build, asked(directory, question, params, as_of)) if question else None
    page = pipeline.draw(build, kinds=kinds, actors=actors, only=only, lang=lang, title=title, view=layout)
    file = out or directory / maps.FILE
    click.echo(exports.put(file.parent, {file.name: page})[0])


@kg.command()
@click.argument("gold", type=FILES)
@click.option("--docs", required=True, type=FILES, help="The folder (or file) with the annotated documents.")
@click.option("--tables", is_flag=True, help="Add the figures of each kind and each status.")
@click.option("--errors", is_flag=True, help="List every error by document first.")
@JOBS
def evaluate(gold: Path, docs: Path, tables: bool, errors: bool, jobs: int) -> None:
    """Extract the claims of documents and score them against gold records (JSON Lines)."""
    from kg import evaluate, pipeline

    wanted = evaluate.read_gold(gold)
    harvest = pipeline.extract([docs], jobs=jobs, progress=progress())
    texts = {document.name: document.raw for document in harvest.documents}
    warn(harvest.skips, harvest.documents)
    for name in sorted({claim.document for claim in wanted} - texts.keys()):
        click.echo(f"{docs}: {name} is not there; its gold records count as missed", err=True)
    for error in evaluate.differences(harvest.claims, wanted) if errors else ():
        click.echo(error)
    scores = evaluate.evaluate(harvest.claims, wanted, texts=texts, tables=tables)
    click.echo(json.dumps(scores, ensure_ascii=False, indent=None if errors else 2))


@kg.command()
@click.argument("directory", default="exports", type=FILES)
@click.option("--sources", type=FILES, help="The folder of the sources, if it is another than at the build.")
def verify(directory: Path, sources: Path | None) -> None:
    """Open the sources of a build again and check every quote."""
    from kg import verify

    found = verify.verify(directory, sources)
    for difference in found.differences:
        click.echo(difference, err=True)
    click.echo(f"{found.documents} documents, {found.quotes} quotes, {len(found.differences)} differences")
    if found.differences:
        sys.exit(1)


@kg.command()
@click.argument("path", default="exports", type=FILES)
@click.option(
    "--lang", type=click.Choice(["ar", "en"]), default="en", show_default=True, help="Language of the report."
)
def validate(path: Path, lang: Literal["ar", "en"]) -> None:
    """Hold a build, or an RDF file, to the shapes of the ontology (needs the extra `validate`)."""
    from kg import validate

    report = validate.validate(path)
    click.echo(report.text(lang), nl=False)
    if not report.conforms:
        sys.exit(1)


@kg.command()
@click.argument("old", type=FILES)
@click.argument("new", type=FILES)
@click.option("--format", "form", type=click.Choice(["text", "nquads"]), default="text", show_default=True)
def diff(old: Path, new: Path, form: str) -> None:
    """Say what changed from one build to another, and why: in words, or as the triples removed and added."""
    from kg import changes, pipeline

    if form == "nquads":
        click.echo(changes.rdf(old, new), nl=False)
    else:
        click.echo(changes.text(changes.changes(pipeline.reopen(old), pipeline.reopen(new))), nl=False)


@kg.group(name="ontology")
def words() -> None:
    """Write what explains the vocabulary: its reference, or its JSON-LD context."""


@words.command()
@click.option("--out", "-o", type=FILES, help="The file to write; without it, the terminal.")
def docs(out: Path | None) -> None:
    """Write the reference: every class, property and concept in English and Arabic, as one HTML page."""
    from ontology import reference

    put(reference.page(), out)


@words.command()
@click.option("--out", "-o", type=FILES, help="The file to write; without it, the terminal.")
def context(out: Path | None) -> None:
    """Write the JSON-LD context: short names for JSON that says what the graph says."""
    from ontology import context

    put(context.text(), out)


def put(text: str, out: Path | None) -> None:
    """Write a text into a file, or to the terminal."""
    from kg import exports

    if out:
        click.echo(exports.put(out.parent, {out.name: text})[0])
    else:
        click.echo(text, nl=False)


def asked(directory: Path, question: str, params: tuple[str, ...], as_of: datetime | None) -> Result:
    """Put a question to a build, or to what stood of it on a day."""
    from kg import pipeline, queries

    source: Path | Store = directory
    if as_of:
        source = pipeline.loaded(directory, day(as_of, directory))
        source.load_vocabulary()
    return queries.run(source, question, dict(map(setting, params)))


def day(as_of: datetime, directory: Path) -> str:
    """Give the day, and say on stderr how many agreements of the build no day can be told for."""
    from kg import graph, pipeline

    if undated := graph.timeless(pipeline.reopen(directory).agreements):
        click.echo(f"left out, for no text gives them a place in time: {undated}", err=True)
    return as_of.date().isoformat()


def setting(text: str) -> tuple[str, str]:
    """Part `name=value`."""
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise click.BadParameter(f"expected NAME=VALUE, found {text!r}", param_hint="--param")
    return name, value


def progress() -> Callable[[int, int], None] | None:
    """Show on a terminal how far the reading is, once it has taken a while."""
    if not sys.stderr.isatty():
        return None
    started = time.monotonic()

    def show(done: int, total: int) -> None:
        if time.monotonic() - started > LONG_AFTER:
            click.echo(f"\r{done}/{total} documents", err=True, nl=done == total)

    return show


def warn(skips: Iterable[Skip], documents: Iterable[Document]) -> None:
    """Say on stderr which documents were left out, and why, and which were not read with certainty."""
    for document in documents:
        for note in document.notes:
            click.echo(f"note {document.path}{document.part or ''}: {note}", err=True)
    for skip in skips:
        if skip.what == "document":
            click.echo(f"skipped {skip.reason}", err=True)


def main() -> None:
    """Run the command line; what is printed is UTF-8 wherever it goes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    kg()
