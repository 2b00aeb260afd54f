-- Errors by whom they were answered to, and whether they say that nobody knows the subscriber (TS 29.002 errors 1 and 5,
-- TS 29.272 experimental result 5001).
select p.sender, p.moment,
  case when l.service = 'sccp' and p.error_code in (1, 5) or l.service = 'diameter' and p.error_code = 5001 then 1 else 0 end as is_unknown
from pairs p
join located l on l.place = p.answer
where p.is_refused and p.is_first and p.sender > 0
