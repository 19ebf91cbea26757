"""What an outlet's documents teach, and what they must not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from etl.memory import find_repeats, load_evidence, observe_articles
from etl.normalise import load_line_rules, normalise_article
from etl.normalise.repeats import hash_line
from etl.records import Metadata, RawArticle

CASES = tomllib.loads((Path(__file__).parents[2] / "cases/lines/outlet_memory.toml").read_text("utf-8"))["case"]
RULES = load_line_rules()


def build_documents(case, outlet: str | None = "Fjord Tribune") -> list[RawArticle]:
    texts = [case["text"].strip().replace("*", str(number + 2)) for number in range(case["documents"])]
    return [RawArticle(f"{number}.txt", text, Metadata(outlet=outlet)) for number, text in enumerate(texts)]


def learn(documents) -> set[int]:
    return set(find_repeats(observe_articles(documents, RULES), load_evidence())["key"])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_learned(case):
    learned = learn(build_documents(case))
    assert [line for line in case["learns"] if hash_line(line) not in learned] == []
    assert [line for line in case["spares"] if hash_line(line) in learned] == []


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_learned_leaves_the_text_and_nothing_else_does(case):
    documents = build_documents(case)
    learned = learn(documents)
    for document in documents:
        article = normalise_article(document, RULES, "0" * 12, learned)
        without = normalise_article(document, RULES, "0" * 12)
        repeats = {part.text for part in article.parts if part.kind == "outlet_repeat"}
        assert {hash_line(text) for text in repeats} <= learned
        paragraphs = article.body.split("\n\n")
        assert [line for line in case["learns"] if line in paragraphs] == []
        assert [text for text in without.body.split("\n\n") if text not in paragraphs and text not in repeats] == []


def test_nothing_is_learned_without_an_outlet():
    assert learn(build_documents(CASES[0], outlet=None)) == set()


def test_outlets_do_not_teach_each_other():
    first, second = build_documents(CASES[0])
    other = RawArticle(second.source_uri, second.text, Metadata(outlet="Skerry Post"))
    assert learn([first, other]) == set()


def test_a_line_has_one_name_on_every_machine():
    """Names are kept in the warehouse: another hash would unlearn all that is known."""
    assert hash_line("Write to the EDITOR") == hash_line("write to the editor") == 0xC1F6F5E78DFEB28B


def test_outlet_that_only_its_own_furniture_names_is_taught():
    """Texts without metadata: a line that an outlet's data file describes says whose they are."""
    rule = next(rule for outlet in RULES.outlets.outlets for rule in outlet.rules if rule.phrases)
    case = {**CASES[0], "text": CASES[0]["text"].strip() + "\n" + rule.phrases[0]}
    documents = build_documents(case, outlet=None)
    assert set(observe_articles(documents, RULES)["outlet"]) == {RULES.outlets.of_rule(rule.rule_id)}
    assert {hash_line(line) for line in case["learns"]} <= learn(documents)
