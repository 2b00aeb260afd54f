//! SUA, RFC 3868 (10/2004): SCCP's connectionless service over SCTP, written out in parameters.

use crate::anomaly::{Anomalies, Anomaly};
use crate::bytes::Reader;
use crate::digits::Digits;
use crate::gap::Reason;
use crate::global_title::{self, Parity, Party};
use crate::message::PartyAddress;
use crate::sccp::{self, LinkKey, UnitData};
use crate::segments::{Segment, Segmentation, Segments};
use crate::user_adaptation::{
    self, CONNECTION_ORIENTED, CONNECTIONLESS, MANAGEMENT, NETWORK_MANAGEMENT, PROCESS_STATE, PROCESS_TRAFFIC, ROUTING_KEY, parameter,
};

const HOP_COUNTER: u16 = 0x0101;
const SOURCE_ADDRESS: u16 = 0x0102;
const DESTINATION_ADDRESS: u16 = 0x0103;
const CAUSE: u16 = 0x0106;
const DATA: u16 = 0x010b;
const IMPORTANCE: u16 = 0x0113;
const PROTOCOL_CLASS: u16 = 0x0115;
const SEGMENTATION: u16 = 0x0117;
const GLOBAL_TITLE: u16 = 0x8001;
const POINT_CODE: u16 = 0x8002;
const SUBSYSTEM_NUMBER: u16 = 0x8003;

/// Route by global title. Ref: §3.10.2.
const BY_TITLE: u16 = 1;
/// Route by subsystem number and point code.
const BY_SUBSYSTEM: u16 = 2;

/// The parameters of a connectionless message that count here.
#[derive(Default)]
struct Parameters<'a> {
    source: Option<&'a [u8]>,
    destination: Option<&'a [u8]>,
    data: Option<&'a [u8]>,
    hop_counter: Option<u8>,
    importance: Option<u8>,
    protocol_class: Option<u8>,
    return_cause: Option<u8>,
    segmentation: Option<Segmentation>,
}

/// The user data of CLDT or CLDR; None for connection-oriented messages (counted in `segments`), management, and a segment that waits for others.
pub fn decode<'a>(bytes: &'a [u8], segments: &'a mut Segments, key: LinkKey, observed_at: i64) -> Result<Option<UnitData<'a>>, Reason> {
    let mut unit = user_adaptation::unit(bytes)?;
    let message_type = match (unit.class, unit.kind) {
        (CONNECTIONLESS, 1) => "cldt",
        (CONNECTIONLESS, 2) => "cldr",
        // §3.1.3: CORE, COAK, COREF, RELRE, RELCO, RESCO, RESRE, CODT, CODA, COERR, COIT.
        (CONNECTION_ORIENTED, 1..=11) => {
            segments.count_connection_oriented();
            return Ok(None);
        }
        (CONNECTIONLESS | CONNECTION_ORIENTED, _) => return Err(Reason::InvalidValue),
        (MANAGEMENT | NETWORK_MANAGEMENT | PROCESS_STATE | PROCESS_TRAFFIC | ROUTING_KEY, _) => {
            return user_adaptation::managed(unit.class, unit.kind).map(|()| None);
        }
        _ => return Err(Reason::NotThisProtocol),
    };
    let parameters = parameters(&mut unit.body, &mut unit.anomalies)?;
    let mut anomalies = unit.anomalies;
    if parameters.hop_counter.is_some_and(|hops| !(1..=15).contains(&hops)) {
        anomalies.add(Anomaly::SccpHopCounter);
    }
    let (source, destination) = (parameters.source.unwrap_or_default(), parameters.destination.unwrap_or_default());
    let payload = parameters.data.ok_or(Reason::InvalidValue)?;
    let unit_data = UnitData {
        message_type,
        called: address(destination, Party::Called, &mut anomalies),
        calling: address(source, Party::Calling, &mut anomalies),
        protocol_class: parameters.protocol_class,
        hop_counter: parameters.hop_counter,
        importance: parameters.importance,
        is_segmented: parameters.segmentation.is_some(),
        return_cause: parameters.return_cause,
        anomalies,
        payload,
    };
    let Some(segmentation) = parameters.segmentation else { return Ok(Some(unit_data)) };
    let segment = Segment { segmentation, calling: source, called: destination, is_service: message_type == "cldr", payload };
    Ok(sccp::complete(unit_data, &segment, segments, key, observed_at))
}

fn parameters<'a>(body: &mut Reader<'a>, anomalies: &mut Anomalies) -> Result<Parameters<'a>, Reason> {
    let mut found = Parameters::default();
    while let Some((tag, value)) = parameter(body, anomalies)? {
        // §3.10: the small numbers stand in the last octet of their word.
        let last = value.get(3).copied();
        let repeated = match tag {
            SOURCE_ADDRESS => found.source.replace(value).is_some(),
            DESTINATION_ADDRESS => found.destination.replace(value).is_some(),
            DATA => found.data.replace(value).is_some(),
            HOP_COUNTER => core::mem::replace(&mut found.hop_counter, last).is_some(),
            IMPORTANCE => core::mem::replace(&mut found.importance, last).is_some(),
            PROTOCOL_CLASS => core::mem::replace(&mut found.protocol_class, last).is_some(),
            CAUSE => core::mem::replace(&mut found.return_cause, last).is_some(),
            SEGMENTATION => match *value {
                // §3.10.23: the first bit on top, then how many are to come.
                [octet, a, b, c] => {
                    let (remaining, local_reference) = (octet & 0x0f, u32::from_be_bytes([0, a, b, c]));
                    found.segmentation.replace(Segmentation { first: octet & 0x80 != 0, remaining, local_reference }).is_some()
                }
                _ => return Err(Reason::LengthMismatch),
            },
            _ => false,
        };
        if repeated {
            anomalies.add(Anomaly::SigtranParameterFault);
        }
    }
    Ok(found)
}

/// §3.10.2: routing and address indicators, then the parts as parameters of their own.
fn address(bytes: &[u8], party: Party, anomalies: &mut Anomalies) -> PartyAddress {
    let mut read = PartyAddress::default();
    let mut reader = Reader::new(bytes);
    let (Ok(routing), Ok(_indicator)) = (reader.u16(), reader.u16()) else {
        anomalies.add(Anomaly::SccpAddressTruncated);
        return read;
    };
    loop {
        match parameter(&mut reader, anomalies) {
            Ok(None) => break,
            Ok(Some((GLOBAL_TITLE, value))) => title(value, &mut read, anomalies),
            Ok(Some((POINT_CODE, &[a, b, c, d]))) => read.point_code = Some(u32::from_be_bytes([a, b, c, d])),
            Ok(Some((SUBSYSTEM_NUMBER, &[_, _, _, subsystem]))) => read.subsystem_number = Some(subsystem),
            Ok(Some((POINT_CODE | SUBSYSTEM_NUMBER, _))) | Err(_) => {
                anomalies.add(Anomaly::SccpAddressTruncated);
                break;
            }
            Ok(Some(_)) => {} // an IP address or host name
        }
    }
    let has_title = !read.global_title.is_empty();
    if (routing == BY_TITLE && !has_title) || (routing == BY_SUBSYSTEM && has_title) {
        anomalies.add(Anomaly::SccpRoutingContradiction);
    }
    match read.subsystem_number {
        None | Some(0) if routing == BY_SUBSYSTEM => anomalies.add(Anomaly::SccpMissingSubsystem),
        None | Some(0) if party == Party::Called => anomalies.add(Anomaly::SccpSubsystemUnknown),
        _ => {}
    }
    read
}

/// §3.10.2.3: the indicator, the number of digits, translation type, numbering plan, nature of address, digits.
fn title(value: &[u8], read: &mut PartyAddress, anomalies: &mut Anomalies) {
    let [_, _, _, indicator, count, translation_type, plan, nature, octets @ ..] = value else {
        anomalies.add(Anomaly::SccpAddressTruncated);
        return;
    };
    match indicator {
        1 => read.nature_of_address = Some(*nature),
        2 => read.translation_type = Some(*translation_type),
        3 | 4 => {
            read.translation_type = Some(*translation_type);
            read.numbering_plan = Some(*plan);
            read.nature_of_address = (*indicator == 4).then_some(*nature);
        }
        0 => {}
        _ => anomalies.add(Anomaly::SccpUnknownIndicator),
    }
    let count = usize::from(*count);
    let used = octets.get(..count.div_ceil(2)).unwrap_or_else(|| {
        anomalies.add(Anomaly::SccpAddressTruncated);
        octets
    });
    let parity = if count & 1 == 1 { Parity::Odd } else { Parity::Even };
    read.global_title = if used.is_empty() { Digits::default() } else { global_title::digits(used, parity, anomalies) };
}
