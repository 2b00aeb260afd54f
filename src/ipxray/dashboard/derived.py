"""Tables that several views read and no folder holds: made of the others when a store first needs them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["DERIVED", "OPERATORS", "Derived"]


class Derived(NamedTuple):
    """How a table is made: its SQL, and the tables that must be there first."""

    sql: str
    tables: tuple[str, ...]


OPERATORS = ("operators",)

DERIVED: Mapping[str, Derived] = {
    "operators": Derived(
        """
        with named as (
            select tadig, country, organisation, document_created from declarations
            union all select tadig, country, organisation, document_created from networks
            union all select tadig, country, null, null from touch
            union all select tadig, null, null, document_created from numbering
            union all select distinct subject, null, null, null from exposure where subject_kind = 'operator'
            union all select tadig, null, null, null from links
        ),
        one as (
            select tadig, max(country) as country, coalesce(max(organisation), '') as organisation,
                   max(document_created) as document_created
            from named where tadig is not null group by tadig
        ),
        plmns as (
            select tadig, list_sort(list_distinct(flatten(list(mcc_mnc)))) as mcc_mnc from declarations group by tadig
        ),
        carried as (
            select tadig, count(distinct node) as carriers, list_sort(list(distinct service)) as services
            from links where not pending group by tadig
        )
        select one.*, coalesce(plmns.mcc_mnc, []) as mcc_mnc, coalesce(carried.carriers, 0) as carriers,
               coalesce(carried.services, []) as services
        from one left join plmns using (tadig) left join carried using (tadig)
        """,
        ("declarations", "networks", "touch", "numbering", "exposure", "links"),
    ),
}
