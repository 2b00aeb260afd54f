-- The narrow row with its subscriber as one integer: a number that belongs to a known IMSI is that IMSI.
select l.*, coalesce(n.imsi_id, l.digits_id, o.id) as subscriber_id, n.imsi_id as known_imsi
from located l
left join others o on o.subscriber = l.subscriber and l.digits_id is null
left join numbers n on n.msisdn_id = l.digits_id
