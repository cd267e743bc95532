"""Readings come in, coded documents go out: parties, places, times and numbers resolved. It reads no text anew."""

from villani.resolution.resolver import Resolver

__all__ = ["Resolver"]
