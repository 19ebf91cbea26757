"""One person of a document while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.people.leads import Lead
from etl.people.registry import Known
from etl.people.spellings import NameKey
from etl.scan import fold_text


@dataclass(slots=True, eq=False)
class Figure:
    """A person of the document while it is read: what is known, what the text says, where the full name stands."""

    number: int
    name: str
    known: Known | None = None
    key: NameKey | None = None
    gender: str | None = None
    # (role, country) as the text gives them, offices before functions; in the order of the text.
    roles: list[tuple[str, str | None]] = field(default_factory=list)
    functions: list[tuple[str, str | None]] = field(default_factory=list)
    introduced: list[int] = field(default_factory=list)

    @property
    def country(self) -> str | None:
        """The country of the registry, else the one of the first role that states one."""
        if self.known and self.known.person.country:
            return self.known.person.country
        return next((country for _, country in (*self.roles, *self.functions) if country), None)

    def add_lead(self, lead: Lead | None) -> None:
        """Keeps what the words before the name say."""
        if lead is None:
            return
        if lead.title and lead.title.gender and self.gender is None:
            self.gender = lead.title.gender
        if lead.role:
            roles = self.functions if lead.functional else self.roles
            if (lead.role, lead.country) not in roles:
                roles.append((lead.role, lead.country))


def make_id(name: str, taken: set[str]) -> str:
    """The person_id of somebody whom no registry knows, by the name; none of those `taken`."""
    plain = fold_text(name).lower().replace("'", "")
    slug = "".join(char if char.isascii() and char.isalnum() else "-" for char in plain)
    slug = "-".join(part for part in slug.split("-") if part) or "name"
    person_id, number = f"x-{slug}", 2
    while person_id in taken:
        person_id, number = f"x-{slug}-{number}", number + 1
    return person_id
