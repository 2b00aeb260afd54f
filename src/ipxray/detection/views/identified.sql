-- The narrow row with its subscriber as one integer.
select l.*, coalesce(l.digits_id, o.id) as subscriber_id
from located l
left join others o on o.subscriber = l.subscriber and l.digits_id is null
