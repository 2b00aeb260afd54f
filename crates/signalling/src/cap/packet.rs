//! Control of packet sessions, TS 29.078 §8.

use super::operations::argument;
use crate::grammar::{Form, Kind, Type, at};
use crate::map::location::{CELL, GEOGRAPHY};
use crate::values::{APN, EVENT, GSN_ADDRESS, IMEI, IMSI, MSISDN, ROUTING_AREA, SERVING_NODE, Value};

/// LocationInformationGPRS of CAP: the cell is an octet string, or marked as in MAP.
pub(super) static LOCATION_GPRS: Type =
    Type::sequence(7, &[at(0, Kind::InsideOr(&CELL, Value::CellOrArea)), at(1, ROUTING_AREA), at(2, GEOGRAPHY), at(3, SERVING_NODE)]);

pub(super) const INITIAL_DP_GPRS: &[Form] = &[argument(&INITIAL_DP_GPRS_ARG)];
static INITIAL_DP_GPRS_ARG: Type = Type::sequence(
    17,
    &[
        at(1, EVENT),
        at(2, MSISDN),
        at(3, IMSI),
        at(8, APN),
        at(9, ROUTING_AREA),
        at(12, Kind::Inside(&LOCATION_GPRS)),
        at(15, GSN_ADDRESS),
        at(17, IMEI),
    ],
);

pub(super) const CONNECT_GPRS: &[Form] = &[argument(&CONNECT_GPRS_ARG)];
static CONNECT_GPRS_ARG: Type = Type::sequence(1, &[at(0, APN)]);

pub(super) const EVENT_REPORT_GPRS: &[Form] = &[argument(&EVENT_REPORT_GPRS_ARG)];
static EVENT_REPORT_GPRS_ARG: Type = Type::sequence(3, &[at(0, EVENT), at(2, Kind::Inside(&EVENT_INFORMATION))]);
/// GPRSEventSpecificInformation: location stands at another place in each.
static EVENT_INFORMATION: Type = Type::sequence(
    5,
    &[at(0, Kind::Inside(&ATTACHED)), at(1, Kind::Inside(&MOVED)), at(4, Kind::Inside(&ESTABLISHED)), at(5, Kind::Inside(&ACKNOWLEDGED))],
);
static ATTACHED: Type = Type::sequence(0, &[at(0, Kind::Inside(&LOCATION_GPRS))]);
static MOVED: Type = Type::sequence(6, &[at(0, APN), at(2, Kind::Inside(&LOCATION_GPRS)), at(6, GSN_ADDRESS)]);
static ESTABLISHED: Type = Type::sequence(6, &[at(0, APN), at(3, Kind::Inside(&LOCATION_GPRS))]);
static ACKNOWLEDGED: Type = Type::sequence(6, &[at(0, APN), at(4, Kind::Inside(&LOCATION_GPRS)), at(6, GSN_ADDRESS)]);
