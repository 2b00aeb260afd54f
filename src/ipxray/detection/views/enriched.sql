-- The table that rules read: every column of messages, and what is known of each. Column by column in docs/reference/tables.md.
with numbered as (
  select m.*, c.number * 281474976710656 + m.frame * 4096 + m.index as place
  from messages m
  join captures c on c.capture = m.capture
),
nodes as (
  select a.space, a.address, a.country, n.network, a.indicator, a.indicator_source
  from resolved a
  left join networks n on n.code = a.code
),
stops as (
  select s.number, s.code, s.country, n.network, n.kin, coalesce(n.is_everywhere, false) as is_everywhere
  from stations s
  left join networks n on n.code = s.code
),
judged as (
  select e.*, p.code as previous_code, p.country as previous_country, p.network as previous_network, p.kin as previous_kin,
    p.is_everywhere as previous_is_everywhere, q.network as sri_sm_sender, o.family, o.legit_direction as legit_plain,
    case
      when e.toward_home then coalesce(o.category_toward_home, o.category)
      when e.sender_is_home then coalesce(o.category_from_home, o.category)
      else o.category
    end as category,
    case
      when e.toward_home then coalesce(o.legit_toward_home, o.legit_direction)
      when e.sender_is_home then coalesce(o.legit_from_home, o.legit_direction)
      else o.legit_direction
    end as legit_direction,
    a.code as sender_code, a.kin as sender_kin, a.country as sender_country, a.space as sender_space, a.address as sender_address,
    a.is_declared as sender_declared, a.reached_by as sender_reached_by, a.indicator, a.indicator_source
  from history e
  left join stops p on p.number = e.station
  left join stops q on q.number = e.sri_sm_station
  left join operations o on o.number = e.operation_number
  left join resolved a on a.id = e.sender
)
select m.*,
  coalesce(m.imsi, case
    when e.told_by_another is null then null
    when e.told_by_another < 0 then another.subscriber
    when e.told_by_another % 64 > 32 then
      'msisdn:' || lpad(cast(cast(floor(e.told_by_another / 64) as bigint) as string), cast(e.told_by_another % 64 - 32 as int), '0')
    else lpad(cast(cast(floor(e.told_by_another / 64) as bigint) as string), cast(e.told_by_another % 64 as int), '0')
  end, 'msisdn:' || m.msisdn) as subscriber,
  hn.network as home_network, coalesce(e.home_country, hn.country) as home_country, hn.plmn as home_plmn,
  case when run.has_protected = 0 then true else coalesce(hn.is_protected, false) end as is_protected,
  sn.network as sender_network, coalesce(e.sender_country, sn.country) as sender_country, sn.operator as sender_operator,
  case when e.sender < 0 then cast(-1 - e.sender as string) else e.sender_address end as sender_address,
  case
    when e.sender = 0 then null
    when e.sender < 0 then 'point_code'
    when e.sender_space in ('host', 'ip') then e.sender_space
    else 'global_title'
  end as sender_address_kind,
  e.sender_declared, coalesce(e.sender_reached_by, 'none') as sender_reached_by,
  rn.network as receiver_network, coalesce(rn.country, ra.country) as receiver_country,
  case when e.receiver < 0 then cast(-1 - e.receiver as string) else ra.address end as receiver_address,
  serving.network as serving_network, serving.country as serving_country, home_node.network as home_node_network,
  client.network as client_network, client.country as client_country, forwarded.country as forwarded_country,
  realm.network as realm_network, host.network as host_network, visited.network as visited_network, gsn.network as gsn_network,
  case
    when run.has_protected = 1 and sn.is_protected and rn.is_protected then 'internal'
    when run.has_protected = 1 and sn.is_protected then 'outbound'
    when run.has_protected = 1 and rn.is_protected then
      case when sn.network is null and e.sender_country is null then 'unknown' else 'inbound' end
    when run.has_protected = 1 then
      case when e.sender_country is not null and coalesce(rn.country, ra.country) is not null then 'transit' else 'unknown' end
    when e.sender_is_home and e.toward_home then 'internal'
    when e.sender_is_home then 'outbound'
    when e.toward_home and e.sender_is_home is not null then 'inbound'
    when e.sender_is_home is not null and e.toward_home is not null then 'transit'
    else 'unknown'
  end as direction,
  not e.sender_is_home as from_outside, e.sender_is_home,
  case
    when e.previous_code > 0 and e.sender_code > 0 then e.previous_code = e.sender_code
    when e.previous_country is not null and e.previous_country <> e.sender_country then false
  end as sender_is_serving,
  e.toward_home, e.previous_network, nullif(e.previous_country, '') as previous_country,
  run.start_at + e.registered_since as previous_at, far.distance_km,
  case when far.distance_km is not null then far.distance_km / (greatest(e.since_registration_us, 1) / 3600000000.0) end as speed_kmh,
  far.neighbours, near.neighbours as sender_neighbours,
  coalesce(e.previous_is_everywhere, false) or coalesce(sn.is_everywhere, false) or coalesce(e.previous_kin = e.sender_kin, false)
    or far.distance_km is null as speed_excepted,
  e.since_registration_us, e.since_sender_registered_us, e.since_authentication_us, e.since_home_asked_us,
  e.since_sri_sm_us, e.sri_sm_sender, e.since_cancelled_us,
  coalesce(w.sender_messages_10m, 0) as sender_messages_10m, coalesce(w.sender_subscribers_10m, 0) as sender_subscribers_10m,
  coalesce(w.sender_operations_10m, 0) as sender_operations_10m, coalesce(w.sender_errors_10m, 0) as sender_errors_10m,
  coalesce(w.sender_unknown_subscribers_10m, 0) as sender_unknown_subscribers_10m,
  coalesce(w.sender_destinations_10m, 0) as sender_destinations_10m,
  coalesce(q.subscriber_senders_10m, 0) as subscriber_senders_10m,
  coalesce(q.subscriber_countries_10m, 0) as subscriber_countries_10m,
  cast(coalesce(y.sender_authentications_1d, 0) as bigint) as sender_authentications_1d,
  cast(coalesce(y.sender_registrations_1d, 0) as bigint) as sender_registrations_1d,
  e.is_request, e.is_answered, e.answer_error, coalesce(e.answer_exposes, 0) as answer_exposes, e.answer_delay_us,
  e.category, e.legit_direction, e.family as operation_family,
  coalesce(p.route_first, p.origin, case when e.service <> 1 then m.source_ip end) as adjacent_address,
  coalesce(p.carriers, run.nothing) as observed_carriers, coalesce(l.carriers, run.nothing) as declared_carriers,
  coalesce(v.verdict, 'unknown') as route_verdict, p.route_first as route_record_first,
  case when run.has_profile = 1 then f.operation is not null end as profile_known,
  coalesce(e.indicator, ra.indicator, realm.indicator, hop.indicator, serving.indicator, client.indicator, point.indicator)
    as indicator,
  coalesce(e.indicator_source, ra.indicator_source, realm.indicator_source, hop.indicator_source, serving.indicator_source,
    client.indicator_source, point.indicator_source) as indicator_source
from numbered m
cross join run
join judged e on e.place = m.place
left join senders w on w.place = m.place
left join askers q on q.place = m.place
left join days y on y.place = m.place
left join others another on another.id = e.told_by_another
left join networks sn on sn.code = e.sender_code
left join networks rn on rn.code = e.receiver_code
left join networks hn on hn.code = e.home_code
left join resolved ra on ra.id = e.receiver
left join nodes serving on serving.address = m.serving_node
  and serving.space = case when translate(m.serving_node, '0123456789', '') = '' then 'gt' else 'host' end
left join nodes home_node on home_node.address = m.home_node
  and home_node.space = case when translate(m.home_node, '0123456789', '') = '' then 'gt' else 'host' end
left join nodes client on client.address = m.gmlc_or_scf
  and client.space = case when translate(m.gmlc_or_scf, '0123456789', '') = '' then 'gt' else 'host' end
left join nodes forwarded on forwarded.address = m.forwarded_to and forwarded.space = 'gt'
left join nodes realm on realm.address = m.origin_realm and realm.space = 'host'
left join nodes host on host.address = m.origin_host and host.space = 'host'
left join nodes visited on visited.address = m.visited_plmn and visited.space = 'plmn'
left join nodes gsn on gsn.address = m.gsn_address and gsn.space = 'ip'
left join distances far on far.country = e.previous_country and e.legit_plain = 'v_to_h'
  and far.other = case when coalesce(e.sender_is_home, false) then coalesce(visited.country, e.sender_country) else coalesce(e.sender_country, visited.country) end
left join distances near on near.country = e.sender_country and near.other = coalesce(rn.country, ra.country)
left join paths p on p.path = e.path
left join nodes hop on hop.address = p.route_first and hop.space = 'host'
left join nodes point on point.address = p.origin and point.space = 'pc'
left join route_lists l on l.code = e.sender_code and l.service = e.service
left join routes v on v.path = e.path and v.service = e.service and v.sender_code = e.sender_code
  and v.receiver_code = e.receiver_code
left join profile f on f.sender_party = coalesce(sn.network, e.sender_country, '')
  and f.operation = m.protocol || ' ' || coalesce(cast(m.operation_code as string), m.operation, '')
  and f.adjacent = coalesce(p.route_first, p.origin, case when e.service <> 1 then m.source_ip end, '')
