//! Operation and maintenance, TS 29.002 §9, and secured transport, TS 29.002 §7.6 with TS 33.200.

use super::{Operation, Subject};
use crate::grammar::{Form, Kind, Type, at, octets, sequence};
use crate::values::{IMSI, MSISDN};

pub(super) static ACTIVATE_TRACE_MODE: Operation = trace(50, "activateTraceMode", &[1, 17, 32]);
pub(super) static DEACTIVATE_TRACE_MODE: Operation = trace(51, "deactivateTraceMode", &[17]);
pub(super) static TRACE_SUBSCRIBER_ACTIVITY: Operation = trace(52, "traceSubscriberActivity", &[11]).until(1);

const fn trace(code: i64, name: &'static str, contexts: &[u32]) -> Operation {
    Operation::new(code, name, contexts).about(Subject::FirstArgument).argument(TRACE)
}
const TRACE: &[Form] = &[Form::any(sequence(Kind::Inside(&TRACE_ARG)))];
static TRACE_ARG: Type = Type::sequence(11, &[at(0, IMSI)]);

pub(super) static SEND_IMSI: Operation = Operation::new(58, "sendIMSI", &[26])
    .since(2)
    .about(Subject::Argument)
    .argument(&[Form::any(octets(MSISDN))])
    .result(&[Form::any(octets(IMSI))]);

/// The payload is protected: nothing of it is read, and the row says so by its anomaly.
pub(super) static SECURE_TRANSPORT_CLASS_1: Operation = Operation::new(78, "secureTransportClass1", &[40]).since(3);
pub(super) static SECURE_TRANSPORT_CLASS_2: Operation = Operation::new(79, "secureTransportClass2", &[40]).since(3);
pub(super) static SECURE_TRANSPORT_CLASS_3: Operation = Operation::new(80, "secureTransportClass3", &[40]).since(3);
pub(super) static SECURE_TRANSPORT_CLASS_4: Operation = Operation::new(81, "secureTransportClass4", &[40]).since(3);
