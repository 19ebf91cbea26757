"""From a document and its hits to the cast: names are read, then role phrases, then both become mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.document import Document
from etl.normalise.outlets import load_outlets
from etl.people.cast import Cast
from etl.people.figures import make_id
from etl.people.leads import Leads
from etl.people.naming import Name, Naming
from etl.people.offices import Offices
from etl.people.phrases import Phrase
from etl.people.registry import Registry
from etl.people.roster import Roster
from etl.people.shapes import find_known_names
from etl.records import Article
from etl.scan import Hits, fold_text
from etl.spans import Person, PersonMention


def find_people(
    document: Document,
    hits: Hits,
    article: Article,
    registry: Registry,
    captions: Sequence[tuple[Document, Hits]] = (),
) -> Cast:
    """Everybody whom the body names, and every name and role phrase that stands for a person.

    Offsets count code points in the body. Offices are read off the registry on the article's reference date; without
    one, only the text and the persons it names decide. `captions` are the article's captions as documents of their
    own: whom they name with an office is known to the body too. Never raises, whatever the text.
    """
    leads = Leads(document, hits)
    roster = Roster(registry, article.reference_date, load_outlets().government_of(article.outlet))
    for caption, caption_hits in captions:
        _introduce(roster, find_people(caption, caption_hits, replace(article, title=None, parts=()), registry))
    for known in find_known_names(
        [article.title or "", *(p.text for p in article.parts if p.kind == "caption")], registry
    ):
        roster.add_known(known)
    names = Naming(document, hits, leads, roster).read_names()
    phrases = Offices(document, hits, leads, roster, names).read_phrases()
    persons = _build_persons(roster)
    mentions = [_build_name(document, name, persons) for name in names if not name.attributive]
    mentions += [_build_phrase(document, phrase, persons) for phrase in phrases]
    chosen = _drop_overlaps(mentions)
    named = dict.fromkeys(mention.person for mention in chosen if mention.person)
    return Cast(tuple(person for person in named if person), chosen, document)


def _introduce(roster: Roster, cast: Cast) -> None:
    """Adds the persons whom `cast` names in full with an office, with that office."""
    for mention in cast.mentions:
        if mention.basis != "name" or not mention.role or mention.person is None:
            continue
        words = tuple(fold_text(mention.person.name).split())
        if len(words) > 1 and roster.registry.known(mention.person.person_id) is None:
            figure = roster.add_name(words, mention.person.name)
            figure.roles.append((mention.role, mention.country))


def _build_persons(roster: Roster) -> dict[int, Person]:
    """The persons that the figures are, by their numbers; two unknown persons of one name get ids of their own."""
    persons: dict[int, Person] = {}
    taken: set[str] = set()
    for figure in roster.figures:
        person_id = figure.known.person.person_id if figure.known else make_id(figure.name, taken)
        taken.add(person_id)
        persons[figure.number] = Person(
            person_id=person_id,
            name=figure.name,
            country=figure.country,
            gender=figure.gender,
            role=roster.find_role(figure),
            wikidata_qid=figure.known.person.wikidata_qid if figure.known else None,
        )
    return persons


def _build_name(document: Document, name: Name, persons: dict[int, Person]) -> PersonMention:
    start, end = name.start, name.candidate.end
    return PersonMention(
        start=start,
        end=end,
        head_start=name.candidate.start,
        text=document.body[start:end],
        person=persons[name.figure.number],
        basis="name",
        role=name.lead.role if name.lead else None,
        country=name.lead.country if name.lead else None,
    )


def _build_phrase(document: Document, phrase: Phrase, persons: dict[int, Person]) -> PersonMention:
    return PersonMention(
        start=phrase.start,
        end=phrase.end,
        head_start=phrase.start,
        text=document.body[phrase.start : phrase.end],
        person=persons[phrase.figure.number] if phrase.figure else None,
        basis="counterpart" if phrase.lead.counterpart else "role",
        role=phrase.lead.role,
        country=phrase.country,
    )


def _drop_overlaps(mentions: list[PersonMention]) -> tuple[PersonMention, ...]:
    """The mentions by start; of two that overlap the one that starts first, then the longer, stays."""
    chosen: list[PersonMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not chosen or mention.start >= chosen[-1].end:
            chosen.append(mention)
    return tuple(chosen)
