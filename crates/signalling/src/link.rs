//! Link layers, as numbered in the tcpdump.org registry of link types: what they carry, with the link taken off.

use crate::bytes::Reader;
use crate::gap::Reason;
use crate::mtp2::{self, Sequence};

/// Link type of Ethernet.
pub const ETHERNET: u32 = 1;

const NULL: u32 = 0;
const PPP: u32 = 9;
const PPP_HDLC: u32 = 50;
const PPP_ETHERNET: u32 = 51;
const CISCO_HDLC: u32 = 104;
const LOOP: u32 = 108;
const LINUX_COOKED: u32 = 113;
const MTP2_WITH_PSEUDO_HEADER: u32 = 139;
const MTP2: u32 = 140;
const MTP3: u32 = 141;
const SCCP: u32 = 142;
const PPP_WITH_DIRECTION: u32 = 204;
const LINUX_COOKED_V2: u32 = 276;

/// Tags followed in one frame: QinQ has two, providers stack three.
const MAX_TAGS: u32 = 8;
/// Labels followed in one stack; equipment imposes up to ten.
const MAX_LABELS: u32 = 16;

/// What a link carries.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Payload<'a> {
    /// IPv4 or IPv6.
    Ip(&'a [u8]),
    /// MTP3, from its service information octet.
    Mtp3(&'a [u8]),
    /// SCCP.
    Sccp(&'a [u8]),
    /// Something else: ARP, link control, fill-in units.
    Other,
}

/// Payloads hold identities: only their length is printed.
impl core::fmt::Debug for Payload<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Ip(bytes) => write!(f, "Ip({} bytes)", bytes.len()),
            Self::Mtp3(bytes) => write!(f, "Mtp3({} bytes)", bytes.len()),
            Self::Sccp(bytes) => write!(f, "Sccp({} bytes)", bytes.len()),
            Self::Other => write!(f, "Other"),
        }
    }
}

/// True for a link type that [`strip`] reads.
#[must_use]
pub const fn is_supported(link_type: u32) -> bool {
    matches!(
        link_type,
        NULL | ETHERNET
            | PPP
            | 12
            | 14
            | PPP_HDLC
            | PPP_ETHERNET
            | 101
            | CISCO_HDLC
            | LOOP
            | LINUX_COOKED
            | MTP2_WITH_PSEUDO_HEADER
            | MTP2
            | MTP3
            | SCCP
            | PPP_WITH_DIRECTION
            | 228
            | 229
            | LINUX_COOKED_V2
    )
}

/// Take the link layer off.
pub fn strip(link_type: u32, bytes: &[u8]) -> Result<Payload<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    match link_type {
        ETHERNET => ethernet(bytes),
        // Raw IP: 12 and 14 are what some systems wrote before 101 was registered, 228 and 229 name the version.
        12 | 14 | 101 | 228 | 229 => Ok(Payload::Ip(bytes)),
        LINUX_COOKED => {
            reader.skip(14)?;
            let protocol = reader.u16()?;
            network(protocol, reader)
        }
        LINUX_COOKED_V2 => {
            let protocol = reader.u16()?;
            reader.skip(18)?;
            network(protocol, reader)
        }
        NULL | LOOP => {
            // The family is in the byte order of the machine that captured; IPv6 has a number a system.
            let family = reader.array::<4>()?;
            match (u32::from_be_bytes(family), u32::from_le_bytes(family)) {
                (2 | 10 | 24 | 28 | 30, _) | (_, 2 | 10 | 24 | 28 | 30) => Ok(Payload::Ip(reader.rest())),
                _ => Ok(Payload::Other),
            }
        }
        PPP | PPP_HDLC => ppp(reader),
        PPP_WITH_DIRECTION => {
            reader.skip(1)?;
            ppp(reader)
        }
        PPP_ETHERNET => pppoe(reader),
        CISCO_HDLC => {
            reader.skip(2)?;
            let protocol = reader.u16()?;
            network(protocol, reader)
        }
        MTP2 => mtp(bytes, Sequence::Basic),
        MTP2_WITH_PSEUDO_HEADER => {
            reader.skip(1)?; // sent or received
            let sequence = if reader.u8()? == 1 { Sequence::Extended } else { Sequence::Basic };
            reader.skip(2)?; // link number
            mtp(reader.rest(), sequence)
        }
        MTP3 => Ok(Payload::Mtp3(bytes)),
        SCCP => Ok(Payload::Sccp(bytes)),
        _ => Err(Reason::Unsupported),
    }
}

/// Take an Ethernet header off, as links and tunnels carry it.
pub fn ethernet(bytes: &[u8]) -> Result<Payload<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    reader.skip(12)?;
    let protocol = reader.u16()?;
    network(protocol, reader)
}

/// What an EtherType announces, through tags, labels, LLC and PPPoE.
pub(crate) fn network(mut protocol: u16, mut reader: Reader<'_>) -> Result<Payload<'_>, Reason> {
    for _ in 0..MAX_TAGS {
        match protocol {
            0x0800 | 0x86dd => return Ok(Payload::Ip(reader.rest())),
            // IEEE 802.1Q and 802.1ad, and the tags vendors used before it.
            0x8100 | 0x88a8 | 0x9100 | 0x9200 | 0x9300 => {
                reader.skip(2)?;
                protocol = reader.u16()?;
            }
            0x8847 | 0x8848 => return labels(reader),
            0x8864 => return pppoe(reader),
            // A length: LLC, where SNAP carries an EtherType. 1 and 4 are Linux's names for frames without EtherType.
            0..=0x05ff => match reader.rest() {
                [0xaa, 0xaa, 0x03, _, _, _, ..] => {
                    reader.skip(6)?;
                    protocol = reader.u16()?;
                }
                _ => return Ok(Payload::Other),
            },
            _ => return Ok(Payload::Other),
        }
    }
    Err(Reason::TooDeep)
}

/// MPLS, RFC 3032: the first nibble under the stack tells the payload, RFC 4928.
fn labels(mut reader: Reader<'_>) -> Result<Payload<'_>, Reason> {
    for _ in 0..MAX_LABELS {
        if reader.u32()? & 0x100 == 0 {
            continue;
        }
        return match reader.peek().ok_or(Reason::Truncated)? >> 4 {
            4 | 6 => Ok(Payload::Ip(reader.rest())),
            0 => {
                reader.skip(4)?; // control word of a pseudowire, RFC 4385
                ethernet(reader.rest())
            }
            _ => Ok(Payload::Other),
        };
    }
    Err(Reason::TooDeep)
}

fn pppoe(mut reader: Reader<'_>) -> Result<Payload<'_>, Reason> {
    reader.skip(6)?;
    ppp(reader)
}

/// PPP, RFC 1661: address and control may be left out, and the protocol may be one octet.
fn ppp(mut reader: Reader<'_>) -> Result<Payload<'_>, Reason> {
    if reader.rest().starts_with(&[0xff, 0x03]) {
        reader.skip(2)?;
    }
    let first = reader.u8()?;
    let protocol = if first & 1 == 1 { u16::from(first) } else { u16::from_be_bytes([first, reader.u8()?]) };
    match protocol {
        0x0021 | 0x0057 => Ok(Payload::Ip(reader.rest())),
        0x0281 | 0x0283 => labels(reader),
        _ => Ok(Payload::Other),
    }
}

fn mtp(bytes: &[u8], sequence: Sequence) -> Result<Payload<'_>, Reason> {
    Ok(mtp2::decode(bytes, sequence)?.map_or(Payload::Other, Payload::Mtp3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const IP: [u8; 4] = [0x45, 0, 0, 4];

    fn after(header: &[u8], link_type: u32) -> Result<Payload<'static>, Reason> {
        let bytes = Vec::leak([header, &IP].concat());
        strip(link_type, bytes)
    }

    #[test]
    fn every_link_that_carries_ip_gives_it() {
        let ethernet = [0_u8; 12];
        let with = |tail: &[u8]| [&ethernet, tail].concat();
        let ip = Ok(Payload::Ip(&IP[..]));
        assert_eq!(after(&with(&[8, 0]), 1), ip);
        assert_eq!(after(&with(&[0x81, 0, 0, 9, 8, 0]), 1), ip);
        assert_eq!(after(&with(&[0x88, 0xa8, 0, 1, 0x81, 0, 0, 2, 8, 0]), 1), ip);
        assert_eq!(after(&with(&[0x88, 0x47, 0, 0, 0x10, 64, 0, 0, 0x21, 64]), 1), ip);
        assert_eq!(after(&with(&[0x88, 0x64, 0x11, 0, 0, 1, 0, 6, 0, 0x21]), 1), ip);
        assert_eq!(after(&with(&[0, 40, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0]), 1), ip);
        let pseudowire = [&[0x88, 0x47, 0, 0, 0x11, 64, 0, 0, 0, 0][..], &ethernet, &[8, 0]].concat();
        assert_eq!(after(&with(&pseudowire), 1), ip);
        assert_eq!(after(&[&[0; 14][..], &[8, 0]].concat(), 113), ip);
        assert_eq!(after(&[&[8, 0][..], &[0; 18]].concat(), 276), ip);
        assert_eq!(after(&[2, 0, 0, 0], 0), ip);
        assert_eq!(after(&[0, 0, 0, 30], 108), ip);
        assert_eq!(after(&[0xff, 3, 0, 0x21], 9), ip);
        assert_eq!(after(&[0x21], 9), ip);
        assert_eq!(after(&[1, 0xff, 3, 0, 0x21], 204), ip);
        assert_eq!(after(&[0x0f, 0, 8, 0], 104), ip);
        for raw in [12, 14, 101, 228, 229] {
            assert_eq!(after(&[], raw), ip);
        }
    }

    #[test]
    fn signalling_links_give_their_level() {
        assert_eq!(strip(141, &IP), Ok(Payload::Mtp3(&IP)));
        assert_eq!(strip(142, &IP), Ok(Payload::Sccp(&IP)));
        assert_eq!(after(&[0x80, 0x80, 4], 140), Ok(Payload::Mtp3(&IP)));
        assert_eq!(after(&[1, 0, 0, 1, 0x80, 0x80, 4], 139), Ok(Payload::Mtp3(&IP)));
        assert_eq!(after(&[1, 1, 0, 1, 0, 0, 0, 0, 4, 0], 139), Ok(Payload::Mtp3(&IP)));
    }

    #[test]
    fn what_is_not_signalling_is_no_fault() {
        assert_eq!(after(&[&[0; 12][..], &[8, 6]].concat(), 1), Ok(Payload::Other));
        assert_eq!(after(&[&[0; 12][..], &[0, 40, 0x42, 0x42, 3]].concat(), 1), Ok(Payload::Other));
    }

    #[test]
    fn faults_have_their_reason() {
        assert_eq!(strip(147, &IP), Err(Reason::Unsupported));
        assert_eq!(strip(1, &[0; 13]), Err(Reason::Truncated));
        let tags = [&[0; 12][..], &[0x81, 0, 0, 0].repeat(40)].concat();
        assert_eq!(strip(1, &tags), Err(Reason::TooDeep));
        let labels = [&[0; 12][..], &[0x88, 0x47], &[0; 200]].concat();
        assert_eq!(strip(1, &labels), Err(Reason::TooDeep));
    }
}
