-- One narrow row per message, in numbers: when, what kind, from whom to whom, about whom, and what pairs it with its answer.
-- place orders the messages of one microsecond: file, frame, index. An address is the number of its row in resolved, below zero
-- a point code. A subscriber's digits travel as one integer with their length and kind; other texts as the number of their row.
with keyed as (
  select
    c.number * 281474976710656 + m.frame * 4096 + m.index as place,
    c.number * 281474976710656 + m.request_frame * 4096 as request_place,
    greatest(least(m.observed_at, 4503599627370495), 0) as moment,
    case
      when m.protocol in ('map', 'cap', 'tcap', 'isup') then 1
      when m.protocol = 'diameter' then 2
      when m.protocol = 'http2' then 4
      else 3
    end as service,
    m.protocol, m.error_code, m.exposes, m.delay, m.invoke_id, m.originating_transaction, m.destination_transaction,
    m.hop_by_hop, m.sequence, m.message_type, m.component, m.imsi, m.msisdn, m.visited_plmn, m.destination_realm,
    m.calling_global_title, m.calling_numbering_plan, m.called_global_title, m.called_numbering_plan, m.origin_host,
    m.origin_realm, m.destination_host, m.source_ip, m.destination_ip,
    coalesce(cast(m.operation_code as string), m.operation, '') as operation_key,
    case
      when m.application_context is null then ''
      when m.protocol in ('map', 'cap', 'tcap') then split_part(m.application_context, '.', 7)
      else m.application_context
    end as application,
    case when coalesce(m.network_indicator, 0) < 2 then m.originating_point_code end as origin_point,
    case when coalesce(m.network_indicator, 0) < 2 then m.destination_point_code end as destination_point,
    case when cardinality(m.route_record) > 0 then array_join(m.route_record, ' ') end as route
  from messages m
  join captures c on c.capture = m.capture
)
select k.place, k.request_place, k.moment, k.service, k.protocol, k.error_code, k.exposes, k.delay,
  case
    when k.service = 1 then k.protocol <> 'isup' and k.operation_key <> '' and coalesce(k.component, 'invoke') = 'invoke'
    else coalesce(k.message_type, 'request') <> 'answer'
  end as is_request,
  case
    when k.service = 1 then coalesce(k.component in ('return_result', 'return_error', 'reject'), false)
    else coalesce(k.message_type = 'answer', false)
  end as is_answer,
  k.originating_transaction, k.destination_transaction,
  case
    when k.service = 2 then k.hop_by_hop
    when k.service = 3 then k.sequence
    when k.component in ('return_result', 'return_error', 'reject') then k.destination_transaction
    else k.originating_transaction
  end as exchange,
  coalesce(k.invoke_id, -1) as invoke,
  case
    when k.imsi is not null then case when length(k.imsi) < 18 then try_cast(k.imsi as bigint) * 64 + length(k.imsi) end
    when length(k.msisdn) < 18 then try_cast(k.msisdn as bigint) * 64 + length(k.msisdn) + 32
  end as digits_id,
  case when k.imsi is not null and length(k.msisdn) < 18 then try_cast(k.msisdn as bigint) * 64 + length(k.msisdn) + 32 end as msisdn_id,
  coalesce(k.imsi, 'msisdn:' || k.msisdn) as subscriber,
  coalesce(h.code, 0) as home_code, coalesce(h.kin, 0) as home_kin, h.country as home_country,
  coalesce(s.id, -1 - k.origin_point, 0) as sender, coalesce(s.code, 0) as sender_code, coalesce(s.kin, 0) as sender_kin,
  s.country as sender_country, case when s.code = 0 and s.country is null then s.space end as nobodys_space, coalesce(e.kin, 0) as realm_kin,
  coalesce(r.id, -1 - k.destination_point, 0) as receiver, coalesce(nullif(r.code, 0), d.code, 0) as receiver_code,
  coalesce(nullif(r.kin, 0), d.kin, 0) as receiver_kin, coalesce(r.country, d.country) as receiver_country,
  coalesce(v.code, 0) as visited_code, v.country as visited_country,
  coalesce(cast(nullif(s.code, 0) as string), s.country, '') as sender_party,
  coalesce(o.number, g.number, 0) as operation_number, coalesce(o.role, g.role, 0) as role,
  case
    when k.origin_point is not null or k.destination_point is not null or k.route is not null then
      coalesce(cast(k.origin_point as string), '') || ' ' || coalesce(cast(k.destination_point as string), '') || ' '
      || coalesce(k.route, '')
  end as path
from keyed k
left join resolved s
  on s.address = case
    when k.calling_global_title is not null then k.calling_global_title
    when k.service = 2 or k.origin_host is not null then coalesce(k.origin_host, k.origin_realm)
    when k.service > 2 then k.source_ip
  end
  and s.space = case
    when k.calling_global_title is not null then
      case k.calling_numbering_plan when 6 then 'imsi' when 7 then 'e214' else 'gt' end
    when k.service = 2 or k.origin_host is not null then 'host'
    else 'ip'
  end
left join resolved r
  on r.address = case
    when k.called_global_title is not null then k.called_global_title
    when k.service = 2 or k.destination_host is not null then coalesce(k.destination_host, k.destination_realm)
    when k.service > 2 then k.destination_ip
  end
  and r.space = case
    when k.called_global_title is not null then
      case k.called_numbering_plan when 6 then 'imsi' when 7 then 'e214' else 'gt' end
    when k.service = 2 or k.destination_host is not null then 'host'
    else 'ip'
  end
left join resolved d on d.space = 'host' and d.address = k.destination_realm
left join resolved e on e.space = 'host' and e.address = k.origin_realm and s.code = 0
left join resolved v on v.space = 'plmn' and v.address = k.visited_plmn
left join resolved h on h.space = case when k.imsi is not null then 'imsi' else 'gt' end
  and h.address = coalesce(substr(k.imsi, 1, 6), k.msisdn)
left join operations o on o.protocol = k.protocol and o.operation_key = k.operation_key and o.application = k.application
  and o.application <> ''
left join operations g on g.protocol = k.protocol and g.operation_key = k.operation_key and g.application = ''
