"""Invented reports of one invented attack: two written apart, and what sites made of the first."""

import datetime as dt

import msgspec

from build import document
from villani.copies import Fingerprinter
from villani.copies.fingerprint import Fingerprint
from villani.records.text import Document
from villani.resources.word_counts import WordCounts

COUNTS = WordCounts(
    texts=1000,
    counts=dict.fromkeys(
        "the a of in on and to at by for with from that was were had said it is as after two".split(), 700
    ),
)
FIRST = """Gunmen kill nine at Tarsa market

Gunmen on motorcycles opened fire in the crowded market of Tarsa on Tuesday morning, killing at least nine traders.
Governor Ilan Dovric told reporters that soldiers from the Kemer barracks had reached the town within forty minutes.
The attackers burned three lorries loaded with cotton before they fled north towards the Orsk forest.
A nurse at the Saint Barbara clinic said that fourteen wounded people had been carried there on handcarts.
Tarsa lies on the only paved road between the mines of Velm and the harbour of Port Hessel.
No group has claimed the raid, but villagers blamed the Free Rider militia of Marek Soltan."""
INDEPENDENT = """Nine dead as raiders strike Tarsa

Port Hessel - Stall holders in Tarsa spent Tuesday burying nine of their own after a raid that lasted half an hour.
Smoke still rose from what was left of three cotton lorries when our correspondent arrived in the afternoon.
Ilan Dovric, the governor, came under sharp questions about how slowly troops moved out of Kemer.
At the Saint Barbara clinic doctors had run out of bandages for fourteen patients by noon.
People here say they know who did it: men loyal to Marek Soltan, whose Free Rider militia taxes the Velm mines."""
SWAPPED = """Shock in the north: what we know

Shooters on motorcycles unlocked blaze in the packed bazaar of Tarsa on Tuesday dawn, slaying at least nine merchants.
Governor Ilan Dovric informed newsmen that troopers from the Kemer barracks had attained the borough in forty notes.
The assailants charred three trucks laden with cotton before they escaped north towards the Orsk woodland.
A caretaker at the Saint Barbara infirmary said that fourteen injured folk had been transported there on handcarts.
Tarsa rests on the lone tarred street between the quarries of Velm and the haven of Port Hessel.
No crew has demanded the foray, but countrymen accused the Free Rider reserve of Marek Soltan."""
OTHER = """Ferry talks resume in Hessel

Owners of the Hessel ferries and the dockers' union sat down again on Wednesday after eleven days without a crossing.
The union wants two more deck hands on every night boat and an end to split shifts in the winter months.
Line director Petra Anselm offered one hand and a bonus of forty crowns, which the delegates turned down before lunch.
Farmers on Great Hessel island have begun to pour away milk because no tanker can reach the dairy at Lower Quay.
A mediator from the labour court, Josef Brandt, asked both sides to come back on Friday with written terms."""
STATEMENT = (
    '"The raiders of Tarsa will be found wherever they hide, and no forest in this country is deep enough for them," '
    'the ministry said. "We ask all citizens of the north to stay off the road from Velm to Port Hessel until Friday."'
)


def make(doc_id: str, text: str, day: int | None = None) -> Document:
    published = None if day is None else dt.date(2024, 5, day)
    return msgspec.structs.replace(document(text), doc_id=doc_id, published=published)


def fingerprint(doc_id: str, text: str, day: int | None = None) -> Fingerprint:
    (found,) = Fingerprinter(COUNTS)([make(doc_id, text, day)])
    return found


def stitched() -> str:
    """Four sentences of each of two texts."""
    return "\n".join([*FIRST.split("\n")[2:6], *OTHER.split("\n")[2:6]])
