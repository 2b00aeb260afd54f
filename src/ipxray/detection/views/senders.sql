-- Ten trailing minutes of each sender address, at every moment it sent. What is present at a moment came in and has not yet left:
-- each count is a running sum of comings and goings, so different subscribers are counted exactly without a set.
with requests as (
  select sender, moment, coalesce(subscriber, '') as subscriber, service || ' ' || operation_key as operation, receiver
  from events
  where is_request and sender > 0
),
by_subscriber as (
  select sender, moment, lag(moment) over occurrence as earlier, lead(moment) over occurrence as later
  from requests
  where subscriber <> ''
  window occurrence as (partition by sender, subscriber order by moment)
),
by_operation as (
  select sender, moment, lag(moment) over occurrence as earlier, lead(moment) over occurrence as later
  from requests
  window occurrence as (partition by sender, operation order by moment)
),
by_receiver as (
  select sender, moment, lag(moment) over occurrence as earlier, lead(moment) over occurrence as later
  from requests
  where receiver > 0
  window occurrence as (partition by sender, receiver order by moment)
),
steps as (
  select sender, moment, 1 as messages, 0 as subscribers, 0 as operations, 0 as receivers, 0 as errors, 0 as unknown from requests
  union all
  select sender, moment + 600000001, -1, 0, 0, 0, 0, 0 from requests
  union all
  select sender, moment, 0, 1, 0, 0, 0, 0 from by_subscriber where coalesce(moment - earlier, 600000001) > 600000000
  union all
  select sender, moment + 600000001, 0, -1, 0, 0, 0, 0 from by_subscriber where coalesce(later - moment, 600000001) > 600000000
  union all
  select sender, moment, 0, 0, 1, 0, 0, 0 from by_operation where coalesce(moment - earlier, 600000001) > 600000000
  union all
  select sender, moment + 600000001, 0, 0, -1, 0, 0, 0 from by_operation where coalesce(later - moment, 600000001) > 600000000
  union all
  select sender, moment, 0, 0, 0, 1, 0, 0 from by_receiver where coalesce(moment - earlier, 600000001) > 600000000
  union all
  select sender, moment + 600000001, 0, 0, 0, -1, 0, 0 from by_receiver where coalesce(later - moment, 600000001) > 600000000
  union all
  select sender, moment, 0, 0, 0, 0, 1, is_unknown from refusals
  union all
  select sender, moment + 600000001, 0, 0, 0, 0, -1, -is_unknown from refusals
),
moments as (
  select sender, moment, sum(messages) as messages, sum(subscribers) as subscribers, sum(operations) as operations,
    sum(receivers) as receivers, sum(errors) as errors, sum(unknown) as unknown, max(messages) as is_moment
  from steps
  group by sender, moment
),
running as (
  select sender, moment, is_moment,
    sum(messages) over lately as messages, sum(subscribers) over lately as subscribers,
    sum(operations) over lately as operations, sum(receivers) over lately as receivers,
    sum(errors) over lately as errors, sum(unknown) over lately as unknown
  from moments
  window lately as (partition by sender order by moment rows between unbounded preceding and current row)
)
select sender, moment, cast(messages as bigint) as sender_messages_10m, cast(subscribers as bigint) as sender_subscribers_10m,
  cast(operations as bigint) as sender_operations_10m, cast(receivers as bigint) as sender_destinations_10m,
  cast(errors as bigint) as sender_errors_10m, cast(unknown as bigint) as sender_unknown_subscribers_10m
from running
where is_moment > 0
