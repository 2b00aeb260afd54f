//! Where a row comes from: several files are decoded as one capture, and each row still names its own file and frame.

use crate::text;

/// Bits of a frame number inside the decoder that count frames; those above number the file.
const FRAME_BITS: u32 = 40;

/// The files of one capture, in the order of their first packets.
#[derive(Clone, Default)]
pub(crate) struct Origins {
    names: Vec<Vec<u8>>,
}

impl Origins {
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let clean = |name: &str| {
            let mut out = Vec::new();
            text::append(name.as_bytes(), &mut out);
            out
        };
        Self { names: names.into_iter().map(clean).collect() }
    }

    /// The number of a frame among all files: grows with the file, so that older stays smaller.
    pub(crate) fn number(file: usize, frame: u64) -> u64 {
        let file = u64::try_from(file).unwrap_or(u64::MAX);
        file.saturating_mul(1 << FRAME_BITS).saturating_add(frame)
    }

    /// The file and the frame in it.
    #[allow(clippy::unused_self, reason = "what it undoes is about these files")]
    pub(crate) fn locate(&self, number: u64) -> (u32, u64) {
        (u32::try_from(number >> FRAME_BITS).unwrap_or(u32::MAX), number & ((1 << FRAME_BITS) - 1))
    }

    /// What the tables call a file.
    pub(crate) fn name(&self, file: u32) -> &[u8] {
        usize::try_from(file).ok().and_then(|file| self.names.get(file)).map_or(b"", Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::Origins;

    #[test]
    fn a_frame_is_found_in_its_file_again() {
        let origins = Origins::new(["a.pcap", "b\n.pcap"]);
        for (file, frame) in [(0, 1), (1, 1), (1, 1 << 39)] {
            let (found, place) = origins.locate(Origins::number(file, frame));
            assert_eq!((usize::try_from(found), place), (Ok(file), frame));
        }
        assert_eq!(origins.name(1), b"b\\u{a}.pcap");
        assert_eq!(origins.name(7), b"");
    }
}
