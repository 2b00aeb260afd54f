-- Whose each address is: declared ranges by prefix and exact length first, then a declared number with digits too many, then
-- reference numbering; a longer prefix before a shorter one. Number portability ranges are in no table: they never own.
with sizes as (
  select distinct space, size from prefixes
),
candidates as (
  select a.space, a.address, p.code, p.country, p.size, p.is_declared,
    p.digits is null or length(a.key) = p.digits as is_exact
  from addresses a
  join sizes s on s.space = a.space
  join prefixes p on p.space = s.space and p.size = s.size and p.prefix = substr(a.key, 1, s.size)
  where p.digits is null
    or (length(a.key) = p.digits and a.key >= p.first and a.key <= p.last)
    or (a.space = 'gt' and length(a.key) > p.digits and substr(a.key, 1, p.digits) >= p.first and substr(a.key, 1, p.digits) <= p.last)
),
ranked as (
  select *, row_number() over (
    partition by space, address
    order by case when code > 0 and is_exact then 0 when code > 0 then 1 else 2 end, size desc, is_declared desc, code, country
  ) as rank
  from candidates
),
watched as (
  select a.space, a.address, min(i.indicator) as indicator
  from addresses a
  join indicators i on i.space = a.space and i.prefix = substr(a.key, 1, i.size) and (i.size = length(a.key) or not i.is_whole)
  group by a.space, a.address
)
select a.space, a.address, row_number() over (order by a.space, a.address) as id,
  coalesce(r.code, 0) as code, coalesce(n.kin, 0) as kin, r.country,
  case
    when r.code is null then 'none'
    when a.space = 'ip' then 'ip'
    when r.is_declared and r.is_exact and r.code > 0 then 'declared'
    when a.space = 'host' then 'realm'
    else 'numbering'
  end as reached_by,
  case
    when r.is_declared and r.is_exact and r.code > 0 then true
    when k.code is not null then false
  end as is_declared,
  w.indicator, i.source as indicator_source
from addresses a
left join ranked r on r.space = a.space and r.address = a.address and r.rank = 1
left join networks n on n.code = r.code
left join declared_kinds k on k.code = r.code and k.space = a.space
left join watched w on w.space = a.space and w.address = a.address
left join (select indicator, min(source) as source from indicators group by indicator) as i on i.indicator = w.indicator
