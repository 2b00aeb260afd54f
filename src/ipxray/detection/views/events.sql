-- The narrow row again, with its answer, its subscriber (its own, its request's, its dialogue's) and the subscriber's home.
with told as (
  select l.place, l.moment, l.service, l.is_request, l.role, l.operation_number, l.sender, l.sender_code, l.sender_kin,
    l.sender_country, l.sender_party, l.receiver, l.receiver_code, l.receiver_kin, l.receiver_country, l.visited_code,
    l.visited_country, l.path, q.request is not null as is_answered, q.error_code as answer_error, q.exposes as answer_exposes,
    q.moment - l.moment as answer_delay_us, coalesce(q.is_refused, false) as is_refused,
    coalesce(l.subscriber_id, p.subscriber_id, d.subscriber_id) as subscriber_id,
    case when l.subscriber_id is null then coalesce(p.subscriber_id, d.subscriber_id) else l.known_imsi end as told_by_another,
    l.nobodys_space, l.realm_kin,
    case when l.subscriber_id is not null then l.home_code else coalesce(p.home_code, d.home_code, 0) end as home_code,
    case when l.subscriber_id is not null then l.home_kin else coalesce(p.home_kin, d.home_kin, 0) end as home_kin,
    case when l.subscriber_id is not null then l.home_country else coalesce(p.home_country, d.home_country) end as home_country
  from identified l
  left join (
    select request, moment, error_code, exposes, is_refused from pairs where answer_number = 1
  ) as q on q.request = l.place
  left join (
    select answer, subscriber_id, home_code, home_kin, home_country
    from pairs
    where request_number = 1 and subscriber_id is not null
  ) as p on p.answer = l.place
  left join dialogues d on d.place = l.place
)
select t.*,
  case
    when t.sender_kin > 0 and t.home_kin > 0 then t.sender_kin = t.home_kin
    when t.sender_country <> t.home_country then false
    when t.realm_kin > 0 and t.home_kin > 0 then t.realm_kin = t.home_kin
    when k.code is not null then false
  end as sender_is_home,
  case
    when t.receiver_kin > 0 and t.home_kin > 0 then t.receiver_kin = t.home_kin
    when t.receiver_country <> t.home_country then false
  end as toward_home,
  t.role = 1 and t.is_request and not t.is_refused as registers
from told t
left join declared_kinds k on k.code = t.home_code and k.space = t.nobodys_space
