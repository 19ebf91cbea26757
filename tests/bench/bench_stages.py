"""Speed of each stage of phase A on the sample articles, one core: `make bench`. Prints articles a second.

CPU time, the best of five rounds over the samples, repeated until a round takes half a second: the least disturbed
round tells most about the code. Times belong here and never in a test.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from etl.dates import find_dates
from etl.derive import derive_article
from etl.document import build_document
from etl.mentions import find_mentions
from etl.normalise import normalise_article
from etl.people import find_people
from etl.places import find_places
from etl.quotes import find_quotes
from etl.records import Article, RawArticle
from etl.rules import load_rules
from etl.sources import ReadOptions, list_inputs, read_input

# The mean length of a news article in the benchmark that the quotes layer is measured on.
STANDARD = 805
SEED_CHARS, PARAGRAPH = 3_200, 180
RAW = Path(__file__).resolve().parents[2] / "raw"


def measure_rate(function: Callable[..., object], arguments: list[tuple[object, ...]]) -> float:
    """Calls a second, the best of five rounds of about half a second."""
    rounds, best = 1, 0.0
    for _ in range(5):
        while True:
            start = time.process_time()
            for _ in range(rounds):
                for args in arguments:
                    function(*args)
            seconds = time.process_time() - start
            if seconds > 0.5:
                break
            rounds = max(rounds + 1, int(rounds * 0.6 / max(seconds, 1e-6)))
        best = max(best, rounds * len(arguments) / seconds)
    return best


def grow_articles(raws: list[RawArticle], articles: list[Article], start: int) -> list[RawArticle]:
    """The samples that are not hard-wrapped, each as a text of the size and the furniture of a news site's article:
    3.2 kB in some 20 lines.

    What is added are paragraphs of its own body, each with a word that no other has, so that no cache knows them;
    another `start` gives other words.
    """
    grown = []
    for number, (raw, article) in enumerate(zip(raws, articles, strict=True), start):
        lines = raw.text.split("\n")
        middle = max((i for i, line in enumerate(lines) if line and line.strip() in article.body), default=0)
        paragraphs = [text for text in article.body.split("\n\n") if text in raw.text]
        while len(paragraphs) > 1 and sum(map(len, paragraphs)) < PARAGRAPH * len(paragraphs):
            paragraphs[-2:] = [" ".join(paragraphs[-2:])]
        paragraphs = [text for text in paragraphs if len(text) >= PARAGRAPH]
        more: list[str] = []
        while paragraphs and len(raw.text) + sum(map(len, more)) < SEED_CHARS:
            word = "".join(chr(ord("a") + int(digit)) for digit in str(number * 100 + len(more)))
            more.append(paragraphs[len(more) % len(paragraphs)].replace(" the ", f" the {word} ", 1))
        if more:
            text = "\n".join([*lines[:middle], *more, *lines[middle:]])
            grown.append(RawArticle(f"grown/{number}.txt", text))
    return grown


def measure_fresh(function: Callable[[RawArticle], object], raws: list[RawArticle], articles: list[Article]) -> float:
    """Articles a second, the best of twenty passes over articles that no pass before has seen."""
    best = 0.0
    for turn in range(20):
        fresh = [article for i in range(10) for article in grow_articles(raws, articles, 1000 * turn + 100 * i)]
        start = time.process_time()
        for article in fresh:
            function(article)
        best = max(best, len(fresh) / (time.process_time() - start))
    return best


def main() -> None:
    rules = load_rules()
    files = list_inputs(RAW).files
    raws = [item for file in files for item in read_input(file, ReadOptions()) if isinstance(item, RawArticle)]
    articles = [normalise_article(raw, rules.lines, rules.version) for raw in raws]
    documents = [build_document(article.body) for article in articles]
    hits = [rules.scanner.scan(article.body) for article in articles]
    casts = [find_people(d, h, a, rules.registry) for d, h, a in zip(documents, hits, articles, strict=True)]
    dates = [find_dates(d, h, a) for d, h, a in zip(documents, hits, articles, strict=True)]
    places = [find_places(d, h, rules.gazetteer) for d, h in zip(documents, hits, strict=True)]
    words = sum(article.n_words for article in articles) / len(articles)
    stages: list[tuple[str, Callable[..., object], list[tuple[object, ...]]]] = [
        ("normalise", normalise_article, [(raw, rules.lines, rules.version) for raw in raws]),
        ("document", build_document, [(article.body,) for article in articles]),
        ("scan", rules.scanner.scan, [(article.body,) for article in articles]),
        ("people", find_people, [(*t, rules.registry) for t in zip(documents, hits, articles, strict=True)]),
        ("quotes", find_quotes, [(*t, rules.cues) for t in zip(documents, hits, casts, articles, strict=True)]),
        ("dates", find_dates, list(zip(documents, hits, articles, strict=True))),
        ("places", find_places, [(*t, rules.gazetteer) for t in zip(documents, hits, strict=True)]),
        (
            "mentions",
            find_mentions,
            [(*t, rules.triggers) for t in zip(documents, hits, casts, dates, places, articles, strict=True)],
        ),
        ("all of phase A", derive_article, [(raw, rules) for raw in raws]),
    ]
    print(f"{len(articles)} sample articles of {words:.0f} words on average, one core, articles a second")
    print(f"(in brackets: articles of {STANDARD} words, to compare texts of any length)")
    for name, function, arguments in stages:
        rate = measure_rate(function, arguments)
        print(f"{name:16s} {rate:10,.0f} ({rate * words / STANDARD:,.0f})")
    rate = measure_fresh(lambda raw: normalise_article(raw, rules.lines, rules.version), raws, articles)
    grown = [raw.text for raw in grow_articles(raws, articles, 0)]
    size, lines = (sum(values) / len(grown) for values in (map(len, grown), (text.count("\n") for text in grown)))
    print(f"{'normalise, fresh':16s} {rate:10,.0f}   (texts of {size / 1000:.1f} kB and {lines:.0f} lines, all new)")


if __name__ == "__main__":
    main()
