//! Which protocol a user message speaks: by its payload protocol identifier, its content, and its ports.

use crate::budget::MAX_DIAMETER;
use crate::bytes::Reader;
use crate::gap::Reason;

use super::options::Use;

/// Octets of a Diameter header.
pub(super) const DIAMETER_HEADER: usize = 20;

/// A protocol over SCTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    M2ua,
    M3ua,
    M2pa,
    Sua,
    Diameter,
    Encrypted,
}

/// What the content of a user message may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    One(Kind),
    /// A management message: M2UA, M3UA and SUA share their classes.
    Management,
    Unknown,
}

/// The protocol of a user message, and whether its identifier says otherwise.
pub(super) fn kind(payload_protocol: u32, uses: u16, bytes: &[u8]) -> (Option<Kind>, bool) {
    let named = registered(payload_protocol);
    if named == Some(Kind::Encrypted) {
        return (named, false);
    }
    // Some stacks forget to put the identifier into network byte order.
    let meant = named.or_else(|| registered(payload_protocol.swap_bytes()));
    match (meant, content(bytes)) {
        (Some(kind), Content::One(found)) => (Some(found), kind != found || named.is_none()),
        (Some(Kind::Diameter | Kind::M2pa), Content::Management) => (Some(by_port(uses).unwrap_or(Kind::M3ua)), true),
        (Some(kind), _) => (Some(kind), named.is_none()),
        (None, Content::One(found)) => (Some(found), payload_protocol != 0),
        (None, Content::Management) => (Some(by_port(uses).unwrap_or(Kind::M3ua)), payload_protocol != 0),
        (None, Content::Unknown) if payload_protocol == 0 => (by_port(uses), false),
        (None, Content::Unknown) => (None, false),
    }
}

/// IANA, SCTP payload protocol identifiers.
const fn registered(payload_protocol: u32) -> Option<Kind> {
    match payload_protocol {
        2 => Some(Kind::M2ua),
        3 => Some(Kind::M3ua),
        4 => Some(Kind::Sua),
        5 => Some(Kind::M2pa),
        46 => Some(Kind::Diameter),
        47 => Some(Kind::Encrypted),
        _ => None,
    }
}

const fn by_port(uses: u16) -> Option<Kind> {
    match uses {
        _ if uses & Use::M3UA != 0 => Some(Kind::M3ua),
        _ if uses & Use::DIAMETER != 0 => Some(Kind::Diameter),
        _ if uses & Use::M2PA != 0 => Some(Kind::M2pa),
        _ if uses & Use::M2UA != 0 => Some(Kind::M2ua),
        _ if uses & Use::SUA != 0 => Some(Kind::Sua),
        _ if uses & Use::DIAMETER_TLS != 0 => Some(Kind::Encrypted),
        _ => None,
    }
}

/// The adaptation layers share one header: version, a zero, class, type, length. Diameter has its length in its place.
///
/// Diameter is asked first: its first AVP must be sound too, and no adaptation layer has a type that makes its length fit.
fn content(bytes: &[u8]) -> Content {
    if diameter_length(bytes) == Some(bytes.len()) && begins_diameter(bytes) == Ok(true) {
        return Content::One(Kind::Diameter);
    }
    if let [1, 0, class, _, rest @ ..] = bytes {
        let length = rest.first_chunk::<4>().map_or(0, |length| u32::from_be_bytes(*length));
        let fits = u32::try_from(bytes.len()).is_ok_and(|found| found.abs_diff(length) < 4);
        match class {
            1 if fits => return Content::One(Kind::M3ua),
            6 if fits => return Content::One(Kind::M2ua),
            7 | 8 if fits => return Content::One(Kind::Sua),
            11 if fits => return Content::One(Kind::M2pa),
            0 | 2 | 3 | 4 | 9 if fits => return Content::Management,
            _ => {}
        }
    }
    match begins_diameter(bytes) {
        Ok(true) => Content::One(Kind::Diameter),
        _ => Content::Unknown,
    }
}

/// Length of the Diameter message whose header begins here, as the header says; `None` when it is no such header.
pub(super) fn diameter_length(header: &[u8]) -> Option<usize> {
    let mut reader = Reader::new(header);
    let version = reader.u8().ok()?;
    let length = reader.u24().ok().and_then(|length| usize::try_from(length).ok())?;
    (version == 1 && (DIAMETER_HEADER..=MAX_DIAMETER).contains(&length)).then_some(length)
}

/// True when a Diameter message surely begins here: a sound header and a sound first AVP. Fails when more bytes are wanted.
pub(super) fn begins_diameter(bytes: &[u8]) -> Result<bool, Reason> {
    match bytes.first() {
        Some(1) => {}
        Some(_) => return Ok(false),
        None => return Err(Reason::Truncated),
    }
    let mut reader = Reader::new(bytes);
    reader.skip(1)?;
    let length = reader.u24()?;
    let flags = reader.u8()?;
    let is_header = (20..=1 << 20).contains(&length) && length.is_multiple_of(4) && flags.trailing_zeros() >= 4;
    if !is_header || length == 20 {
        return Ok(is_header);
    }
    reader.skip(15)?;
    let code = reader.u32()?;
    let flags = reader.u8()?;
    let avp_length = reader.u24()?;
    Ok((1..1 << 16).contains(&code) && flags.trailing_zeros() >= 5 && (8..=length.saturating_sub(20)).contains(&avp_length))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATA: [u8; 8] = [1, 0, 1, 1, 0, 0, 0, 8];
    const UP: [u8; 8] = [1, 0, 3, 1, 0, 0, 0, 8];
    const WATCHDOG: [u8; 32] =
        [1, 0, 0, 32, 0x80, 0, 1, 24, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 1, 8, 0x40, 0, 0, 12, b'h', b'o', b's', b't'];

    #[test]
    fn an_identifier_that_fits_its_content_decides() {
        assert_eq!(kind(3, 0, &DATA), (Some(Kind::M3ua), false));
        assert_eq!(kind(4, 0, &UP), (Some(Kind::Sua), false));
        assert_eq!(kind(46, 0, &WATCHDOG), (Some(Kind::Diameter), false));
        assert_eq!(kind(47, 0, &WATCHDOG), (Some(Kind::Encrypted), false));
        assert_eq!(kind(3, 0, b"???"), (Some(Kind::M3ua), false));
    }

    #[test]
    fn a_length_that_looks_like_a_command_does_not_mislead() {
        // Capabilities-Exchange-Answer of 260 octets: version, 0, "transfer", "4", and 257 as a length.
        let mut answer = [0; 260];
        let start = [&[1, 0, 1, 4, 0, 0, 1, 1][..], &[0; 12], &[0, 0, 1, 12, 0x40, 0, 0, 12]].concat();
        answer.iter_mut().zip(start).for_each(|(slot, octet)| *slot = octet);
        assert_eq!(kind(0, Use::DIAMETER, &answer), (Some(Kind::Diameter), false));
    }

    #[test]
    fn content_wins_over_an_identifier_that_contradicts_it() {
        assert_eq!(kind(46, 0, &DATA), (Some(Kind::M3ua), true));
        assert_eq!(kind(3, 0, &WATCHDOG), (Some(Kind::Diameter), true));
        assert_eq!(kind(0x0300_0000, 0, &DATA), (Some(Kind::M3ua), true));
        assert_eq!(kind(46, 0, &UP), (Some(Kind::M3ua), true));
        assert_eq!(kind(77, 0, &DATA), (Some(Kind::M3ua), true));
    }

    #[test]
    fn without_an_identifier_content_and_then_ports_decide() {
        assert_eq!(kind(0, 0, &DATA), (Some(Kind::M3ua), false));
        assert_eq!(kind(0, Use::SUA, &UP), (Some(Kind::Sua), false));
        assert_eq!(kind(0, 0, &WATCHDOG), (Some(Kind::Diameter), false));
        assert_eq!(kind(0, Use::M2PA, b"???"), (Some(Kind::M2pa), false));
        assert_eq!(kind(0, 0, b"???"), (None, false));
        assert_eq!(kind(18, Use::M3UA, &[0, 12, 0, 9]), (None, false));
    }

    #[test]
    fn a_message_begins_with_a_sound_header_and_avp() {
        assert_eq!(begins_diameter(&WATCHDOG), Ok(true));
        assert_eq!(diameter_length(&WATCHDOG), Some(32));
        for (index, fault) in [(0, 2), (3, 33), (4, 0x8f), (21, 1), (24, 0x41), (27, 4), (27, 16)] {
            let mut bytes = WATCHDOG;
            bytes.get_mut(index).into_iter().for_each(|octet| *octet = fault);
            assert_eq!(begins_diameter(&bytes), Ok(false), "{index}");
        }
        for length in 0..28 {
            assert_eq!(begins_diameter(WATCHDOG.get(..length).unwrap_or_default()), Err(Reason::Truncated));
        }
    }
}
