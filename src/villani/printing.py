"""Coded documents as a person reads them: events with their sentence, and why each field is what it is."""

from collections.abc import Iterator

from rich.text import Text

from villani.records.events import Actor, CodedDocument, Count, Event, Figure, Place, Relation, When

INDENT = " " * 16
STATUS_STYLE = {"happened": "green", "claimed": "yellow", "denied": "red", "planned": "cyan", "considered": "magenta"}
HIDDEN = dict.fromkeys(
    (*range(32), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
"""Control and direction characters, which could rewrite a terminal's line."""


def show_document(document: CodedDocument, *, first: int, explain: bool) -> Iterator[Text]:
    """Lines of one document's events, numbered from `first`.

    Args:
        document: What was coded.
        first: Number of the first event.
        explain: Whether to say why each actor, place and time is what it is.
    """
    article = document.document
    title = clean(article.title) or clean(article.text[:60]) + " ..."
    day = f"  {article.published}" if article.published else "  (no date)"
    yield Text.assemble((title, "bold"), (day, "dim"), (f"  {clean(article.source)}", "dim"))
    for number, event in enumerate(document.events, first):
        yield from _event(event, number, explain=explain)
    for relation in document.relations:
        yield _relation(relation)
    for figure in document.figures:
        yield _figure(figure)
    if document.datelines:
        names = ", ".join(f'"{clean(place.text)}"' for place in document.datelines)
        kind = "is the dateline" if len(document.datelines) == 1 else "are datelines"
        yield Text(f"note: {names} {kind}, not used as the place", style="dim")
    yield Text()


def clean(words: str) -> str:
    """Words of a page without characters that could move a terminal's cursor; line breaks become spaces."""
    return " ".join(words.replace("\n", " ").translate(HIDDEN).split())


def _event(event: Event, number: int, *, explain: bool) -> Iterator[Text]:
    style = STATUS_STYLE[event.status]
    kind = f"{event.type}.{event.mode}" if event.mode else event.type
    yield Text.assemble(
        f"{number:>3}  ",
        (f"{event.status:<11}", style),
        (f"{_parties(event.actors)} > {_parties(event.recipients)}", "bold"),
        f"   {clean(event.trigger.text)}",
        (f"   {kind} (CAMEO {event.cameo})", "dim"),
        _toll(event.deaths, "killed") + _toll(event.injured, "injured"),
    )
    where_when = "   ".join(part for part in (_place(event.place), _when(event.time)) if part)
    if where_when:
        yield Text(INDENT + where_when)
    saying = f"says: {_parties(event.says)}   " if event.says else ""
    yield Text(f"{INDENT}{saying}score {event.score:.2f}", style="dim")
    yield Text(f'{INDENT}"{clean(event.evidence.text)}" [{event.evidence.start}:{event.evidence.end}]', style="italic")
    if explain:
        yield from _reasons(event)


def _parties(actors: tuple[Actor, ...]) -> str:
    """Names with their codes; "?" where nobody is known."""
    return ", ".join(f"{clean(actor.text)}" + (f" [{actor.code}]" if actor.code else "") for actor in actors) or "?"


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    parts = [clean(place.text)]
    parts += [part for part in (place.admin1, place.country) if part and part != place.text]
    radius = f", +-{place.radius_km:g} km" if place.radius_km is not None else ""
    return ", ".join(parts) + (f" ({place.precision}{radius})" if place.precision else "")


def _when(when: When | None) -> str:
    if when is None:
        return ""
    days = str(when.first) if when.first == when.last else f"{when.first or '...'} to {when.last or '...'}"
    return f"{days} ({when.precision})"


def _toll(count: Count | None, what: str) -> str:
    return "" if count is None else f"   {_bounds(count.low, count.high)} {what}"


def _bounds(low: int | None, high: int | None) -> str:
    """Bounds as words: "at least 9", "up to 9", "3 to 5", "9"."""
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"at least {low:,}" if low is not None else f"up to {high:,}"


def _reasons(event: Event) -> Iterator[Text]:
    """Why each field is what it is."""
    for role, actors in (("actor", event.actors), ("recipient", event.recipients), ("says", event.says)):
        for actor in actors:
            yield Text(f"{INDENT}{role}: {clean(actor.text)} = {actor.name or 'unknown'}: {actor.why}", style="dim")
    if event.place is not None:
        spot = "" if event.place.lat is None else f" at {event.place.lat:.3f}, {event.place.lon:.3f}"
        yield Text(
            f"{INDENT}place: {clean(event.place.text)} = {event.place.name or 'unknown'}{spot}: {event.place.why}",
            style="dim",
        )
    if event.time is not None:
        phrase = f'"{clean(event.time.text)}"' if event.time.text else "no phrase"
        yield Text(f"{INDENT}time: {phrase}, basis {event.time.basis}", style="dim")
    yield Text(f"{INDENT}type and status: {event.found_by}; act {event.act_id}", style="dim")


def _relation(relation: Relation) -> Text:
    other = getattr(relation.object, "text", "?")
    return Text(
        f"  -  {relation.status:<11}{clean(relation.subject.text)} {relation.kind} {clean(other)}"
        f"   score {relation.score:.2f}"
    )


def _figure(figure: Figure) -> Text:
    kind = f" {clean(figure.of.text)}" if figure.of else ""
    return Text(
        f"  #  {figure.status:<11}{figure.measure}: {_bounds(figure.low, figure.high)}{kind}   score {figure.score:.2f}"
    )


__all__ = ["clean", "show_document"]
