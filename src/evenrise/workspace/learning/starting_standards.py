"""The published standards by name (`starting/standards.toml`), placed at first need."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction

from evenrise.workspace.learning.models import Standard, StandardSet


OWN = "own"  # the key of the district's own list
_FILE = Path(__file__).parent / "starting" / "standards.toml"


def ensure_standards() -> None:
    """Place the published lists and an empty own one where there is none at all."""
    if StandardSet.objects.exists():
        return
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["set"]
    with transaction.atomic():
        StandardSet.objects.bulk_create(
            [
                StandardSet(
                    own=False, **{name: one[name] for name in one if name != "item"}
                )
                for one in told
            ]
            + [
                StandardSet(
                    key=OWN,
                    own=True,
                    name_en="Our district's standards",
                    name_es="Los estándares de nuestro distrito",
                )
            ],
            ignore_conflicts=True,
        )
        kept = dict(StandardSet.objects.values_list("key", "pk"))
        Standard.objects.bulk_create(
            [
                Standard(standards_id=kept[one["key"]], place=place, **item)
                for one in told
                for place, item in enumerate(one["item"])
            ],
            ignore_conflicts=True,
        )
