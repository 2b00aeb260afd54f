-- Every way a message was seen to come, once: the neighbour that handed it over and the carriers that it shows.
select s.path, nullif(split_part(s.path, ' ', 1), '') as origin, nullif(split_part(s.path, ' ', 3), '') as route_first,
  array_sort(array_agg(c.carrier) filter (where c.carrier is not null)) as carriers
from (select distinct path from events where path is not null) as s
left join path_carriers c on c.path = s.path
group by s.path
