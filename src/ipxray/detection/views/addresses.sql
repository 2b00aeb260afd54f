-- Every address, node name and subscriber prefix that the messages name, once, with the key it is looked up by: digits as they
-- are, hosts reversed so that a realm is a prefix of whole labels, IP addresses as hexadecimal digits after 4 or 6.
with named as (
  select distinct case calling_numbering_plan when 6 then 'imsi' when 7 then 'e214' else 'gt' end as space,
    calling_global_title as address from messages
  union
  select distinct case called_numbering_plan when 6 then 'imsi' when 7 then 'e214' else 'gt' end,
    called_global_title from messages
  union select distinct 'host', origin_host from messages
  union select distinct 'host', origin_realm from messages
  union select distinct 'host', destination_host from messages
  union select distinct 'host', destination_realm from messages
  union select distinct 'host', split_part(array_join(route_record, ' '), ' ', 1) from messages where cardinality(route_record) > 0
  union select distinct 'pc', cast(originating_point_code as string) from messages where coalesce(network_indicator, 0) < 2
  union select distinct 'ip', source_ip from messages
  union select distinct 'ip', destination_ip from messages
  union select distinct 'ip', gsn_address from messages
  union select distinct 'plmn', visited_plmn from messages
  union select distinct 'imsi', substr(imsi, 1, 6) from messages
  union select distinct 'gt', msisdn from messages where imsi is null
  union select distinct 'gt', forwarded_to from messages
  union
  select case when translate(node, '0123456789', '') = '' then 'gt' else 'host' end, node
  from (
    select distinct serving_node as node from messages
    union select distinct home_node from messages
    union select distinct gmlc_or_scf from messages
  ) as nodes
),
parts as (
  select space, address, lower(split_part(address, ':', 1)) as host, lower(split_part(address, '::', 1)) as head,
    case when contains(address, '::') then lower(split_part(address, '::', 2)) else '' end as tail
  from named
  where address is not null and address <> ''
)
select space, address,
  case
    when space = 'host' then reverse(case when right(host, 1) = '.' then substr(host, 1, length(host) - 1) else host end) || '.'
    when space <> 'ip' then address
    when contains(address, ':') then '6'
      || lpad(coalesce(nullif(split_part(head, ':', 1), ''), nullif(split_part(tail, ':', -8), ''), '0'), 4, '0')
      || lpad(coalesce(nullif(split_part(head, ':', 2), ''), nullif(split_part(tail, ':', -7), ''), '0'), 4, '0')
      || lpad(coalesce(nullif(split_part(head, ':', 3), ''), nullif(split_part(tail, ':', -6), ''), '0'), 4, '0')
      || lpad(coalesce(nullif(split_part(head, ':', 4), ''), nullif(split_part(tail, ':', -5), ''), '0'), 4, '0')
      || lpad(coalesce(nullif(split_part(head, ':', 5), ''), nullif(split_part(tail, ':', -4), ''), '0'), 4, '0')
      || lpad(coalesce(nullif(split_part(head, ':', 6), ''), nullif(split_part(tail, ':', -3), ''), '0'), 4, '0')
      || lpad(coalesce(nullif(split_part(head, ':', 7), ''), nullif(split_part(tail, ':', -2), ''), '0'), 4, '0')
      || lpad(coalesce(nullif(split_part(head, ':', 8), ''), nullif(split_part(tail, ':', -1), ''), '0'), 4, '0')
    else lower('4'
      || lpad(hex(coalesce(try_cast(split_part(address, '.', 1) as bigint), 0)), 2, '0')
      || lpad(hex(coalesce(try_cast(split_part(address, '.', 2) as bigint), 0)), 2, '0')
      || lpad(hex(coalesce(try_cast(split_part(address, '.', 3) as bigint), 0)), 2, '0')
      || lpad(hex(coalesce(try_cast(split_part(address, '.', 4) as bigint), 0)), 2, '0'))
  end as key
from parts
