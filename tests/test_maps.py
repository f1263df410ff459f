"""The alliance map: one file, no network, nothing of a document's text ever runs, and a reader finds their way."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from playwright.sync_api import Browser, Page, sync_playwright

from kg import graph, lexicon, maps, network
from kg.errors import QueryError, StoreError
from kg.maps import world
from kg.model import Agreement, Build, Claim, Disagreement, Document, Evidence, Party, Run, StatusPeriod
from ontology import AKG, vocabulary

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "kg" / "maps" / "web"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

EVIL_TITLE = '</script><script>window.hurt = "title"</script><!-- <script>'
EVIL_QUOTE = '<img src=x onerror="window.hurt=1"> «اتفاقية عبور» {{ 7 * 7 }} \u2028'
EVIL_SOURCE = "\u202eمصدر <b onclick=alert(1)>"
LONG_NAME = "اسم طويل " * 11_000

CLAIMS = [
    # document, kind, parties, organization, status, quote, attributed to
    ("a.txt", "mutual-defense-pact", "SAU PAK", None, "in-force", "وقّعت السعودية وباكستان اتفاقية دفاع مشترك.", ()),
    ("a.txt", "membership", "TUR=prospective SAU PAK", None, "negotiating", "تسعى أنقرة إلى الانضمام.", ("بلومبرغ",)),
    ("b.txt", "base", "TUR=operator SYR=host", None, "proposed", "تدرس تركيا إقامة قاعدة في سوريا.", ("رويترز",)),
    ("a.txt", "base", "TUR=operator SYR=host", None, "denied", "لا خطط لإقامة قاعدة تركية في سوريا.", ()),
    ("b.txt", "transit", "TUR KAZ", None, "signed", EVIL_QUOTE, (EVIL_SOURCE,)),
    ("b.txt", "arms-control", "AZE IRN KAZ RUS TKM", None, "in-force", "اتفاقية بحر قزوين.", ()),
    ("b.txt", "neutrality", "TKM", None, "in-force", "تركمانستان دولة محايدة.", ()),
    ("b.txt", "membership", "HUN=member", "NATO", "in-force", "المجر عضو في الحلف.", ()),
    ("b.txt", "alliance", "TUR AZE", None, "terminated", "انتهى التحالف.", ()),
]
GROUPS = [(0,), (1,), (2, 3), (4,), (5,), (6,), (7,), (8,)]
DATES = {
    0: {"signed": "2025-09", "in-force": "2026-01-15"},
    3: {"signed": "2024"},
    4: {"signed": "2018-08-12", "in-force": "2019"},
    7: {"signed": "2010-08", "terminated": "2020"},
}


PERIODS = {
    0: [("signed", "2025-09-30", "2026-01-15"), ("in-force", "2026-01-15", None)],
    3: [("signed", "2024-12-31", None)],
    4: [("signed", "2018-08-12", "2019-12-31"), ("in-force", "2019-12-31", None)],
    7: [("signed", "2010-08-31", "2020-12-31"), ("terminated", "2020-12-31", None)],
}


def periods(number: int, name: str) -> tuple[StatusPeriod, ...]:
    return tuple(
        StatusPeriod(status=status, held_from=start, held_until=end, claims=(name,))
        for status, start, end in PERIODS.get(number, ())
    )


def claim(document: str, kind: str, parties: str, organization: str | None, status: str, quote: str,
          said: tuple[str, ...]) -> Claim:  # fmt: skip
    pairs = [party.partition("=") for party in parties.split()]
    return Claim(
        document=document, kind=kind, organization=organization, status=status, attributed_to=said, cues=("اتفاقية",),
        parties=tuple(Party(actor=actor, role=role or "party") for actor, _, role in pairs),
        evidence=(Evidence(start=0, end=len(quote), quote=quote),),
    )  # fmt: skip


def example() -> Build:
    claims = [claim(*one) for one in CLAIMS]
    agreements = []
    for number, group in enumerate(GROUPS):
        first = claims[group[0]]
        agreements.append(
            Agreement(
                id=f"agreement-{number}", kind=first.kind, parties=first.parties, organization=first.organization,
                label_ar=EVIL_TITLE + LONG_NAME if number == 3 else f"اتفاق {number}", label_en=f"Agreement {number}",
                status=first.status, certainty="certain", contested=len(group) > 1, witnesses=len(group),
                dates=DATES.get(number, {}), periods=periods(number, first.id),
                provisions=("consultation",), sectors=("training",),
                claims=tuple(sorted(claims[index].id for index in group)),
            )
        )  # fmt: skip
    known = {"sha256": "0" * 64, "raw": "", "publisher": "دار", "date": "2026-01"}
    documents = [
        Document(name="a.txt", path="a.txt", title="عنوان الخبر", url="https://news.example/a?b=1&c=2", **known),
        Document(name="b.txt", path="b.txt", title=EVIL_TITLE, url="javascript:window.hurt=1", **known),
    ]
    rivals = Disagreement(id="d", issue="status", agreements=("agreement-2",), claims=(claims[2].id, claims[3].id))
    return Build(
        documents=tuple(documents), claims=tuple(claims), agreements=tuple(agreements), disagreements=(rivals,),
        run=Run(version="0"),
    )  # fmt: skip


def picture(build: Build) -> maps.Picture:
    return network.picture(network.build(build.agreements, lexicon.load(), vocabulary()))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = example()
    return maps.write(build, picture(build), vocabulary(), tmp_path_factory.mktemp("map"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if not chromium:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("chromium is not installed: `apt-get install chromium`, or put it on the PATH")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


class Visit:
    """A page opened at a fragment, and everything that it asked for or complained of."""

    def __init__(self, browser: Browser, file: Path, fragment: str = "", **context: object) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 800}, **context)
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.faults.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        self.address = file.as_uri()
        self.page.goto(f"{self.address}#{fragment}")
        self.page.wait_for_selector("html[data-ready=true]")

    def lines(self) -> int:
        """Count the lines that are drawn."""
        return self.page.evaluate("allianceMap.scene.lines.shown.length")

    def click_line(self, agreement: str) -> None:
        """Click the first line of an agreement where it is on the canvas."""
        place = self.page.evaluate(
            """id => {
                const scene = allianceMap.scene, line = scene.lines.shown.find(one => one.agreement.id === id);
                return scene.network.canvasToDOM(scene.lines.point(line, 0.5, scene.scale));
            }""",
            agreement,
        )
        self.page.locator("#canvas").click(position=place)

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()


START = """() => {
    history.replaceState(null, '', '#lang=ar');
    allianceMap.change(allianceMap.read());
    allianceMap.scene.fit(true);
    document.getElementById('search').value = '';
}"""


@pytest.fixture(scope="module")
def opened(browser: Browser, file: Path) -> Iterator[Visit]:
    here = Visit(browser, file, reduced_motion="reduce")
    yield here
    here.context.close()


@pytest.fixture
def visit(opened: Visit) -> Iterator[Visit]:
    """Give the one opened page, as it was at the start; what it asks for and complains of counts for each test."""
    opened.page.evaluate(START)
    yield opened
    assert opened.asked == [opened.address]
    assert opened.faults == []


def test_it_opens_in_arabic_from_right_to_left(visit: Visit) -> None:
    assert visit.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert visit.text("h1") == "خريطة التحالفات"
    assert visit.text("#counts").split() == ["8", "الاتفاقات", "11", "الأطراف", "9", "الشواهد", "2", "الوثائق"]
    assert "معاهدة دفاع مشترك" in visit.text("#legend-body")
    assert visit.lines() == 13


def test_the_canvas_is_drawn(visit: Visit) -> None:
    colors = visit.page.evaluate(
        """() => {
            const canvas = document.querySelector('#canvas canvas');
            const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            const found = new Set();
            for (let at = 0; at < data.length; at += 4) found.add(data.slice(at, at + 4).join());
            return found.size;
        }"""
    )
    assert colors > 20


def test_a_click_on_a_line_shows_who_says_what(visit: Visit) -> None:
    visit.click_line("agreement-0")
    panel = visit.page.locator("#panel")
    assert panel.locator("h2").inner_text() == "اتفاق 0"
    assert panel.locator("blockquote").inner_text() == CLAIMS[0][5]
    assert panel.locator("blockquote").get_attribute("dir") == "rtl"
    assert panel.locator("mark").inner_text() == "اتفاقية"
    facts = panel.inner_text()
    for expected in ("السعودية", "باكستان", "نافذ", "سبتمبر 2025", "عنوان الخبر", "دار", "يناير 2026", "قول النص نفسه"):
        assert expected in facts
    panel.locator(".cite summary").click()
    assert panel.locator("code").inner_text() == f"https://w3id.org/alliance-kg/id/claim/{claim(*CLAIMS[0]).id}"
    assert panel.locator("a").get_attribute("href") == "https://news.example/a?b=1&c=2"


def test_claims_that_contradict_each_other_stand_side_by_side(visit: Visit) -> None:
    visit.click_line("agreement-2")
    rivals = visit.page.locator("#panel .rivals .claim")
    assert {text.strip() for text in rivals.locator("blockquote").all_inner_texts()} == {CLAIMS[2][5], CLAIMS[3][5]}
    assert "مختلَف عليه" in visit.text("#panel .chips >> nth=0")
    boxes = [rivals.nth(number).bounding_box() for number in (0, 1)]
    assert boxes[0]["y"] == boxes[1]["y"]


def test_a_click_on_an_actor_lists_its_agreements(visit: Visit) -> None:
    place = visit.page.evaluate("(s => s.network.canvasToDOM(s.network.getPosition('TUR')))(allianceMap.scene)")
    visit.page.locator("#canvas").click(position=place)
    assert visit.text("#panel h2") == "تركيا"
    assert visit.page.locator("#panel .kindlist .opener").count() == 4
    visit.page.get_by_role("button", name="أظهر جواره وحده").click()
    assert visit.text("#shown") == "المعروض: 4 من 8"
    visit.page.locator("#panel .box").fill("روسيا")
    visit.page.keyboard.press("Enter")
    assert visit.text("#shown") == "المعروض: 8 من 8"
    assert "كازاخستان" in visit.text("#panel .path")
    assert visit.page.locator("#panel .path ol li").count() == 2


FILTERS = [
    ("[data-group=kind][data-id=base]", 7, 12),
    ("[data-group=status][data-id=in-force]", 4, 5),
    ("[data-group=kind][data-id=arms-control]", 7, 8),
    ("#contested", 1, 1),
]


@pytest.mark.parametrize(("control", "agreements", "lines"), FILTERS)
def test_the_legend_filters(visit: Visit, control: str, agreements: int, lines: int) -> None:
    visit.page.locator(control).dispatch_event("click")
    assert visit.text("#shown") == f"المعروض: {agreements} من 8"
    assert visit.lines() == lines
    visit.page.locator("#view-table").click()
    assert visit.page.locator("#table tbody tr").count() == agreements
    visit.page.get_by_role("button", name="عرض كل شيء").click()
    assert visit.lines() == 13


def test_a_source_and_a_kind_can_be_shown_alone(visit: Visit) -> None:
    visit.page.get_by_role("button", name="قاعدة أو وجود عسكري: وحده").dispatch_event("click")
    assert visit.lines() == 1
    visit.page.get_by_role("button", name="عرض كل شيء").click()
    visit.page.locator("#group-document summary").click()
    visit.page.locator("[data-group=document][data-id='b.txt']").dispatch_event("click")
    assert visit.text("#shown") == "المعروض: 3 من 8"


@pytest.mark.parametrize(
    ("words", "expected"),
    [("أذربيجان", "AZE"), ("اذربيجان", "AZE"), ("السعوديه", "SAU"), ("سعودية", "SAU"), ("turk", "TUR"),
     ("Türkiye", "TUR"), ("NATO", "NATO"), ("agreement 5", "agreement-5"), ("إيـــران", "IRN")],
)  # fmt: skip
def test_search_finds_whatever_the_spelling(visit: Visit, words: str, expected: str) -> None:
    visit.page.locator("#search").fill(words)
    assert visit.page.locator("#found li").first.get_attribute("data-id") == expected


def test_search_works_from_the_keyboard(visit: Visit) -> None:
    visit.page.locator("#search").fill("ترك")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("ArrowDown")
    assert visit.page.locator("#search").get_attribute("aria-activedescendant") == "found-1"
    visit.page.keyboard.press("ArrowUp")
    visit.page.keyboard.press("Enter")
    assert visit.text("#panel h2") == "تركيا"
    visit.page.keyboard.press("Escape")
    assert visit.page.locator("#panel").is_hidden()
    visit.page.locator("#search").fill("لا وجود له")
    assert visit.text("#found") == "لا نتيجة"


def test_the_language_can_be_switched(visit: Visit) -> None:
    visit.click_line("agreement-0")
    visit.page.locator("#language").click()
    assert visit.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]
    assert visit.text("h1") == visit.page.title() == "Alliance map"
    assert visit.text("#panel h2") == "Agreement 0"
    assert "September 2025" in visit.text("#panel")
    assert visit.text("#panel blockquote") == CLAIMS[0][5]
    assert "Mutual defence pact" in visit.text("#legend-body")
    shown = visit.page.locator("header, #legend h2, #legend summary, .rows-kind, .rows-status").all_inner_texts()
    assert re.sub(r"العربية|[^\u0600-\u06ff]", "", " ".join(shown)) == ""


def test_the_table_holds_everything_and_sorts(visit: Visit) -> None:
    visit.page.locator("#view-table").click()
    assert visit.page.locator("#canvas").is_hidden()
    rows = visit.page.locator("#table tbody tr")
    assert rows.count() == 8
    visit.page.locator("th[data-column=agreement] button").click()
    visit.page.locator("th[data-column=agreement] button").click()
    assert visit.page.locator("th[data-column=agreement]").get_attribute("aria-sort") == "descending"
    assert rows.first.get_attribute("data-agreement") == "agreement-7"


def test_the_keyboard_goes_into_the_panel_and_back(visit: Visit) -> None:
    focused = "document.activeElement.id || document.activeElement.textContent"
    visit.page.locator("#skip").press("Enter")
    assert visit.page.evaluate(focused) == "table"
    visit.page.get_by_role("button", name="اتفاق 5").press("Enter")
    assert CLAIMS[6][5] in visit.text("#panel")
    assert visit.page.evaluate(focused) == "panel"
    visit.page.keyboard.press("Escape")
    assert visit.page.evaluate(focused) == "اتفاق 5"


def test_the_world_shows_capitals_where_they_are(visit: Visit) -> None:
    visit.page.locator("#view-world").click()
    places = visit.page.evaluate("Object.fromEntries(allianceMap.scene.data.nodes.map(n => [n.id, [n.wx, n.wy]]))")
    assert places["TUR"] == pytest.approx(world.project(39.93, 32.86), abs=0.5)
    assert places["HUN"][0] < places["TUR"][0] < places["KAZ"][0]
    assert "Natural Earth" in visit.text(".outlines")
    visit.page.locator("[data-group=kind][data-id=base]").dispatch_event("click")
    assert visit.page.evaluate("allianceMap.scene.network.getPosition('TUR').x") == places["TUR"][0]


def test_what_documents_say_is_only_text(visit: Visit) -> None:
    for language in ("ar", "en"):
        visit.page.evaluate("lang => allianceMap.change({ lang })", language)
        visit.page.locator("#view-table").click()
        for number in range(len(GROUPS)):
            visit.page.evaluate("id => allianceMap.choose('agreement', id)", f"agreement-{number}")
        visit.page.evaluate("allianceMap.choose('agreement', 'agreement-3')")
        visit.page.locator("#view-network").click()
        visit.click_line("agreement-3")
        assert visit.text("#panel blockquote").startswith('<img src=x onerror="window.hurt=1">')
        assert visit.text("#panel .said").endswith("مصدر <b onclick=alert(1)>")
        assert "\u202e" not in visit.page.locator("#panel").evaluate("panel => panel.textContent")
        assert visit.text("#panel cite") == EVIL_TITLE
    assert visit.page.evaluate("window.hurt") is None
    assert visit.page.locator("img, iframe, object, embed").count() == 0
    assert visit.page.locator("a[href^=javascript]").count() == 0
    assert visit.page.locator("script").count() == 4
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


BREACHES = [
    "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hurt = 1' }))",
    "document.body.innerHTML += '<img src=x onerror=\"window.hurt = 1\">'",
    "Object.assign(document.createElement('a'), { href: 'javascript:window.hurt = 1' }).click()",
    "fetch('https://elsewhere.example/').then(() => { window.hurt = 1 }, () => {})",
    "new Image().src = 'https://elsewhere.example/x.png'",
]


@pytest.mark.parametrize("breach", BREACHES)
def test_the_policy_stops_what_would_get_in(browser: Browser, file: Path, breach: str) -> None:
    here = Visit(browser, file)
    here.page.evaluate(f"void ({breach})" if ";" not in breach else f"() => {{ {breach} }}")
    here.page.wait_for_timeout(100)
    assert here.page.evaluate("window.hurt") is None
    assert any("Content Security Policy" in fault for fault in here.faults)
    here.context.close()


def test_the_address_keeps_what_is_shown(browser: Browser, file: Path) -> None:
    first = Visit(browser, file)
    first.page.locator("[data-group=kind][data-id=base]").dispatch_event("click")
    first.page.locator("#language").click()
    first.click_line("agreement-0")
    fragment = first.page.evaluate("location.hash.slice(1)")
    second = Visit(browser, file, fragment)
    assert second.lines() == 12
    assert second.text("#panel h2") == "Agreement 0"
    strange = Visit(
        browser,
        file,
        "lang=xx&view=evil&actor=nobody&no-kind=%3Cimg%3E&witnesses=NaN&focus=__proto__&day=never&open=a:b",
    )
    assert (strange.lines(), strange.faults) == (13, [])
    for here in (first, second, strange):
        here.context.close()


def test_on_a_phone_nothing_runs_over(browser: Browser, file: Path) -> None:
    here = Visit(browser, file, has_touch=True, reduced_motion="reduce")
    here.page.set_viewport_size({"width": 360, "height": 740})
    for view in ("network", "world", "table"):
        here.page.locator(f"#view-{view}").click()
        assert here.page.evaluate("document.documentElement.scrollWidth") == 360
    assert not here.page.locator("#legend-body").is_visible()
    here.page.locator("#filters").click()
    assert here.page.locator("#legend-body").is_visible()
    here.page.locator("#legend-close").click()
    here.page.locator("#view-network").click()
    here.page.evaluate("allianceMap.choose('agreement', 'agreement-0')")
    assert here.page.locator("#panel").bounding_box()["width"] == 360
    assert here.faults == []
    here.context.close()


def test_in_print_the_table_comes_along(browser: Browser, file: Path) -> None:
    here = Visit(browser, file)
    here.page.emulate_media(media="print")
    here.page.locator("#table tbody tr").nth(7).wait_for()
    assert not here.page.locator("#search").is_visible()
    here.context.close()


def test_the_slider_shows_what_held_on_a_day(visit: Visit) -> None:
    slider = visit.page.locator("#day")
    assert visit.page.evaluate("allianceMap.timeline.days") == [
        "2010-08-31", "2018-08-12", "2019-12-31", "2020-12-31", "2024-12-31", "2025-09-30", "2026-01-15"
    ]  # fmt: skip
    assert visit.text("#day-shown") == "كل الأوقات"
    slider.fill("1")
    assert (visit.text("#day-shown"), visit.text("#shown")) == ("12 أغسطس 2018", "المعروض: 2 من 8")
    visit.page.locator("#view-table").click()
    assert "موقَّع" in visit.text("[data-agreement=agreement-4]")
    visit.page.evaluate("allianceMap.timeline.go(4)")
    assert "نافذ" in visit.text("[data-agreement=agreement-4]")
    assert "منتهٍ" in visit.text("[data-agreement=agreement-7]")
    assert visit.page.locator("#table tbody tr").count() == 3
    visit.page.locator("#view-network").click()
    visit.page.locator("#undated").check()
    assert visit.text("#shown") == "المعروض: 7 من 8"


def test_play_goes_through_time_and_stops(browser: Browser, file: Path) -> None:
    here = Visit(browser, file, "lang=en")
    here.page.clock.install()
    here.page.locator("#play").click()
    assert here.text("#day-shown") == "31 August 2010"
    assert here.page.locator("#play").get_attribute("aria-label") == "Pause"
    here.page.clock.run_for(950)
    assert here.text("#day-shown") == "12 August 2018"
    here.page.clock.run_for(9000)
    assert (here.text("#day-shown"), here.lines()) == ("All time", 13)
    assert here.page.locator("#play").get_attribute("aria-label") == "Play through time"
    here.context.close()


def test_organizations_can_be_areas_around_their_members(visit: Visit) -> None:
    visit.page.locator("#hulls").check()
    assert visit.page.evaluate("allianceMap.scene.hulls.map(hull => [hull.id, hull.members.length])") == [["NATO", 1]]
    assert visit.lines() == 12
    assert visit.page.evaluate("allianceMap.scene.items.nodes.NATO.options.hidden")
    place = visit.page.evaluate(
        "(s => s.network.canvasToDOM({ x: s.x('HUN') + 20 / s.scale, y: s.y('HUN') }))(allianceMap.scene)"
    )
    visit.page.locator("#canvas").click(position=place)
    assert visit.text("#panel h2") == "حلف شمال الأطلسي"


def test_only_what_certain_actors_are_in(visit: Visit) -> None:
    for name in ("المجر", "سوريا"):
        visit.page.locator("#legend .box").fill(name)
        visit.page.keyboard.press("Enter")
    assert visit.text("#shown") == "المعروض: 2 من 8"
    visit.page.get_by_role("button", name="أزل المجر").click()
    assert visit.text("#shown") == "المعروض: 1 من 8"


def test_only_what_several_sources_say(visit: Visit) -> None:
    visit.page.locator("#witnesses").fill("2")
    assert visit.text("#shown") == "المعروض: 1 من 8"
    visit.page.locator("#contested").check()
    visit.page.locator("[data-group=kind][data-id=base]").dispatch_event("click")
    assert visit.text("#shown") == "المعروض: 0 من 8"
    assert visit.page.locator("#empty").is_visible()


def test_the_neighbourhood_grows_by_steps(visit: Visit) -> None:
    visit.page.evaluate("allianceMap.choose('node', 'RUS')")
    visit.page.get_by_role("button", name="أظهر جواره وحده").click()
    assert visit.text("#shown") == "المعروض: 1 من 8"
    visit.page.locator("#steps").fill("2")
    visit.page.locator("#steps").dispatch_event("change")
    assert visit.text("#shown") == "المعروض: 4 من 8"


def test_actors_can_be_drawn_together_and_open_on_demand(visit: Visit) -> None:
    visit.page.locator("#group").select_option("region")
    nodes = "allianceMap.scene.items.nodeIndices"
    assert "region:western-asia" in visit.page.evaluate(nodes)
    assert "TUR" not in visit.page.evaluate(nodes)
    visit.page.evaluate("allianceMap.choose('cluster', 'region:western-asia')")
    assert visit.text("#panel h2") == "غرب آسيا"
    assert "تركيا" in visit.text("#panel")
    visit.page.locator("#open-cluster").click()
    assert "TUR" in visit.page.evaluate(nodes)
    assert visit.text("#shown") == "المعروض: 8 من 8"


def test_a_claim_can_be_cited(visit: Visit) -> None:
    visit.page.evaluate("allianceMap.choose('agreement', 'agreement-3')")
    visit.page.locator("#panel .cite summary").click()
    entry = visit.text("#panel pre")
    assert entry.startswith(f"@misc{{{claim(*CLAIMS[4]).id},\n")
    assert f"title = {{{EVIL_TITLE}}}" in entry
    assert "url = " not in entry  # a javascript: address is none
    assert "year = {2026}" in entry


def saved(visit: Visit, form: str) -> bytes:
    visit.page.locator("#save").click()
    with visit.page.expect_download() as download:
        visit.page.locator(f"#save-{form}").click()
    assert download.value.suggested_filename == f"alliances.{form}"
    return Path(download.value.path()).read_bytes()


@pytest.fixture
def saving(browser: Browser, file: Path) -> Iterator[Visit]:
    here = Visit(browser, file, "no-kind=base&lang=ar", reduced_motion="reduce")
    yield here
    assert here.faults == []
    assert [address for address in here.asked if not address.startswith("blob:")] == [here.address]
    here.context.close()


def triples(build: Build) -> set[tuple[object, ...]]:
    """Give what the exports of a build say, without the graphs that it is said in."""
    quads = graph.quads(build.documents, build.claims, build.agreements, build.disagreements, build.run)
    lines = "\n".join(" ".join(term.nt() for term in quad[:3]) + " ." for quad in quads)
    return set(rdflib.Graph().parse(data=lines, format="nt"))


def test_what_is_shown_can_be_saved_as_turtle(saving: Visit) -> None:
    found = rdflib.Graph().parse(data=saved(saving, "ttl"), format="turtle")
    assert set(found) - triples(example()) == set()
    agreements = found.subjects(rdflib.RDF.type, rdflib.URIRef(f"{AKG}Agreement"))
    assert {str(name).rpartition("-")[2] for name in agreements} == set("0134567")
    words = {str(text) for text in found.objects(None, rdflib.URIRef("http://www.w3.org/ns/oa#exact"))}
    assert words == {one[5] for one in CLAIMS if one[1] != "base"}


def test_what_is_shown_can_be_saved_as_a_table(saving: Visit) -> None:
    text = saved(saving, "csv").decode("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)}
    assert rows.keys() == {f"agreement-{number}" for number in "0134567"}
    assert rows["agreement-1"]["parties"] == "TUR:prospective;SAU:party;PAK:party"
    assert rows["agreement-0"]["date_in_force"] == "2026-01-15"
    assert rows["agreement-3"]["quotes"] == EVIL_QUOTE


def test_a_cell_that_a_spreadsheet_would_run_is_made_text(browser: Browser, tmp_path: Path) -> None:
    build = example()
    evil = build.agreements[0].model_copy(update={"label_en": '=HYPERLINK("http://elsewhere.example","x")'})
    build = build.model_copy(update={"agreements": (evil,)})
    here = Visit(browser, maps.write(build, picture(build), vocabulary(), tmp_path))
    row = next(csv.DictReader(io.StringIO(saved(here, "csv").decode("utf-8-sig"), newline="")))
    assert row["label_en"] == "'" + evil.label_en
    here.context.close()


def test_what_is_shown_can_be_saved_as_a_drawing(saving: Visit) -> None:
    drawing = ElementTree.fromstring(saved(saving, "svg"))
    texts = {element.text for element in drawing.iter("{http://www.w3.org/2000/svg}text")}
    assert {"تركيا", "كازاخستان", "حلف شمال الأطلسي"} <= texts
    assert {element.tag.rpartition("}")[2] for element in drawing.iter()} == {"svg", "path", "text"}
    for view in ("world", "network"):
        saving.page.locator(f"#view-{view}").click()
        assert len(ElementTree.fromstring(saved(saving, "svg"))) > 30


def test_what_is_shown_can_be_saved_as_a_picture(saving: Visit) -> None:
    data = saved(saving, "png")
    assert data.startswith(b"\x89PNG")
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (3200, 2000)


def test_a_large_page_is_packed_and_opens_all_the_same(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "PACKED_ABOVE", 100)
    build = example()
    file = maps.write(build, picture(build), vocabulary(), tmp_path)
    assert "window.hurt" not in file.read_text(encoding="utf-8").partition("alliance-data")[2].partition("</script>")[0]
    here = Visit(browser, file)
    assert (here.lines(), here.faults) == (13, [])
    here.context.close()


def test_a_page_opens_as_it_is_told_to(browser: Browser, tmp_path: Path) -> None:
    build = example()
    start = "view=world&day=2018-08-12"
    here = Visit(browser, maps.write(build, picture(build), vocabulary(), tmp_path, lang="en", start=start))
    assert here.page.evaluate("document.body.dataset.view") == "world"
    assert (here.text("#day-shown"), here.text("#shown")) == ("12 August 2018", "Shown: 2 of 8")
    here.context.close()


def test_a_notebook_shows_it_in_a_frame(browser: Browser, tmp_path: Path) -> None:
    build = example()
    page = maps.page(build, picture(build), vocabulary())
    (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html><body>{page._repr_html_()}", encoding="utf-8")
    tab = browser.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.goto((tmp_path / "notebook.html").as_uri())
    tab.frame_locator("iframe").locator("html[data-ready=true]").wait_for()
    assert tab.frame_locator("iframe").locator("h1").inner_text() == "خريطة التحالفات"
    assert faults == []
    tab.close()


def test_a_part_of_a_build_keeps_only_what_it_needs() -> None:
    build = example()
    part = maps.narrow(build, kinds=("base", "transit"), actors=("SYR",))
    assert [one.id for one in part.agreements] == ["agreement-2"]
    assert {one.kind for one in part.claims} == {"base"}
    assert len(part.disagreements) == 1
    assert [one.name for one in maps.narrow(build, only=("agreement-3",)).documents] == ["b.txt"]
    for wrong in ({"kinds": ("bases",)}, {"actors": ("TKY",)}, {"only": ()}):
        with pytest.raises(QueryError, match=r"among others|no agreement meets"):
            maps.narrow(build, **wrong)


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out_in_both_lights(browser: Browser, file: Path, theme: str) -> None:
    here = Visit(browser, file, color_scheme=theme)
    names = ["ink", "muted", "accent", "warning", "paper", "surface", "soft", "warning-soft", "accent-soft", "mark"]
    read = "names => names.map(name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim())"
    found = {
        name: value if len(value) == 7 else "#" + "".join(digit * 2 for digit in value[1:])
        for name, value in zip(names, here.page.evaluate(read, names), strict=True)
    }
    pairs = [(word, ground) for word in ("ink", "muted", "accent") for ground in ("paper", "surface", "soft")]
    pairs += [("warning", "warning-soft"), ("ink", "accent-soft"), ("ink", "mark")]
    assert {pair for pair in pairs if contrast(found[pair[0]], found[pair[1]]) < 4.5} == set()
    assert (luminance(found["paper"]) < 0.1) == (theme == "dark")
    here.page.locator("#theme").click()
    assert here.page.evaluate("document.documentElement.dataset.theme") == {"light": "dark", "dark": "light"}[theme]
    here.context.close()


def test_nothing_in_the_file_breaks_out_of_its_place(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("</script>") == 4
    assert "<!--" not in text
    assert re.findall(r'(?:src|href)="(?!#)', text.partition("<script")[0]) == []
    assert EVIL_TITLE not in text
    data = json.loads(re.search(r'id="alliance-data">(.*?)</script>', text, re.DOTALL)[1])
    assert data["documents"][1]["title"] == EVIL_TITLE


def test_a_title_of_ones_own_is_text_too() -> None:
    build = example()
    text = maps.page(build, picture(build), vocabulary(), lang="en", title="<b>NATO & friends</b>")
    assert "<title>&lt;b&gt;NATO &amp; friends&lt;/b&gt;</title>" in text
    assert '<html lang="en" dir="ltr">' in text


def test_it_goes_to_a_folder_or_a_file_and_says_where_it_cannot(tmp_path: Path) -> None:
    build = example()
    given = (build, picture(build), vocabulary())
    assert maps.write(*given, tmp_path / "out") == tmp_path / "out" / "alliances.html"
    assert maps.write(*given, tmp_path / "own.html").read_bytes() == (tmp_path / "out/alliances.html").read_bytes()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["alliances.html"]
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError, match=r"taken.alliances\.html: cannot write the map"):
        maps.write(*given, tmp_path / "taken")


WRITE = """
import json, sys
from kg import maps
from kg.model import Build
from ontology import AKG, vocabulary
given = json.load(sys.stdin)
sys.stdout.reconfigure(encoding="utf-8")
print(maps.page(Build.model_validate(given["build"]), given["picture"], vocabulary()))
"""


def test_the_same_bytes_whatever_the_hash_seed_and_the_order() -> None:
    build = example()
    turned = {name: getattr(build, name)[::-1] for name in ("documents", "claims", "agreements")}
    drawn = picture(build)
    pages = {
        subprocess.run(
            [sys.executable, "-c", WRITE], capture_output=True, check=True, cwd=ROOT, text=True, encoding="utf-8",
            input=json.dumps({"build": one.model_dump(mode="json"), "picture": drawn}),
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed, one in (("1", build), ("2", build.model_copy(update=turned)))
    }  # fmt: skip
    assert pages == {maps.page(build, drawn, vocabulary()) + "\n"}


def test_every_interface_text_is_there_in_both_languages() -> None:
    words = json.loads((FOLDER / "strings.json").read_text(encoding="utf-8"))
    assert {key for key, pair in words.items() if len(pair) != 2 or not all(pair)} == set()
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js")))
    page = (FOLDER / "page.html").read_text(encoding="utf-8")
    used = set(re.findall(r'\bsay\("(\w+)"\)', code)) | set(re.findall(r'data-(?:say|title)="(\w+)"', page))
    assert used <= words.keys()
    everywhere = code + page + Path(maps.__file__).read_text(encoding="utf-8")
    stems = {"type", "size", "group"}  # put together from these and a name
    assert {key for key in words if f'"{key}"' not in everywhere and not key.startswith(tuple(stems))} == set()


def test_every_kind_has_a_sign_of_its_own() -> None:
    glyphs = json.loads((FOLDER / "glyphs.json").read_text(encoding="utf-8"))
    assert glyphs.keys() == vocabulary().kinds.keys()
    assert len(set(glyphs.values())) == len(glyphs)


def test_the_world_is_whole() -> None:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", world.outline())]
    xs, ys = numbers[::2], numbers[1::2]
    assert (min(xs), max(ys)) > (world.project(0, -182)[0], world.project(60, 0)[1])
    assert max(xs) < world.project(0, 191)[0]
    assert world.outline().count("M") == world.outline().count("Z") == 277


def test_who_shares_a_place_stands_aside_and_who_has_none_waits_below() -> None:
    nodes = [
        {"id": "A", "type": "state", "lat": 40.0, "lon": 33.0},
        {"id": "B", "type": "organization", "lat": 40.0, "lon": 33.0},
        {"id": "C", "type": "company", "lat": None, "lon": None},
        {"id": "h", "type": "agreement", "lat": None, "lon": None},
    ]
    edges = [{"source": "A", "target": "h"}, {"source": "B", "target": "h"}]
    places = world.places(nodes, edges)
    assert places["A"] != places["B"]
    assert places["C"][1] > places["A"][1]
    assert places["A"][0] < places["h"][0] < places["B"][0]
