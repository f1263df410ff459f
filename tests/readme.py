"""Brings the README up to date: what its session prints and, with --quality, its table of figures.

Run it as `make readme` after a change of what the commands print.
"""

import re
import runpy
import shlex
import sys
from tempfile import TemporaryDirectory

from click.testing import CliRunner
from seed_build import ROOT, at_root

from kg import cli

README = ROOT / "README.md"
_SESSION = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_QUALITY = re.compile(r"(?<=<!-- quality -->\n).*?(?=<!-- /quality -->)", re.DOTALL)
_HEAD = re.compile(r" \| head -(\d+)$")


def commands(text: str) -> list[str]:
    """Give the commands of the sessions in a text."""
    return [line[2:] for block in _SESSION.findall(text) for line in block.splitlines() if line.startswith("$ ")]


def printed(command: str) -> str:
    """Run a command of the session (a verb of kg, at most cut short by head) and give what it prints.

    What it would write into `exports` goes elsewhere.
    """
    cut = _HEAD.search(command)
    words = shlex.split(command[: cut.start()] if cut else command)
    with at_root(), TemporaryDirectory() as elsewhere:
        words = [elsewhere if word == "exports" else word for word in words[1:]]
        result = CliRunner().invoke(cli.kg, words, catch_exceptions=False)
    if result.exit_code:
        raise SystemExit(f"{command}: {result.output}")
    lines = result.stdout.replace(elsewhere, "exports").splitlines(keepends=True)
    return "".join(lines[: int(cut[1])] if cut else lines)


def refreshed(text: str) -> str:
    """Give the text with what its commands print now; a blank line stands between two of them."""

    def session(match: re.Match[str]) -> str:
        steps = [f"$ {command}\n{printed(command)}" for command in commands(match[0])]
        return "```console\n" + "\n".join(steps) + "```"

    return _SESSION.sub(session, text)


def measured(text: str) -> str:
    """Give the text with the table of quality as measured now."""
    table = runpy.run_path(str(ROOT / "tests" / "benchmarks" / "quality.py"))["table"]()
    return _QUALITY.sub(lambda _: table, text)


if __name__ == "__main__":
    now = refreshed(README.read_text(encoding="utf-8"))
    README.write_text(measured(now) if "--quality" in sys.argv else now, encoding="utf-8")
