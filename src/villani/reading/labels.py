"""The label sets of the reader's heads, shared by training and decoding; their order is part of the weights."""

from villani.records.reading import MEASURES, RELATION_KINDS, ROLES

KINDS = ("party", "place", "time", "number")
MODES_OF: dict[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        *("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold"),
        *("misinformation", "cyber"),
    ),
    "ASSAULT": (
        *("abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives"),
        *("suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional"),
    ),
}
"""PLOVER event types with their modes (openeventdata/PLOVER manual, 2024-02-04)."""

TYPES = tuple(MODES_OF)
TRIGGERS = ("none", *TYPES)
MODES = ("none", *(f"{kind}.{mode}" for kind, modes in MODES_OF.items() for mode in modes))
PAIRS = (*ROLES, *(f"rel:{kind}" for kind in RELATION_KINDS), "within", "same")
"""What can hold between two pieces: the first is a trigger (roles, within, same) or a relation's subject."""

FIGURES = ("none", *MEASURES)
PAIR_SIZE = 48
"""Length of the projected vectors a pair is scored with, for each relation."""

MIX_SIZE = 128
"""Length of the vector in which both sides of a pair and their distance are mixed."""

DISTANCES = 24


def distance_bucket(offset: int) -> int:
    """Bucket of a signed distance in word pieces: exact to 2, then doubling, eleven each way.

    Returns:
        0 to 23; 12 is no distance.
    """
    size = abs(offset)
    step = size if size <= 2 else min(2 + (size - 1).bit_length(), DISTANCES // 2 - 1)
    return DISTANCES // 2 + (step if offset >= 0 else -step)
