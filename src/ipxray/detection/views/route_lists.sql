-- The carriers that a network declares for a service, as one list.
select code, service, array_sort(array_agg(carrier)) as carriers
from declared_routes
group by code, service
