"""Parts and body from a finished layout: every visible character of the text goes to exactly one of them."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from etl.hygiene import fold_line_feeds, fold_regular
from etl.normalise.layout import Cut, Layout, Take
from etl.records import Part


def assemble_body(text: str, layout: Layout) -> str:
    """The body: its lines without the cuts, each a paragraph, joined by one blank line."""
    fold = fold_regular if layout.regular else fold_line_feeds
    body = [i for i, take in enumerate(layout.taken) if take is None]
    paragraphs = [layout.lines[i].text for i in body]
    if layout.cuts:
        first, last = min(cut.start for cut in layout.cuts), max(cut.end for cut in layout.cuts)
        for at, i in enumerate(body):
            start, end = layout.lines[i][:2]
            if first < end and last > start:
                cuts = [cut for cut in layout.cuts if cut.start < end and cut.end > start]
                if cuts:
                    paragraphs[at] = fold(_cut_out(text, start, end, cuts))
    return "\n\n".join(filter(None, paragraphs))


def _cut_out(text: str, start: int, end: int, cuts: list[Cut]) -> str:
    kept = []
    for cut in sorted(cuts):
        kept.append(text[start : cut.start])
        start = cut.end
    kept.append(text[start:end])
    return "".join(kept)


def build_parts(text: str, layout: Layout, taken: list[tuple[int, Take]]) -> tuple[Part, ...]:
    """The parts in the order of the text: the lines `taken` whole, without the cuts inside them, and the cuts."""
    cuts = list(layout.cuts)
    for i, take in taken:
        start, end, _, _, folded = layout.lines[i]
        if layout.cuts and any(cut.start < end and cut.end > start for cut in layout.cuts):
            cuts += _list_rest(text, start, end, take, layout.cuts)
        elif take.text is not None:
            cuts.append(Cut(start, end, take))
        else:
            cuts.append(Cut(start, end, Take(take.kind, take.rule_id, take.credit, folded)))
    fold = fold_regular if layout.regular else fold_line_feeds
    parts: list[Part] = []
    number, at = 1, 0
    for cut in sorted(cuts, key=itemgetter(0)):
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
