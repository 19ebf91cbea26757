from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

import etl.cues
from etl.cues import Example, load_cues, participle, past, third_person
from etl.data import DataError
from etl.records import Quote

CUES = load_cues()
Read = Callable[..., tuple[Quote, ...]]


@pytest.mark.parametrize("example", CUES.hits, ids=[example.text for example in CUES.hits])
def test_cue_groups_hit_their_examples(example: Example, read_quotes: Read) -> None:
    found = [(quote.text, quote.type, quote.speaker_mention) for quote in read_quotes(example.text)]
    assert found == [(example.quote, example.type, example.speaker)]


@pytest.mark.parametrize("example", CUES.spares, ids=[example.text for example in CUES.spares])
def test_cue_groups_spare_their_examples(example: Example, read_quotes: Read) -> None:
    assert read_quotes(example.text) == ()


RULE_HITS = [(rule.rule_id, example) for rule in CUES.rules.values() for example in rule.hits]
RULE_SPARES = [example for rule in CUES.rules.values() for example in rule.spares]


@pytest.mark.parametrize(("rule_id", "example"), RULE_HITS, ids=[f"{rule}: {e.text}" for rule, e in RULE_HITS])
def test_rules_hit_their_examples(rule_id: str, example: Example, read_quotes: Read) -> None:
    found = {quote.text: quote for quote in read_quotes(example.text)}
    assert example.quote in found
    quote = found[example.quote]
    assert (quote.rule_id, quote.type, quote.speaker_mention) == (rule_id, example.type, example.speaker)


@pytest.mark.parametrize("example", RULE_SPARES, ids=[example.text for example in RULE_SPARES])
def test_rules_spare_their_examples(example: Example, read_quotes: Read) -> None:
    assert read_quotes(example.text) == ()


def test_each_rule_that_the_code_names_stands_in_the_data() -> None:
    package = Path(etl.cues.__file__).parent / "quotes"
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(package.glob("*.py")))
    named = set(re.findall(r'"((?:direct|mixed)-[a-z-]+|marks-only)"', source))
    assert named
    assert {f"quotes/{rule}" for rule in named} <= set(CUES.rules)
    assert all(rule.hits for rule_id, rule in CUES.rules.items() if rule_id != "quotes/marks-only")


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("announce", ("announces", "announced", "announcing")),
        ("reply", ("replies", "replied", "replying")),
        ("stress", ("stresses", "stressed", "stressing")),
        ("agree", ("agrees", "agreed", "agreeing")),
        ("convey", ("conveys", "conveyed", "conveying")),
        ("preach", ("preaches", "preached", "preaching")),
    ],
)
def test_regular_verbs_are_inflected(verb: str, forms: tuple[str, str, str]) -> None:
    assert (third_person(verb), past(verb), participle(verb)) == forms


def test_no_form_belongs_to_two_cues() -> None:
    owners: dict[str, str] = {}
    for cue in CUES.by_lemma.values():
        for form in {*chain(cue.finite, cue.participles, cue.bases)}:
            assert owners.setdefault(form, cue.lemma) == cue.lemma


GROUP = '[[group]]\nid = "g"\nframes = ["clause"]\nlemmas = ["say"]\nhits = []\nspares = []\n'
WRONG = {
    "an unknown key": GROUP.replace("hits", "hit"),
    "an unknown frame": GROUP.replace('"clause"', '"claus"'),
    "a lemma twice": GROUP + GROUP.replace('"g"', '"h"'),
    "an irregular verb of no group": GROUP + '[irregular]\ntell = ["told"]\n',
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_cue_files_are_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import tomllib

    table = {"irregular": {}, "noun_like": [], **tomllib.loads(WRONG[name])}
    monkeypatch.setattr(etl.cues, "read_toml", lambda _: table)
    with pytest.raises(DataError, match=r"cues\.toml"):
        load_cues.__wrapped__()
