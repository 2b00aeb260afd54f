//! ISDN user part, ITU-T Q.763 (12/99): recognised and counted by message type; numbers and user data are not read.

use crate::bytes::Reader;
use crate::gap::{Gap, Reason};
use crate::message::{Message, Protocol};
use crate::sink::Sink;

/// Message types of table 4.
const TYPES: &[(u8, &str)] = &[
    (0x01, "initial_address"),
    (0x02, "subsequent_address"),
    (0x03, "information_request"),
    (0x04, "information"),
    (0x05, "continuity"),
    (0x06, "address_complete"),
    (0x07, "connect"),
    (0x08, "forward_transfer"),
    (0x09, "answer"),
    (0x0c, "release"),
    (0x0d, "suspend"),
    (0x0e, "resume"),
    (0x10, "release_complete"),
    (0x11, "continuity_check_request"),
    (0x12, "reset_circuit"),
    (0x13, "blocking"),
    (0x14, "unblocking"),
    (0x15, "blocking_acknowledgement"),
    (0x16, "unblocking_acknowledgement"),
    (0x17, "circuit_group_reset"),
    (0x18, "circuit_group_blocking"),
    (0x19, "circuit_group_unblocking"),
    (0x1a, "circuit_group_blocking_acknowledgement"),
    (0x1b, "circuit_group_unblocking_acknowledgement"),
    (0x1f, "facility_request"),
    (0x20, "facility_accepted"),
    (0x21, "facility_reject"),
    (0x24, "loop_back_acknowledgement"),
    (0x28, "pass_along"),
    (0x29, "circuit_group_reset_acknowledgement"),
    (0x2a, "circuit_group_query"),
    (0x2b, "circuit_group_query_response"),
    (0x2c, "call_progress"),
    (0x2d, "user_to_user_information"),
    (0x2e, "unequipped_circuit_identification_code"),
    (0x2f, "confusion"),
    (0x30, "overload"),
    (0x31, "charge_information"),
    (0x32, "network_resource_management"),
    (0x33, "facility"),
    (0x34, "user_part_test"),
    (0x35, "user_part_available"),
    (0x36, "identification_request"),
    (0x37, "identification_response"),
    (0x38, "segmentation"),
    (0x40, "loop_prevention"),
    (0x41, "application_transport"),
    (0x42, "pre_release_information"),
    (0x43, "subsequent_directory_number"),
];

/// Give one row with the message's name and type, or a gap.
pub fn decode<'a>(payload: &'a [u8], envelope: &Message<'a>, sink: &mut impl Sink) {
    let mut reader = Reader::new(payload);
    // The circuit identification code goes before the message type (§1.2).
    let code = reader.skip(2).and_then(|()| reader.u8());
    let fault = |reason| Gap { frame: envelope.frame, offset: 0, length: payload.len(), protocol: Protocol::Isup, reason };
    let code = match code {
        Ok(code) => code,
        Err(reason) => return sink.gap(fault(reason)),
    };
    let Some((_, name)) = TYPES.iter().find(|(known, _)| *known == code) else { return sink.gap(fault(Reason::InvalidValue)) };
    let mut row = envelope.clone();
    row.protocol = Protocol::Isup;
    row.message_type = Some(name);
    row.operation_code = Some(i64::from(code));
    row.length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    sink.message(&row);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::Tunnel;

    #[derive(Default)]
    struct Rows(Vec<Option<&'static str>>, Vec<Reason>);

    impl Sink for Rows {
        fn message(&mut self, message: &Message<'_>) {
            self.0.push(message.message_type);
        }

        fn gap(&mut self, gap: Gap) {
            self.1.push(gap.reason);
        }

        fn tunnel(&mut self, _tunnel: Tunnel) {}
    }

    #[test]
    fn messages_have_their_names_and_the_rest_are_gaps() {
        let mut rows = Rows::default();
        for payload in [&[0x05, 0x00, 0x01, 0x10][..], &[0x05, 0x00, 0x0c], &[0x05, 0x00, 0xff], &[0x05]] {
            decode(payload, &Message::default(), &mut rows);
        }
        assert_eq!(rows.0, [Some("initial_address"), Some("release")]);
        assert_eq!(rows.1, [Reason::InvalidValue, Reason::Truncated]);
    }

    #[test]
    fn every_type_stands_once_and_in_order() {
        assert!(TYPES.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
