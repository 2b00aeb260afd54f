//! GTP inside the packets of a tunnel: IP, UDP and a header that fits. Anything else is a user's own affair.

use core::net::IpAddr;

use super::Port;
use super::names;
use crate::bytes::Reader;

/// A datagram inside a tunnel that is GTP again.
pub(crate) struct Nested<'a> {
    pub source: IpAddr,
    pub destination: IpAddr,
    pub source_port: u16,
    pub destination_port: u16,
    pub port: Port,
    pub missing: usize,
    pub bytes: &'a [u8],
}

/// Read the packet as IP and UDP on a port of GTP whose payload has a header of GTP.
pub(crate) fn gtp(packet: &[u8]) -> Option<Nested<'_>> {
    let mut reader = Reader::new(packet);
    let first = reader.u8().ok()?;
    let (source, destination) = match first >> 4 {
        4 => {
            let header = usize::from(first & 0x0f).checked_mul(4)?;
            reader.skip(5).ok()?;
            // A later fragment has no ports, a first one may be read.
            let fragment = reader.u16().ok()? & 0x1fff;
            reader.skip(1).ok()?;
            let protocol = reader.u8().ok()?;
            reader.skip(2).ok()?;
            if protocol != 17 || fragment != 0 {
                return None;
            }
            let addresses = (IpAddr::from(reader.array::<4>().ok()?), IpAddr::from(reader.array::<4>().ok()?));
            reader.skip(header.checked_sub(20)?).ok()?;
            addresses
        }
        6 => {
            reader.skip(5).ok()?;
            if reader.u8().ok()? != 17 {
                return None;
            }
            reader.skip(1).ok()?;
            (IpAddr::from(reader.array::<16>().ok()?), IpAddr::from(reader.array::<16>().ok()?))
        }
        _ => return None,
    };
    let (source_port, destination_port) = (reader.u16().ok()?, reader.u16().ok()?);
    let port = port(destination_port).or_else(|| port(source_port))?;
    let length = usize::from(reader.u16().ok()?).checked_sub(8)?;
    reader.skip(2).ok()?;
    let bytes = reader.take(length.min(reader.remaining())).ok()?;
    let missing = length.saturating_sub(bytes.len());
    is_plausible(bytes, missing).then_some(Nested { source, destination, source_port, destination_port, port, missing, bytes })
}

const fn port(number: u16) -> Option<Port> {
    match number {
        2123 => Some(Port::Control),
        2152 => Some(Port::User),
        3386 => Some(Port::Prime),
        _ => None,
    }
}

/// A known version and type, and a length that is that of the datagram.
fn is_plausible(bytes: &[u8], missing: usize) -> bool {
    let [flags, kind, high, low, ..] = bytes else { return false };
    let declared = usize::from(u16::from_be_bytes([*high, *low]));
    let (header, name) = match (flags >> 5, flags & 0x10 != 0) {
        (0, true) => (20, names::version_0(*kind)),
        (1, true) => (8, names::version_1(*kind)),
        (2, _) => (4, names::version_2(*kind)),
        _ => return false,
    };
    name.is_some() && bytes.len().checked_add(missing) == declared.checked_add(header)
}
