"""The page of answers."""

import re

from seed_build import seeds

from kg import answers, queries
from kg.model import Build, Run


def test_every_question_has_its_section_and_its_rows() -> None:
    page = answers.page(seeds())
    assert re.findall(r"^## (.*)", page, re.MULTILINE) == [queries.load(name).title for name in queries.names()]
    assert re.findall(r"^`kg query ([a-z-]+)`", page, re.MULTILINE) == list(queries.names())
    counts = re.findall(r"^`kg query [a-z-]+`: (\d+) rows?\.", page, re.MULTILINE)
    rows = sum(line.startswith("| ") for line in page.splitlines())
    assert rows == sum(int(count) + 2 * (count != "0") for count in counts)


def test_every_row_has_as_many_cells_as_its_head() -> None:
    for table in re.findall(r"(?:^\| .*\n)+", answers.page(seeds()), re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


def test_an_empty_build_has_answers_without_rows() -> None:
    page = answers.page(Build(documents=(), claims=(), agreements=(), disagreements=(), run=Run(version="0")))
    assert set(re.findall(r": (\d+) rows?\.", page)) == {"0"}
