"""Counts how often each rule is right, writes data/confidence.toml, and shows whether the figures hold.

    python tests/bench/calibrate_confidence.py            counts, and the reliability of the figures
    python tests/bench/calibrate_confidence.py --write    writes the counts into the package too

Needs the measuring texts in ../shared. Counts come from the train split of PolNeAR and from the seeds and dev gold;
reliability is shown on PolNeAR's dev split, and for the gold with figures that come from PolNeAR alone. Only counts
enter the project. What makes a row right stands in calibration_gold.py.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

from calibration_gold import Judged, judge_gold_quotes, judge_meetings, judge_polnear

from etl.confidence import Confidences, build_confidences

DATA = Path(__file__).resolve().parents[2] / "src" / "etl" / "data" / "confidence.toml"
STRENGTH = 10.0
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
Counts = dict[str, dict[str, dict[str, list[int]]]]

GOLD = {
    "polnear": "PolNeAR 1.0.0, train split: 840 US campaign articles of 2015 and 2016",
    "dev": "hand-made gold of 59 articles on diplomacy (seeds and dev)",
}
HEADER = """\
# How often each rule was right on gold: [right, rows] by type, rule and gold. etl/confidence.py makes figures of it.
# Written by tests/bench/calibrate_confidence.py, which needs the measuring texts; only counts are kept of them.
"""
ABOUT = {
    "quotes": """\
# A row is right where its words are (PolNeAR: at least half of the words of both; dev: the same words, of a reported
# clause a token F1 of 0.8) and its speaker is. Where the row or the gold names nobody, the words decide. Rows that gold
# leaves open (no speech, a pronoun without a known antecedent, optional quotes, parts of a mixed one) are not counted.
""",
    "meetings": """\
# A meeting is right where it is matched with one of gold (same article, parties, dates that do not contradict; one to
# one, so what is told twice is right once); each rule that found one of its mentions is counted. Meetings that gold
# leaves open are not. Gold is what the rules were made with, so the figures are upper bounds.
""",
}


def count_rows(gold: str, judged: Iterable[Judged], counts: Counts) -> None:
    """Adds the rows to `counts`."""
    for row in judged:
        for rule in row.rules:
            pair = counts.setdefault(row.type, {}).setdefault(rule, {}).setdefault(gold, [0, 0])
            pair[0] += row.right
            pair[1] += 1


def merge_counts(*parts: Counts) -> Counts:
    """One table out of several that count different gold."""
    merged: Counts = {}
    for part in parts:
        for type_name, rules in part.items():
            for rule, found in rules.items():
                merged.setdefault(type_name, {}).setdefault(rule, {}).update(found)
    return merged


def format_table(table: str, gold: tuple[str, ...], counts: Counts) -> str:
    """One table of confidence.toml."""
    lines = [f"[{table}]", f"strength = {STRENGTH:g}", "", f"[{table}.gold]"]
    lines += [*(f'{name} = "{GOLD[name]}"' for name in gold), ""]
    for type_name, rules in sorted(counts.items()):
        lines.append(f"[{table}.counts.{type_name}]")
        for rule, found in sorted(rules.items()):
            pairs = ", ".join(f"{name} = {found[name]}" for name in gold if name in found)
            lines.append(f'"{rule}" = {{ {pairs} }}')
        lines.append("")
    return ABOUT[table] + "\n" + "\n".join(lines)


def show_reliability(title: str, judged: Iterable[Judged], figures: Confidences) -> None:
    """A table of bins: stated confidence against the share of right rows."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for row in judged:
        stated = max(figures.find(rule, row.type) for rule in row.rules)
        bins[max(at for at, edge in enumerate(EDGES[:-1]) if stated >= edge)].append((stated, row.right))
    total = sum(len(rows) for rows in bins.values())
    gap = 0.0
    print(f"\n{title}\n  stated       rows  mean stated  share right")
    for at, rows in sorted(bins.items()):
        mean, right = (sum(row[place] for row in rows) / len(rows) for place in (0, 1))
        gap += abs(mean - right) * len(rows) / total
        print(f"  {EDGES[at]:.2f}-{EDGES[at + 1]:.2f}  {len(rows):6}  {mean:11.3f}  {right:11.3f}")
    print(f"  all        {total:6}  mean gap {gap:.3f}")


def show_rules(counts: Counts, figures: Confidences, gold: tuple[str, ...]) -> None:
    for type_name, rules in sorted(counts.items()):
        print(f"\n{type_name}: {figures.types[type_name]:.3f}")
        for rule, found in sorted(rules.items()):
            pairs = "  ".join(f"{name} {found.get(name, [0, 0])[0]:5}/{found.get(name, [0, 0])[1]:5}" for name in gold)
            print(f"  {rule:36} {figures.rules[rule]:.3f}  {pairs}")


def calibrate_quotes(folder: Path) -> str:
    """Shows figures and reliability; the text of the table."""
    gold = ("polnear", "dev")
    train, held_out, dev = (
        judge_polnear("train", folder),
        judge_polnear("dev", folder),
        judge_gold_quotes(("seeds", "dev"), folder),
    )
    polnear: Counts = {}
    count_rows("polnear", train, polnear)
    own: Counts = {}
    count_rows("dev", dev, own)
    counts = merge_counts(polnear, own)
    figures = build_confidences(counts, STRENGTH, gold)
    show_rules(counts, figures, gold)
    for type_name in ("direct", "mixed", "indirect"):
        rows = [row for row in held_out if row.type == type_name]
        show_reliability(f"PolNeAR dev (not counted), {type_name}", rows, figures)
    show_reliability("PolNeAR dev (not counted), all", held_out, figures)
    show_reliability(
        "seeds and dev gold, figures from PolNeAR train alone", dev, build_confidences(polnear, STRENGTH, gold)
    )
    return format_table("quotes", gold, counts)


def calibrate_meetings(folder: Path) -> str:
    """Shows figures and their reliability, each half of the articles by the counts of the other; the table's text."""
    judged = judge_meetings(("seeds", "dev"), folder)
    counts: Counts = {}
    count_rows("dev", judged, counts)
    figures = build_confidences(counts, STRENGTH, ("dev",))
    show_rules(counts, figures, ("dev",))
    show_reliability("meetings of seeds and dev gold (counted)", judged, figures)
    for half in (0, 1):
        other: Counts = {}
        count_rows("dev", judged[1 - half :: 2], other)
        show_reliability(
            f"meetings of seeds and dev gold, half {half} by the other",
            judged[half::2],
            build_confidences(other, STRENGTH, ("dev",)),
        )
    return format_table("meetings", ("dev",), counts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the counts into the package")
    write = parser.parse_args().write
    with TemporaryDirectory() as folder:
        tables = [calibrate_quotes(Path(folder)), calibrate_meetings(Path(folder))]
    if write:
        DATA.write_text(HEADER + "\n" + "\n".join(tables), encoding="utf-8")
        print(f"\nwritten: {DATA}")


if __name__ == "__main__":
    main()
