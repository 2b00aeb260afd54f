//! Hash tables for hot paths: a folded multiplication over words, with a key of this process so that nobody can choose collisions.
//!
//! The key never reaches an output: tables are looked up, not listed, and what [`retire`] takes out is put in order first.

use core::hash::{BuildHasher, Hasher};
use std::collections::hash_map::RandomState;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// A hash map for hot paths.
pub type FastMap<K, V> = HashMap<K, V, Keyed>;

/// A hash set for hot paths.
pub type FastSet<K> = HashSet<K, Keyed>;

/// The digits of π after the point: a multiplier with no pattern.
const PI: u64 = 0x243f_6a88_85a3_08d3;
/// The next digits of π.
const PI_NEXT: u64 = 0x1319_8a2e_0370_7344;

/// Builds hashers that share the key of the process.
#[derive(Clone, Copy, Debug)]
pub struct Keyed {
    key: u64,
}

impl Default for Keyed {
    fn default() -> Self {
        static KEY: OnceLock<u64> = OnceLock::new();
        Self { key: *KEY.get_or_init(|| RandomState::new().hash_one(PI)) }
    }
}

impl BuildHasher for Keyed {
    type Hasher = Folding;

    fn build_hasher(&self) -> Folding {
        Folding { state: self.key, key: self.key ^ PI_NEXT }
    }
}

/// A hasher that folds each word into its state by one wide multiplication.
#[derive(Clone, Copy, Debug)]
pub struct Folding {
    state: u64,
    key: u64,
}

impl Hasher for Folding {
    fn finish(&self) -> u64 {
        fold(self.state ^ PI, self.key)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let mut last = [0; 8];
            for (slot, octet) in last.iter_mut().zip(rest) {
                *slot = *octet;
            }
            self.write_u64(u64::from_le_bytes(last));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u16(&mut self, value: u16) {
        self.write_u64(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.state = fold(self.state ^ value, self.key).wrapping_add(value);
    }

    fn write_u128(&mut self, value: u128) {
        let (low, high) = halves(value);
        self.write_u64(low);
        self.write_u64(high);
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(u64::try_from(value).unwrap_or(u64::MAX));
    }
}

fn fold(a: u64, b: u64) -> u64 {
    let (low, high) = halves(u128::from(a).wrapping_mul(u128::from(b | 1)));
    low ^ high
}

#[allow(clippy::as_conversions, clippy::cast_possible_truncation, reason = "the two halves of a word, on the hottest path")]
const fn halves(value: u128) -> (u64, u64) {
    (value as u64, (value >> 64) as u64)
}

/// A short print of `bytes`, to tell a retransmission from new content.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> u64 {
    let key = Keyed::default().key;
    let (pairs, rest) = bytes.as_chunks::<16>();
    let mut state = key ^ PI;
    for pair in pairs {
        let (low, high) = halves(u128::from_le_bytes(*pair));
        // Two words a multiplication, and the state beside it: the next pair need not wait for this one's product.
        state = state.rotate_left(23).wrapping_add(fold(low ^ key, high ^ PI_NEXT));
    }
    let mut hasher = Folding { state, key };
    hasher.write(rest);
    hasher.write_usize(bytes.len());
    hasher.finish()
}

/// Take the oldest quarter of `map` out, oldest first, as `stamp` tells age. Ties are taken together, so order never depends on the hash.
pub fn retire<K: Eq + core::hash::Hash, V, S: BuildHasher>(map: &mut HashMap<K, V, S>, stamp: impl Fn(&V) -> u64) -> Vec<(K, V)> {
    let mut stamps: Vec<u64> = map.values().map(&stamp).collect();
    let rank = stamps.len().checked_div(4).unwrap_or(0);
    if rank >= stamps.len() {
        return Vec::new();
    }
    let (_, &mut limit, _) = stamps.select_nth_unstable(rank);
    let mut retired: Vec<(K, V)> = map.extract_if(|_, value| stamp(value) <= limit).collect();
    retired.sort_by_key(|(_, value)| stamp(value));
    retired
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_hash_apart() {
        let keyed = Keyed::default();
        let mut seen = std::collections::HashSet::new();
        for value in 0..100_000_u64 {
            assert!(seen.insert(keyed.hash_one(value)));
            assert!(seen.insert(keyed.hash_one(value << 40 | 1 << 63)));
        }
    }

    #[test]
    fn a_zero_operand_does_not_erase_the_other_words() {
        let keyed = Keyed { key: PI_NEXT };
        assert_ne!(keyed.hash_one((PI_NEXT, 1_u64)), keyed.hash_one((PI_NEXT, 2_u64)));
    }

    #[test]
    fn a_fingerprint_sees_every_byte_and_its_place() {
        let text: Vec<u8> = (0..100).collect();
        let mut seen = std::collections::HashSet::from([fingerprint(&text)]);
        for index in 0..text.len() {
            let mut other = text.clone();
            other.swap(index, (index + 16) % 100);
            assert!(seen.insert(fingerprint(&other)));
            other.truncate(index);
            assert!(seen.insert(fingerprint(&other)));
        }
    }

    #[test]
    fn the_oldest_quarter_leaves_oldest_first() {
        let mut map: FastMap<u32, u64> = (0..16_u32).map(|key| (key, u64::from(key ^ 5))).collect();
        let retired: Vec<u64> = retire(&mut map, |stamp| *stamp).into_iter().map(|(_, stamp)| stamp).collect();
        assert_eq!(retired, [0, 1, 2, 3, 4]);
        assert_eq!(map.len(), 11);
        assert!(retire(&mut FastMap::<u32, u64>::default(), |stamp| *stamp).is_empty());
    }
}
