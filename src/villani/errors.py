"""Our errors, as a tree.

VillaniError
├── InputError      an input that cannot be read: what, why, and what to type
├── UsageError      a call that cannot be meant as written
└── ResourceError   a lexicon, gazetteer or model of ours that is broken
"""


class VillaniError(Exception):
    """What went wrong (`error`), why (`cause`) and the one thing to do about it (`remedy`)."""

    def __init__(self, error: str, *, cause: str = "", remedy: str = "") -> None:
        super().__init__(error)
        self.error, self.cause, self.remedy = error, cause, remedy


class InputError(VillaniError):
    """An input that cannot be read."""


class UsageError(VillaniError):
    """A call that cannot be meant as written."""


class ResourceError(VillaniError):
    """A resource of ours that is missing or broken."""
