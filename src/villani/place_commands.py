"""`villani places`: what the gazetteer holds, and countries added to it from GeoNames dumps."""

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from villani.errors import InputError, UsageError

if TYPE_CHECKING:
    from villani.resources.toponyms import Toponym

DOWNLOAD = "https://download.geonames.org/export/dump/{code}.zip"
TIMEOUT_S = 60
MAX_SHOWN = 20

places = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Gazetteer: list what is installed, look up a name, add a country dump, read the places of a text.",
)
AsJson = Annotated[bool, typer.Option("--json", help="JSON lines; the default in a pipe.")]


@places.command("list", epilog="Example:  villani places list")
def list_installed(*, as_json: AsJson = False) -> None:
    """List the gazetteers: what the package ships and the countries that were added."""
    from villani.resources.dumps import installed, places_folder  # noqa: PLC0415 - `--help` stays fast
    from villani.resources.knowledge import load_verified  # noqa: PLC0415
    from villani.resources.toponyms import unpack  # noqa: PLC0415

    shipped = len(unpack(load_verified("gazetteer/places.bin")).kind)
    rows: list[dict[str, Any]] = [{"gazetteer": "shipped", "places": shipped, "path": None}]
    rows += [{"gazetteer": i.code, "places": i.places, "path": str(i.path)} for i, _ in installed()]
    if _is_json(as_json):
        _print_json(rows)
        return
    for row in rows:
        print(f"{row['gazetteer']:8} {row['places']:>9,} places   {row['path'] or 'in the package'}")
    if len(rows) == 1:
        print(f"none added (they would be in {places_folder()}); add one: villani places add SD")


@places.command(epilog="Examples:  villani places find Goma  |  villani places find Tripoli --country LBN")
def find(
    name: Annotated[str, typer.Argument(help="A name in any spelling: 'El Fasher', 'Kiev', 'North Kivu'.")],
    country: Annotated[str | None, typer.Option(metavar="CODE", help="Only in this country: SDN or SD.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Look up a name: every place the gazetteer has by it, the most populous first. Exit 1 if there is none."""
    from villani.resources.knowledge import load_gazetteer  # noqa: PLC0415 - `--help` stays fast

    gazetteer = load_gazetteer()
    found = gazetteer.find(name)
    if country is not None:
        wanted = _alpha3(country, {code[:2]: area.country for code, area in gazetteer.areas()})
        found = tuple(place for place in found if place.country == wanted)
    if _is_json(as_json):
        _print_json([_record(place) for place in found])
    else:
        for place in found[:MAX_SHOWN]:
            print(_line(place))
        if len(found) > MAX_SHOWN:
            print(
                f"... and {len(found) - MAX_SHOWN} more; narrow it: --country CODE, or --json for all", file=sys.stderr
            )
    if not found:
        where = f" in {country.upper()}" if country else ""
        print(f"no place called {name!r}{where}; add its country: villani places add CODE", file=sys.stderr)
        raise typer.Exit(1)


@places.command(epilog="Examples:  villani places add SD  |  villani places add SD --file SD.zip")
def add(
    code: Annotated[str, typer.Argument(metavar="COUNTRY", help="ISO 3166 code of the country: SD or SDN.")],
    file: Annotated[
        Path | None,
        typer.Option(help="Its GeoNames dump, SD.zip or SD.txt; else it is downloaded.", show_default=False),
    ] = None,
) -> None:
    """Add every place of a country from its GeoNames dump, from a file or from download.geonames.org.

    It is kept in the user's data folder, or in the folder $VILLANI_PLACES names, and used by all commands from then on.
    """
    from villani.resources.dumps import install, read_dump  # noqa: PLC0415 - `--help` stays fast
    from villani.resources.knowledge import load_verified  # noqa: PLC0415
    from villani.resources.toponyms import Gazetteer  # noqa: PLC0415

    shipped = Gazetteer(load_verified("gazetteer/places.bin"))
    two = _alpha2(code, {area.country or "": at[:2] for at, area in shipped.areas()})
    if file is not None:
        blob = read_dump(file, two, shipped)
    else:
        with tempfile.TemporaryDirectory() as folder:
            blob = read_dump(_download(two, Path(folder)), two, shipped)
    done = install(two, blob)
    print(f"{two}: {done.places:,} places in {done.path}; data from GeoNames, CC BY 4.0")


@places.command(
    epilog="Examples:  villani places read story.txt  |  curl -s https://example.org/story | villani places read -"
)
def read(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs, or - for stdin.")],
) -> None:
    """Print every place a text names, one JSON line each, also those where nothing happened."""
    import msgspec  # noqa: PLC0415 - `--help` stays fast

    from villani.ingest import read_pages  # noqa: PLC0415
    from villani.records.text import Rejected  # noqa: PLC0415
    from villani.run.coder import build_coder  # noqa: PLC0415

    coder = build_coder()
    for page in read_pages(inputs, kind=None, stdin=sys.stdin.buffer):
        document = page if isinstance(page, Rejected) else coder.clean([page])[0]
        if isinstance(document, Rejected):
            print(f"error: cannot read {document.source}: {document.reason}; help: {document.remedy}", file=sys.stderr)
            continue
        for place in coder.toponyms(coder.read([document])[0], None):
            _print_json([{"doc_id": document.doc_id, **msgspec.to_builtins(place)}])


def _is_json(wanted: bool) -> bool:  # noqa: FBT001 - the option as given
    return wanted or not sys.stdout.isatty()


def _print_json(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))


def _record(place: "Toponym") -> dict[str, Any]:
    keys = ("name", "kind", "country", "admin1", "lat", "lon", "radius_km", "population", "geonameid")
    return {key: getattr(place, key) for key in keys}


def _line(place: "Toponym") -> str:
    where = ", ".join(part for part in (place.admin1, place.country) if part)
    people = f"{place.population:,} people" if place.population and place.kind != "region" else ""
    point = f"{place.lat:9.4f} {place.lon:9.4f}  +-{place.radius_km:g} km"
    return f"{place.name:28} {place.kind:8} {where:34} {point}  {people}".rstrip()


def _alpha3(code: str, known: dict[str, str | None]) -> str:
    """Three letters of a country given by two or three."""
    wanted = known.get(code.upper()) or code.upper()
    if wanted not in known.values():
        raise _unknown(code)
    return wanted


def _alpha2(code: str, known: dict[str, str]) -> str:
    """Two letters of a country given by two or three."""
    wanted = known.get(code.upper()) or code.upper()
    if wanted not in known.values():
        raise _unknown(code)
    return wanted


def _unknown(code: str) -> UsageError:
    return UsageError(
        f"no country has the code {code!r}", cause="ISO 3166 letters are known: SD, SDN", remedy="villani places add SD"
    )


def _download(code: str, folder: Path) -> Path:
    """The dump of a country from GeoNames.

    Raises:
        InputError: there is no network, or no such file there.
    """
    import shutil  # noqa: PLC0415 - for this command only
    import urllib.request  # noqa: PLC0415

    url, path = DOWNLOAD.format(code=code), folder / f"{code}.zip"
    try:
        print(f"downloading {url}", file=sys.stderr)
        with urllib.request.urlopen(url, timeout=TIMEOUT_S) as answer, path.open("wb") as file:  # noqa: S310 - https only
            shutil.copyfileobj(answer, file)
    except OSError as error:
        raise InputError(
            f"cannot download {url}",
            cause=str(error),
            remedy=f"fetch it on a machine with a network, then: villani places add {code} --file {code}.zip",
        ) from error
    return path
