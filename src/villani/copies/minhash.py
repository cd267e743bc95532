"""MinHash signatures: the only place that knows rensa; datasketch could take its place."""

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

PERMUTATIONS = 64
SEED = 1


def sign(hashes: npt.NDArray[np.uint64]) -> bytes:
    """The signature of a set of hashes, uint32 (`PERMUTATIONS`,) as bytes; empty for the empty set."""
    if not len(hashes):
        return b""
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(hashes, [0, len(hashes)], PERMUTATIONS, SEED)
    return np.array(matrix.to_rows()[0], dtype=np.uint32).tobytes()


def estimate_jaccard(first: bytes, second: bytes) -> float:
    """The estimated Jaccard similarity of the sets behind two signatures, 0 to 1; 0 where one is empty."""
    if not first or not second:
        return 0.0
    same = np.frombuffer(first, dtype=np.uint32) == np.frombuffer(second, dtype=np.uint32)
    return float(same.mean())
