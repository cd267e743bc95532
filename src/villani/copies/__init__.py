"""Which documents are copies: documents in, fingerprints and a matcher of them out. It groups nothing itself."""

from villani.copies.fingerprint import Fingerprinter

__all__ = ["Fingerprinter"]
