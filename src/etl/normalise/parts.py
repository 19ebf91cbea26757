"""Parts and body from a finished layout: every visible character of the text goes to exactly one of them."""

from __future__ import annotations

from collections.abc import Callable

from etl.hygiene import fold_line_feeds, fold_regular
from etl.normalise.layout import Cut, Layout, Take
from etl.records import Part


def assemble_body(text: str, layout: Layout) -> str:
    """The body: its lines without the cuts, each a paragraph, joined by one blank line."""
    fold = fold_regular if layout.regular else fold_line_feeds
    paragraphs = []
    for line, take in zip(layout.lines, layout.taken, strict=True):
        if take is not None:
            continue
        cuts = [cut for cut in layout.cuts if cut.start < line.end and cut.end > line.start]
        paragraphs.append(fold(_cut_out(text, line.start, line.end, cuts)) if cuts else line.text)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _cut_out(text: str, start: int, end: int, cuts: list[Cut]) -> str:
    kept = []
    for cut in sorted(cuts):
        kept.append(text[start : cut.start])
        start = cut.end
    kept.append(text[start:end])
    return "".join(kept)


def build_parts(text: str, layout: Layout) -> tuple[Part, ...]:
    """The parts in the order of the text: lines taken whole, without the cuts inside them, and the cuts."""
    cuts = list(layout.cuts)
    for line, take in zip(layout.lines, layout.taken, strict=True):
        if take is None:
            continue
        if any(cut.start < line.end and cut.end > line.start for cut in layout.cuts):
            cuts += _list_rest(text, line.start, line.end, take, layout.cuts)
        else:
            cuts.append(Cut(line.start, line.end, take if take.text is not None else take._replace(text=line.text)))
    fold = fold_regular if layout.regular else fold_line_feeds
    parts: list[Part] = []
    number, at = 1, 0
    for cut in sorted(cuts, key=lambda c: c.start):
        number += text.count("\n", at, cut.start)
        at = cut.start
        parts.append(_build_part(text, len(parts), cut, number, fold))
    return tuple(parts)


def _list_rest(text: str, start: int, end: int, take: Take, cuts: list[Cut]) -> list[Cut]:
    """What is left of a taken line beside the cuts inside it, without outer white space."""
    rest = []
    for cut in sorted(c for c in cuts if c.start < end and c.end > start):
        rest.append((start, cut.start))
        start = cut.end
    rest.append((start, end))
    found = []
    for left, right in rest:
        piece = text[left:right]
        left += len(piece) - len(piece.lstrip())
        right = left + len(piece.strip())
        if left < right:
            found.append(Cut(left, right, take))
    return found


def _build_part(text: str, number: int, cut: Cut, line: int, fold: Callable[[str], str]) -> Part:
    take = cut.take
    return Part(
        part=number,
        kind=take.kind,
        line_start=line,
        line_end=line + text.count("\n", cut.start, cut.end),
        raw_start=cut.start,
        raw_end=cut.end,
        text=take.text if take.text is not None else fold(text[cut.start : cut.end]),
        rule_id=take.rule_id,
        credit=take.credit,
    )
