//! The checksum of a packet: CRC32c, RFC 9260 §6.8, or the Adler-32 of RFC 2960 that old equipment still sends.

const TABLE: [u32; 256] = table();

#[allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::arithmetic_side_effects,
    reason = "evaluated when compiled"
)]
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut value = index as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { value >> 1 ^ 0x82f6_3b78 } else { value >> 1 };
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
}

/// True when the checksum fits, or was left to the network interface.
pub(super) fn fits(bytes: &[u8]) -> bool {
    let Some((head, rest)) = bytes.split_at_checked(8) else { return true };
    let Some((sum, rest)) = rest.split_first_chunk::<4>() else { return true };
    let with_zero = || head.iter().chain(&[0; 4]).chain(rest).copied();
    *sum == [0; 4] || u32::from_le_bytes(*sum) == crc32c(with_zero()) || u32::from_be_bytes(*sum) == adler32(with_zero())
}

fn crc32c(bytes: impl Iterator<Item = u8>) -> u32 {
    !bytes.fold(u32::MAX, |crc, byte| {
        let index = usize::from(crc.to_le_bytes().first().copied().unwrap_or(0) ^ byte);
        crc >> 8 ^ TABLE.get(index).copied().unwrap_or(0)
    })
}

fn adler32(bytes: impl Iterator<Item = u8>) -> u32 {
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in bytes {
        low = low.wrapping_add(u32::from(byte)) % 65_521;
        high = high.wrapping_add(low) % 65_521;
    }
    high << 16 | low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sums_have_their_published_values() {
        assert_eq!(crc32c(b"123456789".iter().copied()), 0xe306_9283);
        assert_eq!(adler32(b"Wikipedia".iter().copied()), 0x11e6_0398);
    }

    #[test]
    fn a_sum_that_is_zero_was_never_made() {
        let mut packet = [7; 40];
        assert!(!fits(&packet));
        packet.get_mut(8..12).into_iter().for_each(|sum| sum.fill(0));
        assert!(fits(&packet));
        assert!(fits(&packet[..0]));
    }
}
