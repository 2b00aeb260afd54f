-- The table that rules read: every column of messages, and what is known of each. Column by column in docs/reference/tables.md.
with numbered as (
  select m.*, c.number * 281474976710656 + m.frame * 4096 + m.index as place
  from messages m
  join captures c on c.capture = m.capture
),
nodes as (
  select a.space, a.address, a.country, n.network
  from resolved a
  left join networks n on n.code = a.code
)
select m.*, e.subscriber, hn.network as home_network, coalesce(e.home_country, hn.country) as home_country, hn.plmn as home_plmn,
  case when run.has_protected = 0 then true else coalesce(hn.is_protected, false) end as is_protected,
  sn.network as sender_network, coalesce(e.sender_country, sn.country) as sender_country, sn.operator as sender_operator, e.sender_address,
  case
    when e.sender_address is null then null
    when e.sender_space = 'host' then 'host'
    when e.sender_space = 'ip' then 'ip'
    when e.sender_space = 'pc' then 'point_code'
    else 'global_title'
  end as sender_address_kind,
  sa.is_declared as sender_declared, coalesce(sa.reached_by, 'none') as sender_reached_by,
  rn.network as receiver_network, coalesce(e.receiver_country, rn.country) as receiver_country, e.receiver_address,
  serving.network as serving_network, serving.country as serving_country, home_node.network as home_node_network,
  client.network as client_network, client.country as client_country, forwarded.country as forwarded_country,
  realm.network as realm_network, host.network as host_network, visited.network as visited_network, gsn.network as gsn_network,
  case
    when run.has_protected = 1 and sn.is_protected and rn.is_protected then 'internal'
    when run.has_protected = 1 and sn.is_protected then 'outbound'
    when run.has_protected = 1 and rn.is_protected then case when sn.network is null and e.sender_country is null then 'unknown' else 'inbound' end
    when run.has_protected = 1 then
      case when e.sender_country is not null and e.receiver_country is not null then 'transit' else 'unknown' end
    when j.sender_is_home and j.toward_home then 'internal'
    when j.sender_is_home then 'outbound'
    when j.toward_home and j.sender_is_home is not null then 'inbound'
    when j.sender_is_home is not null and j.toward_home is not null then 'transit'
    else 'unknown'
  end as direction,
  not j.sender_is_home as from_outside, j.sender_is_home,
  case
    when j.previous_code is null then null
    when j.previous_code > 0 and e.sender_code > 0 then j.previous_code = e.sender_code
    when j.previous_country is not null and e.sender_country is not null and j.previous_country <> e.sender_country then false
  end as sender_is_serving,
  j.toward_home, j.previous_network, j.previous_country, j.previous_at, j.distance_km, j.speed_kmh, j.neighbours, b.neighbours as sender_neighbours,
  j.speed_excepted, j.since_registration_us, j.since_sender_registered_us, j.since_authentication_us, j.since_home_asked_us,
  j.since_sri_sm_us, j.sri_sm_sender, j.since_cancelled_us,
  coalesce(w.sender_messages_10m, 0) as sender_messages_10m, coalesce(w.sender_subscribers_10m, 0) as sender_subscribers_10m,
  coalesce(w.sender_operations_10m, 0) as sender_operations_10m, coalesce(w.sender_errors_10m, 0) as sender_errors_10m,
  coalesce(w.sender_unknown_subscribers_10m, 0) as sender_unknown_subscribers_10m,
  coalesce(w.sender_destinations_10m, 0) as sender_destinations_10m,
  coalesce(q.subscriber_senders_10m, 0) as subscriber_senders_10m,
  coalesce(q.subscriber_countries_10m, 0) as subscriber_countries_10m,
  coalesce(d.sender_authentications_1d, 0) as sender_authentications_1d,
  coalesce(d.sender_registrations_1d, 0) as sender_registrations_1d,
  e.is_request, e.is_answered, e.answer_error, e.answer_exposes, e.answer_delay_us,
  j.category, j.direction_meant as legit_direction, e.family as operation_family,
  coalesce(p.route_first, case when e.service = 'sccp' then cast(m.originating_point_code as string) end, case when e.service <> 'sccp' then m.source_ip end) as adjacent_address,
  coalesce(p.carriers, run.nothing) as observed_carriers, coalesce(l.carriers, run.nothing) as declared_carriers,
  coalesce(v.verdict, 'unknown') as route_verdict, p.route_first as route_record_first,
  case when run.has_profile = 1 then f.operation is not null end as profile_known,
  coalesce(sa.indicator, ra.indicator) as indicator, coalesce(sa.indicator_source, ra.indicator_source) as indicator_source
from numbered m
cross join run
join events e on e.place = m.place
join judged j on j.place = m.place
left join networks sn on sn.code = e.sender_code
left join networks rn on rn.code = e.receiver_code
left join networks hn on hn.code = e.home_code
left join distances b on b.country = e.sender_country and b.other = e.receiver_country
left join resolved sa on sa.space = e.sender_space and sa.address = e.sender_address
left join resolved ra on ra.space = e.receiver_space and ra.address = e.receiver_address
left join nodes serving on serving.address = m.serving_node and serving.space = case when translate(m.serving_node, '0123456789', '') = '' then 'gt' else 'host' end
left join nodes home_node on home_node.address = m.home_node and home_node.space = case when translate(m.home_node, '0123456789', '') = '' then 'gt' else 'host' end
left join nodes client on client.address = m.gmlc_or_scf and client.space = case when translate(m.gmlc_or_scf, '0123456789', '') = '' then 'gt' else 'host' end
left join nodes forwarded on forwarded.address = m.forwarded_to and forwarded.space = 'gt'
left join nodes realm on realm.address = m.origin_realm and realm.space = 'host'
left join nodes host on host.address = m.origin_host and host.space = 'host'
left join nodes visited on visited.address = m.visited_plmn and visited.space = 'plmn'
left join nodes gsn on gsn.address = m.gsn_address and gsn.space = 'ip'
left join senders w on w.sender = e.sender and w.moment = e.moment and e.is_request
left join askers q on q.subscriber = e.subscriber and q.moment = e.moment and e.is_request
left join days d on d.sender_party = e.sender_party and d.moment = e.moment and e.is_request and (e.family = 'authentication' or e.registers)
left join paths p on p.path = e.path
left join route_lists l on l.code = e.sender_code and l.service = e.service
left join routes v on v.path = e.path and v.service = e.service and v.sender_code = e.sender_code and v.receiver_code = e.receiver_code
left join profile f on f.sender_party = coalesce(sn.network, e.sender_country, '') and f.operation = e.protocol || ' ' || e.operation_key
  and f.adjacent = coalesce(p.route_first, case when e.service = 'sccp' then cast(m.originating_point_code as string) end, case when e.service <> 'sccp' then m.source_ip end, '')
