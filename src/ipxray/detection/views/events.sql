-- The narrow row again, with its answer, its subscriber (its own, its request's, its dialogue's) and the subscriber's home.
with told as (
  select l.place, l.moment, l.service, l.protocol, l.operation_key, l.is_request, l.is_answer, l.sender_space, l.sender_address,
    l.receiver_space, l.receiver_address, l.sender, l.sender_code, l.sender_country, l.sender_party,
    l.receiver, l.receiver_code, l.receiver_country, l.visited_code, l.visited_country, l.family, l.category,
    l.legit_direction, l.category_toward_home, l.legit_toward_home, l.category_from_home, l.legit_from_home, l.path,
    q.place is not null as is_answered, q.error_code as answer_error, coalesce(q.exposes, 0) as answer_exposes,
    q.delay as answer_delay_us, coalesce(q.is_refused, false) as is_refused,
    coalesce(l.subscriber, p.subscriber, d.subscriber) as subscriber,
    case when l.subscriber is not null then l.subscriber_space when p.subscriber is not null then p.subscriber_space else d.subscriber_space end as subscriber_space,
    case when l.subscriber is not null then l.subscriber_key when p.subscriber is not null then p.subscriber_key else d.subscriber_key end as subscriber_key
  from located l
  left join (
    select request as place, error_code, exposes, delay, is_refused from pairs where is_first
  ) as q on q.place = l.place
  left join (
    select answer as place, subscriber, subscriber_space, subscriber_key from pairs where subscriber is not null
  ) as p on p.place = l.place and l.subscriber is null
  left join (
    select g.place, o.subscriber, o.subscriber_space, o.subscriber_key
    from dialogues g join located o on o.place = g.opening
  ) as d on d.place = l.place and l.subscriber is null
)
select t.*, coalesce(h.code, 0) as home_code, h.country as home_country,
  case
    when sn.kinship is not null and hn.kinship is not null then sn.kinship = hn.kinship
    when t.sender_country <> h.country then false
  end as sender_is_home,
  case
    when rn.kinship is not null and hn.kinship is not null then rn.kinship = hn.kinship
    when t.receiver_country <> h.country then false
  end as toward_home,
  t.is_request and not t.is_refused and (
    (t.family = 'registration' and t.operation_key not in ('57', '323'))
    or (t.protocol = 'gtpv2' and t.operation_key = '32')
    or (t.protocol in ('gtpv0', 'gtpv1') and t.operation_key = '16')
  ) as registers
from told t
left join resolved h on h.space = t.subscriber_space and h.address = t.subscriber_key
left join networks hn on hn.code = h.code
left join networks sn on sn.code = t.sender_code
left join networks rn on rn.code = t.receiver_code
