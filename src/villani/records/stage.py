"""The two contracts: a stage (a batch in, equally many results out) and a matcher (which items belong together)."""

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Protocol, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")
Item_contra = TypeVar("Item_contra", contravariant=True)

Stage = Callable[[Sequence[In]], Sequence[Out]]
"""Depends on its input and on what it was built with, on nothing else; how the batch is cut changes nothing."""


class Matcher(Protocol[Item_contra]):
    """Which items belong together: copies, incidents, stories alike. It never sees more than two items."""

    def keys(self, item: Item_contra) -> Collection[Hashable]:
        """What the item is found by: only items that share a key are compared."""

    def linked(self, first: Item_contra, second: Item_contra) -> bool:
        """Whether the second, which comes later, belongs to the first, which leads."""
