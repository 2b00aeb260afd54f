//! UDP, RFC 768.

use crate::bytes::Reader;
use crate::gap::Reason;

/// A UDP datagram.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Datagram<'a> {
    /// Sender's port.
    pub source_port: u16,
    /// Receiver's port.
    pub destination_port: u16,
    /// The payload as far as it was captured.
    pub payload: &'a [u8],
    /// Bytes of the payload that were sent and not captured.
    pub missing: usize,
}

/// Payloads hold identities: only their length is printed.
impl core::fmt::Debug for Datagram<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Datagram")
            .field("source_port", &self.source_port)
            .field("destination_port", &self.destination_port)
            .field("missing", &self.missing)
            .field("payload", &format_args!("{} bytes", self.payload.len()))
            .finish_non_exhaustive()
    }
}

/// Read a datagram that IP carried; what stands behind its length is left out.
pub fn decode(bytes: &[u8]) -> Result<Datagram<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    let source_port = reader.u16()?;
    let destination_port = reader.u16()?;
    let length = usize::from(reader.u16()?);
    reader.skip(2)?; // checksum: often left to the interface, and zero in tunnels
    // A length of zero: a jumbogram (RFC 2675), or captured before the interface split it.
    let length = if length == 0 { reader.remaining() } else { length.checked_sub(8).ok_or(Reason::LengthMismatch)? };
    let rest = reader.rest();
    let payload = rest.get(..length).unwrap_or(rest);
    Ok(Datagram { source_port, destination_port, payload, missing: length.saturating_sub(rest.len()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_decides_what_is_payload() {
        let payload =
            |length: u8| decode(&[8, 0x4b, 0, 53, 0, length, 0, 0, 1, 2, 3]).map(|datagram| (datagram.payload.len(), datagram.missing));
        assert_eq!(payload(10), Ok((2, 0)));
        assert_eq!(payload(0), Ok((3, 0)));
        assert_eq!(payload(15), Ok((3, 4)));
        assert_eq!(payload(7), Err(Reason::LengthMismatch));
        assert_eq!(decode(&[8, 0x4b, 0, 53, 0]), Err(Reason::Truncated));
    }
}
