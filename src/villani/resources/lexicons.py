"""Reads the lexicons: small tables in the package that a person can edit."""

from collections.abc import Iterator
from importlib import resources

from villani.errors import ResourceError

HEADER_KEYS = ("source", "licence", "version", "known problems")
REMEDY = "correct the line, or install villani anew"


def load_lines(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a lexicon, in the order of the file; the caller keeps them.

    A lexicon opens with `# key: value` lines (source, licence, version, known problems; more if it likes), then a line
    that names the columns, then one entry a line, parted by tabs. An entry may not stand twice.

    Args:
        name: Folder and file without its ending, as in "en/agencies".

    Returns:
        The entries without header and column names; each has as many fields as there are columns.

    Raises:
        ResourceError: the file is missing or broken; the message names file and line.
    """
    path = f"lexicons/{name}.tsv"
    try:
        text = resources.files("villani.resources").joinpath(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(f"{path}: cannot be read", cause=str(error), remedy="install villani anew") from error
    return parse_lines(text, path)


def parse_lines(text: str, path: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a lexicon's text; `path` names it in messages (see `load_lines`)."""
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    headers = [line for line in lines if line.startswith("# ")]
    keys = {line[2:].partition(":")[0] for line in headers}
    if missing := [key for key in HEADER_KEYS if key not in keys]:
        raise ResourceError(f"{path}:1: the header lacks {', '.join(missing)}", remedy=REMEDY)
    if len(lines) == len(headers):
        raise ResourceError(f"{path}:{len(lines)}: no line names the columns", remedy=REMEDY)
    return tuple(_rows(lines, len(headers), path))


def _rows(lines: list[str], first: int, path: str) -> Iterator[tuple[str, ...]]:
    """The entries below the line that names the columns, checked."""
    width = lines[first].count("\t") + 1
    seen: set[str] = set()
    for number, line in enumerate(lines[first + 1 :], first + 2):
        row = tuple(line.split("\t"))
        if len(row) != width:
            raise ResourceError(f"{path}:{number}: {len(row)} fields where {width} are named", remedy=REMEDY)
        if not row[0].strip() or any(field != field.strip() for field in row):
            raise ResourceError(f"{path}:{number}: a field is empty at the start of the line or padded", remedy=REMEDY)
        if line in seen:
            raise ResourceError(f"{path}:{number}: the entry stands twice", remedy=REMEDY)
        seen.add(line)
        yield row
