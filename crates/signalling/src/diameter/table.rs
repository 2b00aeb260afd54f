//! An open-addressed table that is built once and then only read: one multiplication, mostly one probe.

use core::iter;

/// Values by a 64-bit key. The keys are a dictionary's, so nobody on the wire chooses what collides.
#[derive(Clone, Debug)]
pub(super) struct Table<V> {
    slots: Vec<(u64, Option<V>)>,
    shift: u32,
}

impl<V: Copy> Table<V> {
    /// Three slots an entry or more, so that a search for a stranger ends at once.
    pub fn new(entries: &[(u64, V)]) -> Self {
        let size = entries.len().saturating_mul(3).max(2).next_power_of_two();
        let mut table = Self { slots: vec![(0, None); size], shift: 64_u32.saturating_sub(size.trailing_zeros()) };
        for (key, value) in entries {
            let free = table.probes(table.first(*key)).find(|index| table.slots.get(*index).is_some_and(|(_, value)| value.is_none()));
            if let Some(slot) = free.and_then(|index| table.slots.get_mut(index)) {
                *slot = (*key, Some(*value));
            }
        }
        table
    }

    /// The value of `key`.
    #[inline]
    pub fn get(&self, key: u64) -> Option<V> {
        let first = self.first(key);
        match self.slots.get(first) {
            Some((found, value)) if *found == key || value.is_none() => *value,
            _ => self.search(key, first),
        }
    }

    /// The slots behind the first, which another key took.
    fn search(&self, key: u64, first: usize) -> Option<V> {
        let behind = self.probes(first).skip(1).map_while(|index| self.slots.get(index));
        behind.take_while(|(_, value)| value.is_some()).find(|(found, _)| *found == key)?.1
    }

    #[inline]
    fn first(&self, key: u64) -> usize {
        usize::try_from(key.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_shr(self.shift)).unwrap_or(0)
    }

    /// Every slot once, from `first`.
    fn probes(&self, first: usize) -> impl Iterator<Item = usize> + use<V> {
        let mask = self.slots.len().wrapping_sub(1);
        iter::successors(Some(first), move |index| Some(index.wrapping_add(1) & mask)).take(self.slots.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_no_other() {
        let entries: Vec<(u64, u64)> = (0..500_u64).map(|key| (key << 32 | key.wrapping_mul(7), key)).collect();
        let table = Table::new(&entries);
        for (key, value) in &entries {
            assert_eq!(table.get(*key), Some(*value));
            assert_eq!(table.get(key ^ 1 << 63), None);
        }
        assert_eq!(Table::<u8>::new(&[]).get(0), None);
        assert_eq!(table.get(u64::MAX), None);
    }
}
