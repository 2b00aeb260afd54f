-- Great circles between the middles of countries, kilometres, and whether two countries touch.
select a.country, b.country as other,
  2.0 * 6371.0 * asin(least(1.0, sqrt(
    pow(sin(radians((b.latitude - a.latitude) / 2.0)), 2)
    + cos(radians(a.latitude)) * cos(radians(b.latitude)) * pow(sin(radians((b.longitude - a.longitude) / 2.0)), 2)
  ))) as distance_km,
  a.country = b.country or n.country is not null as neighbours
from places a
cross join places b
left join borders n on n.country = a.country and n.neighbour = b.country
