-- Ten trailing minutes of each sender address, at each of its requests. What is present at a moment came in and has not yet left:
-- each count is a running sum of comings and goings, so different subscribers are counted exactly without a set. Two counts
-- travel in one integer, the first times 4294967296.
with requests as (
  select place, sender, moment, subscriber_id, service * 65536 + operation_number as operation, receiver
  from events
  where is_request and sender <> 0
),
spaced as (
  select place, sender, moment, subscriber_id is not null as is_known, receiver <> 0 as is_sent,
    moment - lag(moment) over subscribers as since_subscriber, lead(moment) over subscribers - moment as until_subscriber,
    moment - lag(moment) over operations as since_operation, lead(moment) over operations - moment as until_operation,
    moment - lag(moment) over receivers as since_receiver, lead(moment) over receivers - moment as until_receiver
  from requests
  window subscribers as (partition by sender, subscriber_id order by moment),
    operations as (partition by sender, operation order by moment),
    receivers as (partition by sender, receiver order by moment)
),
steps as (
  select place, sender, moment,
    4294967296 + case when is_known and coalesce(since_subscriber, 600000001) > 600000000 then 1 else 0 end as messages_subscribers,
    4294967296 * case when coalesce(since_operation, 600000001) > 600000000 then 1 else 0 end
      + case when is_sent and coalesce(since_receiver, 600000001) > 600000000 then 1 else 0 end as operations_receivers,
    cast(0 as bigint) as errors_unknown
  from spaced
  union all
  select null, sender, moment + 600000001,
    -4294967296 - case when is_known and coalesce(until_subscriber, 600000001) > 600000000 then 1 else 0 end,
    -4294967296 * case when coalesce(until_operation, 600000001) > 600000000 then 1 else 0 end
      - case when is_sent and coalesce(until_receiver, 600000001) > 600000000 then 1 else 0 end,
    0
  from spaced
  union all
  select null, sender, moment, 0, 0, 4294967296 + is_unknown from refusals
  union all
  select null, sender, moment + 600000001, 0, 0, -4294967296 - is_unknown from refusals
),
running as (
  select place,
    cast(sum(messages_subscribers) over lately as bigint) as messages_subscribers,
    cast(sum(operations_receivers) over lately as bigint) as operations_receivers,
    cast(sum(errors_unknown) over lately as bigint) as errors_unknown
  from steps
  window lately as (partition by sender order by moment range between unbounded preceding and current row)
)
select place,
  cast(floor(messages_subscribers / 4294967296) as bigint) as sender_messages_10m,
  messages_subscribers % 4294967296 as sender_subscribers_10m,
  cast(floor(operations_receivers / 4294967296) as bigint) as sender_operations_10m,
  operations_receivers % 4294967296 as sender_destinations_10m,
  cast(floor(errors_unknown / 4294967296) as bigint) as sender_errors_10m,
  errors_unknown % 4294967296 as sender_unknown_subscribers_10m
from running
where place is not null
