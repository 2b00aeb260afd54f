-- Subscribers whose text is no number of ordinary length, pseudonyms above all, numbered below zero.
select subscriber, -row_number() over (order by subscriber) as id
from (select distinct subscriber from located where subscriber is not null and digits_id is null) as texts
