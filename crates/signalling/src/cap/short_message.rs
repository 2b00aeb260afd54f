//! Control of short messages, TS 29.078 §7: parties and coding; the message itself does not come here.

use super::operations::argument;
use super::packet::LOCATION_GPRS;
use crate::digits::Digits;
use crate::grammar::{Form, Kind, Type, at};
use crate::map::location::LOCATION;
use crate::message::Message;
use crate::values::{EVENT, IMEI, IMSI, MSISDN, SERVICE_CENTRE, SERVING_NODE, SMS_CODING, SMS_DESTINATION, SMS_PARTY, SMS_PROTOCOL};

pub(super) const INITIAL_DP_SMS: &[Form] = &[argument(&INITIAL_DP_SMS_ARG)];
static INITIAL_DP_SMS_ARG: Type = Type::sequence(
    20,
    &[
        at(1, SMS_DESTINATION),
        at(2, SMS_PARTY),
        at(3, EVENT),
        at(4, IMSI),
        at(5, Kind::Inside(&LOCATION)),
        at(6, Kind::Inside(&LOCATION_GPRS)),
        at(7, SERVICE_CENTRE),
        at(10, SMS_PROTOCOL),
        at(11, SMS_CODING),
        at(15, SERVING_NODE),
        at(16, SERVING_NODE),
        at(19, IMEI),
        at(20, MSISDN),
    ],
);

pub(super) const CONNECT_SMS: &[Form] = &[argument(&CONNECT_SMS_ARG)];
static CONNECT_SMS_ARG: Type = Type::sequence(10, &[at(0, SMS_PARTY), at(1, SMS_DESTINATION), at(2, SERVICE_CENTRE)]);

/// EventTypeSMS sms-DeliveryRequested.
const DELIVERY_REQUESTED: i64 = 11;

/// A message to the subscriber has its sender as the other party; one from the subscriber, its destination.
pub(super) fn parties(event: Option<i64>, called: Digits, calling: Digits, row: &mut Message<'_>) {
    match event {
        Some(DELIVERY_REQUESTED) => {
            row.sms.direction = Some("deliver");
            row.sms.originator = calling;
        }
        Some(_) => {
            row.sms.direction = Some("submit");
            row.sms.originator = called;
            if row.msisdn.is_empty() {
                row.msisdn = calling;
            }
        }
        None if !called.is_empty() => row.sms.originator = called,
        None => {}
    }
}
