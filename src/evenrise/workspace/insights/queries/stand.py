"""What stands now: the page store, the one before it, and what is new between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from evenrise.publishing.page_store import PageStore
from evenrise.publishing.page_store.model import FindingLine
from evenrise.workspace.data.models import Standing
from evenrise.workspace.data.standing import page_file, pages_of
from evenrise.workspace.people.models import Person


@dataclass(frozen=True, slots=True)
class Stand:
    """What every page of this room needs to begin."""

    pages: PageStore
    standing: Standing
    person: Person

    @property
    def district_id(self) -> str:
        """The district's code."""
        return self.pages.district.organization_id

    def school_of(self, organization_id: str) -> str | None:
        """A school's code; None for the district."""
        return None if organization_id == self.district_id else organization_id

    @property
    def findings(self) -> tuple[FindingLine, ...]:
        """All findings in reading order, then the questions about the data."""
        return _all_findings(self.pages)

    @property
    def by_key(self) -> dict[str, FindingLine]:
        """The same by key."""
        return findings_by_key(self.pages)

    def before(self) -> PageStore | None:
        """The page store that was shown before this one, if it is still there."""
        found = (
            Standing.objects.exclude(snapshot=self.standing.snapshot)
            .filter(pk__lt=self.standing.pk)
            .order_by("-id")
            .first()
        )
        if found is None or not page_file(found.snapshot).exists():
            return None
        return pages_of(found.snapshot)

    def new_keys(self) -> frozenset[str]:
        """The keys of findings that the snapshot before did not have."""
        before = self.before()
        if before is None:
            return frozenset()
        return _new_keys(before, self.pages)


# A page store never changes, so what is read from it once holds.
@lru_cache(maxsize=4)
def _all_findings(pages: PageStore) -> tuple[FindingLine, ...]:
    return (*pages.findings(), *pages.questions())


@lru_cache(maxsize=4)
def findings_by_key(pages: PageStore) -> dict[str, FindingLine]:
    """All findings of a page store, and the questions about the data, by key."""
    return {one.key: one for one in _all_findings(pages)}


@lru_cache(maxsize=4)
def _new_keys(before: PageStore, now: PageStore) -> frozenset[str]:
    return frozenset(findings_by_key(now)) - frozenset(findings_by_key(before))
