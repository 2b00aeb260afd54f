//! ANSI transaction capabilities, T1.114 (2000): recognised and counted; what the components carry (ANSI-41) is not read.

use crate::anomaly::Anomaly;
use crate::ber::{Element, Elements, Reading, Tag, integer};
use crate::budget::MAX_COMPONENTS;
use crate::gap::{Gap, Reason};
use crate::message::{Message, Protocol};
use crate::sink::Sink;

const TRANSACTION: Tag = Tag::private(7);
const COMPONENTS: Tag = Tag::private(8);
const COMPONENT_ID: Tag = Tag::private(15);
const NATIONAL_OPERATION: Tag = Tag::private(16);
const PRIVATE_OPERATION: Tag = Tag::private(17);
const NATIONAL_ERROR: Tag = Tag::private(19);
const PRIVATE_ERROR: Tag = Tag::private(20);
const P_ABORT_CAUSE: Tag = Tag::private(23);
const DIALOGUE: Tag = Tag::private(25);

/// A row for each component, or one for a package without; the operation code is family × 256 + specifier.
pub(super) fn decode<'a>(payload: &'a [u8], envelope: &Message<'a>, sink: &mut impl Sink) -> u32 {
    let mut reading = Reading::default();
    let mut row = envelope.clone();
    row.protocol = Protocol::Tcap;
    row.length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    let mut rows = 0;
    let fault = match package(payload, &mut row, &mut reading) {
        Err(reason) => Some(reason),
        Ok(components) => {
            rows = self::components(components, &mut row, &mut reading, sink);
            reading.fault
        }
    };
    if let Some(reason) = fault {
        sink.gap(Gap { frame: row.frame, offset: 0, length: payload.len(), protocol: Protocol::Tcap, reason });
    }
    rows
}

fn package<'a>(payload: &'a [u8], row: &mut Message<'a>, reading: &mut Reading) -> Result<&'a [u8], Reason> {
    let package = Elements::new(payload).next(reading).ok_or(Reason::Truncated)?;
    let number = package.tag.value() & 0x3fff_ffff;
    row.message_type = Some(match number {
        1 => "unidirectional",
        2 => "query_with_permission",
        3 => "query_without_permission",
        4 => "response",
        5 => "conversation_with_permission",
        6 => "conversation_without_permission",
        22 => "abort",
        _ => return Err(Reason::NotThisProtocol),
    });
    let mut components: &[u8] = &[];
    let mut has_transaction = false;
    let mut elements = Elements::new(package.content);
    while let Some(element) = elements.next(reading) {
        match element.tag {
            TRANSACTION => {
                has_transaction = true;
                transaction(element, number, row, reading);
            }
            COMPONENTS => components = element.content,
            P_ABORT_CAUSE => row.error_code = integer(element, reading),
            DIALOGUE => {}
            _ if number == 22 => {}
            _ => reading.note(Anomaly::TcapUnknownTag),
        }
    }
    if has_transaction { Ok(components) } else { Err(reading.fault.unwrap_or(Reason::NotThisProtocol)) }
}

/// None, one or two ids of four octets: the package type says whose (T1.114.3 §5.2).
fn transaction(element: Element<'_>, number: u32, row: &mut Message<'_>, reading: &mut Reading) {
    let id = |octets: &[u8]| octets.iter().fold(0, |value, octet| value << 8 | u64::from(*octet));
    match (element.content.len(), number) {
        (0, _) => {}
        (4, 4 | 22) => row.destination_transaction = Some(id(element.content)),
        (4, _) => row.originating_transaction = Some(id(element.content)),
        (8, _) => {
            let (origin, destination) = element.content.split_at_checked(4).unwrap_or_default();
            row.originating_transaction = Some(id(origin));
            row.destination_transaction = Some(id(destination));
        }
        _ => reading.note(Anomaly::TcapLongTransactionId),
    }
}

fn components<'a>(content: &'a [u8], row: &mut Message<'a>, reading: &mut Reading, sink: &mut impl Sink) -> u32 {
    let mut rows = 0_u32;
    let mut elements = Elements::new(content);
    while rows < MAX_COMPONENTS {
        let start = elements.offset();
        let Some(element) = elements.next(reading) else { break };
        let component = match element.tag.value() & 0x3fff_ffff {
            9 | 13 => "invoke",
            10 | 14 => "return_result",
            11 => "return_error",
            12 => "reject",
            _ => {
                reading.note(Anomaly::TcapUnknownTag);
                continue;
            }
        };
        row.component = Some(component);
        row.length = u32::try_from(elements.offset().saturating_sub(start)).unwrap_or(u32::MAX);
        (row.invoke_id, row.operation_code, row.error_code) = (None, None, None);
        let mut parts = Elements::new(element.content);
        while let Some(part) = parts.next(reading) {
            match part.tag {
                COMPONENT_ID => row.invoke_id = part.content.first().copied().map(i64::from),
                NATIONAL_OPERATION | PRIVATE_OPERATION => {
                    // The upper bit of the family says that a reply is required (T1.114.3 §5.7).
                    let code = part.content.iter().take(4).fold(0, |code, octet| code << 8 | i64::from(*octet));
                    row.operation_code = Some(code & 0x7fff);
                }
                NATIONAL_ERROR | PRIVATE_ERROR => row.error_code = integer(part, reading),
                _ => {}
            }
        }
        row.anomalies.merge(reading.anomalies);
        sink.message(row);
        rows = rows.saturating_add(1);
        row.index = row.index.saturating_add(1);
    }
    if rows == 0 {
        row.anomalies.merge(reading.anomalies);
        sink.message(row);
        rows = 1;
    }
    rows
}
