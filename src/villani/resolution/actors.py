"""Party phrases to coded actors: names, seats, offices held on the day, modifiers and head nouns."""

import re
from dataclasses import dataclass, replace

from villani.records.events import Actor
from villani.resolution.surroundings import POSSESSIVE, Surroundings, names_in, written_alike
from villani.resources.folding import fold_name
from villani.resources.knowledge import Body, Knowledge, NameEntry, Term

ARTICLE = re.compile(
    r"^(?:the|a|an|some|many|several|all|both|its|their|his|her|our|at least|more than|about|around)\s+", re.IGNORECASE
)
NUMBER = re.compile(
    r"^(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens of|hundreds of|thousands of"
    r"|scores of|one|another|other|fifteen|twenty|thirty|forty|fifty|sixty)(?:[\s-]+(?:dozen|hundred|thousand))?\s+",
    re.IGNORECASE,
)
QUOTES = " \t\n\"'“”‘’(),;:"
OF = re.compile(
    r"\s+(?:of|from|in|at|for|near|inside|outside|on|to|with|against|by|under|who|that|including|among|between)\s+"
)
OWNER = re.compile(r"^(.{2,60}?)(?:['’]s|(?<=s)['’])\s+(.+)$", re.DOTALL)
# A word that only leans on a party says nothing of who this one is: "Russian-backed", "pro-Iranian", "anti-Assad".
LEANING = re.compile(
    r"^(?:pro|anti|counter|non|ex)[-‑].|[-‑](?:backed|led|born|allied|held|controlled|based|trained|funded|speaking|majority"
    r"|aligned|supported|sponsored|made|style|occupied|linked|affiliated|friendly|armed|supplied|inspired|built|owned|installed"
    r"|run|dominated)$",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|sir|lord|lady|dame|prof|professor|president|prime minister|premier|chancellor"
    r"|king|queen|prince"
    r"|princess|emir|sultan|general|gen|colonel|col|major|maj|captain|capt|lieutenant|lt|brigadier|brig|admiral|adm"
    r"|secretary of state|secretary|foreign minister|foreign secretary|defen[cs]e minister|defen[cs]e"
    r" secretary|minister|senator|sen|rep"
    r"|representative|congressman|congresswoman|ambassador|envoy|ayatollah|sheikh|mullah|imam|pope|vice president"
    r"|interior minister|spokesman|spokeswoman|leader|governor|mayor|judge|justice|marshal|field marshal"
    r"|commander)\.?\s+",
    re.IGNORECASE,
)
# Nouns that mean the party they speak for or belong to.
TRANSPARENT = set(
    "spokesman spokeswoman spokesperson spokesmen spokespeople leader leaders leadership official officials"
    " member members"
    " representative representatives source sources statement chief chiefs head heads commander commanders"
    " fighter fighters"
    " militant militants rebel rebels insurgent insurgents guerrilla guerrillas forces force gunmen gunman"
    " troops soldiers"
    " soldier delegation side negotiators negotiator envoy envoys group movement militia militias"
    " militiamen faction wing"
    " cell cells network units unit authorities government administration regime mission peacekeepers agency agencies"
    " organisation organization alliance coalition jihadists terrorists extremists separatists channels channel media"
    " hackers operatives operative gang cartel army police party bloc headquarters diplomats diplomat"
    " minister ministers"
    " ambassador ambassadors investigators inspectors experts report delegates patrol patrols positions convoy staff"
    " office council commission committee parliament court rapporteur observers monitors mediator mediators"
    " president".split()
)
ARMED = {"UAF", "MIL", "REB"}
# Sectors that a state has one of; only these give an actor an identity of its own.
BRANCHES = {
    "GOV": "Government",
    "MIL": "Armed forces",
    "COP": "Police",
    "LEG": "Parliament",
    "JUD": "Judiciary",
    "SPY": "Intelligence services",
}
MAX_PHRASE_CHARS = 160


@dataclass(frozen=True)
class Coding:
    """How a party is coded; `why` says by what."""

    why: str
    country: str | None = None
    sector: str = "UNK"
    actor_id: str | None = None
    name: str | None = None
    code: str | None = None


class ActorCoder:
    """Codes party phrases of one document at a time."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def actor(self, text: str, start: int, around: Surroundings) -> Actor:
        """The actor a phrase names; `start` is its offset in the document."""
        coding = self.code(text, around)
        code = coding.code or (coding.country or "") + (coding.sector if coding.sector != "UNK" else "")
        return Actor(
            text=text,
            start=start,
            end=start + len(text),
            name=coding.name,
            actor_id=coding.actor_id,
            country=coding.country,
            sector=coding.sector,
            code=code or None,
            why=coding.why,
        )

    def code(self, text: str, around: Surroundings) -> Coding:
        """Code a phrase: as a whole name, as a person, by its parts, else by its head noun."""
        phrase = _bare(text[:MAX_PHRASE_CHARS])
        if not phrase:
            return Coding(why="nothing is named")
        return (
            self._whole(phrase, around)
            or self._person(phrase, around)
            or self._owned(phrase, around)
            or self._composed(phrase, around)
        )

    def _whole(self, phrase: str, around: Surroundings) -> Coding | None:
        """The whole phrase is a name we know."""
        key = fold_name(phrase)
        entries = written_alike(phrase, self._knowledge.names.get(key, ()))
        entry = _fitting(entries, around)
        if entry is not None:
            return _named(entry)
        sector = self._knowledge.heads.get(key)
        if sector is None or next(names_in(phrase, self._knowledge), None) is not None:
            return None
        return Coding(why=f"head noun '{phrase.lower()}'", sector=sector)

    def _person(self, phrase: str, around: Surroundings) -> Coding | None:
        """A person in office: by full name anywhere, by family name where the document or the day ties it."""
        # "rebels of Laurent Kabila" are not Kabila: only what stands before a preposition can be the person.
        phrase = _split_at_preposition(phrase)[0]
        state = self._state_before(phrase, around)
        name = _untitled(phrase)
        key = fold_name(name)
        words = name.split()
        if not words or not _is_name_word(words[-1]):
            return None
        for at in range(len(words) if len(words) <= 8 else 0):
            if not _is_name_word(words[at]):
                continue
            tail = fold_name(" ".join(words[at:]))
            terms = self._knowledge.people.get(tail, ())
            if len(words) - at > 1 and terms:
                return self._term(tuple(terms), around)
        if len(words) == 1 or key in self._knowledge.people or key in self._knowledge.surnames:
            return self._surname(key, phrase != name, state, around)
        return None

    def _surname(self, key: str, titled: bool, state: str | None, around: Surroundings) -> Coding | None:  # noqa: FBT001
        """A family name, tied to a full name of the document or to the one who holds office on its day."""
        if key in around.tied:
            return self._term(around.tied[key], around)
        terms = (*self._knowledge.surnames.get(key, ()), *self._knowledge.people.get(key, ()))
        if around.day is None:
            return None
        held = [term for term in terms if term.covers(around.day)]
        held = [term for term in held if around.speaks_of(term.body.country) or term.body.country is None]
        if state is not None:
            held = [term for term in held if term.body.country == state]
        fuller = around.fuller.get(key)
        if fuller and not titled and len(fold_name(_untitled(fuller)).split()) > 1 and not self._is_known(fuller):
            # The fuller phrase is read without further ties, or two phrases could lean on each other for ever.
            found = self._composed(fuller, replace(around, fuller={}))
            return replace(found, why=f"tied to '{fuller}' in the document")
        if not held or len({term.body.country for term in held}) > 1:
            return None
        return self._term(tuple(held), around)

    def _is_known(self, phrase: str) -> bool:
        """Whether a phrase ends in the full name of an office holder we know."""
        words = fold_name(_untitled(phrase)).split()
        return any(" ".join(words[at:]) in self._knowledge.people for at in range(len(words) - 1))

    def _term(self, terms: tuple[Term, ...], around: Surroundings) -> Coding:
        """The office of a person on the document's day; without a day, the last one."""
        ordered = sorted(terms, key=lambda term: (term.office == "leader", term.first))
        held = [term for term in ordered if around.day is None or term.covers(around.day)]
        named = [term for term in held if term.office != "leader"]
        term = (named or held or ordered)[-1 if around.day is None or not held else 0]
        if around.day is None:
            term = max(named or held, key=lambda term: term.first)
        if not held:
            state = term.body.country
            return Coding(
                why=f"{term.name}, who held no listed office on {around.day}",
                country=state,
                sector="ELI",
                code=(state or "") + "ELI",
                name=term.name,
            )
        when = f"on {around.day}" if around.day else "last listed"
        return Coding(
            why=f"{term.name}, {term.office}, {when}",
            country=term.body.country,
            sector=term.sector,
            actor_id=term.body.actor_id,
            name=term.name,
            code=term.body.code,
        )

    def _owned(self, phrase: str, around: Surroundings) -> Coding | None:
        """Reads "Turkey's foreign minister", "Mariupol's city council": the owner's state, the thing's sector."""
        match = OWNER.match(phrase)
        if match is None:
            return None
        owner, thing = _bare(match[1]), _bare(match[2])
        if not thing:
            return None
        person = self._person(thing, around) if thing[:1].isupper() else None
        if person is not None and person.country is not None:
            return person
        head = self._composed(thing, around)
        holder = self._whole(owner, around) or self._person(owner, around)
        if head.country is not None and head.actor_id is not None:
            if holder is None or holder.country in {None, head.country}:
                return head
            head = self._head(thing)
        if holder is None or (holder.country is None and holder.actor_id is None):
            country = self._country_of_place(owner, around)
            return (
                replace(head, country=country, why=f"{head.why}, of {owner}")
                if head.sector != "UNK" or country
                else None
            )
        return self._owned_by(holder, head, _last_word(thing), owner)

    def _composed(self, phrase: str, around: Surroundings) -> Coding:
        """Modifiers and a head noun, what follows a preposition taken in where the head leans on it."""
        main, _, rest = _split_at_preposition(phrase)
        head = self._head(main)
        holder = self._holder(main, around)
        if holder is None and rest:
            holder = self._holder_behind(rest, around, head)
        if holder is None:
            return head
        return self._owned_by(holder, head, _last_word(main), holder.why)

    def _holder(self, main: str, around: Surroundings) -> Coding | None:
        """The party that the modifiers name, words that only lean on one left out."""
        kept = " ".join(word for word in main.split() if not LEANING.search(word))
        for _, _, entries in names_in(kept, self._knowledge):
            entry = _fitting(entries, around)
            if entry is not None:
                return _named(entry)
        return None

    def _holder_behind(self, rest: str, around: Surroundings, head: Coding) -> Coding | None:
        """Reads "government of Abd-Rabbu Mansour Hadi", "officials in Bishkek", "members of the Taliban"."""
        if len(rest) > 80:
            return None
        behind = _split_at_preposition(rest)[0]
        found = self._whole(behind, around) or self._person(behind, around) or self._holder(behind, around)
        if found is None or found.actor_id is None:
            country = self._country_of_place(behind, around) if head.sector in {*BRANCHES, "REB", "UAF"} else None
            return Coding(why=f"place '{behind}'", country=country) if country else None
        return found

    def _state_before(self, phrase: str, around: Surroundings) -> str | None:
        """The state an adjective in front names: "Turkish President Erdogan"."""
        holder = self._holder(phrase, around)
        return holder.country if holder else None

    def _head(self, main: str) -> Coding:
        """Sector by the longest head noun; of several, by the last."""
        raw = main.split()
        words = [fold_name(word) for word in raw]
        leaning = next((word for word in raw if re.match(r"(?i)anti[-‑]", word)), None)
        found = self._head_noun(words)
        if found is None:
            return Coding(why="unknown name" if main[:1].isupper() else "no head noun we know")
        noun, sector = found
        if leaning is not None:
            sector = "REB" if sector in ARMED else "OPP" if sector in {"CVL", "OPP", "PTY"} else sector
        if ("former" in words[:2] and sector in {"GOV", "MIL", "LEG"}) or "ex" in words[:1]:
            sector = "ELI" if sector == "GOV" else sector
        return Coding(why=f"head noun '{noun}'", sector=sector)

    def _head_noun(self, words: list[str]) -> tuple[str, str] | None:
        """The last noun or fixed phrase we know, the longest that ends there; plurals in -s by their singular too."""
        heads = self._knowledge.heads
        for end in range(len(words), max(0, len(words) - 6), -1):
            for start in range(max(0, end - 4), end):
                noun = " ".join(words[start:end])
                for spelling in (noun, noun.removesuffix("s"), re.sub(r"ies$", "y", noun)):
                    if spelling in heads:
                        return noun, heads[spelling]
        return None

    def _owned_by(self, holder: Coding, head: Coding, noun: str, owner: str) -> Coding:
        """A head noun that belongs to a party: the party itself, its branch, or people of its country."""
        body_like = holder.actor_id is not None and not holder.actor_id.endswith(".GOV")
        if body_like and (noun in TRANSPARENT or head.sector == "UNK"):
            return holder
        why = f"{head.why}, of {owner}" if owner != holder.why else f"{head.why}; {holder.why}"
        if head.sector == "UNK":
            if noun in TRANSPARENT and holder.actor_id is not None:
                return replace(holder, why=why)
            return Coding(why=why, country=holder.country, code=holder.country)
        sector, country = head.sector, holder.country
        if sector == "IGO" and country:
            sector = "GOV"
        if body_like and sector in ARMED | {"GOV", "COP"}:
            return replace(holder, why=why)
        # A place that is no state has no branches we could name; states have a code by here.
        branch = BRANCHES.get(sector) if country and holder.code else None
        return Coding(
            why=why,
            country=country,
            sector=sector,
            actor_id=f"{country}.{sector}" if branch else None,
            name=f"{branch} of {self._knowledge.countries[country]}" if branch and country else None,
            code=f"{country or ''}{sector}",
        )

    def _country_of_place(self, name: str, around: Surroundings) -> str | None:
        """The state of a town or area: one the document speaks of, or the only place of any size with the name."""
        found = self._knowledge.gazetteer.find(POSSESSIVE.sub("", name)) if name[:1].isupper() else ()
        spoken = [place for place in found if around.speaks_of(place.country)]
        if spoken:
            return spoken[0].country
        return found[0].country if found and found[0].population >= 200_000 else None


def _bare(text: str) -> str:
    """A phrase without quotation marks, articles and counts."""
    phrase = " ".join(text.split()).strip(QUOTES)
    for _ in range(3):
        shorter = NUMBER.sub("", ARTICLE.sub("", phrase))
        if shorter == phrase:
            break
        phrase = shorter
    return phrase.strip(QUOTES)


def _untitled(phrase: str) -> str:
    """A person's name without the titles in front."""
    name = POSSESSIVE.sub("", phrase)
    for _ in range(4):
        shorter = TITLE.sub("", name)
        if shorter == name:
            break
        name = shorter
    return name


def _is_name_word(word: str) -> bool:
    """Whether a word may stand in a person's name: a capital, or an article with one behind it."""
    return word[:1].isupper() or (word[:3].lower() in {"al-", "el-", "as-", "ad-"} and word[3:4].isupper())


def _split_at_preposition(phrase: str) -> tuple[str, str, str]:
    """What stands before the first preposition, the preposition, what stands after."""
    match = OF.search(phrase)
    if match is None:
        return phrase, "", ""
    return phrase[: match.start()], match.group().strip(), _bare(phrase[match.end() :])


def _last_word(text: str) -> str:
    words = fold_name(_split_at_preposition(text)[0]).split()
    return words[-1] if words else ""


def _fitting(entries: tuple[NameEntry, ...], around: Surroundings) -> NameEntry | None:
    """The entry meant: first one whose state the document speaks of, then any that is not hedged."""
    spoken = [entry for entry in entries if around.speaks_of(entry.body.country)]
    free = [entry for entry in entries if not entry.hedged]
    exact = [entry for entry in free if entry.body.country is None]
    ranked = spoken or exact or free
    return ranked[0] if ranked else None


def _named(entry: NameEntry) -> Coding:
    """The coding of a name that stands alone."""
    body = entry.body
    if entry.kind in {"adjective", "people"} and not _collective(entry.written):
        sector = "CVL" if entry.kind == "people" else "UNK"
        code = (body.country or "") + (sector if sector != "UNK" else "")
        return Coding(why=f"people or adjective of {body.country}", country=body.country, sector=sector, code=code)
    why = {
        "country": "country named for its government",
        "seat": "capital or palace named for its government",
        "body": f"named '{entry.written}'",
    }.get(entry.kind, "nation named for its government")
    return _of_body(body, why)


def _of_body(body: Body, why: str) -> Coding:
    return Coding(
        why=why, country=body.country, sector=body.sector, actor_id=body.actor_id, name=body.name, code=body.code
    )


def _collective(written: str) -> bool:
    """Whether an adjective alone names the nation as one ("the French", "the British", "the Chinese")."""
    return written.endswith(("ese", "ish", "nch", "tch", "wiss", "lsh"))
