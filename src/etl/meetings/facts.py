"""What the resolver asks the lower layers: facts that are found again from the columns of a mention and the rules."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class RuleFacts(Protocol):
    """What is known of a rule that finds mentions."""

    @property
    def meeting_type(self) -> str: ...

    @property
    def confidence(self) -> float: ...


class Facts(Protocol):
    """The lower layers as the resolver sees them. All are pure."""

    def describe_rule(self, rule_id: str) -> RuleFacts:
        """Type of meeting and confidence of the rule `rule_id` of meeting_mentions."""
        ...

    def find_occasion(self, text: str) -> str | None:
        """The occasion that a sentence names ("on the sidelines of the ... summit")."""
        ...

    def resolve_venue(self, place_text: str) -> str | None:
        """The venue that the words of a place name, by its usual name."""
        ...

    def find_geonames_id(self, city: str, country: str | None) -> int | None:
        """GeoNames id of a city."""
        ...

    def build_edtf(
        self, date_start: date | None, date_end: date | None, precision: str, date_text: str | None
    ) -> str | None:
        """EDTF of a mention's date; XXXX-03-16 for a day without a year."""
        ...
