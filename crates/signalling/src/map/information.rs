//! Subscriber information and its modification from a service node, TS 29.002 §8.11.

use super::location::SUBSCRIBER_INFO;
use super::subscription::{CAMEL, EXT_FORWARDING_FEATURES, IDENTITY, SS_FOR_CSE};
use super::{Operation, Subject};
use crate::grammar::{Form, Kind, Type, at, octets, sequence};
use crate::message::Exposes;
use crate::values::{FORWARDED_TO, IMSI, LMSI, MSISDN, SERVICE_CENTRE, SERVICE_NODE};

const PROFILE: u8 = Exposes::PROFILE;

static INFO_RES: Type = Type::sequence(0, &[sequence(Kind::Inside(&SUBSCRIBER_INFO)), sequence(Kind::Pass)]);

pub(super) static PROVIDE_SUBSCRIBER_INFO: Operation = Operation::new(70, "provideSubscriberInfo", &[28])
    .since(3)
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&PROVIDE_SUBSCRIBER_INFO_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&INFO_RES)))]);
static PROVIDE_SUBSCRIBER_INFO_ARG: Type = Type::sequence(4, &[at(0, IMSI), at(1, LMSI)]);

pub(super) static ANY_TIME_INTERROGATION: Operation = Operation::new(71, "anyTimeInterrogation", &[29])
    .since(3)
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&ANY_TIME_INTERROGATION_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&INFO_RES)))]);
static ANY_TIME_INTERROGATION_ARG: Type = Type::sequence(3, &[at(0, Kind::Inside(&IDENTITY)), at(3, SERVICE_NODE)]);

pub(super) static ANY_TIME_SUBSCRIPTION_INTERROGATION: Operation = Operation::new(62, "anyTimeSubscriptionInterrogation", &[43])
    .since(3)
    .on("J")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&SUBSCRIPTION_INTERROGATION_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&SUBSCRIPTION_INTERROGATION_RES)))]);
static SUBSCRIPTION_INTERROGATION_ARG: Type = Type::sequence(4, &[at(0, Kind::Inside(&IDENTITY)), at(2, SERVICE_NODE)]);
static SUBSCRIPTION_INTERROGATION_RES: Type = Type::sequence(
    16,
    &[
        at(1, Kind::ExposingInside(PROFILE, &CALL_FORWARDING)),
        at(4, Kind::ExposingInside(PROFILE, &CAMEL)),
        at(7, Kind::Pass),
        at(10, Kind::ExposingInside(PROFILE, &NUMBERS)),
    ],
)
.exposing(PROFILE);
static CALL_FORWARDING: Type = Type::sequence(0, &[sequence(Kind::Inside(&EXT_FORWARDING_FEATURES))]);
/// MSISDN-BS-List: the first number is kept.
static NUMBERS: Type = Type::list(&[sequence(Kind::Inside(&NUMBER))]);
static NUMBER: Type = Type::sequence(1, &[octets(MSISDN)]);

pub(super) static ANY_TIME_MODIFICATION: Operation = Operation::new(65, "anyTimeModification", &[43])
    .since(3)
    .on("J")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&MODIFICATION_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&MODIFICATION_RES)))]);
static MODIFICATION_ARG: Type =
    Type::sequence(15, &[at(0, Kind::Inside(&IDENTITY)), at(1, SERVICE_NODE), at(2, Kind::Inside(&FORWARDING_MODIFICATION))]);
static FORWARDING_MODIFICATION: Type = Type::sequence(7, &[at(3, FORWARDED_TO)]);
static MODIFICATION_RES: Type = Type::sequence(
    9,
    &[
        at(0, Kind::ExposingInside(PROFILE, &SS_FOR_CSE)),
        at(1, Kind::ExposingInside(PROFILE, &CAMEL)),
        at(2, Kind::Pass),
        at(9, SERVICE_CENTRE),
    ],
)
.exposing(PROFILE);
