-- Messages of a TCAP dialogue that name no subscriber, with the one that its opening named: the last opening of that node and
-- transaction id at or before them.
with opened as (
  select sender as node, originating_transaction as transaction, moment, max(place) as opening
  from identified
  where service = 1 and originating_transaction is not null and subscriber_id is not null
  group by sender, originating_transaction, moment
),
followed as (
  select sender as node, originating_transaction as transaction, moment, place
  from identified
  where service = 1 and subscriber_id is null and not is_answer and originating_transaction is not null
  union all
  select receiver, destination_transaction, moment, place
  from identified
  where service = 1 and subscriber_id is null and destination_transaction is not null
),
timed as (
  select o.node, o.transaction, o.moment, o.moment as opened_at, cast(null as bigint) as place
  from opened o
  union all
  select node, transaction, moment, cast(null as bigint), place from followed
),
traced as (
  select node, transaction, place,
    max(opened_at) over (partition by node, transaction order by moment range between unbounded preceding and current row)
      as opened_at
  from timed
),
told as (
  select t.place, max(o.opening) as opening
  from traced t
  join opened o on o.node = t.node and o.transaction = t.transaction and o.moment = t.opened_at
  where t.place is not null
  group by t.place
)
select t.place, i.subscriber_id, i.owner_code as home_code, i.owner_kin as home_kin, i.owner_country as home_country
from told t
join identified i on i.place = t.opening
