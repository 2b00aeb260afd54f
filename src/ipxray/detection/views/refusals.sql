-- Errors by whom they were answered to, and whether they say that nobody knows the subscriber (TS 29.002 errors 1 and 5,
-- TS 29.272 experimental result 5001).
select sender, moment,
  case when service = 1 and error_code in (1, 5) or service = 2 and error_code = 5001 then 1 else 0 end as is_unknown
from pairs
where is_refused and request_number = 1 and sender <> 0
