-- Messages of a TCAP dialogue that name no subscriber, with the one that its opening named: the last opening of that node and
-- transaction id at or before them.
with opened as (
  select (sender_address || ' ' || cast(originating_transaction as string)) as dialogue, moment, max(place) as opening
  from located
  where service = 'sccp' and originating_transaction is not null and subscriber is not null
  group by sender_address, originating_transaction, moment
),
followed as (
  select (sender_address || ' ' || cast(originating_transaction as string)) as dialogue, moment, place
  from located
  where service = 'sccp' and subscriber is null and originating_transaction is not null
  union all
  select (receiver_address || ' ' || cast(destination_transaction as string)), moment, place
  from located
  where service = 'sccp' and subscriber is null and destination_transaction is not null
),
timed as (
  select dialogue, moment, moment as opened_at, cast(null as bigint) as place from opened
  union all
  select dialogue, moment, cast(null as bigint), place from followed
),
traced as (
  select dialogue, place,
    max(opened_at) over (partition by dialogue order by moment range between unbounded preceding and current row) as opened_at
  from timed
)
select t.place, max(o.opening) as opening
from traced t
join opened o on o.dialogue = t.dialogue and o.moment = t.opened_at
where t.place is not null
group by t.place
