-- One narrow row per message: when, what kind, from whom to whom, about whom, and what pairs it with its answer.
-- place orders the messages of one microsecond: file, frame, index.
with keyed as (
  select
    c.number * 281474976710656 + m.frame * 4096 + m.index as place,
    c.number * 281474976710656 + m.request_frame * 4096 as request_place,
    greatest(least(m.observed_at, 4503599627370495), 0) as moment,
    case
      when m.protocol in ('map', 'cap', 'tcap', 'isup') then 'sccp'
      when m.protocol = 'diameter' then 'diameter'
      when m.protocol = 'http2' then 'n32'
      else 'grx'
    end as service,
    m.protocol, m.error_code, m.exposes, m.delay, m.invoke_id, m.originating_transaction, m.destination_transaction,
    m.hop_by_hop, m.sequence, m.message_type, m.component, m.operation_code,
    coalesce(cast(m.operation_code as string), m.operation, '') as operation_key,
    case
      when m.protocol in ('map', 'cap', 'tcap') then coalesce(split_part(m.application_context, '.', 7), '')
      else coalesce(m.application_context, '')
    end as application,
    case
      when m.calling_global_title is not null then
        case m.calling_numbering_plan when 6 then 'imsi' when 7 then 'e214' else 'gt' end
      when m.origin_host is not null or m.protocol = 'diameter' then 'host'
      when m.protocol in ('gtpv0', 'gtpv1', 'gtpv2', 'gtp_prime', 'pfcp', 'http2') then 'ip'
      else 'pc'
    end as sender_space,
    case
      when m.calling_global_title is not null then m.calling_global_title
      when m.origin_host is not null or m.protocol = 'diameter' then coalesce(m.origin_host, m.origin_realm)
      when m.protocol in ('gtpv0', 'gtpv1', 'gtpv2', 'gtp_prime', 'pfcp', 'http2') then m.source_ip
      else cast(m.originating_point_code as string)
    end as sender_address,
    case
      when m.called_global_title is not null then
        case m.called_numbering_plan when 6 then 'imsi' when 7 then 'e214' else 'gt' end
      when m.destination_host is not null or m.destination_realm is not null or m.protocol = 'diameter' then 'host'
      when m.protocol in ('gtpv0', 'gtpv1', 'gtpv2', 'gtp_prime', 'pfcp', 'http2') then 'ip'
      else 'pc'
    end as receiver_space,
    case
      when m.called_global_title is not null then m.called_global_title
      when m.destination_host is not null or m.destination_realm is not null or m.protocol = 'diameter' then
        coalesce(m.destination_host, m.destination_realm)
      when m.protocol in ('gtpv0', 'gtpv1', 'gtpv2', 'gtp_prime', 'pfcp', 'http2') then m.destination_ip
      else cast(m.destination_point_code as string)
    end as receiver_address,
    m.destination_realm, m.visited_plmn, m.route_record,
    case when coalesce(m.network_indicator, 0) < 2 then m.originating_point_code end as originating_point_code,
    case when coalesce(m.network_indicator, 0) < 2 then m.destination_point_code end as destination_point_code,
    coalesce(m.imsi, ('msisdn:' || m.msisdn)) as subscriber,
    case when m.imsi is not null then 'imsi' else 'gt' end as subscriber_space,
    coalesce(substr(m.imsi, 1, 6), m.msisdn) as subscriber_key
  from messages m
  join captures c on c.capture = m.capture
)
select k.place, k.request_place, k.moment, k.service, k.protocol, k.error_code, k.exposes, k.delay, k.operation_key, k.subscriber,
  k.subscriber_space, k.subscriber_key, k.sender_space, k.sender_address, k.receiver_space, k.receiver_address,
  case
    when k.protocol in ('map', 'cap', 'tcap') then coalesce(k.component, 'invoke') = 'invoke' and k.operation_key <> ''
    when k.protocol = 'isup' then false
    else coalesce(k.message_type, 'request') <> 'answer'
  end as is_request,
  case
    when k.protocol in ('map', 'cap', 'tcap') then k.component in ('return_result', 'return_error', 'reject')
    when k.protocol = 'isup' then false
    else k.message_type = 'answer'
  end as is_answer,
  k.originating_transaction, k.destination_transaction,
  case
    when k.service = 'diameter' then k.hop_by_hop
    when k.service = 'grx' then k.sequence
    when k.component in ('return_result', 'return_error', 'reject') then k.destination_transaction
    else k.originating_transaction
  end as exchange,
  coalesce(k.invoke_id, -1) as invoke,
  coalesce(s.id, 0) as sender, coalesce(s.code, 0) as sender_code, s.country as sender_country,
  coalesce(r.id, 0) as receiver, coalesce(nullif(r.code, 0), d.code, 0) as receiver_code,
  coalesce(r.country, d.country) as receiver_country,
  coalesce(v.code, 0) as visited_code, v.country as visited_country,
  coalesce(cast(nullif(s.code, 0) as string), s.country, '') as sender_party,
  coalesce(o.family, g.family) as family,
  coalesce(o.category, g.category) as category,
  coalesce(o.legit_direction, g.legit_direction) as legit_direction,
  coalesce(o.category_toward_home, g.category_toward_home) as category_toward_home,
  coalesce(o.legit_toward_home, g.legit_toward_home) as legit_toward_home,
  coalesce(o.category_from_home, g.category_from_home) as category_from_home,
  coalesce(o.legit_from_home, g.legit_from_home) as legit_from_home,
  (coalesce(cast(k.originating_point_code as string), '') || ' ' || coalesce(cast(k.destination_point_code as string), '') || ' ' || coalesce(array_join(k.route_record, ' '), '')) as path
from keyed k
left join resolved s on s.space = k.sender_space and s.address = k.sender_address
left join resolved r on r.space = k.receiver_space and r.address = k.receiver_address
left join resolved d on d.space = 'host' and d.address = k.destination_realm
left join resolved v on v.space = 'plmn' and v.address = k.visited_plmn
left join operations o on o.protocol = k.protocol and o.operation_key = k.operation_key and o.application = k.application and o.application <> ''
left join operations g on g.protocol = k.protocol and g.operation_key = k.operation_key and g.application = ''
