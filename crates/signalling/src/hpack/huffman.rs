//! The Huffman code of HPACK, RFC 7541 §5.2 and appendix B.
//!
//! The code is canonical: among codes of one length, symbols count upwards. So the lengths alone make the table.

use crate::gap::Reason;

/// The codes of one length.
struct Level {
    bits: u32,
    /// The first of them.
    first: u32,
    /// What 32 bits stay below when they begin with one of them, or with a shorter code.
    end: u64,
    /// Where their symbols begin.
    symbols: usize,
}

#[rustfmt::skip]
const LEVELS: [Level; 21] = [
    Level { bits: 5, first: 0x0, end: 0x5000_0000, symbols: 0 },
    Level { bits: 6, first: 0x14, end: 0xb800_0000, symbols: 10 },
    Level { bits: 7, first: 0x5c, end: 0xf800_0000, symbols: 36 },
    Level { bits: 8, first: 0xf8, end: 0xfe00_0000, symbols: 68 },
    Level { bits: 10, first: 0x3f8, end: 0xff40_0000, symbols: 74 },
    Level { bits: 11, first: 0x7fa, end: 0xffa0_0000, symbols: 79 },
    Level { bits: 12, first: 0xffa, end: 0xffc0_0000, symbols: 82 },
    Level { bits: 13, first: 0x1ff8, end: 0xfff0_0000, symbols: 84 },
    Level { bits: 14, first: 0x3ffc, end: 0xfff8_0000, symbols: 90 },
    Level { bits: 15, first: 0x7ffc, end: 0xfffe_0000, symbols: 92 },
    Level { bits: 19, first: 0x7_fff0, end: 0xfffe_6000, symbols: 95 },
    Level { bits: 20, first: 0xf_ffe6, end: 0xfffe_e000, symbols: 98 },
    Level { bits: 21, first: 0x1f_ffdc, end: 0xffff_4800, symbols: 106 },
    Level { bits: 22, first: 0x3f_ffd2, end: 0xffff_b000, symbols: 119 },
    Level { bits: 23, first: 0x7f_ffd8, end: 0xffff_ea00, symbols: 145 },
    Level { bits: 24, first: 0xff_ffea, end: 0xffff_f600, symbols: 174 },
    Level { bits: 25, first: 0x1ff_ffec, end: 0xffff_f800, symbols: 186 },
    Level { bits: 26, first: 0x3ff_ffe0, end: 0xffff_fbc0, symbols: 190 },
    Level { bits: 27, first: 0x7ff_ffde, end: 0xffff_fe20, symbols: 205 },
    Level { bits: 28, first: 0xfff_ffe2, end: 0xffff_fff0, symbols: 224 },
    Level { bits: 30, first: 0x3fff_fffc, end: 0x1_0000_0000, symbols: 253 },
];

/// Symbols by the length of their code; the end-of-string symbol, which may not be sent, stands behind the last.
#[rustfmt::skip]
const SYMBOLS: [u8; 256] = [
    48, 49, 50, 97, 99, 101, 105, 111, 115, 116, 32, 37, 45, 46, 47, 51, 52, 53, 54, 55, 56, 57, 61, 65, 95, 98, 100, 102, 103, 104, 108,
    109, 110, 112, 114, 117, 58, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 89, 106, 107,
    113, 118, 119, 120, 121, 122, 38, 42, 44, 59, 88, 90, 33, 34, 40, 41, 63, 39, 43, 124, 35, 62, 0, 36, 64, 91, 93, 126, 94, 125, 60,
    96, 123, 92, 195, 208, 128, 130, 131, 162, 184, 194, 224, 226, 153, 161, 167, 172, 176, 177, 179, 209, 216, 217, 227, 229, 230, 129,
    132, 133, 134, 136, 146, 154, 156, 160, 163, 164, 169, 170, 173, 178, 181, 185, 186, 187, 189, 190, 196, 198, 228, 232, 233, 1, 135,
    137, 138, 139, 140, 141, 143, 147, 149, 150, 151, 152, 155, 157, 158, 165, 166, 168, 174, 175, 180, 182, 183, 188, 191, 197, 231, 239,
    9, 142, 144, 145, 148, 159, 171, 206, 215, 225, 236, 237, 199, 207, 234, 235, 192, 193, 200, 201, 202, 205, 210, 213, 218, 219, 238,
    240, 242, 243, 255, 203, 204, 211, 212, 214, 221, 222, 223, 241, 244, 245, 246, 247, 248, 250, 251, 252, 253, 254, 2, 3, 4, 5, 6, 7,
    8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127, 220, 249, 10, 13, 22,
];

/// Append the text that `coded` stands for. What came before a fault is kept.
pub(super) fn decode(coded: &[u8], text: &mut Vec<u8>) -> Result<(), Reason> {
    let mut octets = coded.iter();
    // Bits not yet read stand at the top of `window`.
    let (mut window, mut held) = (0_u64, 0_u32);
    loop {
        while held <= 32 {
            let Some(octet) = octets.next() else { break };
            window |= u64::from(*octet) << 56_u32.saturating_sub(held);
            held = held.saturating_add(8);
        }
        if held < 8 && is_padding(window, held) {
            return Ok(());
        }
        let (symbol, bits) = symbol(window >> 32).ok_or(Reason::InvalidValue)?;
        held = held.checked_sub(bits).ok_or(Reason::InvalidValue)?;
        window <<= bits;
        text.push(symbol);
    }
}

/// RFC 7541 §5.2: what fills the last octet is shorter than an octet, and all ones.
fn is_padding(window: u64, held: u32) -> bool {
    window.leading_ones() == held
}

fn symbol(bits: u64) -> Option<(u8, u32)> {
    let level = LEVELS.iter().find(|level| bits < level.end)?;
    let place = (bits >> 32_u32.saturating_sub(level.bits)).checked_sub(u64::from(level.first))?;
    let symbol = SYMBOLS.get(level.symbols.checked_add(usize::try_from(place).ok()?)?)?;
    Some((*symbol, level.bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(coded: &[u8]) -> (Vec<u8>, Result<(), Reason>) {
        let mut text = Vec::new();
        let outcome = decode(coded, &mut text);
        (text, outcome)
    }

    #[test]
    fn the_examples_of_the_standard_are_read() {
        assert_eq!(read(&[0xf1, 0xe3, 0xc2, 0xe5, 0xf2, 0x3a, 0x6b, 0xa0, 0xab, 0x90, 0xf4, 0xff]), (b"www.example.com".to_vec(), Ok(())));
        assert_eq!(read(&[0xa8, 0xeb, 0x10, 0x64, 0x9c, 0xbf]), (b"no-cache".to_vec(), Ok(())));
        assert_eq!(read(&[]), (Vec::new(), Ok(())));
    }

    #[test]
    fn the_code_fills_its_space_exactly() {
        let mut next = 0_u64;
        for (level, behind) in LEVELS.iter().zip(LEVELS.iter().skip(1).map(|level| level.symbols).chain([257])) {
            assert_eq!(u64::from(level.first) << (32 - level.bits), next, "{}", level.bits);
            next += u64::try_from(behind - level.symbols).unwrap_or(0) << (32 - level.bits);
            assert_eq!(next, level.end);
        }
        assert_eq!(next, 1 << 32);
        let mut sorted = SYMBOLS;
        sorted.sort_unstable();
        assert!(sorted.iter().zip(0_u8..=255).all(|(symbol, value)| *symbol == value));
    }

    #[test]
    fn false_padding_and_the_end_symbol_are_refused() {
        assert_eq!(read(&[0x1f]).1, Ok(()));
        assert_eq!(read(&[0x18]).1, Err(Reason::InvalidValue));
        assert_eq!(read(&[0xff, 0xff, 0xff, 0xff]).1, Err(Reason::InvalidValue));
        assert_eq!(read(&[0x1f, 0xff]).1, Err(Reason::InvalidValue));
    }
}
