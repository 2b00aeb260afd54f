//! SCCP, ITU-T Q.713 (03/2001): connectionless messages; ANSI T1.112.3 codes them alike.

use crate::anomaly::{Anomalies, Anomaly};
use crate::bytes::Reader;
use crate::gap::Reason;
use crate::global_title::{Party, address};
use crate::message::PartyAddress;
use crate::mtp3::Variant;
use crate::segments::{Segment, Segmentation, Segments};

/// Bytes after the last parameter that a link's check sequence may leave (Q.703 §2.2 has two).
const CHECK_SEQUENCE: usize = 2;
/// Tag of the segmentation parameter.
const SEGMENTATION: u8 = 0x10;
/// Tag of the importance parameter.
const IMPORTANCE: u8 = 0x12;

/// Where a message came from: keeps the segments of different links apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkKey {
    /// Number of the frame, for the gap that tells of a message never completed. It tells no links apart.
    pub frame: u64,
    /// Anything that tells links apart where no point codes do; 0 otherwise.
    pub association: u64,
    /// MTP3 originating point code.
    pub originating_point_code: u32,
    /// MTP3 destination point code.
    pub destination_point_code: u32,
    /// How the network writes point codes, where that is known.
    pub variant: Option<Variant>,
}

/// A connectionless message, whole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct UnitData<'a> {
    /// udt, udts, xudt, xudts, ludt, ludts, cldt, cldr.
    pub message_type: &'static str,
    /// Who sends.
    pub calling: PartyAddress,
    /// Who is to receive.
    pub called: PartyAddress,
    /// Protocol class, with the return option in bit 8.
    pub protocol_class: Option<u8>,
    /// Translations it may still pass.
    pub hop_counter: Option<u8>,
    /// Importance, 0 to 7.
    pub importance: Option<u8>,
    /// True when it came in several segments.
    pub is_segmented: bool,
    /// Why a service message came back.
    pub return_cause: Option<u8>,
    /// Differences between the strict and the lenient reading.
    pub anomalies: Anomalies,
    /// The user's bytes.
    pub payload: &'a [u8],
}

/// The payload holds identities: only its length is printed.
impl core::fmt::Debug for UnitData<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { message_type, calling, called, return_cause, anomalies, payload, .. } = self;
        write!(f, "{message_type}({calling:?} → {called:?}, cause {return_cause:?}, {anomalies:?}, {} bytes)", payload.len())
    }
}

impl UnitData<'_> {
    /// True for SCCP management (subsystem 1): not a transaction. Ref: Q.713 §5.
    #[must_use]
    pub fn is_management(&self) -> bool {
        self.called.subsystem_number == Some(1) && matches!(self.payload, [1..=6, _, _, _, _, ..])
    }
}

/// The fixed part of a connectionless message.
struct Fixed {
    message_type: &'static str,
    is_service: bool,
    is_long: bool,
    class_or_cause: u8,
    hop_counter: Option<u8>,
    /// End of the pointers.
    end: usize,
    /// Where the called address, the calling address, the data and the optional part start; 0 is no optional part.
    starts: [usize; 4],
}

/// The user data of a connectionless message; None for connection-oriented messages (counted in `segments`) and for a segment that waits for others.
pub fn decode<'a>(bytes: &'a [u8], segments: &'a mut Segments, key: LinkKey, observed_at: i64) -> Result<Option<UnitData<'a>>, Reason> {
    let Some(fixed) = fixed(bytes)? else {
        segments.count_connection_oriented();
        return Ok(None);
    };
    let mut anomalies = Anomalies::default();
    let [called_at, calling_at, data_at, optional_at] = fixed.starts;
    let (called, called_end) = variable(bytes, called_at, false)?;
    let (calling, calling_end) = variable(bytes, calling_at, false)?;
    let (payload, data_end) = variable(bytes, data_at, fixed.is_long)?;
    let (options, optional_end) = if optional_at == 0 { (Options::default(), 0) } else { options(bytes, optional_at, &mut anomalies) };
    let parts = [(called_at, called_end), (calling_at, calling_end), (data_at, data_end), (optional_at, optional_end)];
    coverage(parts, fixed.end, bytes.len(), &mut anomalies);
    // Q.714 §2.3: a translation takes one off, and none may be left to take. Q.713 §3.18 allows 1 to 15.
    if fixed.hop_counter.is_some_and(|hops| !(1..=15).contains(&hops)) {
        anomalies.add(Anomaly::SccpHopCounter);
    }
    // §3.6: classes 0 and 1, with or without "return message on error".
    if !fixed.is_service && !matches!(fixed.class_or_cause, 0 | 1 | 0x80 | 0x81) {
        anomalies.add(Anomaly::SccpProtocolClass);
    }
    let mut unit = UnitData {
        message_type: fixed.message_type,
        called: address(called, Party::Called, key.variant, &mut anomalies),
        calling: address(calling, Party::Calling, key.variant, &mut anomalies),
        protocol_class: (!fixed.is_service).then_some(fixed.class_or_cause),
        hop_counter: fixed.hop_counter,
        importance: options.importance,
        is_segmented: false,
        return_cause: fixed.is_service.then_some(fixed.class_or_cause),
        anomalies,
        payload,
    };
    let Some(segmentation) = options.segmentation else { return Ok(Some(unit)) };
    unit.is_segmented = true;
    let segment = Segment { segmentation, calling, called, is_service: fixed.is_service, payload };
    Ok(complete(unit, &segment, segments, key, observed_at))
}

/// Wait for the other segments, or give the message that `segment` completes.
pub(crate) fn complete<'a>(
    unit: UnitData<'a>,
    segment: &Segment<'_>,
    segments: &'a mut Segments,
    key: LinkKey,
    observed_at: i64,
) -> Option<UnitData<'a>> {
    if segment.segmentation.first && segment.segmentation.remaining == 0 {
        return Some(UnitData { is_segmented: false, ..unit });
    }
    segments.add(segment, key, observed_at).map(|(payload, found)| {
        let mut anomalies = unit.anomalies;
        anomalies.merge(found);
        UnitData { anomalies, payload, ..unit }
    })
}

/// Read up to the pointers; None for a connection-oriented message.
fn fixed(bytes: &[u8]) -> Result<Option<Fixed>, Reason> {
    let mut reader = Reader::new(bytes);
    let (message_type, is_service, is_long, is_extended) = match reader.u8()? {
        0x09 => ("udt", false, false, false),
        0x0a => ("udts", true, false, false),
        0x11 => ("xudt", false, false, true),
        0x12 => ("xudts", true, false, true),
        0x13 => ("ludt", false, true, true),
        0x14 => ("ludts", true, true, true),
        0x01..=0x10 => return Ok(None),
        _ => return Err(Reason::InvalidValue),
    };
    let class_or_cause = reader.u8()?;
    let hop_counter = if is_extended { Some(reader.u8()?) } else { None };
    let mut starts = [0; 4];
    let count = if is_extended { 4 } else { 3 };
    for start in starts.iter_mut().take(count) {
        let pointer = if is_long { reader.u16_le()? } else { u16::from(reader.u8()?) };
        // §2.3: counted from the pointer's own (most significant) octet.
        *start = if pointer == 0 { 0 } else { reader.offset().wrapping_sub(1).saturating_add(usize::from(pointer)) };
    }
    if starts.iter().take(3).any(|start| *start == 0) {
        return Err(Reason::InvalidValue);
    }
    Ok(Some(Fixed { message_type, is_service, is_long, class_or_cause, hop_counter, end: reader.offset(), starts }))
}

/// A parameter behind its pointer, and where it ends.
fn variable(bytes: &[u8], start: usize, is_long: bool) -> Result<(&[u8], usize), Reason> {
    let mut reader = Reader::new(bytes);
    reader.skip(start)?;
    let length = if is_long { reader.u16_le()? } else { u16::from(reader.u8()?) };
    let value = reader.take(usize::from(length))?;
    Ok((value, reader.offset()))
}

/// Equipment writes the parameters in the order of their pointers (§2.3) and leaves nothing between, before or behind them.
fn coverage(mut parts: [(usize, usize); 4], from: usize, to: usize, anomalies: &mut Anomalies) {
    let mut covered = from;
    let mut previous = 0;
    let is_backwards = parts.iter().filter(|(start, _)| *start != 0).any(|(start, _)| core::mem::replace(&mut previous, *start) > *start);
    if is_backwards {
        anomalies.add(Anomaly::SccpPointerOverlap);
        parts.sort_unstable();
    }
    for (start, end) in parts {
        if start != 0 && start < covered {
            anomalies.add(Anomaly::SccpPointerOverlap);
        } else if start > covered {
            anomalies.add(Anomaly::SccpUnusedBytes);
        }
        covered = covered.max(end);
    }
    if to.saturating_sub(covered) > CHECK_SEQUENCE {
        anomalies.add(Anomaly::SccpUnusedBytes);
    }
}

#[derive(Default)]
struct Options {
    segmentation: Option<Segmentation>,
    importance: Option<u8>,
}

/// The optional part. The first of a repeated parameter counts; a damaged part ends where the damage is.
fn options(bytes: &[u8], start: usize, anomalies: &mut Anomalies) -> (Options, usize) {
    let mut reader = Reader::new(bytes);
    let mut options = Options::default();
    let mut ended = false;
    if reader.skip(start).is_ok() {
        while let Ok(tag) = reader.u8() {
            if tag == 0 {
                ended = true;
                break;
            }
            let Some(value) = reader.u8().ok().and_then(|length| reader.take(usize::from(length)).ok()) else { break };
            let sound = match (tag, value) {
                (SEGMENTATION, &[octet, a, b, c]) if options.segmentation.is_none() => {
                    let local_reference = u32::from_be_bytes([0, a, b, c]);
                    options.segmentation = Some(Segmentation { first: octet & 0x80 != 0, remaining: octet & 0x0f, local_reference });
                    octet & 0x30 == 0
                }
                (IMPORTANCE, &[importance]) if options.importance.is_none() => {
                    options.importance = Some(importance & 7);
                    importance <= 7
                }
                (SEGMENTATION | IMPORTANCE, _) => false,
                _ => true,
            };
            if !sound {
                anomalies.add(Anomaly::SccpOptionalFault);
            }
        }
    }
    if !ended {
        anomalies.add(Anomaly::SccpOptionalFault);
    }
    (options, reader.offset())
}

/// True when the bytes read like a message of SCCP: what tells one MTP3 variant from another.
pub(crate) fn is_plausible(bytes: &[u8]) -> bool {
    match (bytes, bytes.len()) {
        ([0x01, _, _, _, class, pointer, ..], length) => class & 0x0f <= 3 && usize::from(*pointer).saturating_add(5) < length,
        ([0x02, _, _, _, _, _, _, class, ..], _) => class & 0x0f <= 3,
        ([0x03, _, _, _, cause, ..], _) => *cause <= 0x13,
        ([0x04, _, _, _, _, _, _, cause, ..], _) => *cause <= 0x0f,
        ([0x06, _, _, _, more, 1, ..], _) => *more <= 1,
        ([0x07, _, _, _, _, _, 1, ..] | [0x0b, _, _, _, 1, ..], _)
        | ([0x05 | 0x0e, ..], 7)
        | ([0x08, ..], 6)
        | ([0x0c, ..], 4)
        | ([0x0d, ..], 8)
        | ([0x0f, ..], 5)
        | ([0x10, ..], 10) => true,
        ([0x09 | 0x0a | 0x11..=0x14, ..], _) => parts_fit(bytes).is_some(),
        _ => false,
    }
}

/// True when the called address says it is written by national rules.
pub(crate) fn has_national_address(bytes: &[u8]) -> bool {
    parts_fit(bytes).is_some_and(|indicator| indicator & 0x80 != 0)
}

/// The address indicator of the called party of a connectionless message whose parts lie within it.
fn parts_fit(bytes: &[u8]) -> Option<u8> {
    let fixed = fixed(bytes).ok().flatten()?;
    let [called, calling, data, _] = fixed.starts;
    variable(bytes, calling, false).and(variable(bytes, data, fixed.is_long)).ok()?;
    variable(bytes, called, false).ok()?.0.first().copied()
}
