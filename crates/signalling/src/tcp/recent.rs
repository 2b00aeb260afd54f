//! The last bytes of a stream, to see a retransmission that differs from them.

/// Bytes behind the stream's position that are remembered, to see a retransmission that differs: more than one segment.
const REMEMBERED: usize = 2_048;

/// Bytes up to the stream's position.
#[derive(Default)]
pub(super) struct Recent(Vec<u8>);

impl Recent {
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn remember(&mut self, bytes: &[u8]) {
        if self.0.len().saturating_add(bytes.len()) > REMEMBERED.saturating_mul(2) {
            let kept = REMEMBERED.saturating_sub(bytes.len().min(REMEMBERED));
            self.0.drain(..self.0.len().saturating_sub(kept));
        }
        self.0.extend_from_slice(bytes.get(bytes.len().saturating_sub(REMEMBERED)..).unwrap_or_default());
    }

    /// True when `bytes`, which begin `behind` before the position, are not what stood there.
    pub(super) fn contradicts(&self, behind: usize, bytes: &[u8]) -> bool {
        let remembered = self.0.len().min(behind);
        let old = self.0.get(self.0.len().saturating_sub(remembered)..).unwrap_or_default();
        let again = bytes.get(behind.saturating_sub(remembered)..).unwrap_or_default();
        old.iter().zip(again).any(|(old, again)| old != again)
    }
}
