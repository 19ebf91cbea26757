"""From a raw article to a clean one: what each line is, the columns it fills, the parts and the body."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import cache

from etl.hygiene import is_regular, list_marks
from etl.normalise.body import mark_body
from etl.normalise.bylines import read_byline
from etl.normalise.candidates import CandidateFinder
from etl.normalise.captions import mark_captions
from etl.normalise.datelines import Dateline, DatelineReader, load_dateline_reader
from etl.normalise.days import Calendar, load_calendar
from etl.normalise.endings import Endings, load_endings
from etl.normalise.headings import mark_sections, mark_title
from etl.normalise.languages import detect_language
from etl.normalise.layout import Layout, Take, build_layout
from etl.normalise.leads import cut_dateline, cut_endings
from etl.normalise.lines import split_lines
from etl.normalise.outlets import OutletIndex, load_outlets
from etl.normalise.parts import assemble_body, build_parts
from etl.normalise.prose import count_body_words
from etl.normalise.references import find_published, find_reference
from etl.normalise.repeats import mark_repeats
from etl.normalise.rules import load_classifier
from etl.normalise.timestamps import TimestampReader, load_timestamp_reader
from etl.records import Article, Metadata, Part, RawArticle


@dataclass(frozen=True, slots=True)
class LineRules:
    """All that normalising knows, read from data/lines and data/outlets."""

    candidates: CandidateFinder
    endings: Endings
    outlets: OutletIndex
    datelines: DatelineReader
    timestamps: TimestampReader
    calendar: Calendar


@cache
def load_line_rules() -> LineRules:
    """The rules of the package. Raises DataError where a data file is not as its reader needs it."""
    outlets = load_outlets()
    endings = load_endings(rule for outlet in outlets.outlets for rule in outlet.endings)
    classifier = load_classifier(rule for outlet in outlets.outlets for rule in outlet.rules)
    timestamps = load_timestamp_reader()
    return LineRules(
        CandidateFinder(classifier, endings, timestamps),
        endings,
        outlets,
        load_dateline_reader(),
        timestamps,
        load_calendar(),
    )


def normalise_article(
    raw: RawArticle, rules: LineRules, rules_version: str, learned: Set[int] = frozenset()
) -> Article:
    """The article with its body and parts. Pure: the same raw article, rules and learned lines give the same article.

    `learned` are the lines that the outlet is known to repeat, as repeats.hash_line names them.

    Parts carry offsets into `raw.text`; they never overlap, and clean_characters of the text without them is, white
    space aside, the body. Where the lines taken would hold most of the prose, the text is kept whole.
    """
    text = raw.text
    marks = list_marks(text)
    regular = is_regular(text, marks)
    lines = split_lines(text, regular)
    find_candidates, is_lead = rules.candidates.find_candidates, rules.datelines.is_lead
    layout = build_layout(lines, find_candidates, is_lead, marks if regular else None)
    mark_repeats(layout, learned)
    mark_body(layout)
    title = mark_title(text, layout, raw.metadata.title, rules.endings)
    section = mark_sections(layout)
    captions = mark_captions(layout)
    cut_endings(text, layout, rules.endings)
    found = _Findings(title, section, captions, cut_dateline(text, layout, rules.datelines))
    return _build_article(raw, rules, rules_version, layout, found)


@dataclass(frozen=True, slots=True)
class _Findings:
    """What the marked lines say."""

    title: str | None
    section: tuple[str, ...]
    captions: list[str]
    dateline: Dateline | None


def _build_article(raw: RawArticle, rules: LineRules, rules_version: str, layout: Layout, found: _Findings) -> Article:
    meta, dateline = raw.metadata, found.dateline
    taken = layout.list_taken()
    parts = build_parts(raw.text, layout, taken)
    published = find_published(meta, layout, taken, rules.timestamps)
    reference, reference_basis = find_reference(published, dateline, found.captions, rules.calendar)
    body = assemble_body(raw.text, layout)
    language = meta.language or detect_language(body)
    agency = dateline.agency if dateline else None
    return Article(
        article_id=raw.article_id,
        source_uri=raw.source_uri,
        outlet=_find_outlet(meta, parts, agency, rules.outlets),
        url=meta.url,
        title=found.title,
        byline=meta.byline or _find_byline(layout, taken),
        section=found.section,
        dateline_place=dateline.place if dateline else None,
        dateline_agency=agency,
        published_at=published.at,
        published_on=published.on,
        published_basis=published.basis,
        reference_date=reference,
        reference_basis=reference_basis,
        language=language,
        body=body,
        n_words=count_body_words(body),
        coverage=_find_coverage(body, language),
        rules_version=rules_version,
        parts=parts,
    )


def _find_outlet(metadata: Metadata, parts: tuple[Part, ...], agency: str | None, outlets: OutletIndex) -> str | None:
    """The metadata's outlet; else the one whose own furniture the text holds, or who signs the dateline."""
    named = outlets.resolve_metadata(metadata)
    if named:
        return named
    for part in parts:
        outlet = outlets.of_rule(part.rule_id)
        if outlet:
            return outlet
    return outlets.of_agency(agency)


def _find_byline(layout: Layout, taken: list[tuple[int, Take]]) -> str | None:
    for i, take in taken:
        if take.kind == "byline":
            byline = read_byline(layout.lines[i].text)
            if byline:
                return byline
    return None


def _find_coverage(body: str, language: str | None) -> str:
    if not body:
        return "none"
    return "full" if language == "en" else "marks_only"
