//! Supplementary services and USSD, TS 29.002 §11: the subscriber stands in the dialogue; the text of USSD is measured only.

use super::subscription::{FORWARDING_FEATURES, FORWARDING_INFO};
use super::{Operation, Subject};
use crate::ber::Tag;
use crate::grammar::{Form, Kind, Type, at, field, octets, sequence};
use crate::message::Exposes;
use crate::values::{FORWARDED_TO, IMSI, MSISDN, SERVING_NODE, SMS_CODING, USSD_STRING};

/// SS-Info: one of forwarding [0], barring [1], closed user group [2] and other [3].
const SS_INFO: &[Form] = &[
    Form::any(at(0, Kind::ExposingInside(Exposes::PROFILE, &FORWARDING_INFO))),
    Form::any(at(1, Kind::Exposing(Exposes::PROFILE))),
    Form::any(at(2, Kind::Exposing(Exposes::PROFILE))),
    Form::any(at(3, Kind::Exposing(Exposes::PROFILE))),
];

pub(super) static REGISTER_SS: Operation =
    service(10, "registerSS").argument(&[Form::any(sequence(Kind::Inside(&REGISTER_SS_ARG)))]).result(SS_INFO);
static REGISTER_SS_ARG: Type = Type::sequence(9, &[octets(Kind::Pass), at(4, FORWARDED_TO)]);
pub(super) static ERASE_SS: Operation = service(11, "eraseSS").result(SS_INFO);
pub(super) static ACTIVATE_SS: Operation = service(12, "activateSS").result(SS_INFO);
pub(super) static DEACTIVATE_SS: Operation = service(13, "deactivateSS").result(SS_INFO);
pub(super) static INTERROGATE_SS: Operation = service(14, "interrogateSS").result(&[
    Form::any(at(0, Kind::Exposing(Exposes::PROFILE))),
    Form::between(1, 2, at(1, FORWARDED_TO)),
    Form::any(at(2, Kind::Exposing(Exposes::PROFILE))),
    Form::any(at(3, Kind::ExposingInside(Exposes::PROFILE, &FORWARDING_FEATURES))),
    Form::any(at(4, Kind::Exposing(Exposes::PROFILE))),
]);
pub(super) static REGISTER_PASSWORD: Operation = service(17, "registerPassword");
/// Asked back within registerPassword.
pub(super) static GET_PASSWORD: Operation = Operation::new(18, "getPassword", &[18]).on("D");

/// An operation on a service of the subscriber whom the dialogue names.
const fn service(code: i64, name: &'static str) -> Operation {
    Operation::new(code, name, &[18]).on("D").about(Subject::Reference)
}

/// Version 1: a string and nothing else.
pub(super) static PROCESS_UNSTRUCTURED_SS_DATA: Operation = Operation::new(19, "processUnstructuredSS-Data", &[18])
    .until(1)
    .on("D")
    .argument(&[Form::any(field(Tag::IA5, USSD_STRING))])
    .result(&[Form::any(field(Tag::IA5, USSD_STRING))]);
pub(super) static PROCESS_UNSTRUCTURED_SS_REQUEST: Operation = unstructured(59, "processUnstructuredSS-Request");
pub(super) static UNSTRUCTURED_SS_REQUEST: Operation = unstructured(60, "unstructuredSS-Request");
pub(super) static UNSTRUCTURED_SS_NOTIFY: Operation = unstructured(61, "unstructuredSS-Notify");

const fn unstructured(code: i64, name: &'static str) -> Operation {
    Operation::new(code, name, &[19]).since(2).about(Subject::Reference).argument(USSD).result(USSD)
}
const USSD: &[Form] = &[Form::any(sequence(Kind::Inside(&USSD_ARG)))];
static USSD_ARG: Type = Type::sequence(0, &[octets(SMS_CODING), octets(USSD_STRING), octets(Kind::Pass), at(0, MSISDN)]);

pub(super) static BEGIN_SUBSCRIBER_ACTIVITY: Operation = Operation::new(54, "beginSubscriberActivity", &[18])
    .until(1)
    .on("D")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&BEGIN_ARG)))]);
static BEGIN_ARG: Type = Type::sequence(0, &[octets(IMSI), octets(SERVING_NODE)]);

pub(super) static SS_INVOCATION_NOTIFICATION: Operation = Operation::new(72, "ss-InvocationNotification", &[36])
    .since(3)
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&INVOCATION_ARG)))]);
static INVOCATION_ARG: Type = Type::sequence(6, &[at(0, IMSI), at(1, MSISDN)]);

pub(super) static REGISTER_CC_ENTRY: Operation = Operation::new(76, "registerCC-Entry", &[8]).since(3).on("D").about(Subject::Reference);
pub(super) static ERASE_CC_ENTRY: Operation = Operation::new(77, "eraseCC-Entry", &[8]).since(3).on("D").about(Subject::Reference);
/// Obsolete, version 1.
pub(super) static NOTIFY_SS: Operation = Operation::new(16, "notifySS", &[18]).until(1);
