//! Which transmission sequence numbers a direction has already shown, RFC 9260 §6.

/// Numbers remembered at first; most associations in a capture are short.
const FIRST: usize = 64;
/// Numbers remembered at most: what a receive window of common size has outstanding.
const MOST: usize = 1_024;

/// What is known of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    First,
    /// A retransmission.
    Again,
    /// The number was there before, with other content.
    Other,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    tsn: u32,
    /// Zero when the slot is empty.
    print: u32,
}

/// The last numbers, each with a print of its chunk.
#[derive(Default)]
pub(super) struct Window {
    slots: Vec<Slot>,
    highest: u32,
}

impl Window {
    pub(super) fn see(&mut self, tsn: u32, print: u64) -> Sight {
        let [a, b, c, d, ..] = print.to_le_bytes();
        let print = u32::from_le_bytes([a, b, c, d]).max(1);
        if self.slots.is_empty() {
            self.slots = vec![Slot::default(); FIRST];
            self.highest = tsn;
        }
        let ahead = tsn.wrapping_sub(self.highest).cast_signed();
        if ahead > 0 {
            self.highest = tsn;
        } else if usize::try_from(ahead.unsigned_abs()).unwrap_or(usize::MAX) >= MOST {
            return Sight::First; // too far behind to be known, and no reason to forget a newer one
        }
        if self.slot(tsn).is_some_and(|slot| slot.print != 0 && slot.tsn != tsn) && self.slots.len() < MOST {
            self.grow();
        }
        let Some(slot) = self.slot(tsn) else { return Sight::First };
        if slot.print != 0 && slot.tsn == tsn {
            return if slot.print == print { Sight::Again } else { Sight::Other };
        }
        *slot = Slot { tsn, print };
        Sight::First
    }

    fn slot(&mut self, tsn: u32) -> Option<&mut Slot> {
        let mask = self.slots.len().wrapping_sub(1);
        self.slots.get_mut(usize::try_from(tsn).unwrap_or(0) & mask)
    }

    fn grow(&mut self) {
        let old = core::mem::take(&mut self.slots);
        self.slots = vec![Slot::default(); old.len().saturating_mul(2)];
        for kept in old.into_iter().filter(|slot| slot.print != 0) {
            if let Some(slot) = self.slot(kept.tsn) {
                *slot = kept;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_by_its_content() {
        let mut window = Window::default();
        assert_eq!(window.see(5, 77), Sight::First);
        assert_eq!(window.see(5, 77), Sight::Again);
        assert_eq!(window.see(5, 78), Sight::Other);
        assert_eq!(window.see(4, 77), Sight::First);
    }

    #[test]
    fn the_window_spans_a_wrap_and_forgets_what_is_far_behind() {
        let mut window = Window::default();
        let numbers = || (0..1_000).map(|step| u32::MAX.wrapping_sub(500).wrapping_add(step));
        assert!(numbers().all(|tsn| window.see(tsn, 9) == Sight::First));
        assert!(numbers().all(|tsn| window.see(tsn, 9) == Sight::Again));
        assert!((0..10_000).all(|step| window.see(10_000 + step, 9) == Sight::First));
        assert_eq!(window.see(10_000, 9), Sight::First);
        assert_eq!(window.see(19_999, 9), Sight::Again);
    }
}
