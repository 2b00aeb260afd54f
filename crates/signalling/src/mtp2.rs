//! MTP level 2, ITU-T Q.703 (07/1996): signal units of a link, with basic or extended sequence numbers.

use crate::bytes::Reader;
use crate::gap::Reason;

/// How a link numbers its signal units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sequence {
    /// Seven bits, and six bits of length (Q.703 §2.3).
    Basic,
    /// Twelve bits, and nine bits of length (Q.703 annex A, high-speed links).
    Extended,
}

/// The message of a signal unit from its service information octet on; nothing for fill-in and link status units.
pub fn decode(bytes: &[u8], sequence: Sequence) -> Result<Option<&[u8]>, Reason> {
    let mut reader = Reader::new(bytes);
    let (length, most) = match sequence {
        Sequence::Basic => {
            reader.skip(2)?;
            (usize::from(reader.u8()? & 0x3f), 63)
        }
        Sequence::Extended => {
            reader.skip(4)?;
            (usize::from(reader.u16_le()? & 0x1ff), 511)
        }
    };
    match length {
        0..=2 => Ok(None),
        // §2.3.3: a longer message says 63; what follows may end in a check sequence, which the layers above leave alone.
        _ if length == most => {
            if reader.remaining() < length {
                return Err(Reason::Truncated);
            }
            Ok(Some(reader.rest()))
        }
        _ => reader.take(length).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_unit_ends_where_its_length_says() {
        assert_eq!(decode(&[0x80, 0x81, 3, 0x83, 1, 2, 0xaa, 0xbb], Sequence::Basic), Ok(Some(&[0x83, 1, 2][..])));
        assert_eq!(decode(&[0, 0, 0, 0, 4, 0, 0x83, 1, 2, 3], Sequence::Extended), Ok(Some(&[0x83, 1, 2, 3][..])));
    }

    #[test]
    fn fill_in_and_status_units_carry_no_message() {
        assert_eq!(decode(&[0x80, 0x81, 0], Sequence::Basic), Ok(None));
        assert_eq!(decode(&[0x80, 0x81, 1, 9], Sequence::Basic), Ok(None));
    }

    #[test]
    fn a_long_message_takes_what_there_is() {
        let mut bytes = vec![0x80, 0x81, 63];
        bytes.resize(3 + 200, 7);
        assert_eq!(decode(&bytes, Sequence::Basic).map(|message| message.map(<[u8]>::len)), Ok(Some(200)));
        bytes.truncate(40);
        assert_eq!(decode(&bytes, Sequence::Basic), Err(Reason::Truncated));
        assert_eq!(decode(&[0, 0, 9, 1], Sequence::Basic), Err(Reason::Truncated));
    }
}
