//! Subscription data: insertSubscriberData and the CAMEL, forwarding and packet data inside it. TS 29.002 §17.7.1.

use super::mobility::SUBSCRIPTION_DELETION;
use super::{Operation, Subject};
use crate::ber::Tag;
use crate::grammar::{Form, Kind, Type, at, choice, field, octets, sequence};
use crate::message::Exposes;
use crate::values::{APN, FORWARDED_TO, IMSI, MSISDN, SERVICE_NODE, SERVING_NAME, SERVING_NODE};

const PROFILE: u8 = Exposes::PROFILE;

/// ForwardingFeatureList: forwardedToNumber [5], the long one [9].
pub(super) static FORWARDING_FEATURES: Type = Type::list(&[sequence(Kind::Inside(&FORWARDING_FEATURE))]);
static FORWARDING_FEATURE: Type = Type::sequence(9, &[at(5, FORWARDED_TO), at(9, FORWARDED_TO)]);
/// Ext-ForwFeatureList: there the long one is [10].
pub(super) static EXT_FORWARDING_FEATURES: Type = Type::list(&[sequence(Kind::Inside(&EXT_FORWARDING_FEATURE))]);
static EXT_FORWARDING_FEATURE: Type = Type::sequence(10, &[at(5, FORWARDED_TO), at(10, FORWARDED_TO)]);

/// Ext-SS-Info: forwardingInfo [0] is the one that names a number.
static SS_INFOS: Type = Type::list(&[at(0, Kind::Inside(&EXT_FORWARDING_INFO))]);
static EXT_FORWARDING_INFO: Type = Type::sequence(0, &[octets(Kind::Pass), sequence(Kind::Inside(&EXT_FORWARDING_FEATURES))]);

/// Ext-ForwardingInfoFor-CSE.
pub(super) static FORWARDING_FOR_CSE: Type = Type::sequence(3, &[at(1, Kind::Inside(&EXT_FORWARDING_FEATURES))]);
/// Ext-SS-InfoFor-CSE.
pub(super) static SS_FOR_CSE: Type = Type::list(&[at(0, Kind::Inside(&FORWARDING_FOR_CSE))]);

/// O-BcsmCamelTDPData, T-BcsmCamelTDPData.
static BCSM_TRIGGERS: Type = Type::list(&[sequence(Kind::Inside(&BCSM_TRIGGER))]);
static BCSM_TRIGGER: Type = Type::sequence(2, &[at(0, SERVICE_NODE)]);
/// O-CSI, T-CSI; their extension container has no tag of its own.
pub(super) static CALL_CSI: Type = Type::sequence(2, &[sequence(Kind::Inside(&BCSM_TRIGGERS)), sequence(Kind::Pass)]);
/// D-CSI.
pub(super) static DIALLED_CSI: Type = Type::sequence(4, &[at(0, Kind::Inside(&DIALLED_TRIGGERS))]);
static DIALLED_TRIGGERS: Type = Type::list(&[sequence(Kind::Inside(&DIALLED_TRIGGER))]);
static DIALLED_TRIGGER: Type = Type::sequence(0, &[octets(Kind::Pass), field(Tag::INTEGER, Kind::Pass), octets(SERVICE_NODE)]);
/// SMS-CSI, GPRS-CSI.
static PACKET_CSI: Type = Type::sequence(4, &[at(0, Kind::Inside(&PACKET_TRIGGERS))]);
static PACKET_TRIGGERS: Type = Type::list(&[sequence(Kind::Inside(&PACKET_TRIGGER))]);
static PACKET_TRIGGER: Type = Type::sequence(4, &[at(2, SERVICE_NODE)]);
/// SS-CSI.
static SS_CSI: Type = Type::sequence(1, &[sequence(Kind::Inside(&SS_CAMEL_DATA)), sequence(Kind::Pass)]);
static SS_CAMEL_DATA: Type = Type::sequence(0, &[sequence(Kind::Pass), octets(SERVICE_NODE)]);
/// M-CSI, MG-CSI.
static MOBILITY_CSI: Type = Type::sequence(3, &[sequence(Kind::Pass), field(Tag::INTEGER, Kind::Pass), at(0, SERVICE_NODE)]);

/// VlrCamelSubscriptionInfo.
static VLR_CAMEL: Type = Type::sequence(
    11,
    &[
        at(0, Kind::Inside(&CALL_CSI)),
        at(2, Kind::Inside(&SS_CSI)),
        at(5, Kind::Inside(&MOBILITY_CSI)),
        at(6, Kind::Inside(&PACKET_CSI)),
        at(7, Kind::Inside(&CALL_CSI)),
        at(9, Kind::Inside(&DIALLED_CSI)),
        at(10, Kind::Inside(&PACKET_CSI)),
    ],
);
/// SGSN-CAMEL-SubscriptionInfo.
static SGSN_CAMEL: Type = Type::sequence(
    5,
    &[
        at(0, Kind::Inside(&PACKET_CSI)),
        at(1, Kind::Inside(&PACKET_CSI)),
        at(3, Kind::Inside(&PACKET_CSI)),
        at(5, Kind::Inside(&MOBILITY_CSI)),
    ],
);
/// CAMEL-SubscriptionInfo.
pub(super) static CAMEL: Type = Type::sequence(
    22,
    &[
        at(0, Kind::Inside(&CALL_CSI)),
        at(2, Kind::Inside(&DIALLED_CSI)),
        at(3, Kind::Inside(&CALL_CSI)),
        at(5, Kind::Inside(&CALL_CSI)),
        at(9, Kind::Inside(&PACKET_CSI)),
        at(10, Kind::Inside(&PACKET_CSI)),
        at(11, Kind::Inside(&SS_CSI)),
        at(12, Kind::Inside(&MOBILITY_CSI)),
        at(15, Kind::Inside(&PACKET_CSI)),
        at(17, Kind::Inside(&MOBILITY_CSI)),
        at(18, Kind::Inside(&CALL_CSI)),
        at(20, Kind::Inside(&DIALLED_CSI)),
        at(21, Kind::Inside(&CALL_CSI)),
    ],
);

/// GPRSSubscriptionData.
static GPRS: Type = Type::sequence(3, &[at(1, Kind::Inside(&PDP_CONTEXTS))]);
static PDP_CONTEXTS: Type = Type::list(&[sequence(Kind::Inside(&PDP_CONTEXT))]);
static PDP_CONTEXT: Type = Type::sequence(21, &[at(20, APN)]);
/// EPS-SubscriptionData.
static EPS: Type = Type::sequence(9, &[at(4, Kind::Inside(&APN_PROFILE))]);
static APN_PROFILE: Type = Type::sequence(3, &[at(1, Kind::Inside(&APN_CONFIGURATIONS))]);
static APN_CONFIGURATIONS: Type = Type::list(&[sequence(Kind::Inside(&APN_CONFIGURATION))]);
static APN_CONFIGURATION: Type = Type::sequence(22, &[at(3, APN)]);
/// LCSInformation: the GMLCs that may ask.
static LCS: Type = Type::sequence(3, &[at(0, Kind::Inside(&GMLCS))]);
static GMLCS: Type = Type::list(&[octets(SERVICE_NODE)]);

/// InsertSubscriberDataArg, and the SubscriberData that sendParameters of version 1 answers.
pub(super) static SUBSCRIBER_DATA: Type = Type::sequence(
    54,
    &[
        at(0, IMSI),
        at(1, MSISDN),
        at(7, Kind::ExposingInside(PROFILE, &SS_INFOS)),
        at(13, Kind::ExposingInside(PROFILE, &VLR_CAMEL)),
        at(14, Kind::Pass),
        at(16, Kind::ExposingInside(PROFILE, &GPRS)),
        at(22, Kind::ExposingInside(PROFILE, &LCS)),
        at(17, Kind::ExposingInside(PROFILE, &SGSN_CAMEL)),
        at(31, Kind::ExposingInside(PROFILE, &EPS)),
        at(34, SERVING_NODE),
        at(35, SERVING_NAME),
    ],
)
.exposing(PROFILE);

pub(super) static INSERT_SUBSCRIBER_DATA: Operation = Operation::new(7, "insertSubscriberData", &[1, 16, 32, 46])
    .about(Subject::FirstArgument)
    .argument(&[Form::any(sequence(Kind::Inside(&SUBSCRIBER_DATA)))]);

pub(super) static DELETE_SUBSCRIBER_DATA: Operation = Operation::new(8, "deleteSubscriberData", &[16])
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&SUBSCRIPTION_DELETION)))]);

pub(super) static NOTE_SUBSCRIBER_DATA_MODIFIED: Operation = Operation::new(5, "noteSubscriberDataModified", &[22])
    .since(3)
    .on("J")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&MODIFIED)))]);
static MODIFIED: Type = Type::sequence(
    11,
    &[
        octets(IMSI),
        octets(MSISDN),
        at(0, Kind::ExposingInside(PROFILE, &FORWARDING_FOR_CSE)),
        at(3, Kind::ExposingInside(PROFILE, &CAMEL)),
        at(4, Kind::Pass),
        at(5, Kind::Pass),
    ],
)
.exposing(PROFILE);

/// ForwardingData of call handling.
pub(super) static FORWARDING_DATA: Type = Type::sequence(8, &[at(5, FORWARDED_TO), at(8, FORWARDED_TO)]);

/// SS-Info of supplementary services: ForwardingInfo.
pub(super) static FORWARDING_INFO: Type = Type::sequence(0, &[octets(Kind::Pass), sequence(Kind::Inside(&FORWARDING_FEATURES))]);

/// SubscriberIdentity.
pub(super) static IDENTITY: Type = Type::sequence(1, &[choice(&[at(0, IMSI), at(1, MSISDN)])]);
