"""Runs of capitalised words that may be a person's name, and what in their shape speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from etl.document import Document
from etl.people.lexicon import NameWords, load_name_words
from etl.people.registry import Known, Registry
from etl.people.spellings import EAST_ASIAN, PARTICLES
from etl.scan import Hits, fold_text
from etl.spans import Hit

# What a word of a run is taken for, by the lexicon that met it; the later mark wins.
PLAIN, TIME, PLACE, DEMONYM, ORGANIZATION, ROLE, PERSON = range(7)
_MARKS = (
    ("weekday", TIME),
    ("month", TIME),
    ("region", PLACE),
    ("capital", PLACE),
    ("country", PLACE),
    ("demonym", DEMONYM),
    ("organization", ORGANIZATION),
    ("role", ROLE),
    ("function", ROLE),
    ("title", ROLE),
    ("person", PERSON),
)
# What may be a surname all the same.
_OTHER_NAMES = (PLACE, TIME, DEMONYM, ROLE)
_LONGEST = 100
_FILLS = tuple(bytes((mark,)) * _LONGEST for mark in range(PERSON + 1))

_REST = r"[a-z]*+[^\W\d_]*(?:['-](?![sS]\b)[^\W\d_]+)*"
_WORD = rf"(?:[A-Z]\.(?:-?[A-Z]\.)*|(?:(?:[Aa]l|[Ee]l|an|ar|as|at|az|ad|ash|[Dd]|[Oo]|[Ll])['-])?[A-Z]{_REST})"
_OF_BODY = re.compile(r" (?:of|for) (?:the )?(?:(?:[A-Z][\w'-]+,? ){1,5}(?:and|&) )?$")
_BODY_REACH = 60
_PARTICLE = rf"(?:(?:{'|'.join(sorted(PARTICLES))}) ){{0,2}}"
# How the next word of a run begins: most words behind one do not, and need no closer look.
_NEXT = rf"(?=[A-Z]|(?:{'|'.join(sorted(PARTICLES))}) |[adelo][a-z]{{0,2}}['-])"
# It begins with a bare character class, which the engine finds fast; what stands before is looked at afterwards.
_RUN = re.compile(rf"[A-Z](?<![\w'][A-Z])(?:\.(?:-?[A-Z]\.)*|{_REST})(?: {_NEXT}{_PARTICLE}{_WORD})*(?:,? [JS]r\b\.?)?")
_PREFIX = re.compile(
    r"(?<![\w'-])(?:(?:al|el|an|ar|as|at|az|ad|ash|d|l)[-']|(?:bin|van|von|de|di|abu|(?:van|von) (?:der|den|de)) )$"
)
_PREFIX_REACH = 8
# The ends of what _take_prefix looks for, and their last two characters but for hyphens and apostrophes.
_PREFIX_ENDS = ("bin ", "van ", "von ", "de ", "di ", "abu ", "n der ", "n den ")
_PREFIX_LETTERS = frozenset({"n ", "e ", "i ", "u ", "r "})
_NAME_LIKE_MONTH = re.compile(r"(?:Jan [A-Z]|May(?:'s)? [a-z]+(?:s|ed|id)\b)")
_ACRONYM = re.compile(r"^[A-Z]{2,}$|-[A-Z]{3,}$")
_MAX_WORDS = 6


@dataclass(slots=True)
class Candidate:
    """Words that may name a person: a known name (`person_id`), several words, or one. Titles are not part of it."""

    start: int
    end: int
    words: tuple[str, ...]
    person_id: str | None = None
    first_of_sentence: bool = False
    # A single word that is known as something else ("Cuban", "Dean", "Store"): a name only of somebody named before.
    marked: bool = False

    @property
    def name(self) -> str:
        """The words, with blanks between."""
        return " ".join(self.words)


def find_candidates(document: Document, body: str, hits: Hits) -> list[Candidate]:
    """Everything in the body that has the shape of a name; by start, not overlapping.

    A word known as something else stands there only where it ends a longer candidate too. `body` is the document's,
    folded by fold_text: upper case is told from A-Z alone.
    """
    words = load_name_words()
    small = words.small
    marks = _mark_words(body, hits)
    known = {hit.start: hit for hit in hits.of("person")}
    starts = {sentence.start for sentence in document.sentences}
    found: list[Candidate] = []
    for run in _RUN.finditer(body):
        text = run.group()
        if text in small:
            continue
        at = run.start()
        before = body[at - 2 : at]
        if before[1:] in "-'" or (before in _PREFIX_LETTERS and body.endswith(_PREFIX_ENDS, 0, at)):
            text, at = _take_prefix(body, text, at)
            if not text or text in small:
                continue
        mark = marks[at]
        if " " in text or mark == PERSON:
            for candidate in _split_run(body, text, at, marks, known, words):
                candidate.first_of_sentence = candidate.start in starts or at in starts
                found.append(candidate)
        elif mark == PLAIN and text not in words.doubtful:
            found.append(Candidate(at, at + len(text), (text.rstrip(","),), first_of_sentence=at in starts))
        elif mark in (PLAIN, PLACE, DEMONYM, ROLE):
            found.append(Candidate(at, at + len(text), (text,), marked=True))
    full = [candidate.words for candidate in found if len(candidate.words) > 1]
    surnames = {words[-1] for words in full} | {words[0] for words in full if words[0] in EAST_ASIAN}
    return [candidate for candidate in found if not candidate.marked or candidate.words[0] in surnames]


def find_known_names(texts: Iterable[str], registry: Registry) -> list[Known]:
    """The persons of the registry whom titles and captions name in full: they may be cited by surname in the body."""
    found: dict[str, Known] = {}
    for text in texts:
        for run in _RUN.finditer(fold_text(text)):
            words = run.group().rstrip(".,").split(" ")
            for start, end in combinations(range(len(words) + 1), 2):
                known = registry.find_name(" ".join(words[start:end])) if 1 < end - start < _MAX_WORDS else None
                if known:
                    found.setdefault(known.person.person_id, known)
    return list(found.values())


def _take_prefix(body: str, text: str, at: int) -> tuple[str, int]:
    """The run with the article or particle before it ("al-Assad", "bin Salman"); "anti-Assad" loses its first word."""
    prefix = _PREFIX.search(body, max(at - _PREFIX_REACH - 1, 0), at)
    if prefix:
        return prefix.group() + text, prefix.start()
    if body[at - 1 : at] == "-":
        first, _, rest = text.partition(" ")
        return rest, at + len(first) + 1
    return text, at


def _mark_words(body: str, hits: Hits) -> bytearray:
    marks = bytearray(len(body))
    for kind, mark in _MARKS:
        fill = _FILLS[mark]
        for start, end, _, _ in hits.of(kind):
            # Jan before a capitalised word, May before a small one: names rather than months.
            if mark != TIME or body[start] not in "JM" or not _NAME_LIKE_MONTH.match(body, start):
                marks[start:end] = fill[: end - start] if end - start <= _LONGEST else bytes((mark,)) * (end - start)
    return marks


def _split_run(
    body: str, text: str, at: int, marks: bytearray, known: dict[int, Hit], words: NameWords
) -> list[Candidate]:
    """The candidates of one run: its stretches of plain words, and the known names in it."""
    found: list[Candidate] = []
    plain: list[tuple[int, str]] = []
    for word in text.split(" "):
        start, at = at, at + len(word) + 1
        mark = marks[start]
        if mark == PLAIN or (
            plain and mark in _OTHER_NAMES and _is_surname_here(body, start, marks, word, plain, words)
        ):
            plain.append((start, word))
            continue
        if plain:
            found += _build_candidate(_cut_body(body, plain, words), words)
            plain = []
        if mark == PERSON and start in known:
            hit = known[start]
            found.append(Candidate(hit.start, hit.end, tuple(body[hit.start : hit.end].split()), hit.value))
    if plain:
        found += _build_candidate(_cut_body(body, plain, words), words)
    return found


def _cut_body(body: str, plain: list[tuple[int, str]], words: NameWords) -> list[tuple[int, str]]:
    """The words without the body that ends an office before them: "of the Office of Personnel Care Jane Sample"."""
    start = plain[0][0]
    if plain[0][1] in words.given or not _OF_BODY.search(body, max(start - _BODY_REACH, 0), start):
        return plain
    given = (number for number in range(1, len(plain) - 1) if plain[number][1] in words.given)
    return plain[next(given, 0) :]


def _is_surname_here(
    body: str, start: int, marks: bytearray, word: str, plain: list[tuple[int, str]], words: NameWords
) -> bool:
    """True for one word after a given name: Jordan in "Michael Jordan", but not New Zealand in "Jane New Zealand"."""
    if len(plain) != 1 or plain[0][1] not in words.given or plain[0][1] in words.places or word.isupper():
        return False
    end = start + len(word)
    return end >= len(body) or (marks[end] == PLAIN and not body[end + 1 : end + 2].isupper())


def _build_candidate(plain: list[tuple[int, str]], words: NameWords) -> list[Candidate]:
    """The name in a stretch of plain words: without small words at its ends, after the last word that names a thing."""
    if not words.doubtful.isdisjoint([word for _, word in plain]):
        if len(plain) == 1 and plain[0][1] in words.things:
            return [Candidate(plain[0][0], plain[0][0] + len(plain[0][1]), (plain[0][1],), marked=True)]
        plain = _cut_things(plain, words)
        for number in range(1, len(plain) - 1):
            if _is_small(plain[number][1], words, alone=False):
                return [*_build_candidate(plain[:number], words), *_build_candidate(plain[number + 1 :], words)]
        plain = _cut_ends(plain, words)
    if len(plain) > 1:
        for number in range(len(plain) - 1, -1, -1):
            # An acronym within ("GOP Smith") is no part of a name; a text in capitals is told by its known names alone.
            word = plain[number][1]
            if word[-2:].isupper() and _ACRONYM.search(word):
                plain = plain[number + 1 :]
                break
    if not plain or len(plain) > _MAX_WORDS:
        return []
    start, (last_start, word) = plain[0][0], plain[-1]
    return [Candidate(start, last_start + len(word), tuple(word.rstrip(",") for _, word in plain))]


def _cut_things(plain: list[tuple[int, str]], words: NameWords) -> list[tuple[int, str]]:
    things = words.things
    for number in range(len(plain) - 1, -1, -1):
        if plain[number][1] in things:
            if number == 0 and 1 < len(plain) < 4 and plain[0][1] in EAST_ASIAN:
                return plain  # Park Jin
            surname = number == len(plain) - 1 == 1 and plain[number][1] in words.surnames_too
            if surname and plain[0][1] in words.given and plain[0][1] not in words.places:
                return plain
            return plain[number + 1 :]
    return plain


def _cut_ends(plain: list[tuple[int, str]], words: NameWords) -> list[tuple[int, str]]:
    first, last = 0, len(plain)
    while first < last and _is_small(plain[first][1], words, alone=last - first == 1):
        first += 1
    while first < last and (plain[last - 1][1] in words.small or plain[last - 1][1] in PARTICLES):
        if last - first > 2 and plain[last - 1][1].istitle() and plain[last - 2][1].lower() in PARTICLES:
            break  # Fahd Al Said
        last -= 1
    return plain[first:last]


def _is_small(word: str, words: NameWords, *, alone: bool) -> bool:
    return word in words.small and (alone or word not in words.given)


def take_last_word(candidate: Candidate) -> Candidate:
    """The surname of a run that begins with a word of the sentence: "Beneath Sample"."""
    word = candidate.words[-1]
    return Candidate(candidate.end - len(word), candidate.end, (word,))


def shift_title(candidate: Candidate, titles: dict[int, Hit]) -> Candidate:
    """A known name without the title that is part of its alias ("King Salman"): it is read as words before the name.

    A name that begins with such a word (Sheikh Hasina, Sultan bin Abdulaziz) keeps it.
    """
    title = titles.get(candidate.start)
    if title is None or title.end >= candidate.end:
        return candidate
    if candidate.person_id and candidate.person_id.startswith(candidate.words[0].lower()):
        return candidate
    return replace(candidate, start=title.end + 1)
