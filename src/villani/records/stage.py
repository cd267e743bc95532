"""The contract of a stage: a batch in, equally many results out, in order."""

from collections.abc import Callable, Sequence
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")

Stage = Callable[[Sequence[In]], Sequence[Out]]
"""Depends on its input and on what it was built with, on nothing else; how the batch is cut changes nothing."""
