"""Coded records by their words: phrases are looked up in the text, so that a test counts no characters."""

from villani.records.events import Actor, Count, Event, Figure, Relation, Words


def spot(text, phrase):
    start = text.index(phrase)
    return {"text": phrase, "start": start, "end": start + len(phrase)}


def party(text, phrase, sector=None):
    return Actor(**spot(text, phrase), name=None, actor_id=None, country=None, sector=sector, code=None, why="test")


def event(text, trigger, kind="ASSAULT", *, by=(), to=(), says=(), sector=None, deaths=None, **options):
    fields = {"mode": None, "status": "happened", "within": None, "score": 0.9, "event_id": f"{trigger}-{kind}"}
    return Event(
        **fields | options,
        doc_id="d1",
        act_id="a1",
        type=kind,
        cameo="19",
        quad="material-conflict",
        trigger=Words(**spot(text, trigger)),
        says=tuple(party(text, phrase) for phrase in says),
        actors=tuple(party(text, phrase, sector) for phrase in by),
        recipients=tuple(party(text, phrase) for phrase in to),
        place=None,
        time=None,
        deaths=None if deaths is None else Count(low=deaths, high=deaths),
        injured=None,
        evidence=Words(**spot(text, text)),
        found_by="test",
        coder="test",
    )


def relation(text, kind, subject, other):
    return Relation(
        relation_id="r1",
        doc_id="d1",
        kind=kind,
        subject=party(text, subject),
        object=party(text, other),
        time=None,
        status="happened",
        says=(),
        evidence=Words(**spot(text, text)),
        score=0.8,
    )


def figure(text, measure, number, of=None, status="happened"):
    return Figure(
        figure_id="f1",
        doc_id="d1",
        measure=measure,
        low=number,
        high=number,
        of=Words(**spot(text, of)) if of else None,
        place=None,
        time=None,
        status=status,
        says=(),
        evidence=Words(**spot(text, text)),
        score=0.8,
    )
