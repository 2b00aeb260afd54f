//! Where a subscriber is, as MAP and CAP write it: TS 29.002 §17.7.1, types LocationInformation and its kin.

use crate::ber::Tag;
use crate::grammar::{Kind, Type, at, choice, field, sequence};
use crate::message::Exposes;
use crate::values::{
    AGE, APN, CELL_OR_AREA, EUTRAN_CELL, GSN_ADDRESS, IMEI, IMSI, MSISDN, NR_CELL, RAT_TYPE, ROUTING_AREA, SERVING_NAME, SERVING_NODE,
    TRACKING_AREA, VISITED_PLMN, VLR_NUMBER,
};

/// A shape on the globe: its presence says enough.
pub(crate) const GEOGRAPHY: Kind = Kind::Exposing(Exposes::LOCATION);

/// CellGlobalIdOrServiceAreaIdOrLAI; the GPRS type of CAP writes it the same way.
pub(crate) static CELL: Type = Type::sequence(1, &[choice(&[at(0, CELL_OR_AREA), at(1, CELL_OR_AREA)])]);

/// LocationInformation.
pub(crate) static LOCATION: Type = Type::sequence(
    11,
    &[
        field(Tag::INTEGER, AGE),
        at(0, GEOGRAPHY),
        at(1, VLR_NUMBER),
        at(3, Kind::Inside(&CELL)),
        at(6, SERVING_NODE),
        at(7, GEOGRAPHY),
        at(10, Kind::Inside(&LOCATION_EPS)),
    ],
);

/// LocationInformationGPRS.
pub(crate) static LOCATION_GPRS: Type = Type::sequence(
    10,
    &[at(0, Kind::Inside(&CELL)), at(1, ROUTING_AREA), at(2, GEOGRAPHY), at(3, SERVING_NODE), at(7, GEOGRAPHY), at(9, AGE)],
);

/// LocationInformationEPS.
pub(crate) static LOCATION_EPS: Type =
    Type::sequence(7, &[at(0, EUTRAN_CELL), at(1, TRACKING_AREA), at(3, GEOGRAPHY), at(4, GEOGRAPHY), at(6, AGE), at(7, SERVING_NAME)]);

/// LocationInformation5GS.
static LOCATION_5GS: Type = Type::sequence(
    12,
    &[
        at(0, NR_CELL),
        at(1, EUTRAN_CELL),
        at(2, GEOGRAPHY),
        at(3, GEOGRAPHY),
        at(4, SERVING_NAME),
        at(5, TRACKING_AREA),
        at(7, AGE),
        at(8, VISITED_PLMN),
        at(10, RAT_TYPE),
        at(12, TRACKING_AREA),
    ],
);

/// PDP-ContextInfo.
static PDP_CONTEXT: Type = Type::sequence(29, &[at(4, Kind::Pass), at(5, APN), at(10, GSN_ADDRESS)]);
static PDP_CONTEXTS: Type = Type::list(&[sequence(Kind::Inside(&PDP_CONTEXT))]);
/// PS-SubscriberState: two of its choices list the active contexts.
static PS_STATE: Type = Type::list(&[at(4, Kind::Inside(&PDP_CONTEXTS)), at(5, Kind::Inside(&PDP_CONTEXTS))]);

/// MNPInfoRes.
static PORTABILITY: Type = Type::sequence(4, &[at(1, IMSI), at(2, MSISDN)]);

/// SubscriberInfo: the answer to provideSubscriberInfo and anyTimeInterrogation.
pub(crate) static SUBSCRIBER_INFO: Type = Type::sequence(
    16,
    &[
        at(0, Kind::Inside(&LOCATION)),
        at(3, Kind::Inside(&LOCATION_GPRS)),
        at(4, Kind::Inside(&PS_STATE)),
        at(5, IMEI),
        at(8, Kind::Inside(&PORTABILITY)),
        at(11, RAT_TYPE),
        at(12, Kind::Inside(&PS_STATE)),
        at(13, Kind::Inside(&LOCATION_EPS)),
        at(16, Kind::Inside(&LOCATION_5GS)),
    ],
);
