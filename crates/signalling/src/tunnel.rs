//! Tunnels that bring mirrored traffic: GRE (RFC 2784, 2890), ERSPAN I to III (draft-foschiano-erspan-03), VXLAN (RFC 7348), Geneve (RFC 8926).

use crate::bytes::Reader;
use crate::gap::Reason;
use crate::link::{self, Payload};

/// IP protocol number of GRE.
pub const GRE: u8 = 47;
/// IP protocol numbers of IPv4 and IPv6 inside IP.
pub const IP_IN_IP: [u8; 2] = [4, 41];

const CHECKSUM: u16 = 0x8000;
const ROUTING: u16 = 0x4000;
const KEY: u16 = 0x2000;
const SEQUENCE: u16 = 0x1000;
const ACKNOWLEDGEMENT: u16 = 0x0080;

/// Source routes followed in one GRE header; RFC 1701 sets no limit, nobody uses them.
const MAX_ROUTES: u32 = 16;

/// What GRE carries.
pub fn gre(bytes: &[u8]) -> Result<Payload<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    let flags = reader.u16()?;
    let protocol = reader.u16()?;
    let version = flags & 7;
    if version > 1 {
        return Err(Reason::InvalidValue);
    }
    let acknowledgement = if version == 1 { ACKNOWLEDGEMENT } else { 0 };
    for field in [CHECKSUM | ROUTING, KEY, SEQUENCE, acknowledgement] {
        if flags & field != 0 {
            reader.skip(4)?;
        }
    }
    if flags & ROUTING != 0 {
        routes(&mut reader)?;
    }
    match protocol {
        0x6558 => link::ethernet(reader.rest()),
        // ERSPAN type I has no header of its own, and no sequence number that would announce one.
        0x88be if flags & SEQUENCE == 0 => link::ethernet(reader.rest()),
        0x88be => {
            reader.skip(8)?;
            link::ethernet(reader.rest())
        }
        0x22eb => erspan_3(reader),
        0x880b => link::strip(9, reader.rest()),
        _ => link::network(protocol, reader),
    }
}

/// RFC 1701: the list ends with an entry of family and length zero.
fn routes(reader: &mut Reader<'_>) -> Result<(), Reason> {
    for _ in 0..MAX_ROUTES {
        let family = reader.u16()?;
        reader.skip(1)?;
        let length = reader.u8()?;
        if family == 0 && length == 0 {
            return Ok(());
        }
        reader.skip(usize::from(length))?;
    }
    Err(Reason::TooManyElements)
}

fn erspan_3(mut reader: Reader<'_>) -> Result<Payload<'_>, Reason> {
    reader.skip(10)?;
    let field = reader.u16()?;
    if field & 1 == 1 {
        reader.skip(8)?; // platform-specific sub-header
    }
    match field >> 10 & 0x1f {
        2 => Ok(Payload::Ip(reader.rest())),
        _ => link::ethernet(reader.rest()),
    }
}

/// What VXLAN carries, with or without the generic protocol extension.
pub fn vxlan(bytes: &[u8]) -> Result<Payload<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    let [flags, _, _, next] = reader.array()?;
    reader.skip(4)?;
    match (flags & 0x0c, next) {
        (0x0c, 1 | 2) => Ok(Payload::Ip(reader.rest())),
        (0x0c, 3) | (0x08, _) => link::ethernet(reader.rest()),
        (0x0c, _) => Ok(Payload::Other),
        _ => Err(Reason::NotThisProtocol),
    }
}

/// What Geneve carries.
pub fn geneve(bytes: &[u8]) -> Result<Payload<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    let first = reader.u8()?;
    if first >> 6 != 0 {
        return Err(Reason::NotThisProtocol);
    }
    reader.skip(1)?;
    let protocol = reader.u16()?;
    reader.skip(4)?;
    reader.skip(usize::from(first & 0x3f).saturating_mul(4))?;
    if protocol == 0x6558 { link::ethernet(reader.rest()) } else { link::network(protocol, reader) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IP: [u8; 4] = [0x45, 0, 0, 4];

    fn frame() -> Vec<u8> {
        [&[0; 12][..], &[8, 0], &IP].concat()
    }

    const INSIDE: Result<Payload<'static>, Reason> = Ok(Payload::Ip(&IP));

    #[test]
    fn gre_with_every_option_gives_what_it_carries() {
        assert_eq!(gre(&[&[0, 0, 8, 0][..], &IP].concat()), INSIDE);
        assert_eq!(gre(&[&[0xb0, 0, 8, 0][..], &[0; 12], &IP].concat()), INSIDE);
        assert_eq!(gre(&[&[0x40, 0, 8, 0][..], &[0; 4], &[8, 0, 0, 4, 1, 2, 3, 4], &[0; 4], &IP].concat()), INSIDE);
        assert_eq!(gre(&[&[0x30, 0x81, 0x88, 0x0b][..], &[0; 12], &[0xff, 3, 0, 0x21], &IP].concat()), INSIDE);
        assert_eq!(gre(&[&[0, 0, 0x65, 0x58][..], &frame()].concat()), INSIDE);
        assert_eq!(gre(&[0, 2, 8, 0]), Err(Reason::InvalidValue));
        assert_eq!(gre(&[0xb0, 0, 8, 0, 0]), Err(Reason::Truncated));
    }

    #[test]
    fn mirrors_of_every_type_give_the_frame() {
        assert_eq!(gre(&[&[0, 0, 0x88, 0xbe][..], &frame()].concat()), INSIDE);
        assert_eq!(gre(&[&[0x10, 0, 0x88, 0xbe][..], &[0; 4], &[0x10; 8], &frame()].concat()), INSIDE);
        assert_eq!(gre(&[&[0x10, 0, 0x22, 0xeb][..], &[0; 4], &[0x20; 10], &[0, 0], &frame()].concat()), INSIDE);
        assert_eq!(gre(&[&[0x10, 0, 0x22, 0xeb][..], &[0; 4], &[0x20; 10], &[0, 1], &[9; 8], &frame()].concat()), INSIDE);
        assert_eq!(gre(&[&[0x10, 0, 0x22, 0xeb][..], &[0; 4], &[0x20; 10], &[8, 0], &IP].concat()), INSIDE);
        assert_eq!(vxlan(&[&[8, 0, 0, 0, 0, 0, 7, 0][..], &frame()].concat()), INSIDE);
        assert_eq!(vxlan(&[&[0x0c, 0, 0, 1, 0, 0, 7, 0][..], &IP].concat()), INSIDE);
        assert_eq!(vxlan(&[0, 0, 0, 0, 0, 0, 7, 0]), Err(Reason::NotThisProtocol));
        assert_eq!(geneve(&[&[1, 0, 0x65, 0x58, 0, 0, 7, 0, 1, 1, 1, 1][..], &frame()].concat()), INSIDE);
        assert_eq!(geneve(&[&[0, 0, 8, 0, 0, 0, 7, 0][..], &IP].concat()), INSIDE);
    }
}
