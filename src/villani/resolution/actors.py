"""Party phrases to coded actors: names, seats, offices held on the day, modifiers and head nouns."""

import re
from dataclasses import dataclass, replace

from villani.records.events import Actor
from villani.resolution.people import People, Person
from villani.resolution.phrases import (
    FORMER,
    LEANING,
    MILITARY_ACTS,
    OWNER,
    POSSESSIVE,
    PROXY,
    TRANSPARENT,
    VENUE,
    bare,
    is_fragment,
    last_word,
    split_at_preposition,
    untitled,
)
from villani.resolution.stand_ins import stand_in
from villani.resolution.surroundings import Surroundings, names_in, stands_free, written_alike
from villani.resources.folding import fold_name, loosen_name
from villani.resources.knowledge import Knowledge
from villani.resources.parties import BRANCHES, Body, NameEntry, Term

ARMED = {"UAF", "MIL", "REB"}
# Sectors of parties that fight or run for office: in a phrase they say more than the state before them.
NON_STATE = {"REB", "IMG", "UAF", "PTY", "OPP", "CRM"}
HYPHENATED = re.compile(r"\b[A-Z]\w+[-‑](?=(?:American|Canadian|Australian)s?\b)")
FOR_A_NATION = re.compile(r"(?i)\bpro[-‑](\w+)")
NEXT_WORDS = re.compile(r" ((?:[^\W\d_][\w'’-]*[ ]?){1,4})")
MAX_PHRASE_CHARS = 160


@dataclass(frozen=True)
class Coding:
    """How a party is coded; `why` says by what. `kind` is what sort of name it was, `person` who was named."""

    why: str
    country: str | None = None
    sector: str = "UNK"
    actor_id: str | None = None
    name: str | None = None
    code: str | None = None
    kind: str = ""
    person: Term | None = None

    def is_known(self) -> bool:
        """Whether it says more than a sector."""
        return self.country is not None or self.actor_id is not None

    def is_party(self) -> bool:
        """Whether it is a party beside the states, with an identity."""
        return self.actor_id is not None and not self.actor_id.endswith(".GOV")


class ActorCoder:
    """Codes party phrases of one document at a time."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._people = People(knowledge)

    def actor(self, text: str, start: int, around: Surroundings) -> Actor:
        """The actor a phrase names; `start` is its offset in the document."""
        coding = self.code(text, around, start)
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

    def code(self, text: str, around: Surroundings, start: int = -1) -> Coding:
        """Code a phrase by the words around it, as a whole name, as a person, by its parts, else by its head noun.

        Args:
            text: The phrase as it stands in the document.
            around: The document.
            start: Its offset in `around.text`; negative where it does not come from there.
        """
        phrase = bare(text[:MAX_PHRASE_CHARS])
        if not phrase or is_fragment(phrase):
            return Coding(why="the words name no party")
        coding = self._in_context(phrase, text, start, around) or self.by_words(phrase, around)
        if not coding.is_known() and around.text:
            coding = stand_in(self, text, start, around, coding) or coding
        return self._with_office_holder(phrase, coding, around)

    def by_words(self, phrase: str, around: Surroundings) -> Coding:
        """Code a phrase by its own words."""
        return (
            self._introduced(phrase, around)
            or self._whole(phrase, around)
            or self._person(phrase, around)
            or self._owned(phrase, around)
            or self._composed(phrase, around)
        )

    def owned_by(self, holder: Coding, thing: str) -> Coding:
        """What belongs to a party already coded: its army, its spokesman."""
        return self._owned_by(holder, self._head(thing), thing, holder.why)

    def _in_context(self, phrase: str, text: str, start: int, around: Surroundings) -> Coding | None:
        """A state's name that the words around it make part of another, an adjective cut off its noun."""
        end = start + len(text)
        entries = written_alike(phrase, self._knowledge.names.get(fold_name(phrase), ()))
        if start < 0 or not entries or around.text[start:end] != text:
            return None
        low = around.text.rfind("\n", 0, start) + 1
        line = around.text[max(low, start - 200) : end + 200].partition("\n")[0]
        at = start - max(low, start - 200) + text.find(phrase)
        if not stands_free(line, at, at + len(phrase), entries, self._knowledge):
            behind = re.match(r", ([A-Z]\w+(?: [A-Z]\w+)?)", around.text[end : end + 50])
            places = self._knowledge.names.get(fold_name(behind[1]), ()) if behind else ()
            country = next((entry.body.country for entry in places if entry.kind == "region"), None)
            return Coding(why=f"'{phrase}' is part of a longer name", country=country, kind="region")
        if entries[0].kind != "adjective":
            return None
        return self._adjective(entries[0], around.text[end : end + 80])

    def _adjective(self, entry: NameEntry, behind: str) -> Coding | None:
        """A nation's adjective by the noun it stands before: "Israeli air strikes", "Russian officials"."""
        match = NEXT_WORDS.match(behind)
        words = [fold_name(word) for word in match[1].split()] if match else []
        nation = replace(_of_body(entry.body, f"the nation's adjective, '{entry.written}'"), kind="adjective")
        found = self._first_head(words, apart=0 if _collective(entry.written) else 1)
        if found is not None and words[0] not in MILITARY_ACTS:
            head = Coding(why=f"head noun '{found[0]}' behind it", sector=found[1])
            return self._owned_by(nation, head, found[0], nation.why)
        if words and words[0] in MILITARY_ACTS:
            head = Coding(why=f"'{words[0]}' behind it is an army's", sector="MIL")
            return self._owned_by(nation, head, words[0], nation.why)
        if not words or words[0] in {"and", "or"} or _collective(entry.written):
            return None
        return replace(nation, why=f"the nation's adjective before '{words[0]}'")

    def _first_head(self, words: list[str], *, apart: int) -> tuple[str, str] | None:
        """The head noun that the first nouns of a run end in: "army" of "army killed the commander".

        `apart` is how many words may stand before it.
        """
        found = None
        for size in range(1, len(words) + 1):
            head = self._head_noun(words[:size])
            if head is not None and head[0].endswith(words[size - 1]) and size - len(head[0].split()) <= apart:
                found, apart = head, size
            elif found is not None:
                break
        return found

    def _introduced(self, phrase: str, around: Surroundings) -> Coding | None:
        """A short form that the document put in brackets behind a name: coded as that name."""
        short, _, rest = phrase.partition(" ")
        full = around.introduced.get(short)
        if full is None:
            return None
        spelled = bare(f"{full} {rest}")
        coding = self.by_words(spelled, replace(around, introduced={}))
        known = any(not entry.hedged for entry in self._knowledge.names.get(fold_name(short), ()))
        if (coding.sector == "UNK" and not coding.is_known()) or (known and not coding.is_known()):
            return None
        name = coding.name or (full if not rest else None)
        return replace(coding, why=f"{short} stands for '{full}'; {coding.why}", name=name)

    def _whole(self, phrase: str, around: Surroundings) -> Coding | None:
        """The whole phrase is a name we know."""
        key = fold_name(phrase)
        known = self._knowledge.names.get(key)
        if known is None and " " in key:
            known = self._knowledge.names.get(self._knowledge.parties.loose.get(loosen_name(key), ""))
        coding = self._of_names(key, written_alike(phrase, known or ()), around)
        if coding is not None:
            return coding
        sector = self._knowledge.heads.get(key)
        if sector is None or next(names_in(phrase, self._knowledge), None) is not None:
            return None
        return Coding(why=f"head noun '{phrase.lower()}'", sector=sector)

    def _of_names(self, key: str, entries: tuple[NameEntry, ...], around: Surroundings) -> Coding | None:
        """The coding of what a name means in this document."""
        homonym = around.homonyms.get(key)
        if homonym is not None and entries:
            why = f"'{entries[0].written}' is another place here"
            return Coding(why=why, country=homonym.country, sector="GOV" if homonym.country else "UNK", kind="region")
        entry = _fitting(entries, around)
        return None if entry is None else _named(entry, around.day)

    def _person(self, phrase: str, around: Surroundings) -> Coding | None:
        """A person in office: by full name anywhere, by family name where the document or the day ties it."""
        # "rebels of Laurent Kabila" are not Kabila: only what stands before a preposition can be the person.
        main = split_at_preposition(phrase)[0]
        person = self._people.in_full(untitled(main), around, role=main)
        if person is not None:
            return _of_person(person)
        state, name = None, main
        for start, end, entries in names_in(main, self._knowledge):
            if start == 0 and end < len(main):
                state, name = entries[0].body.country, POSSESSIVE.sub("", main[end:]).strip(" '’")
            break
        person = self._people.by_family_name(name, state, around)
        if person is not None:
            return _of_person(person)
        return self._by_fuller(main, around)

    def _by_fuller(self, name: str, around: Surroundings) -> Coding | None:
        """An unknown family name: coded as the fuller phrase of the document that ends in it."""
        key = fold_name(POSSESSIVE.sub("", name))
        fuller = around.fuller.get(key)
        if fuller is None or " " in key or not name[:1].isupper() or len(fold_name(untitled(fuller)).split()) < 2:
            return None
        if key in self._knowledge.heads or split_at_preposition(fuller)[1]:
            return None
        # "Resolution" is not the Security Council for "Security Council Resolution": a given name stands before.
        words = fuller.split()  # a hyphen parts a name when folded, not here: "Al-Sadr" is one word
        given = words[-2] if len(words) > 1 else ""
        if not given[:1].isupper() or fold_name(given) in {*self._knowledge.heads, *self._knowledge.names}:
            return None
        # The fuller phrase is read without further ties, or two phrases could lean on each other for ever.
        found = self.by_words(bare(fuller), replace(around, fuller={}))
        return replace(found, why=f"tied to '{fuller}' in the document; {found.why}")

    def _owned(self, phrase: str, around: Surroundings) -> Coding | None:
        """Reads "Turkey's foreign minister", "Mariupol's city council": the owner's state, the thing's sector."""
        match = OWNER.match(phrase)
        named = next(names_in(phrase, self._knowledge), None) if match else None
        if match is None or (named is not None and named[0] < match.end(1) < named[1]):
            return None  # the possessive is part of a name: "New People's Army guerrillas"
        owner, thing = bare(match[1]), bare(match[2])
        if not thing:
            return None
        person = self._person(thing, around) if thing[:1].isupper() else None
        if person is not None and person.country is not None:
            return person
        head = self._composed(thing, around)
        holder = self._whole(owner, around) or self._person(owner, around) or self._holder(owner, around)
        if head.country is not None and head.actor_id is not None:
            if holder is None or holder.country in {None, head.country}:
                return head
            head = self._head(thing)
        if holder is None or not holder.is_known():
            country = self._country_of_place(owner, around)
            return (
                replace(head, country=country, why=f"{head.why}, of {owner}")
                if head.sector != "UNK" or country
                else None
            )
        return self._owned_by(holder, head, thing, owner)

    def _composed(self, phrase: str, around: Surroundings) -> Coding:
        """Modifiers and a head noun, what follows a preposition taken in where the head leans on it."""
        main, _, rest = split_at_preposition(phrase)
        head = self._head(main)
        holder = self._holder(main, around)
        if holder is not None and holder.kind == "people" and fold_name(main).endswith(fold_name(holder.name or "")):
            return replace(holder, name=None)
        if holder is None and rest:
            holder = self._holder_behind(rest, around, head)
        if holder is None:
            return head
        return self._owned_by(holder, head, main, holder.why)

    def _holder(self, main: str, around: Surroundings) -> Coding | None:
        """The party that the modifiers name, words that only lean on one left out."""
        named = next(names_in(main, self._knowledge), None)
        inside = main[named[0] : named[1]] if named else ""
        words = [word for word in main.split() if word in inside.split() or not LEANING.search(word)]
        kept = HYPHENATED.sub("", " ".join(words))
        found = [
            (start, end, coding)
            for start, end, entries in names_in(kept, self._knowledge)
            if (coding := self._of_names(fold_name(kept[start:end]), entries, around)) is not None
        ]
        party = next((coding for _, _, coding in found if coding.is_party() and coding.sector in NON_STATE), None)
        if party is not None:
            return party
        if len(found) > 1 and found[0][2].kind == "adjective" and found[1][2].kind in {"adjective", "people"}:
            # "Indian Americans" are of the second nation, "Iraqi and Turkish officials" of both.
            return found[1][2] if kept[found[0][1] : found[1][0]].strip() in {"", "-"} else found[0][2]
        if found:
            return found[0][2]
        if len(words) > 1 and fold_name(words[-1]) in self._knowledge.heads:
            return self._person_before(" ".join(words[:-1]), around)
        return None

    def _person_before(self, name: str, around: Surroundings) -> Coding | None:
        """The person whose administration, government or forces a phrase names: "the Trump administration"."""
        person = self._people.in_full(untitled(name), around) or self._people.by_family_name(name, None, around)
        return _of_person(person) if person is not None and person.held else None

    def _holder_behind(self, rest: str, around: Surroundings, head: Coding) -> Coding | None:
        """Reads "government of Abd-Rabbu Mansour Hadi", "officials in Bishkek", "members of the Taliban"."""
        if len(rest) > 80:
            return None
        for _ in range(3):
            # "the ministry of internal affairs of Belarus": what stands behind the last "of" counts if others do not.
            behind, preposition, rest = split_at_preposition(rest)
            found = self._whole(behind, around) or self._person(behind, around) or self._holder(behind, around)
            if found is not None and found.is_known():
                return found
            if head.sector in {*BRANCHES, "REB", "UAF"} and (country := self._country_of_place(behind, around)):
                return Coding(why=f"place '{behind}'", country=country, kind="region")
            if preposition not in {"of", "for"}:
                break
        return None

    def _head(self, main: str) -> Coding:
        """Sector by the longest head noun; of several, by the last."""
        raw = main.split()
        words = [fold_name(word) for word in raw]
        found = self._head_noun(words)
        if found is None:
            return Coding(why="unknown name" if main[:1].isupper() else "no head noun we know")
        noun, sector = found
        if any(re.match(r"(?i)anti[-‑]", word) for word in raw):
            sector = "REB" if sector in ARMED else "OPP" if sector in {"CVL", "OPP", "PTY"} else sector
        nation = FOR_A_NATION.search(main)
        if nation is not None and sector == "UAF" and fold_name(nation[1]) in self._knowledge.names:
            sector = "REB"
        if FORMER.match(main) and sector in {"GOV", "MIL", "LEG"}:
            sector = "ELI"
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

    def _owned_by(self, holder: Coding, head: Coding, thing: str, owner: str) -> Coding:
        """A head noun that belongs to a party: the party itself, its branch, or people of its country."""
        noun = last_word(thing)
        speaks = noun in TRANSPARENT or head.sector in {"UNK", holder.sector}
        if holder.is_party() and (speaks or (holder.sector == "IGO" and head.sector in BRANCHES)):
            return holder
        why = f"{head.why}, of {owner}" if owner != holder.why else f"{head.why}; {holder.why}"
        if holder.kind in {"seat", "region"} and (
            noun in VENUE - {"residents"} or (head.sector == "UNK" and noun not in TRANSPARENT)
        ):
            return Coding(why=f"{why}; a place where '{noun}' meet is no party", sector=head.sector)
        if head.sector == "UNK" and noun in MILITARY_ACTS and (holder.actor_id or holder.kind == "adjective"):
            head = replace(head, sector="MIL")
        if head.sector == "UNK" and noun in TRANSPARENT and holder.actor_id is not None:
            return replace(holder, why=why)
        return self._of_state(holder, head, thing, why)

    def _of_state(self, holder: Coding, head: Coding, thing: str, why: str) -> Coding:
        """A head noun of a state: its branch where a state has one such, else people of its country."""
        if head.sector == "UNK":
            return Coding(why=why, country=holder.country, code=holder.country)
        sector, country = head.sector, holder.country
        if sector == "IGO" and country:
            sector = "GOV"
        if holder.is_party() and sector in ARMED | {"GOV", "COP"}:
            return replace(holder, why=why)
        # A place that is no state has no branches we could name; states have a code by here.
        branch = BRANCHES.get(sector) if country and holder.code and holder.sector != "ELI" else None
        if any(PROXY.search(word) for word in thing.split()) or (holder.kind == "seat" and sector != "GOV"):
            branch = None
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

    def _with_office_holder(self, phrase: str, coding: Coding, around: Surroundings) -> Coding:
        """The person who held an office named by its role on the document's day: its name, the office's codes."""
        body = self._knowledge.bodies.get(coding.actor_id or "")
        if body is None or coding.person is not None or FORMER.match(phrase):
            return coding
        term = self._people.of_role(phrase, body, around)
        if term is None:
            return coding
        return replace(coding, name=term.name, why=f"{coding.why}; {term.name} was {term.office} on {around.day}")


def _fitting(entries: tuple[NameEntry, ...], around: Surroundings) -> NameEntry | None:
    """The entry meant: one the document names in full elsewhere, one whose state it speaks of most, any not hedged."""
    confirmed = [entry for entry in entries if entry.body.actor_id in around.bodies]
    if confirmed:
        return confirmed[0]
    spoken = [entry for entry in entries if around.speaks_of(entry.body.country)]
    if spoken:
        return max(spoken, key=lambda entry: around.states[entry.body.country or ""])
    free = [entry for entry in entries if not entry.hedged]
    exact = [entry for entry in free if entry.body.country is None]
    ranked = exact or free
    return ranked[0] if ranked else None


def _named(entry: NameEntry, day: str | None) -> Coding:
    """The coding of a name that stands alone, on a day."""
    body = entry.body.on(day)
    if entry.kind in {"adjective", "people"} and not _collective(entry.written):
        sector = "CVL" if entry.kind == "people" else "UNK"
        code = (body.country or "") + (sector if sector != "UNK" else "")
        why = f"people or adjective of {body.country}"
        name = entry.written if entry.kind == "people" else None
        return Coding(why=why, country=body.country, sector=sector, code=code, kind=entry.kind, name=name)
    why = {
        "country": "country named for its government",
        "seat": "capital or palace named for its government",
        "body": f"named '{entry.written}'",
        "region": f"'{entry.written}', a government within a state",
        "other": f"'{entry.written}' is no government",
    }.get(entry.kind, "nation named for its government")
    if body is not entry.body:
        why += "".join(f", which then {phase.why}" for phase in entry.body.phases if phase.covers(day or ""))
    coding = replace(_of_body(body, why), kind=entry.kind)
    return replace(coding, code=None, name=None) if body.actor_id is None else coding


def _of_body(body: Body, why: str) -> Coding:
    return Coding(
        why=why, country=body.country, sector=body.sector, actor_id=body.actor_id, name=body.name, code=body.code
    )


def _of_person(person: Person) -> Coding:
    """The coding of a person: as the office held on the day, else as one who was or will be in office."""
    term, body = person.term, person.body
    if not person.held:
        code = (body.country or "") + "ELI"
        return Coding(person.why, country=body.country, sector="ELI", code=code, name=term.name, person=term)
    # A party's leader is coded as the party is that day; an office may be of another sector than its state.
    sector = body.sector if body is not term.body or body.phases else term.sector
    return Coding(
        why=person.why,
        country=body.country,
        sector=sector,
        actor_id=body.actor_id,
        name=term.name,
        code=body.code,
        person=term,
    )


def _collective(written: str) -> bool:
    """Whether an adjective alone names the nation as one ("the French", "the British", "the Chinese")."""
    return written.endswith(("ese", "ish", "nch", "tch", "wiss", "lsh"))
