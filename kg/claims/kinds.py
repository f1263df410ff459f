"""Which kind of arrangement a noun names: by its own words, its modifiers, and what is said of its content."""

from __future__ import annotations

from kg.claims.drafts import BARE_DEFENCE
from kg.claims.heads import PACT_KINDS, Head
from kg.claims.reading import Reading
from kg.claims.scopes import Scope
from kg.lexicon import load
from kg.lexicon.grammar import words

MODIFIERS = (
    "m-mutual",
    "m-nonaggression",
    "m-truce",
    "m-arms-control",
    "m-transit",
    "m-industry",
    "m-strategic",
    "m-defense",
    "m-military",
)
TREATIES = frozenset({"treaty", "declaration", "contract", "framework", "guarantee-noun", "structure"})
CONTENTS = ("m-mutual", "m-nonaggression", "m-truce", "m-arms-control", "m-transit")
KIND_OF = {
    "m-mutual": "mutual-defense-pact",
    "m-nonaggression": "nonaggression-pact",
    "m-truce": "armistice",
    "m-arms-control": "arms-control",
    "m-transit": "transit",
    "m-industry": "defense-industry",
    "m-strategic": "strategic-partnership",
    "m-defense": "defense-cooperation",
    "m-military": "defense-cooperation",
}
OWN_KIND = {
    "troop-force": "security-framework",
    "truce": "armistice",
    "m-truce": "armistice",
    "room": "security-framework",
    "alliance": "alliance",
    "joint-force": "security-framework",
    "m-transit": "transit",
    "m-nonaggression": "nonaggression-pact",
    "m-mutual": "mutual-defense-pact",
    "m-industry": "defense-industry",
    "m-arms-control": "arms-control",
    "m-aid": "defense-cooperation",
    "committee": "defense-cooperation",
    "patrol": "defense-cooperation",
    "p-intelligence-sharing": "defense-cooperation",
}
SINGLE_PARTY_OK = frozenset({"mutual-defense-pact", "security-framework", "arms-control", "joint-exercise", "transit"})
PLAIN_ALLIANCE = "alliance without military content"
INSTRUMENT_KINDS = frozenset(
    {
        "mutual-defense-pact",
        "nonaggression-pact",
        "alliance",
        "defense-cooperation",
        "transit",
        "armistice",
        "security-framework",
        "strategic-partnership",
        "arms-control",
        "defense-industry",
    }
)
OFF = words("off")


def out_of_scope(reading: Reading, head: Head) -> bool:
    """Tell whether the noun phrase speaks of trade, culture and the like and of nothing military."""
    phrase = {
        reading.norm(k).removeprefix("لل").removeprefix("ال").removeprefix("وال").removeprefix("ل")
        for k in range(head.first, head.end)
    }
    military = reading.has(head.first, head.end, *MODIFIERS, "s-training", "s-cyber", "s-intelligence", "s-exercises")
    return bool(phrase & OFF) and not military


def kind_of(reading: Reading, head: Head, place: Scope, *, armed: bool = False) -> tuple[str, str]:
    """Give the kind of a head and the rule that found it; «» where the words do not tell."""
    if head.instrument:
        return _named_kind(reading, head, head.instrument)
    modifier = next((m for m in MODIFIERS if reading.has(head.first, head.end, m)), "")
    if not modifier and head.cue in ("treaty", "cooperation", "declaration") and _military_sector(reading, head):
        modifier = "m-defense"
    several = ("s-training", "s-exercises", "s-intelligence", "s-counterterrorism", "s-cyber")
    if (
        modifier == "m-industry"
        and head.cue in ("treaty", "cooperation")
        and reading.has(head.first, head.end, *several)
    ):
        modifier = "m-defense"
    if head.cue == "treaty" and not modifier and reading.norm(head.last) in ("الامن", "امن"):
        modifier = "m-defense"
    if head.cue == "treaty" and modifier == "m-military" and _is_defence(reading, head.last):
        return "defense-cooperation", BARE_DEFENCE
    pledged = head.cue in ("treaty", "declaration")
    if pledged and modifier in ("", "m-military", "m-defense") and _limits(reading, place):
        return "arms-control", "limits forces or arms"
    if head.cue in TREATIES:
        return _treaty_kind(reading, head, place, modifier)
    if head.cue in ("alliance", "axis"):
        return _alliance_kind(reading, head, place, modifier, armed=armed)
    return _relation_kind(reading, head, modifier, armed=armed)


def _named_kind(reading: Reading, head: Head, name: str) -> tuple[str, str]:
    """Give the kind of an instrument that the lexicon knows, or of the pact that an organization's name stands for."""
    if head.cue != "organization":
        kind = load().instruments[name].kind
        if kind == "alliance" and obliges(reading, head.last, until_next(reading, head)):
            kind = "mutual-defense-pact"
        return kind, f"instrument {name}"
    if reading.has(head.first, head.first + 1, "alliance", "treaty"):
        return "alliance", f"alliance {name}"
    return PACT_KINDS[getattr(load().actors[name], "kind", "")], f"named pact {name}"


def _is_defence(reading: Reading, i: int) -> bool:
    return reading.norm(i).removeprefix("ال") in words("defence")


def _treaty_kind(reading: Reading, head: Head, place: Scope, modifier: str) -> tuple[str, str]:
    """Give the kind of a treaty: by the duty in it, its modifiers, then by what is said of its content."""
    pledged = head.cue in ("treaty", "declaration") and modifier in ("m-defense", "m-military", "m-strategic", "")
    first = reading.clauses[reading.clause_of(head.first)].first
    if pledged and obliges(reading, first, until_next(reading, head)):
        return "mutual-defense-pact", "duty to help a party that is attacked"
    if pledged and reading.has(head.last, until_next(reading, head), "p-nuclear-umbrella"):
        return "mutual-defense-pact", "a nuclear umbrella"
    content = next((m for m in CONTENTS for a, b in place.right if reading.has(a, b, m)), "")
    if modifier in ("m-defense", "m-military") and content == "m-truce":
        return "armistice", "content m-truce"
    if modifier in ("m-defense", "m-military") and head.cue in ("framework", "structure"):
        return "security-framework", "security framework"
    if modifier in ("m-defense", "m-military", "m-strategic") and _provides_help(reading, place):
        return "mutual-defense-pact", "provides for mutual defence"
    if modifier:
        return KIND_OF[modifier], f"noun of agreement with {modifier}"
    return _content_kind(reading, head, place, content)


def _provides_help(reading: Reading, place: Scope) -> bool:
    """Tell whether a treaty is said to hold mutual defence («تنص على المساعدة المتبادلة»)."""
    for a, b in place.right:
        for cue in reading.cues_in(a, b, ("content",)):
            if not reading.negation(cue.first) and reading.has(cue.last, min(b, cue.last + 5), "m-mutual"):
                return True
    return False


def _content_kind(reading: Reading, head: Head, place: Scope, content: str) -> tuple[str, str]:
    if reading.has(head.last, head.end, "alliance"):
        return "alliance", "treaty of alliance"
    if _makes_arms(reading, head):
        return "defense-industry", "treaty to develop or make weapons"
    if reading.has(head.last, head.end, "joint-force"):
        return "security-framework", "treaty to form a joint force"
    if reading.has(head.last, head.last + 1, "truce"):
        return "armistice", "treaty of truce"
    if reading.says(head.last, head.last + 2, words("support")) and reading.has(
        head.last, head.last + 2, "s-logistics"
    ):
        return "transit", "treaty of logistic support"
    if reading.has(head.last, head.last + 2, "deploy") and reading.has(head.last, head.end, "troops", "troop-force"):
        return "defense-cooperation", "treaty to send troops"
    if _opens_ports(reading, place):
        return "transit", "opens ports or airspace to forces"
    if content and content != "m-arms-control":
        return KIND_OF[content], f"content {content}"
    return "", ""


def _relation_kind(reading: Reading, head: Head, modifier: str, *, armed: bool) -> tuple[str, str]:
    """Give the kind of a head that is neither a treaty nor an alliance, by its noun and what modifies it."""
    military = modifier in ("m-defense", "m-military")
    match head.cue:
        case "partnership":
            return _partnership_kind(reading, head, modifier)
        case "cooperation" if not modifier and _of_armies(reading, head):
            return "defense-cooperation", "cooperation of armies"
        case "cooperation" | "relations" if military or modifier == "m-mutual":
            return "defense-cooperation", "military cooperation"
        case "cooperation" | "relations" if modifier in ("m-industry", "m-strategic"):
            return KIND_OF[modifier], f"cooperation {modifier}"
        case "corridor" if military or modifier == "m-transit":
            return "transit", "military corridor"
        case "programme" | "factory" | "platform" if _is_industry(reading, head, armed=armed):
            return "defense-industry", "joint programme"
        case "mechanism" | "initiative" if military:
            return "security-framework", "security mechanism"
        case _:
            kind = OWN_KIND.get(head.cue, "")
            return kind, f"noun {head.cue}" if kind else ""


def _of_armies(reading: Reading, head: Head) -> bool:
    """Tell whether armies cooperate («تعاون وثيق يجمع الجيشين»)."""
    clause = reading.clauses[reading.clause_of(head.first)]
    return reading.has(head.last, clause.last, "tie") and reading.has(head.last, clause.last, "army")


def _partnership_kind(reading: Reading, head: Head, modifier: str) -> tuple[str, str]:
    if modifier in ("m-defense", "m-military") and not reading.has(head.first, head.end, "m-strategic"):
        return "defense-cooperation", "partnership in defence"
    if modifier == "m-strategic" or (not modifier and _is_strategic(reading, head)):
        return "strategic-partnership", "strategic partnership"
    return KIND_OF.get(modifier, ""), f"partnership {modifier}"


def _makes_arms(reading: Reading, head: Head) -> bool:
    """Tell whether the words after a treaty say that it is to develop or make weapons."""
    last = until_next(reading, head)
    if reading.has(head.last, last, "programme") and reading.has(head.last, last, "weapon", "aircraft", "ship"):
        return True
    developed = any(reading.norm(k).removeprefix("ل") in words("making") for k in range(head.last, last))
    return developed and reading.has(head.last, last, "weapon", "aircraft", "ship", "drone")


def _limits(reading: Reading, place: Scope) -> bool:
    """Tell whether an accord sets limits to forces or arms («يقيّد عديد القوات», «يضع سقوفا للأسلحة»)."""
    return any(
        reading.has(a, b, "limit")
        and reading.has(a, b, "troop-force", "troops", "weapon", "foreign-forces", "materiel", "m-arms-control")
        for a, b in place.right
    )


def _military_sector(reading: Reading, head: Head) -> bool:
    """Tell whether a treaty without more is about a military sector, or about training among soldiers."""
    if reading.has(head.first, head.end, "s-counterterrorism", "s-border", "s-intelligence", "s-cyber", "s-exercises"):
        return True
    return reading.has(head.first, head.end, "s-training") and reading.has(0, len(reading.tokens), "m-military", "army")


def _opens_ports(reading: Reading, place: Scope) -> bool:
    return any(
        reading.has(a, b, "port", "s-airspace")
        and reading.has(a, b, "open", "allow", "bind", "use")
        and reading.has(a, b, "vessel", "aircraft", "troop-force")
        for a, b in place.right
    )


def until_next(reading: Reading, head: Head) -> int:
    """Give where the words about a head end: at the next noun of agreement, or with the sentence."""
    after = [
        c.first
        for c in reading.cues
        if c.first >= head.end and c.cue in ("treaty", "alliance", "partnership") and c.sense.pos == "noun"
    ]
    return min([*after, len(reading.tokens)])


def obliges(reading: Reading, first: int, last: int) -> bool:
    """Tell whether words bind a party to act when another is attacked («تلزم كلا منهما بنجدة الآخر إذا هوجم»)."""
    attack = reading.has(first, last, "attack")
    each = reading.has(first, last, "each")
    bound = reading.has(first, last, "bind", "pledge", "guarantee", "content")
    helped = reading.has(first, last, "help")
    if bound and any(c.sense.lemma in ("دفاع عن", "دافع") for c in reading.cues_in(first, last, ("help",))):
        return True
    twice = sum(1 for _ in reading.cues_in(first, last, ("attack",))) > 1
    return (attack and ((bound and (helped or each)) or (twice and each))) or (bound and helped and each)


def _alliance_kind(reading: Reading, head: Head, place: Scope, modifier: str, *, armed: bool) -> tuple[str, str]:
    if modifier == "m-mutual" or obliges(reading, head.last, until_next(reading, head)):
        return "mutual-defense-pact", "alliance with a duty to defend"
    plain = reading.norm(head.first).removeprefix("و").removeprefix("ال")
    concluded = reading.has(head.first, place.right[0][1], "sign") or any(
        reading.has(a, b, "sign") for a, b in place.left
    )
    if concluded and not modifier:
        return "alliance", "alliance that was concluded"
    numbered = reading.norm(head.last).removeprefix("ال") in words("numbered")
    if modifier or numbered or plain.startswith(("حلف", "احلاف")):
        return "alliance", "military alliance"
    if any(reading.has(a, b, "m-military", "m-defense") for a, b in place.left):
        return "alliance", "alliance among military words"
    if not armed:
        return "", ""
    return "strategic-partnership", PLAIN_ALLIANCE


def _is_strategic(reading: Reading, head: Head) -> bool:
    return any("استراتيجي" in reading.norm(k) or "ستراتيجي" in reading.norm(k) for k in range(head.first, head.end))


def _is_industry(reading: Reading, head: Head, *, armed: bool) -> bool:
    """Tell whether a programme or factory makes arms: by its words, or a joint one in a text about weapons."""
    weapons = ("weapon", "ship", "drone", "ammunition", "m-industry", "aircraft", "system")
    if head.cue == "factory":
        return reading.has(head.first, head.end, *weapons)
    near = {reading.norm(k).removeprefix("ال") for k in range(head.first, min(len(reading.tokens), head.end + 8))}
    joint = bool(near & words("jointly"))
    return reading.has(head.first, head.end, *weapons, "produce") or (armed and joint) or "قتال" in near
