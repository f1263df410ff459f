"""How fast the named questions are on a synthetic graph of a million triples, in Oxigraph and in rdflib.

    python tests/benchmarks/sparql.py [--triples 1000000] [--cap 120] [--only NAME] [--oxigraph]

The graph is made by `kg.graph.quads` from claims drawn by a fixed seed, so that it has the shape of a real build.
Each question is asked in Oxigraph as its example sets it and as it stands, with its rows given over, and its example
in rdflib, in a process of its own that is ended after `--cap` seconds of CPU, which then count. Times are of CPU. The
ratios are of the examples. Nothing here is a test: run it by hand.
"""

import argparse
import math
import os
import random
import re
import resource
import shlex
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from kg import graph, queries
from kg.graph import Quad
from kg.lexicon import OrganizationRow, StateRow, load
from kg.model import Build, Claim, Document, Evidence, Party, Run
from kg.store import Store
from ontology import path, vocabulary

CLAIMS_A_DOCUMENT = 12
QUADS_A_CLAIM = 64  # measured on the graphs made here
SENTENCE = "أعلنت وزارة الدفاع أن الطرفين اتفقا على التعاون العسكري وتبادل الخبرات. "
OFTEN = ("TUR", "SAU", "PAK", "KAZ", "AZE", "SYR", "USA", "RUS", "EGY", "QAT", "TRNC", "IRN")  # named the most
SPEAKERS = ("وزارة الدفاع", "مصادر مطلعة", "بلومبرغ", "رويترز", "الناطق باسم الحكومة")
ROLES = {
    "base": ("operator", "host"), "arms-transfer": ("supplier", "recipient"), "membership": ("member", "party"),
}  # fmt: skip


def build(triples: int) -> Build:
    """Draw documents and claims for about so many triples, and merge them as any build is merged."""
    chance = random.Random(7)
    states = sorted(one.id for one in load().actors.values() if isinstance(one, StateRow))
    states = [*OFTEN, *(state for state in states if state not in OFTEN)]
    bodies = sorted(one.id for one in load().actors.values() if isinstance(one, OrganizationRow))
    documents, claims = [], []
    for number in range(triples // (QUADS_A_CLAIM * CLAIMS_A_DOCUMENT)):
        name = f"{number:05}.txt"
        day = f"{chance.randint(2000, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        documents.append(Document(name=name, path=name, sha256=f"{number:064x}", raw=SENTENCE * CLAIMS_A_DOCUMENT,
                                  title=f"خبر {number}", publisher=f"صحيفة {number % 40}", date=day))  # fmt: skip
        claims += [_claim(name, place, chance, states, bodies) for place in range(CLAIMS_A_DOCUMENT)]
    agreements = graph.agreements(claims, documents)
    return Build(documents=tuple(documents), claims=tuple(claims), agreements=agreements,
                 disagreements=graph.disagreements(claims, agreements), run=Run(version="0.0.0"))  # fmt: skip


def _claim(document: str, place: int, chance: random.Random, states: list[str], bodies: list[str]) -> Claim:
    known = vocabulary()
    kind = chance.choice(sorted(known.kinds))
    first, second = (ROLES.get(kind) or ("party", "party"))[:2]
    # Some states are written about far more than others.
    actors = sorted({states[int(len(states) * chance.random() ** 2)] for _ in range(4)})[: chance.choice((2, 2, 2, 3))]
    parties = [Party(actor=one, role=first if n == 0 else second) for n, one in enumerate(actors)]
    status = chance.choice(sorted(known.statuses))
    dates = {status: f"{chance.randint(1990, 2025)}-{chance.randint(1, 12):02}"} if status in known.dates else {}
    start = place * len(SENTENCE)
    return Claim(
        document=document,
        kind=kind,
        parties=tuple(parties[:1] if kind == "membership" else parties),
        organization=chance.choice(bodies) if kind == "membership" else None,
        status=status,
        dates=dates,
        provisions=tuple(chance.sample(sorted(known.provisions), chance.randint(0, 2))),
        sectors=tuple(chance.sample(sorted(known.sectors), chance.randint(0, 2))),
        certainty=chance.choice(("certain", "certain", "probable", "possible")),
        attributed_to=tuple(chance.sample(SPEAKERS, chance.randint(0, 1))),
        evidence=(Evidence(start=start, end=start + len(SENTENCE) - 1, quote=SENTENCE[:-1]),),
        rules=("rule-a", "rule-b"),
    )


def example(question: queries.Question) -> dict[str, str]:
    """Give the parameters of a question's example."""
    words = shlex.split(question.example)
    found = [re.fullmatch(r"(\w+)=(.*)", word) for word in words]
    return {one[1]: one[2] for one in found if one}


def oxigraph(store: Store, name: str, params: dict[str, str]) -> tuple[float, int]:
    """Time a question in Oxigraph, with its rows given over; give the seconds of CPU and the number of rows."""
    started = time.process_time()
    rows = len(queries.run(store, name, params))
    return time.process_time() - started, rows


def rdflib_times(names: list[str], quads: list[Quad], cap: int) -> Iterator[tuple[str, float]]:
    """Time the examples in rdflib, each in a child of the process that holds the graph; the cap where one is ended."""
    import rdflib

    held = rdflib.Graph().parse(path("vocabulary.ttl"), format="turtle")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "graph.nt"
        file.write_text("".join(f"{quad._replace(graph=None).nq()}\n" for quad in quads), encoding="utf-8")
        held.parse(file, format="nt")
    for name in names:
        question = queries.load(name)
        yield name, _in_child(held, question.bind(example(question)), cap)


def _in_child(held: object, query: str, cap: int) -> float:
    """Time a query alone, without what it costs to start and to end the process; the cap where it was ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        started = time.process_time()
        resource.setrlimit(resource.RLIMIT_CPU, (cap, cap))
        list(held.query(query))  # type: ignore[attr-defined]
        os.write(writing, str(time.process_time() - started).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as told:
        return min(float(cap), float(told.read() or cap))


def main() -> None:
    """Print a line for each question, then the geometric mean of the ratios."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--triples", type=int, default=1_000_000)
    arguments.add_argument("--cap", type=int, default=120)
    arguments.add_argument("--only", nargs="*", default=list(queries.names()))
    arguments.add_argument("--oxigraph", action="store_true", help="leave rdflib out")
    chosen = arguments.parse_args()
    made = build(chosen.triples)
    quads = list(graph.quads(made.documents, made.claims, made.agreements, made.disagreements, made.run))
    store = Store.open()
    store.load(quads)
    store.load_vocabulary()
    print(f"{len(quads)} triples, {len(made.claims)} claims, {len(made.agreements)} agreements", flush=True)
    fast, worst = {}, 0.0
    for name in chosen.only:
        fast[name], _ = oxigraph(store, name, example(queries.load(name)))
        whole, rows = oxigraph(store, name, {})
        worst = max(worst, whole, fast[name])
        print(f"{name:<24} oxigraph {fast[name]:8.3f} s; as it stands {whole:8.3f} s, {rows} rows", flush=True)
    print(f"slowest in oxigraph: {worst:.3f} s", flush=True)
    if chosen.oxigraph:
        return
    del store
    ratios = {}
    for name, seconds in rdflib_times(chosen.only, quads, chosen.cap):
        ratios[name] = seconds / max(fast[name], 1e-4)
        print(f"{name:<24} rdflib   {seconds:8.3f} s  ratio {ratios[name]:9.1f}", flush=True)
    mean = math.exp(sum(map(math.log, ratios.values())) / len(ratios))
    print(f"ratios: geometric mean {mean:.1f}, least {min(ratios.values()):.1f}")


if __name__ == "__main__":
    sys.exit(main())
