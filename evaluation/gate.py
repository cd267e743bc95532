"""The gate: measures what the data at hand allows and compares with floors that only rise: `python -m evaluation.gate`.

`floors.json` holds, for each measurement, its file with a digest (gold that drifted is no gold), the floors, and the
noise below which a fall is none. `--raise` lifts the floors to what was measured; lowering one is done by hand, with
the reason in the commit.
"""

import argparse
import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import msgspec

from evaluation.__main__ import measure

FLOORS = Path(__file__).with_name("floors.json")
ROOTS = {
    "gold": Path(os.environ.get("VILLANI_GOLD", "../shared/gold")),
    "data": Path(os.environ.get("VILLANI_DATA", "../shared/data")),
}


class Gate(msgspec.Struct, forbid_unknown_fields=True):
    """One measurement: `root` and `file` name the data, `floors` maps dotted metric names to floors."""

    task: str
    root: str
    file: str
    sha256: str
    noise: float
    floors: dict[str, float]
    ceilings: dict[str, float] = {}


def metric(figures: dict[str, Any], name: str) -> float:
    """A metric by its dotted name; of a [share, count] pair the share, of [wrong, seen, all] wrong over seen."""
    value: Any = figures
    for part in name.split("."):
        value = value[part]
    if isinstance(value, list):
        value = value[0] if len(value) == 2 else value[0] / max(1, value[1])
    return float(value)


def check(gate: Gate, *, lift: bool) -> list[str]:
    """Measure one task and print a line a metric.

    Returns:
        What is wrong, a sentence each; empty where all is well or the data is not at hand.
    """
    path = ROOTS[gate.root] / gate.file
    if not path.exists():
        print(f"{gate.task:8} not measured: {path} is not here (set VILLANI_GOLD, VILLANI_DATA)")
        return []
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != gate.sha256:
        return [
            f"{path} has sha256 {found}, floors.json knows {gate.sha256}: the gold drifted; measure anew and record it"
        ]
    figures = measure(gate.task, path)
    wrong = []
    for name, limit in (*gate.floors.items(), *gate.ceilings.items()):
        value, is_floor = metric(figures, name), name in gate.floors
        bad = value < limit - gate.noise if is_floor else value > limit + gate.noise
        limits = f"{'floor' if is_floor else 'ceiling'} {limit:.3f}{'  MISSED' if bad else ''}"
        print(f"{gate.task:8} {name:42} {value:6.3f}  {limits}")
        if bad:
            wrong.append(f"{gate.task} {name}: {value:.3f} against {limit:.3f}")
        if lift and is_floor:
            gate.floors[name] = round(max(value, limit), 3)
    return wrong


def main() -> int:
    """Check every gate."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.gate", description=__doc__)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what was measured")
    args = parser.parse_args()
    gates = msgspec.json.decode(FLOORS.read_bytes(), type=list[Gate])
    wrong = [fault for gate in gates for fault in check(gate, lift=args.lift)]
    if args.lift:
        FLOORS.write_bytes(msgspec.json.format(msgspec.json.encode(gates), indent=1) + b"\n")
    for fault in wrong:
        print(f"gate: {fault}", file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
