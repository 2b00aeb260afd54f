"""Millions of message rows of a roaming night, by SQL: subscribers that register, authenticate, text and use data."""

from __future__ import annotations

from pathlib import Path

import duckdb

from ipxray.capture import Message
from ipxray.declarations import Corpus
from ipxray.tables import columns_of

START = 1_793_500_000_000_000
"""2026-11-01, microseconds since 1970."""
HOURS = 6
SUBSCRIBERS_PER_MILLION = 60_000

_KINDS = """
  (0, 'map', 56, 'sendAuthenticationInfo', '0.4.0.0.1.0.14.3', 'v', 18, 1, 16),
  (1, 'map', 2, 'updateLocation', '0.4.0.0.1.0.1.3', 'v', 18, 0, 14),
  (2, 'map', 7, 'insertSubscriberData', '0.4.0.0.1.0.1.3', 'h', 48, 0, 10),
  (3, 'map', 23, 'updateGprsLocation', '0.4.0.0.1.0.32.3', 'v', 18, 0, 6),
  (4, 'map', 3, 'cancelLocation', '0.4.0.0.1.0.2.3', 'h', 16, 0, 4),
  (5, 'map', 44, 'mt-forwardSM', '0.4.0.0.1.0.25.3', 'h', 20, 4, 6),
  (6, 'map', 46, 'mo-forwardSM', '0.4.0.0.1.0.21.3', 'v', 20, 0, 3),
  (7, 'map', 70, 'provideSubscriberInfo', '0.4.0.0.1.0.28.3', 'h', 16, 2, 2),
  (8, 'diameter', 318, 'Authentication-Information', '16777251', 'v', 16, 1, 14),
  (9, 'diameter', 316, 'Update-Location', '16777251', 'v', 18, 32, 10),
  (10, 'diameter', 321, 'Purge-UE', '16777251', 'v', 16, 0, 3),
  (11, 'gtpv2', 32, 'Create Session Request', null, 'v', 58, 40, 8),
  (12, 'gtpv2', 36, 'Delete Session Request', null, 'v', 2, 0, 4)
"""
"""Number, protocol, code, operation, application, who asks (visited or home), classes in the request and in the answer, weight."""


def write(path: Path, messages: int, corpus: Corpus) -> None:
    """Write about `messages` rows of the table messages, requests and their answers, in the order of time."""
    with duckdb.connect(config={"preserve_insertion_order": False, "memory_limit": "2GB"}) as engine:
        engine.execute(
            "create table nets (n bigint, tadig varchar, plmn varchar, gt varchar, host varchar, realm varchar, ip varchar)"
        )
        for number, row in enumerate(_networks(corpus)):
            engine.execute("insert into nets values (?, ?, ?, ?, ?, ?, ?)", [number, *row])
        count = engine.execute("select count(*) from nets").fetchone()[0]
        engine.execute(
            f"create table kinds as select * from (values {_KINDS}) t(k, protocol, code, operation, application, asker, exposes, gives, weight)"
        )
        engine.execute("create table wheel as select k, row_number() over () - 1 as slot from kinds, range(weight)")
        slots = engine.execute("select count(*) from wheel").fetchone()[0]
        subscribers = max(1000, messages // 1_000_000 * SUBSCRIBERS_PER_MILLION)
        engine.execute(
            _REQUESTS.format(
                pairs=messages // 2,
                subscribers=subscribers,
                nets=count,
                slots=slots,
                start=START,
                span=HOURS * 3_600_000_000,
            )
        )
        names = {column.name: column.sql_type for column in columns_of(Message)}
        for half, name in ((_ASKED, "asked"), (_ANSWERED, "answered")):
            engine.execute(f"create or replace view {name} as {half}")
        given = {row[0] for row in engine.execute("describe asked").fetchall()}
        chosen = ", ".join(
            f'cast("{name}" as {kind}) as "{name}"'
            if name in given
            else f'cast({_EMPTY.get(name, "null")} as {kind}) as "{name}"'
            for name, kind in names.items()
        )
        both = "select * from asked union all by name select * from answered"
        engine.execute(
            f"copy (select {chosen} from ({both}) order by observed_at, frame) to '{path}' (format parquet, compression zstd)"
        )


def _networks(corpus: Corpus) -> list[tuple[str, ...]]:
    found = []
    for place, network in enumerate(corpus.networks):
        titles = [row.value for row in corpus.numbering if row.tadig == network.tadig and row.kind == "node"]
        if titles and network.mcc_mnc:
            plmn = network.mcc_mnc[0]
            realm = f"epc.mnc{plmn[3:].zfill(3)}.mcc{plmn[:3]}.3gppnetwork.org"
            found.append((network.tadig, plmn, titles[0], f"mme1.{realm}", realm, f"198.51.100.{place + 1}"))
    return found


_EMPTY = {"route_record": "[]", "anomalies": "[]", "length": "120"}

_REQUESTS = """
create table requests as
select i, k.*, s.subscriber, h.plmn || lpad(cast(s.subscriber as varchar), 10, '0') as imsi,
  {start} + cast(i * ({span} / {pairs}) as bigint) as observed_at, 20000 + hash(i, 5) % 200000 as delay,
  case when k.asker = 'v' then v.gt else h.gt end as from_gt, case when k.asker = 'v' then h.gt else v.gt end as to_gt,
  case when k.asker = 'v' then v.host else h.host end as from_host, case when k.asker = 'v' then h.realm else v.realm end as to_realm,
  case when k.asker = 'v' then v.realm else h.realm end as from_realm, case when k.asker = 'v' then h.host else v.host end as to_host,
  case when k.asker = 'v' then v.ip else h.ip end as from_ip, case when k.asker = 'v' then h.ip else v.ip end as to_ip,
  v.plmn as visited_plmn, v.gt as visited_gt
from (
  select i, hash(i, 1) % {subscribers} as subscriber, hash(i, 2) % {slots} as slot
  from range({pairs}) t(i)
) s
join wheel w on w.slot = s.slot
join kinds k on k.k = w.k
join nets h on h.n = hash(s.subscriber, 3) % {nets}
join nets v on v.n = (hash(s.subscriber, 3) % {nets} + 1 + hash(s.subscriber, 4) % ({nets} - 1)) % {nets}
"""

_SHARED = """
  'night.pcapng' as capture, 0 as index, protocol, application as application_context, 0 as network_indicator,
  1 as calling_numbering_plan, 1 as called_numbering_plan, 1 as invoke_id, 120 as length,
  case when protocol = 'diameter' then i end as hop_by_hop, case when protocol = 'diameter' then i end as end_to_end,
  case when protocol = 'gtpv2' then i % 16777216 end as sequence
"""

_ASKED = f"""
select {_SHARED}, i * 2 + 1 as frame, observed_at,
  case when protocol = 'map' then 'begin' else 'request' end as message_type,
  case when protocol = 'map' then 'invoke' end as component, code as operation_code, operation, exposes,
  case when protocol = 'map' then from_gt end as calling_global_title,
  case when protocol = 'map' then to_gt end as called_global_title,
  case when protocol = 'map' then i end as originating_transaction, cast(null as bigint) as destination_transaction,
  case when protocol = 'diameter' then from_host end as origin_host,
  case when protocol = 'diameter' then from_realm end as origin_realm,
  case when protocol = 'diameter' then to_realm end as destination_realm,
  case when protocol = 'diameter' then 'rfc6733' end as session_id_form,
  from_ip as source_ip, to_ip as destination_ip, imsi, visited_plmn,
  case when protocol = 'map' and asker = 'v' then visited_gt end as serving_node,
  cast(null as bigint) as error_code, cast(null as bigint) as request_frame, cast(null as bigint) as delay
from requests where operation <> 'Delete Session Request' or imsi is not null
"""

_ANSWERED = f"""
select {_SHARED}, i * 2 + 2 as frame, observed_at + delay as observed_at,
  case when protocol = 'map' then 'end' else 'answer' end as message_type,
  case when protocol = 'map' then 'return_result' end as component,
  case when protocol = 'gtpv2' then code + 1 else code end as operation_code, operation, gives as exposes,
  case when protocol = 'map' then to_gt end as calling_global_title,
  case when protocol = 'map' then from_gt end as called_global_title,
  cast(null as bigint) as originating_transaction, case when protocol = 'map' then i end as destination_transaction,
  case when protocol = 'diameter' then to_host end as origin_host,
  case when protocol = 'diameter' then to_realm end as origin_realm, cast(null as varchar) as destination_realm,
  case when protocol = 'diameter' then 'rfc6733' end as session_id_form,
  to_ip as source_ip, from_ip as destination_ip, cast(null as varchar) as imsi, cast(null as varchar) as visited_plmn,
  cast(null as varchar) as serving_node,
  case when protocol = 'diameter' then 2001 when protocol = 'gtpv2' then 16 end as error_code,
  i * 2 + 1 as request_frame, delay
from requests
"""
