"""Party phrases as words: what surrounds a name, what leans on another, what names nobody."""

import re

from villani.resources.folding import fold_name

ARTICLE = re.compile(
    r"^(?:the|a|an|some|many|several|all|both|its|their|his|her|our|at least|more than|about|around|nearly|almost"
    r"|up to)\s+",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"^(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens of|hundreds of|thousands of"
    r"|tens of thousands of|scores of|one|another|other|fifteen|sixteen|twenty|thirty|forty|fifty|sixty)"
    r"(?:[\s-]+(?:dozen|hundred|thousand))?\s+",
    re.IGNORECASE,
)
QUOTES = " \t\n\"'“”‘’(),;:"
OF = re.compile(
    r"\s+(?:of|from|in|at|for|near|inside|outside|on|to|with|within|against|by|under|who|that|including|among"
    r"|between)\s+"
)
OWNER = re.compile(r"^(.{2,60}?)(?:['’]s|(?<=s)['’])\s+(.+)$", re.DOTALL)
POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
# A short form in brackets behind the name it stands for: "Reporters Without Borders (RSF)".
IN_BRACKETS = re.compile(r"\s*\([A-Z][\w./-]{1,12}\)?$")
# A word that only leans on a party says nothing of who this one is: "Russian-backed", "pro-Iranian", "anti-Assad".
LEANING = re.compile(
    r"^(?:pro|anti|counter|non|ex)[-‑].|[-‑](?:backed|led|born|allied|held|controlled|based|trained|funded|speaking"
    r"|majority|aligned|supported|sponsored|made|style|occupied|linked|affiliated|friendly|armed|supplied|inspired|built"
    r"|owned|installed"
    r"|run|dominated|annexed|imposed|brokered|loving|language)$",
    re.IGNORECASE,
)
# Those that say whose side it is on: such a party is no branch of the state it is of.
PROXY = re.compile(r"[-‑](?:backed|allied|trained|funded|aligned|supported|sponsored|armed)$", re.IGNORECASE)
TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|sir|lord|lady|dame|prof|professor|president|prime minister|premier|chancellor"
    r"|king|queen|prince|sayyid|sayed|sayyed|grand ayatollah|crown prince|acting president|then-president|dictator"
    r"|princess|emir|sultan|general|gen|colonel|col|major|maj|captain|capt|lieutenant|lt|brigadier|brig|admiral|adm"
    r"|secretary of state|secretary|foreign minister|foreign secretary|defen[cs]e minister|defen[cs]e secretary"
    r"|minister"
    r"|senator|sen|rep|representative|congressman|congresswoman|ambassador|envoy|ayatollah|sheikh|mullah|imam|pope"
    r"|vice president|vice-president|chairman|chairwoman"
    r"|interior minister|spokesman|spokeswoman|leader|governor|mayor|judge|justice|marshal|field marshal|warlord"
    r"|commander|opposition leader|then|former|ex-president)\.?\s+",
    re.IGNORECASE,
)
# Titles that say nothing of an office.
PLAIN_TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|sir|lord|lady|dame|prof|professor|captain|capt|then|former)\.?\s", re.IGNORECASE
)
FORMER = re.compile(
    r"(?i)^(?:the\s+)?(?:\w+\s+){0,2}?(?:former|ex|ousted|deposed|late|ex[-‑]\w+|exiled|toppled|one-time|retired)\b"
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
    " president position targets target bases base campaign men".split()
)
# Nouns of what meets in a capital without being its government.
VENUE = set(
    "negotiators negotiator talks conference summit delegates participants accord accords agreement process protocol"
    " round meeting forum festival marathon bombers attackers suburb residents".split()
)
# What aircraft, guns and armies do, behind a nation's adjective: "Israeli air strikes".
MILITARY_ACTS = set(
    "strike strikes airstrike airstrikes raid raids shelling bombing bombardment bombings shells missile missiles"
    " rocket rockets offensive invasion incursion operation advance assault artillery fire occupation air naval ground"
    " drone bombs shell mortar mortars tank blockade siege warplane combat attack attacks".split()
)
# Words that name nobody by themselves, and those cut out of the middle of a phrase.
CLOSED = set(
    "the a an all both some many more most less few several any each every either neither none half much such same own"
    " no not yes"
    " this that these those which who whom whose what when where why how there here then us we you me my your our mine"
    " i am is are was were be been being do does did have has had will would can could may might must shall should"
    " and or but nor so if as than of in on at to for from by with about into over under after before against"
    " monday tuesday wednesday thursday friday saturday sunday january february march april june july august september"
    " october november december today yesterday tomorrow"
    " wider major scientific humanitarian new old senior junior dedicated national local foreign international"
    " military-style courageous young younger recent earlier later former latter first second third last next"
    " anti pro non ex pre mid".split()
)
CURRENCY = set(
    "dollar dollars euro euros pound pounds yen yuan rouble roubles ruble rubles rupee rupees kroner krona kronor krone"
    " lira dinar dinars dirham riyal riyals rial rials peso pesos shekel shekels franc francs cent cents percent"
    " million billion trillion km kilometres kilometers miles tonnes tons metres meters hours days weeks months"
    " years minutes".split()
)
DIGITS = re.compile(r"[\d\s,.$€£¥%:/+-]+")
PRONOUNS = set("he she him her his hers it its they them their theirs himself herself itself themselves".split())


def bare(text: str) -> str:
    """A phrase without quotation marks, articles, counts and a short form in brackets."""
    phrase = IN_BRACKETS.sub("", " ".join(text.split()).strip(" \t\n\"'“”‘’,;:")).strip(QUOTES)
    for _ in range(4):
        shorter = NUMBER.sub("", ARTICLE.sub("", phrase))
        if shorter == phrase:
            break
        phrase = shorter
    return phrase.strip(QUOTES)


def untitled(phrase: str) -> str:
    """A person's name without the titles in front."""
    name = POSSESSIVE.sub("", phrase)
    for _ in range(4):
        shorter = TITLE.sub("", name)
        if shorter == name:
            break
        name = shorter
    return name


def is_name_word(word: str) -> bool:
    """Whether a word may stand in a person's name: a capital, or an article with one behind it."""
    return word[:1].isupper() or (word[:3].lower() in {"al-", "el-", "as-", "ad-"} and word[3:4].isupper())


def split_at_preposition(phrase: str) -> tuple[str, str, str]:
    """What stands before the first preposition, the preposition, what stands after."""
    match = OF.search(phrase)
    if match is None:
        return phrase, "", ""
    return phrase[: match.start()], match.group().strip(), bare(phrase[match.end() :])


def last_word(text: str) -> str:
    """The word a phrase ends in, before any preposition, folded."""
    words = fold_name(split_at_preposition(text)[0]).split()
    return words[-1] if words else ""


def is_fragment(text: str) -> bool:
    """Whether a phrase can name no party: function words, numbers, sums of money, an adjective cut off its noun.

    Pronouns of the third person may stand for a party and are none; "WHO" and "US" are names, "who" and "us" not.
    """
    words = [word for word in re.split(r"[\s,;:()\"'“”‘’]+", text) if word]
    lower = [word.lower() for word in words]
    if not any(letter.isalpha() for letter in text) or "$" in text or "€" in text or "£" in text:
        return True
    if any(word.isalpha() and word.isupper() and len(word) > 1 for word in words):
        return False
    if words in (["May"], ["March"], ["August"]):
        return False
    return all(word in CLOSED or word in CURRENCY or DIGITS.fullmatch(word) for word in lower)
