"""Bytes to characters, and the characters that no reader sees taken out."""

import re
import unicodedata

from charset_normalizer import from_bytes

_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_DETECTED_WITHIN = 20_000
_TELLING_SHARE = 0.1
_BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
# Controls, zero-width characters, direction marks, soft hyphens, and halves of surrogate pairs.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000 ]+")


def decode_page(body: bytes) -> str:
    """The characters of a page: by its mark, as UTF-8, as declared, as detected; marks for bytes that fit nowhere.

    A page of UTF-8 with a few broken bytes stays UTF-8: another encoding would turn every accent in it to noise.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        replaced = body.decode("utf-8", "replace")
    broken = replaced.count("\ufffd")
    if sum(letter > "\x7f" for letter in replaced[:_DETECTED_WITHIN]) - broken >= broken:
        return replaced
    return _decode_as(body, _declared(body)) or _decode_as(body, _detected(body)) or replaced


def clean_characters(text: str) -> str:
    """Text with only characters that are seen, composed (NFC), line feeds at ends of lines and single spaces."""
    seen = _UNSEEN.sub("", _BREAKS.sub("\n", text))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", seen))


def _declared(body: bytes) -> str | None:
    """The encoding a page names in its head."""
    found = _DECLARED.search(body[:_DECLARED_WITHIN])
    return found[1].decode("ascii") if found else None


def _detected(body: bytes) -> str | None:
    """The encoding the first bytes look like; with few bytes to tell by, the web's default for Western pages."""
    sample = body[:_DETECTED_WITHIN]
    if sum(byte > 0x7F for byte in sample) < len(sample) * _TELLING_SHARE:
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best else None


def _decode_as(body: bytes, encoding: str | None) -> str | None:
    """The characters of a page in an encoding; None where it is not known or does not fit."""
    if encoding is None:
        return None
    try:
        # "ISO-8859-1" on the web means its superset: https://encoding.spec.whatwg.org/#names-and-labels
        return body.decode("cp1252" if encoding.lower() in {"iso-8859-1", "latin-1", "ascii", "us-ascii"} else encoding)
    except (LookupError, ValueError):
        return None
