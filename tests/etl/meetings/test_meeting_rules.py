"""The data files of the resolver, and the small functions that apply them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from etl.data import DataError, read_toml
from etl.meetings import codes, parties, tellings, weights
from etl.meetings.codes import build_codes, find_laterality
from etl.meetings.dating import find_precision
from etl.meetings.days import Days, find_weekdays, intersect_days, join_consecutive, read_days
from etl.meetings.parties import Party, build_party, compare_parties, match_parties
from etl.meetings.series import find_number


@pytest.mark.parametrize("rule", tellings.load_earlier_rules(), ids=lambda rule: rule.id)
def test_words_of_earlier_meetings_hit_and_spare_their_examples(rule: Any) -> None:
    assert [text for text in rule.hits if not rule.pattern.search(text)] == []
    assert [text for text in rule.spares if tellings.is_earlier_meeting(text)] == []


@pytest.mark.parametrize("rule", tellings.load_earlier_rules("later"), ids=lambda rule: rule.id)
def test_words_of_later_meetings_hit_and_spare_their_examples(rule: Any) -> None:
    assert [text for text in rule.hits if not rule.pattern.search(text)] == []
    assert [text for text in rule.spares if tellings.is_later_meeting(text)] == []


@pytest.mark.parametrize(
    ("before", "number"),
    [
        ("The 9th ", 9),
        ("The ninth annual ", 9),
        ("the 14th round of nuclear ", 14),
        ("The fifth round of ", 5),
        ("Their second ", None),
        ("The 3rd ", None),
        ("On the 16th they held ", None),
        ("The May 16th ", None),
        ("With the ", None),
        ("", None),
    ],
)
def test_number_in_a_series_stands_before_its_noun(before: str, number: int | None) -> None:
    assert find_number(f"{before}meeting was useful.", len(before)) == number


@pytest.mark.parametrize(
    ("module", "load", "table"),
    [
        (weights, weights.load_link_weights, {"limits": {}, "reason": []}),
        (weights, weights.load_link_weights, {"limits": {}, "reason": [], "other": 1}),
        (parties, parties.load_party_rules, {"generic": [], "fulfilled": [], "heads": [], "tails": []}),
        (tellings, tellings.load_earlier_rules, {"rule": [{"id": "x", "pattern": "(", "hits": [], "spares": []}]}),
        (tellings, tellings.load_earlier_rules, {"rule": [{"id": "x", "pattern": "a", "hits": []}]}),
        (
            codes,
            codes.load_code_rules,
            {"plover_event": {}, "plover_mode": [], "cameo_code": [], "organizations": {}, "meeting_type": {}},
        ),
    ],
)
def test_a_data_file_with_other_keys_is_refused(
    module: Any, load: Any, table: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "read_toml", lambda name: table)
    with pytest.raises(DataError):
        load.__wrapped__()


@pytest.mark.parametrize(
    ("countries", "laterality"),
    [
        (["NGA"], "domestic"),
        (["NGA", "NGA"], "domestic"),
        (["NGA", "NOR"], "bilateral"),
        (["NGA", "NOR", None], "unknown"),
        (["NGA", "NOR", "PRT"], "trilateral"),
        (["NGA", "NOR", "PRT", "FIN"], "multilateral"),
        (["NGA", "NOR", "PRT", "FIN", None], "multilateral"),
        ([None], "unknown"),
        ([], "unknown"),
    ],
)
def test_laterality_counts_countries(countries: list[str | None], laterality: str) -> None:
    assert find_laterality(countries) == laterality


@pytest.mark.parametrize(
    ("status", "form", "kind", "country", "countries", "expected"),
    [
        ("held", "in_person", "talks", "NOR", ["NGA", "NOR"], ("CONSULT", "visit", "042")),
        ("held", "in_person", "talks", "CHE", ["NGA", "NOR"], ("CONSULT", "third-party", "044")),
        ("held", "in_person", "talks", "CHE", ["NGA", None], ("CONSULT", None, "040")),
        ("held", "in_person", "talks", None, ["NGA", "NOR"], ("CONSULT", None, "040")),
        ("held", "video", "call", None, ["NGA", "NOR"], ("CONSULT", "phone", "041")),
        ("held", "in_person", "negotiation_round", "CHE", ["NGA", "NOR"], ("CONSULT", "third-party", "046")),
        ("scheduled", "phone", "call", None, ["NGA", "NOR"], ("AGREE", None, "036")),
        ("denied", "in_person", "talks", "NOR", ["NGA", "NOR"], ("REJECT", None, "036")),
    ],
)
def test_codes_follow_status_format_and_place(
    status: str, form: str, kind: str, country: str | None, countries: list[str | None], expected: tuple[Any, ...]
) -> None:
    sides = [(None, code) for code in countries]
    found = build_codes(status, form, kind, "bilateral", country, sides)
    assert (found.plover_event, found.plover_mode, found.cameo_code) == expected


def test_offices_of_organizations_hit_and_spare_their_examples() -> None:
    told = read_toml(codes.DATA)["organizations"]
    assert set(codes.list_countries((role, "NGA") for role in told["hits"])) == {None}
    assert set(codes.list_countries((role, "NGA") for role in told["spares"])) == {"NGA"}


def test_the_country_of_an_organizations_head_is_no_side() -> None:
    sides = [("UN secretary-general", "NGA"), ("president", "NOR")]
    assert find_laterality(codes.list_countries(sides)) == "unknown"
    assert build_codes("held", "in_person", "talks", "unknown", "CHE", sides).plover_mode is None


@pytest.mark.parametrize(
    ("types", "form", "expected"),
    [
        ({"talks"}, "phone", "call"),
        ({"talks", "visit"}, "in_person", "visit"),
        ({"summit", "talks"}, "video", "summit"),
        ({"negotiation_round"}, "video", "negotiation_round"),
        ({"call"}, "unknown", "call"),
    ],
)
def test_talks_by_phone_are_a_call(types: set[str], form: str, expected: str) -> None:
    assert codes.choose_type(types, form) == expected


def test_a_mediator_makes_a_mediation() -> None:
    sides = [("president", "NGA"), ("Mediator", "NOR")]
    assert build_codes("held", "in_person", "talks", "bilateral", "NGA", sides).cameo_code == "045"


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("on Wednesday", {2}),
        ("Tues. and Thurs.", {1, 3}),
        ("Saturday evening", {5}),
        ("next month", set()),
        ("Sunni New Year", set()),
        (None, set()),
    ],
)
def test_weekdays_are_read_from_the_date_text(text: str | None, weekdays: set[int]) -> None:
    assert find_weekdays(text) == weekdays


def test_days_together() -> None:
    march = read_days(date(2022, 3, 1), date(2022, 3, 31), "March", "2022-03", "month")
    day = read_days(date(2022, 3, 16), date(2022, 3, 16), "16 March", "2022-03-16", "day")
    visit = read_days(date(2022, 3, 16), date(2022, 3, 18), "16-18 March", None, "range")
    early = read_days(date(2022, 3, 1), date(2022, 3, 10), "early March", None, "range")
    wednesday, yearless = Days(weekdays=frozenset({2})), Days(day_of_year=(3, 17))
    assert visit.whole
    assert read_days(date(2022, 3, 15), date(2022, 3, 16), "Tuesday and Wednesday", None, "range").whole
    assert not early.whole
    assert not read_days(date(2022, 3, 16), date(2022, 5, 2), "16 March and 2 May", None, "range").whole
    assert intersect_days(march, day) == day
    assert intersect_days(day, early) is None
    assert intersect_days(visit, day) == visit
    assert intersect_days(wednesday, day) is not None
    assert intersect_days(yearless, day) is None
    assert intersect_days(yearless, visit) == visit
    assert intersect_days(Days(weekdays=frozenset({3})), wednesday) is None
    in_march, in_may = read_days(None, None, "in late March", None), read_days(None, None, "last May", None)
    assert intersect_days(in_march, in_may) is None
    assert intersect_days(in_march, yearless) == Days(day_of_year=(3, 17), months=frozenset({3}))
    assert intersect_days(in_may, yearless) is None
    assert intersect_days(in_may, visit) is None
    assert intersect_days(in_march, visit) == visit
    assert read_days(None, None, "from March to May", None) == Days()


def test_consecutive_days_make_a_visit_up_to_its_limit() -> None:
    def day(number: int) -> Days:
        return Days(number, number)

    assert join_consecutive(day(11), day(10), 5) == Days(10, 11, whole=True)
    assert join_consecutive(day(10), day(12), 5) is None
    assert join_consecutive(Days(10, 14, whole=True), day(15), 5) is None
    assert join_consecutive(Days(), day(15), 5) is None


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        (date(2022, 3, 16), date(2022, 3, 16), "day"),
        (date(2024, 2, 1), date(2024, 2, 29), "month"),
        (date(2023, 2, 1), date(2023, 2, 27), "range"),
        (date(2022, 1, 1), date(2022, 12, 31), "year"),
        (date(2022, 1, 1), date(2023, 12, 31), "range"),
    ],
)
def test_precision_follows_from_the_ends(start: date, end: date, precision: str) -> None:
    assert find_precision(start, end) == precision


def party(name: str | None, role: str | None, country: str | None, organization: str | None = None) -> Party:
    person_id = f"x-{name.lower().replace(' ', '-')}" if name else None
    return build_party(person_id, name, role, country, organization)


OKORO = party("Ada Okoro", "president", "NGA")
LUND = party("Nils Lund", "president", "NOR")
BERG = party("Eva Berg", "foreign minister", "NOR")
BELLO = party("Musa Bello", "foreign minister", "NGA")
SILVA = party("Rui Silva", "president", "PRT")
HOSTS = [
    party(f"{name} Holm", role, "NOR") for name, role in (("Ola", "minister"), ("Kari", "speaker"), ("Per", "mayor"))
]
VIRTA = party("Aino Virta", "president", "FIN")


@pytest.mark.parametrize(
    ("a", "b", "match"),
    [
        (OKORO, party("Okoro", None, None), parties.SAME_PARTY),
        (OKORO, party("Ben Okoro", None, None), parties.NO_MATCH),
        (OKORO, party("Okoro", None, "NOR"), parties.NO_MATCH),
        (OKORO, build_party("x-ada-okoro-2", "Ada Okoro", None, None, None), parties.NO_MATCH),
        (OKORO, build_party("ada-okoro", "Ada Okoro", None, "NGA", None), parties.NO_MATCH),
        (OKORO, party(None, "president", "NGA"), parties.SAME_OFFICE),
        (OKORO, party(None, "foreign minister", "NGA"), parties.NO_MATCH),
        (OKORO, party(None, "delegation", "NGA"), parties.SAME_COUNTRY),
        (OKORO, party(None, "officials", "NGA"), parties.NO_MATCH),
        (OKORO, party(None, "president", None), parties.NO_MATCH),
        (party(None, "officials", "NGA"), party(None, "delegation", "NGA"), parties.SAME_COUNTRY),
        (party(None, None, None, "African Union"), party(None, None, None, "african union"), parties.SAME_PARTY),
        (party(None, None, None, "African Union"), OKORO, parties.NO_MATCH),
    ],
)
def test_parties_are_matched_by_person_office_and_country(a: Party, b: Party, match: int) -> None:
    assert match_parties(a, b) == match_parties(b, a) == match


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ([OKORO, LUND], [LUND, OKORO], "same_participants"),
        ([OKORO, LUND], [OKORO, party(None, "president", "NOR")], "same_roles"),
        ([OKORO, LUND], [OKORO, LUND, BERG], "covered_participants"),
        ([OKORO, BERG], [OKORO, LUND, BERG], None),
        ([OKORO, LUND, BERG], [OKORO, LUND, BELLO], "covered_participants"),
        ([OKORO, LUND, BERG], [OKORO, LUND, SILVA], None),
        ([OKORO, BERG, LUND], [OKORO, BERG, BELLO], None),
        ([OKORO, LUND], [OKORO, party(None, "delegation", "NOR")], "same_person_and_side"),
        ([OKORO, LUND], [OKORO, party(None, "officials", "NOR")], None),
        ([OKORO, LUND], [OKORO, LUND, SILVA], None),
        ([OKORO, LUND], [OKORO, SILVA], None),
        ([OKORO, LUND, SILVA], [OKORO, LUND, SILVA, VIRTA], "most_participants"),
        ([*HOSTS, SILVA], [*HOSTS, VIRTA], None),
        ([*HOSTS, LUND], [*HOSTS, BERG], "most_participants"),
        ([OKORO, LUND], [party(None, "delegation", "NGA"), party(None, "delegation", "NOR")], "same_countries"),
        ([OKORO], [OKORO, LUND], "one_participant"),
        ([], [OKORO, LUND], None),
    ],
)
def test_how_far_accounts_agree(a: list[Party], b: list[Party], reason: str | None) -> None:
    assert compare_parties(a, b) == compare_parties(b, a) == reason
