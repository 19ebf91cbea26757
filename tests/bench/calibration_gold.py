"""Rows of the pipeline judged by gold: right, wrong, or left open. Uses the scorers of ../shared/eval."""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FOLDERS = {"seeds": SHARED / "seeds", "dev": SHARED / "corpora" / "dev"}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """One row: the rules that it comes from (without the table's prefix), the type that they are counted under."""

    rules: tuple[str, ...]
    type: str
    right: bool


def load_scorer(name: str) -> ModuleType:
    """A script of ../shared/eval as a module."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "eval" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no {name}.py in {SHARED / 'eval'}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def build_warehouse(raw: Path, name: str, folder: Path) -> Path:
    """A fresh warehouse of `raw` in `folder`; exit code 3 (rejects) is no failure here."""
    command = [
        str(Path(sys.executable).parent / "readout"),
        "run",
        str(raw),
        "--warehouse",
        str(folder / name),
        "--bare",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"readout run {raw} ended in {done.returncode}\n{done.stderr[-2000:]}")
    return folder / name


# ---- PolNeAR -----------------------------------------------------------------------------------------------------


def judge_polnear(split: str, folder: Path) -> list[Judged]:
    """The quotes of one split of PolNeAR."""
    scorer, carrier = load_scorer("score_quotes"), load_scorer("from_warehouse")
    with gzip.open(SHARED / "bench" / "polnear" / f"{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        gold = {record["doc_id"]: record for record in map(json.loads, lines)}
    raw = folder / f"raw-{split}"
    raw.mkdir()
    with (raw / "polnear.jsonl").open("w", encoding="utf-8") as out:
        for key, record in gold.items():
            facts = {"id": key, "text": record["text"], "outlet": record["publisher"], "published_at": record["date"]}
            out.write(json.dumps(facts) + "\n")
    warehouse = build_warehouse(raw, f"polnear-{split}", folder)
    bodies = {row["article_id"]: row for row in carrier.load(warehouse, "articles")}
    quotes: defaultdict[str, list[Row]] = defaultdict(list)
    for row in carrier.load(warehouse, "quotes"):
        quotes[row["article_id"]].append(row)
    judged = []
    for article_id, rows in sorted(quotes.items()):
        record = gold[bodies[article_id]["source_uri"].split("#")[-1]]
        placed = list(_place_rows(rows, carrier.Align(bodies[article_id]["body"], record["text"])))
        judged += _judge_document(scorer, scorer.Doc(record), placed)
    return judged


def _place_rows(rows: Iterable[Row], align: Any) -> Iterator[Row]:
    """The rows with offsets in gold's text."""
    for row in rows:
        span = align.span(row["start"], row["end"])
        if span is None:
            continue
        speaker = None if row["speaker_start"] is None else align.span(row["speaker_start"], row["speaker_end"])
        yield {
            "start": span[0],
            "end": span[1],
            "speaker_text": row["speaker_mention"],
            "speaker_start": speaker[0] if speaker else None,
            "speaker_end": speaker[1] if speaker else None,
            "rule": row["rule_id"].removeprefix("quotes/"),
            "type": row["type"],
        }


def _judge_document(scorer: ModuleType, document: Any, rows: list[Row]) -> Iterator[Judged]:
    units = document.predicted(rows)
    told = {number: unit for unit, number in scorer.match(document.units, units, False)}
    for row in rows:
        numbers = [n for n, unit in enumerate(units) if _holds(unit, row)]
        if not numbers:
            continue
        unit = units[numbers[0]]
        found = document.units[told[numbers[0]]] if numbers[0] in told else None
        right = _judge_unit(scorer, document, unit, found)
        if right is not None:
            yield Judged((row["rule"],), row["type"], right)


def _holds(unit: Row, row: Row) -> bool:
    """True if the row is (part of) the unit: rows of one speaker with nothing between them are one unit."""
    same = unit["spk"] == (row["speaker_start"], row["speaker_end"])
    first, last = unit["spans"][0][0], unit["spans"][-1][1]
    return same and first < row["end"] and row["start"] < last


def _judge_unit(scorer: ModuleType, document: Any, unit: Row, found: Row | None) -> bool | None:
    if found is None:
        parts = (gold["tok"] for gold in document.units if gold["kind"] == "mixed")
        return None if unit["kind"] == "direct" and any(unit["tok"] <= part for part in parts) else False
    if not found["speech"]:
        return None
    if not found["source"] or (not unit["spk_text"] and unit["spk"][0] is None):
        return True
    verdict = scorer.speaker(document, found, unit)
    return None if verdict == "unverifiable" else verdict == "right"


# ---- seeds and dev gold ------------------------------------------------------------------------------------------


def load_gold(name: str) -> Row:
    """The gold file of the seeds or of dev."""
    gold: Row = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return gold


def read_raw(name: str, file: str) -> str:
    """The text of an article of gold, which names it with or without its extension."""
    return (FOLDERS[name] / f"{Path(file).stem}.txt").read_text(encoding="utf-8")


def judge_gold_quotes(names: Iterable[str], folder: Path) -> list[Judged]:
    """The quotes of hand-made gold, of the types that gold marked in the article."""
    scorer = load_scorer("score_readout")
    judged = []
    for name in names:
        warehouse = build_warehouse(FOLDERS[name], f"quotes-{name}", folder)
        files = {row["article_id"]: Path(row["source_uri"]).stem for row in scorer.load(warehouse, "articles")}
        quotes: defaultdict[str, list[Row]] = defaultdict(list)
        for row in sorted(scorer.load(warehouse, "quotes"), key=lambda row: (row["article_id"], row["start"])):
            quotes[files[row["article_id"]]].append(row | {"verdicts": []})
        for file, gold in load_gold(name)["articles"].items():
            judged += _judge_article(scorer, gold, quotes[Path(file).stem], scorer.name_key(read_raw(name, file)))
    return judged


def _judge_article(scorer: ModuleType, gold: Row, rows: list[Row], text: str) -> Iterator[Judged]:
    scope = gold.get("quotes_scope", ["direct", "mixed", "indirect"])
    for quote in gold["quotes"]:
        hits = [row for row in rows if _is_found(scorer, quote, row)]
        fresh = [row for row in hits if not row["verdicts"]] or hits
        for place, row in enumerate(fresh):
            # Pieces of a quote beyond the first are neither right nor wrong: gold takes them together.
            same = scorer.same_speaker(quote, row["speaker_name"], row["speaker_mention"], text)
            row["verdicts"].append(None if place or quote.get("optional") else same or row["speaker_kind"] == "unknown")
    for row in rows:
        if row["type"] not in scope:
            continue
        verdicts = [verdict for verdict in row["verdicts"] if verdict is not None]
        if verdicts or not row["verdicts"]:
            yield Judged((row["rule_id"].removeprefix("quotes/"),), row["type"], bool(verdicts) and all(verdicts))


def _is_found(scorer: ModuleType, quote: Row, row: Row) -> bool:
    texts = [quote["text"], *(quote.get("alt_texts") or [])]
    if quote["type"] == "indirect":
        told = row["text"].removeprefix("that ")
        return row["type"] == "indirect" and max(scorer.token_f1(told, text) for text in texts) >= 0.8
    wanted = {scorer.bare(text) for text in (*texts, *(quote.get("verbatim") or []))}
    got = {scorer.bare(words) for words in (*row["verbatim"], row["text"])}
    return row["type"] != "indirect" and bool(wanted & got)


def judge_meetings(names: Iterable[str], folder: Path) -> list[Judged]:
    """The meetings of hand-made gold."""
    scorer = load_scorer("score_readout")
    judged = []
    for name in names:
        gold = load_gold(name)
        warehouse = build_warehouse(FOLDERS[name], f"meetings-{name}", folder)
        files = {file: read_raw(name, file) for file in gold["articles"]}
        _, meetings = scorer.predicted(warehouse, set(files))
        rules: defaultdict[str, set[str]] = defaultdict(set)
        for row in scorer.load(warehouse, "meeting_mentions"):
            rules[row["meeting_id"]].add(row["rule_id"].removeprefix("mentions/"))
        verdicts = _judge_meetings(scorer, gold["meetings"], meetings, files)
        judged += [Judged(tuple(sorted(rules[key])), "meeting", right) for key, right in sorted(verdicts.items())]
    return judged


def _judge_meetings(scorer: ModuleType, gold: list[Row], meetings: list[Row], files: dict[str, str]) -> dict[str, bool]:
    """True by meeting_id for each meeting that the scorer matches with one of gold, False for what is left over."""
    pairs = []
    for told in gold:
        text = " ".join(scorer.name_key(files.get(file, "")) for file in told["articles"])
        for meeting in meetings:
            score = _score_pair(scorer, told, meeting, text)
            if score is not None:
                pairs.append((*score, told["id"], meeting["id"]))
    open_ids = {told["id"] for told in gold if told.get("optional")}
    taken: dict[str, str] = {}
    for *_, told_id, meeting_id in sorted(pairs, reverse=True):
        if told_id not in taken.values() and meeting_id not in taken:
            taken[meeting_id] = told_id
    return {m["id"]: m["id"] in taken for m in meetings if taken.get(m["id"]) not in open_ids}


def _score_pair(scorer: ModuleType, told: Row, meeting: Row, text: str) -> tuple[int, bool, int, bool, bool] | None:
    """How well the two match, by the rules of the scorer; None where they are two meetings."""
    hit, needed, named = scorer.overlap(told["participants"], meeting["participants"], text)
    parties = [party | {"optional": False} for party in told["participants"]]
    any_hit = scorer.overlap(parties, meeting["participants"], text)[0]
    links = len({*told["articles"], *(told.get("articles_optional") or [])} & set(meeting["articles"]))
    enough = hit == needed if needed <= 2 else hit * 3 >= needed * 2
    agree = scorer.dates_agree(told, meeting) and enough and named - hit <= max(1, hit)
    if not (any_hit and links and agree):
        return None
    day = meeting["date"]
    same_day = bool(told["date"]) and day is not None and day[: len(told["date"])] == told["date"]
    fits = any_hit - abs(needed - hit) - abs(named - hit)
    return links, same_day, fits, not told.get("optional"), meeting["format"] in scorer.accepted(told, "format")
