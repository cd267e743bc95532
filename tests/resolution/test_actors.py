import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from villani.resolution.actors import ActorCoder
from villani.resolution.phrases import is_fragment
from villani.resolution.surroundings import Surroundings
from villani.resources.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()
SPOKEN = {"USA": 2.0, "SYR": 2.0, "RUS": 2.0, "TUR": 1.0, "UKR": 1.0}
AUTUMN_2016 = Surroundings(SPOKEN, "2016-09-30", {}, {})
UNDATED = Surroundings(SPOKEN, None, {}, {})
NOWHERE = Surroundings({}, "2016-09-30", {}, {})


def code(text, around=AUTUMN_2016):
    actor = ActorCoder(KNOWLEDGE).actor(text, 7, around)
    assert (actor.text, actor.start, actor.end) == (text, 7, 7 + len(text))
    assert actor.why
    return actor


# Phrase, country, sector, code, actor_id.
ROWS = [
    ("Moscow", "RUS", "GOV", "RUSGOV", "RUS.GOV"),  # capital for its government
    ("the Kremlin", "RUS", "GOV", "RUSGOV", "RUS.GOV"),  # palace, with an article
    ("White House", "USA", "GOV", "USAGOV", "USA.GOV"),  # palace of two words
    ("Downing Street", "GBR", "GOV", "GBRGOV", "GBR.GOV"),  # street for a government
    ("Élysée", "FRA", "GOV", "FRAGOV", "FRA.GOV"),  # accents
    ("Elysee", "FRA", "GOV", "FRAGOV", "FRA.GOV"),  # the same without
    ("Pentagon", "USA", "GOV", "USAGOV", "USA.GOV"),  # a ministry by its building
    ("Brussels", None, "IGO", "IGOEUR", "EU"),  # the Union, not Belgium
    ("Aleppo", None, "UNK", None, None),  # trap: a town that is no capital speaks for no state
    ("Georgia", "GEO", "GOV", "GEOGOV", "GEO.GOV"),  # a country's name alone is its government
    ("U.S.", "USA", "GOV", "USAGOV", "USA.GOV"),  # stops in the name
    ("us", None, "UNK", None, None),  # trap: a pronoun is no country
    ("DR Congo", "COD", "GOV", "CODGOV", "COD.GOV"),  # short form
    ("Iraqi troops", "IRQ", "MIL", "IRQMIL", "IRQ.MIL"),  # adjective and head noun
    ("Syria's army", "SYR", "MIL", "SYRMIL", "SYR.MIL"),  # possessive
    ("Turkey's foreign minister", "TUR", "GOV", "TURGOV", "TUR.GOV"),  # office of a state
    ("Mariupol's city council", "UKR", "GOV", "UKRGOV", None),  # a town's state, but no branch of it
    ("Kenyan police", "KEN", "COP", "KENCOP", "KEN.COP"),  # police apart from army
    ("parliament", None, "LEG", "LEG", None),  # no modifier, no country
    ("president", None, "GOV", "GOV", None),  # an office of nobody's
    ("supreme court", None, "JUD", "JUD", None),  # two words
    ("Madagascar's constitutional court", "MDG", "JUD", "MDGJUD", "MDG.JUD"),  # court of a state
    ("Russian-backed forces", None, "MIL", "MIL", None),  # trap: backed by Russia is not Russia
    ("pro-Russian separatists", None, "REB", "REB", None),  # trap: for Russia is not Russia
    ("anti-Assad fighters", None, "REB", "REB", None),  # trap: against him, so not him
    ("Turkish-backed rebels", None, "REB", "REB", None),  # trap: backed by Turkey
    ("Saudi-led coalition", None, "IGO", "IGOMIL", "COALITION.SAU"),  # a coalition with a name
    ("Kurdish fighters", None, "UAF", "UAF", None),  # a people without a state of its own
    ("gunmen", None, "UAF", "UAF", None),  # head noun alone
    ("two villagers", None, "CVL", "CVL", None),  # count in front
    ("at least 36 people", None, "CVL", "CVL", None),  # bounded count in front
    ("about 30 doctors", None, "MED", "MED", None),  # rounded count in front
    ("rebels", None, "REB", "REB", None),  # head noun alone
    ("Syrian rebels", "SYR", "REB", "SYRREB", None),  # rebels of a country are no single body
    ("soldiers", None, "MIL", "MIL", None),  # head noun alone
    ("captured Congolese soldiers", "COD", "MIL", "CODMIL", "COD.MIL"),  # participle in front
    ("protesters", None, "OPP", "OPP", None),  # opposition in the street
    ("journalists", None, "JRN", "JRN", None),  # press
    ("refugees", None, "REF", "REF", None),  # displaced
    ("aid workers", None, "NGO", "NGO", None),  # relief
    ("state television", None, "JRN", "JRN", None),  # medium, not state
    ("hospitals", None, "MED", "MED", None),  # buildings stand for those in them
    ("Russian jets", "RUS", "MIL", "RUSMIL", "RUS.MIL"),  # planes of an air force
    ("U.S. officials", "USA", "GOV", "USAGOV", "USA.GOV"),  # officials of a state
    ("officials in Bishkek", "KGZ", "GOV", "KGZGOV", "KGZ.GOV"),  # a capital behind a preposition
    ("coast guard of Puntland", "SOM", "GOV", "SOMGOV", None),  # a region's state, but not its branch
    ("president of Namibia", "NAM", "GOV", "NAMGOV", "NAM.GOV"),  # state behind "of"
    ("Tripoli government", "LBY", "GOV", "LBYGOV", "LBY.GOV"),  # capital as a modifier
    ("Americans", "USA", "CVL", "USACVL", None),  # people of a country
    ("Israeli", "ISR", "UNK", "ISR", None),  # an adjective alone says country only
    ("French", "FRA", "GOV", "FRAGOV", "FRA.GOV"),  # a nation as one
    ("UN", None, "IGO", "IGOUNO", "UN"),  # organisation
    ("U.N. Security Council", None, "IGO", "IGOUNO", "UN.SC"),  # organ of one, stops in the name
    ("UN peacekeepers", None, "IGO", "IGOUNO", "UN"),  # those of one
    ("WHO", None, "IGO", "IGOUNO", "UN.WHO"),  # name in capitals
    ("who", None, "UNK", None, None),  # trap: a pronoun
    ("EU foreign ministers", None, "IGO", "IGOEUR", "EU"),  # ministers of a union
    ("NATO", None, "IGO", "IGONAT", "NATO"),  # alliance
    ("Red Cross", None, "NGO", "NGOIRC", "ICRC"),  # relief body
    ("Doctors Without Borders", None, "NGO", "NGOMSF", "MSF"),  # another name of MSF
    ("International Criminal Court", None, "IGO", "IGOJUD", "ICC"),  # court of many states
    ("M23 rebels", "COD", "REB", "CODREB", "COD.M23"),  # group and what it is
    ("Islamic State militants", None, "IMG", "IMGREB", "IS"),  # group of no one state
    ("ISIL", None, "IMG", "IMGREB", "IS"),  # another name
    ("Houthi movement", "YEM", "REB", "YEMREB", "YEM.HOUTHI"),  # movement
    ("Free Syrian Army", "SYR", "REB", "SYRREB", "SYR.FSA"),  # trap: no army of Syria
    ("Jaysh al-Fatah", "SYR", "REB", "SYRREB", "SYR.JAISHFATAH"),  # other spelling
    ("members of the Taliban", "AFG", "REB", "AFGREB", "AFG.TALIBAN"),  # members are the body
    ("Taliban fighters", "AFG", "REB", "AFGREB", "AFG.TALIBAN"),  # fighters are the body
    ("Hamas spokesman", "PSE", "REB", "PSEREB", "PSE.HAMAS"),  # its voice
    ("Hezbollah", "LBN", "REB", "LBNREB", "LBN.HEZBOLLAH"),  # group
    ("Wagner mercenaries", "RUS", "UAF", "RUSUAF", "RUS.WAGNER"),  # group whose name is a man's too
    ("Boko Haram", "NGA", "REB", "NGAREB", "NGA.BOKOHARAM"),  # group
    ("Syrian Democratic Forces", "SYR", "REB", "SYRREB", "SYR.SDF"),  # trap: not the forces of Syria
    ("US Central Command", "USA", "MIL", "USAMIL", "USA.CENTCOM"),  # command with a name
    ("Congress", "USA", "LEG", "USALEG", "USA.CONGRESS"),  # hedged: the document speaks of the USA
    ("India's Congress party", "IND", "PTY", "INDPTY", None),  # trap: another Congress
    ("Kerry", "USA", "GOV", "USAGOV", "USA.GOV"),  # secretary of state on that day
    ("Mogherini", None, "IGO", "IGOEUR", "EU"),  # voice of the Union
    ("Ja'afari", "SYR", "GOV", "SYRGOV", "SYR.GOV"),  # apostrophe in the name
    ("President Putin", "RUS", "GOV", "RUSGOV", "RUS.GOV"),  # title in front
    ("Turkish President Recep Tayyip Erdogan", "TUR", "GOV", "TURGOV", "TUR.GOV"),  # adjective, title, full name
    ("Assad's government", "SYR", "GOV", "SYRGOV", "SYR.GOV"),  # of a ruler
    ("Bashar al-Assad", "SYR", "GOV", "SYRGOV", "SYR.GOV"),  # article in the name
    ("Donald Trump", "USA", "ELI", "USAELI", None),  # trap: not yet in office on that day
    ("Andrew Johnson", None, "UNK", None, None),  # trap: not the minister of that name
    ("Defence Minister Horia Bratan", None, "GOV", "GOV", None),  # unknown person, known office
    ("Horia Bratan", None, "UNK", None, None),  # unknown person
    ("former Iraqi prime minister", "IRQ", "ELI", "IRQELI", None),  # out of office
    ("rebels of Laurent Kabila", "COD", "REB", "CODREB", None),  # trap: his rebels are not he
    ("army spokesman Tomas Ardel", None, "MIL", "MIL", None),  # office before an unknown name
    ("Syrian civilians", "SYR", "CVL", "SYRCVL", None),  # people, not state
    ("Joe Biden's son", "USA", "CVL", "USACVL", None),  # trap: a relative holds no office
    ("teachers' union", None, "LAB", "LAB", None),  # apostrophe that owns nothing of a state
    ("", None, "UNK", None, None),  # nothing left of the phrase
    ("Muslim Brotherhood", "EGY", "OPP", "EGYOPP", "EGY.MB"),  # movement
    ("Israeli army", "ISR", "MIL", "ISRMIL", "ISR.IDF"),  # army with a name of its own
    ("Rwandan soldiers", "RWA", "MIL", "RWAMIL", "RWA.MIL"),  # army of a state
    ("ex-rebels", None, "REB", "REB", None),  # hyphen in a head noun
]


@pytest.mark.parametrize(("text", "country", "sector", "joined", "actor_id"), ROWS, ids=[row[0] for row in ROWS])
def test_a_phrase_gets_its_codes(text, country, sector, joined, actor_id):
    actor = code(text)
    assert (actor.country, actor.sector, actor.actor_id) == (country, sector, actor_id)
    assert actor.code == joined


def test_a_common_family_name_is_nobody_alone():
    assert code("Carter").actor_id is None  # Ash Carter held office that day


def test_a_common_family_name_counts_with_the_title_of_its_office():
    assert code("Defense Secretary Carter").name == "Ash Carter"


def test_a_ruler_known_by_family_name_only_counts_where_the_state_is_spoken_of():
    assert code("Skerrit", NOWHERE).actor_id is None
    assert code("Skerrit", Surroundings({"DMA": 1.0}, "2016-09-30", {}, {})).actor_id == "DMA.GOV"


def test_a_family_name_without_a_day_needs_its_state():
    assert code("Kerry", UNDATED).actor_id == "USA.GOV"
    assert code("Kerry", Surroundings({}, None, {}, {})).actor_id is None


def test_a_full_name_is_known_without_a_day():
    assert code("John Kerry", UNDATED).actor_id == "USA.GOV"


def test_a_family_name_is_tied_to_the_full_name_of_the_document():
    terms = KNOWLEDGE.people["boris johnson"]
    tied = Surroundings({"GBR": 1.0}, "2018-03-01", {"johnson": terms}, {})
    assert code("Johnson", tied).why.startswith("Boris Johnson, foreign secretary")


def test_an_unknown_family_name_takes_the_office_of_the_fuller_phrase():
    around = Surroundings({}, "2018-03-01", {}, {"bratan": "Interior Minister Horia Bratan"})
    assert code("Bratan", around).sector == "GOV"


def test_two_phrases_that_lean_on_each_other_end():
    around = Surroundings({}, "2018-03-01", {}, {"ruvo": "aide of Ruvo", "aide": "Ruvo of aide"})
    assert code("Ruvo", around).actor_id is None


@pytest.mark.parametrize(
    ("day", "office"),
    [
        ("2012-05-01", "defence secretary"),  # before he changed posts
        ("2015-05-01", "foreign secretary"),  # after
    ],
)
def test_a_person_holds_the_office_of_the_day(day, office):
    assert office in code("Philip Hammond", Surroundings({}, day, {}, {})).why


def in_text(marked, day="2016-09-30", states=None, **more):
    """The coding of the phrase in [] within a text; other parties stand in {}."""
    text, parties, phrase, position = "", [], None, 0
    for match in re.finditer(r"[\[{]([^\]}]+)[\]}]", marked):
        text += marked[position : match.start()]
        parties.append((len(text), match[1]))
        phrase = parties[-1] if match[0][0] == "[" else phrase
        text += match[1]
        position = match.end()
    text += marked[position:]
    around = Surroundings(states or {}, day, {}, {}, text=text, parties=tuple(parties), **more)
    return ActorCoder(KNOWLEDGE).actor(phrase[1], phrase[0], around)


@pytest.mark.parametrize(
    ("marked", "country", "sector"),
    [
        ("The [Israeli] jets turned back.", "ISR", "MIL"),  # the noun behind the adjective
        ("An [Israeli] air strike hit it.", "ISR", "MIL"),  # what armies do
        ("The [Turkish] police chief resigned.", "TUR", "COP"),  # two nouns, one trade
        ("A [Polish] proposal was dropped.", "POL", "GOV"),  # any other noun is the state's
        ("[Kenyan] and Ugandan soldiers met.", "KEN", "UNK"),  # the noun stands too far away
        ("[Jordan] Whitlock scored twice.", None, "UNK"),  # a name cut in two
        ("Police in [Paris], Texas, searched it.", "USA", "UNK"),  # a town elsewhere
        ("Russia Warns [Turkey] Over Downed Plane In Syria", "TUR", "GOV"),  # capitals of a headline say nothing
        ("Meanwhile [Jordan] closed its border.", "JOR", "GOV"),  # nor that of a sentence's first word
    ],
)
def test_the_words_around_a_phrase_count(marked, country, sector):
    actor = in_text(marked)
    assert (actor.country, actor.sector) == (country, sector)


@pytest.mark.parametrize(
    ("marked", "actor_id"),
    [
        ("{Boko Haram} fled. [They] burned the village.", "NGA.BOKOHARAM"),
        ("{Boko Haram} fled. [The group] burned the village.", "NGA.BOKOHARAM"),
        ("{France} objected. [It] sent a note.", "FRA.GOV"),
        ("{Hassan Rouhani} spoke. [He] offered talks.", "IRN.GOV"),
        ("{Hassan Rouhani} spoke. [The president] offered talks.", "IRN.GOV"),
        ("{Hassan Rouhani} spoke. [The chancellor] offered talks.", None),  # trap: he is none
        ("{Turkey} objected. [He] offered talks.", None),  # trap: a state is no he
        ("{The Iraqi army} and {the Syrian army} met. [The army] fired.", None),  # trap: which of the two
        ("{Hamas} replied. [A group] of boys ran.", None),  # trap: not definite
    ],
)
def test_pronouns_and_descriptions_stand_for_a_party(marked, actor_id):
    assert in_text(marked).actor_id == actor_id


def test_what_belongs_to_a_pronoun_belongs_to_its_party():
    actor = in_text("{Bashar al-Assad} did not speak. [His army] shelled Homs.")
    assert (actor.actor_id, actor.sector) == ("SYR.MIL", "MIL")


def test_a_branch_without_a_name_is_of_the_main_state_and_says_so():
    actor = in_text("At noon [police] fired.", states={"SRB": 5.0, "FRA": 1.0})
    assert (actor.country, actor.sector, actor.actor_id) == ("SRB", "COP", None)
    assert "speaks mostly of SRB" in actor.why


def test_a_short_form_is_what_the_text_says():
    actor = in_text("Then [RSF] complained.", introduced={"RSF": "Reporters Without Borders"})
    assert (actor.actor_id, actor.sector) == ("RSF.NGO", "NGO")
    assert actor.why.startswith("RSF stands for")


@pytest.mark.parametrize(("day", "sector"), [("2000-01-01", "GOV"), ("2010-01-01", "REB"), ("2022-01-01", "GOV")])
def test_a_group_is_coded_as_on_the_day(day, sector):
    assert code("the Taliban", Surroundings({}, day, {}, {})).sector == sector
    assert code("Zabihullah Mujahid", Surroundings({}, max(day, "2008-01-01"), {}, {})).actor_id == "AFG.TALIBAN"


def test_a_role_names_who_held_it():
    actor = code("Turkey's foreign minister", Surroundings({}, "2015-11-24", {}, {}))
    assert (actor.name, actor.actor_id) == ("Mevlut Cavusoglu", "TUR.GOV")


@pytest.mark.parametrize("text", ["Qasem Sulaimani", "Bashar el-Asad", "Mohammad ibn Salman"])
def test_other_spellings_are_known(text):
    assert code(text).country in {"IRN", "SYR", "SAU"}


@pytest.mark.parametrize("text", ["all", "20, kroner", "$5 million", "which", "more", "Monday", "126"])
def test_fragments_name_no_party(text):
    assert is_fragment(text)


@pytest.mark.parametrize("text", ["WHO", "the US", "they", "others", "5.5 million people", "May", "twelve soldiers"])
def test_names_and_pronouns_are_no_fragments(text):
    assert not is_fragment(text)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_phrase_is_coded(text):
    actor = ActorCoder(KNOWLEDGE).actor(text, 0, AUTUMN_2016)
    assert actor.sector
    assert actor.country is None or actor.country in KNOWLEDGE.countries


def test_a_hostile_phrase_takes_no_time():
    assert code("of the " * 40_000).sector == "UNK"
    assert code("Al-" * 40_000 + "x's " * 9).sector
