-- Directions and speed of each message, from its history.
with told as (
  select e.place, e.moment, e.home_code, e.home_country, e.sender_code, e.sender_country, e.receiver_code, e.receiver_country,
    e.sender_is_home, e.toward_home, e.legit_direction,
    case when e.toward_home then coalesce(e.category_toward_home, e.category) when e.sender_is_home then coalesce(e.category_from_home, e.category) else e.category end as category,
    case when e.toward_home then coalesce(e.legit_toward_home, e.legit_direction) when e.sender_is_home then coalesce(e.legit_from_home, e.legit_direction) else e.legit_direction end as direction_meant,
    h.registered_since, h.since_registration_us, h.since_sender_registered_us, h.since_authentication_us,
    h.since_home_asked_us, h.since_sri_sm_us, h.since_cancelled_us, h.sri_sm_station,
    p.code as previous_code, p.country as previous_country,
    case
      when e.legit_direction = 'v_to_h' and not coalesce(e.sender_is_home, false) then coalesce(e.sender_country, e.visited_country)
      when e.legit_direction = 'v_to_h' then coalesce(e.visited_country, e.sender_country)
    end as visited_side,
    coalesce(nullif(e.sender_code, 0), e.visited_code) as visited_side_code
  from events e
  left join history h on h.place = e.place
  left join stations p on p.number = h.station
)
select t.*, r.start_at + t.registered_since as previous_at, pn.network as previous_network, sn.network as sri_sm_sender,
  d.distance_km,
  case when d.distance_km is not null then d.distance_km / (greatest(t.since_registration_us, 1) / 3600000000.0) end as speed_kmh,
  d.neighbours,
  coalesce(pn.is_everywhere, false) or coalesce(vn.is_everywhere, false) or coalesce(pn.kinship = vn.kinship, false)
    or d.distance_km is null as speed_excepted
from told t
cross join run r
left join networks pn on pn.code = t.previous_code
left join networks vn on vn.code = t.visited_side_code
left join stations ss on ss.number = t.sri_sm_station
left join networks sn on sn.code = ss.code
left join distances d on d.country = t.previous_country and d.other = t.visited_side
