//! Where dialogues are kept: slots used again, chains by transaction id, and two queues that say which is oldest.

use std::collections::hash_map::Entry;

use super::context::Context;
use super::{End, Question, Side};
use crate::hashing::FastMap;
use crate::message::{ApplicationContext, Message};

/// Ended dialogues still known: a mirror on both sides of a transfer point shows every message twice.
const MAX_ENDED: usize = 4_096;
/// Dialogues with one transaction id; nodes that count from one share small ids.
const MAX_SHARED: usize = 64;
/// No slot, no node.
const NONE: u32 = u32::MAX;

/// One dialogue.
#[derive(Debug)]
pub(super) struct Dialogue {
    ends: [End; 2],
    chain: [u32; 2],
    older: u32,
    newer: u32,
    is_ended: bool,
    pub(super) has_answered: bool,
    context: Context,
    pub(super) frame: u64,
    pub(super) observed_at: i64,
    pub(super) first: Option<Question>,
    pub(super) second: Option<Question>,
    pub(super) more: Vec<Question>,
}

impl Dialogue {
    /// A dialogue that begins with `row`.
    pub(super) fn new(ends: [End; 2], row: &Message<'_>) -> Self {
        Self {
            ends,
            chain: [NONE; 2],
            older: NONE,
            newer: NONE,
            is_ended: false,
            has_answered: false,
            context: Context::from(&row.application_context),
            frame: row.frame,
            observed_at: row.observed_at,
            first: None,
            second: None,
            more: Vec::new(),
        }
    }

    pub(super) fn context(&self) -> ApplicationContext {
        ApplicationContext::from(&self.context)
    }

    pub(super) const fn end(&self, side: Side) -> End {
        let [opener, responder] = self.ends;
        match side {
            Side::Opener => opener,
            Side::Responder => responder,
        }
    }

    pub(super) const fn set_end(&mut self, side: Side, end: End) {
        let [opener, responder] = &mut self.ends;
        match side {
            Side::Opener => *opener = end,
            Side::Responder => *responder = end,
        }
    }

    const fn next(&self, side: Side) -> u32 {
        let [opener, responder] = self.chain;
        match side {
            Side::Opener => opener,
            Side::Responder => responder,
        }
    }

    const fn set_next(&mut self, side: Side, node: u32) {
        let [opener, responder] = &mut self.chain;
        match side {
            Side::Opener => *opener = node,
            Side::Responder => *responder = node,
        }
    }
}

/// A list through the slots, oldest first.
#[derive(Clone, Copy, Debug)]
struct Queue {
    oldest: u32,
    newest: u32,
    length: usize,
}

impl Queue {
    const EMPTY: Self = Self { oldest: NONE, newest: NONE, length: 0 };
}

/// All dialogues.
#[derive(Debug)]
pub(super) struct Slots {
    dialogues: Vec<Dialogue>,
    free: Vec<u32>,
    /// First node of the chain of a transaction id; a node is a slot and a side.
    heads: FastMap<u64, u32>,
    open: Queue,
    ended: Queue,
    most: usize,
}

impl Slots {
    pub(super) fn new(most: usize) -> Self {
        let (open, ended) = (Queue::EMPTY, Queue::EMPTY);
        Self { dialogues: Vec::new(), free: Vec::new(), heads: FastMap::default(), open, ended, most: most.max(1) }
    }

    pub(super) const fn open(&self) -> usize {
        self.open.length
    }

    pub(super) fn get(&self, slot: u32) -> Option<&Dialogue> {
        self.dialogues.get(usize::try_from(slot).ok()?)
    }

    pub(super) fn get_mut(&mut self, slot: u32) -> Option<&mut Dialogue> {
        self.dialogues.get_mut(usize::try_from(slot).ok()?)
    }

    /// Keep an open dialogue; the oldest makes room.
    pub(super) fn store(&mut self, dialogue: Dialogue) -> u32 {
        while self.open.length >= self.most {
            self.release(self.open.oldest);
        }
        let fresh = u32::try_from(self.dialogues.len()).unwrap_or(NONE);
        let slot = self.free.pop().unwrap_or(fresh);
        if let Some(place) = self.get_mut(slot) {
            *place = dialogue;
        } else {
            self.dialogues.push(dialogue);
        }
        self.append(slot, false);
        slot
    }

    /// Dialogues that have `transaction` at one end, the newest first.
    pub(super) fn chain(&self, transaction: u64) -> impl Iterator<Item = (u32, Side)> + '_ {
        let mut node = self.heads.get(&transaction).copied().unwrap_or(NONE);
        let follow = move || {
            let (slot, side) = split(node)?;
            node = self.get(slot)?.next(side);
            Some((slot, side))
        };
        core::iter::from_fn(follow).take(MAX_SHARED.saturating_mul(2))
    }

    /// Put an end into the chain of its transaction id; where too many share it, the eldest is given up.
    pub(super) fn link(&mut self, slot: u32, side: Side) {
        let Some(transaction) = self.get(slot).map(|dialogue| dialogue.end(side).transaction) else { return };
        let next = match self.heads.entry(transaction) {
            Entry::Vacant(vacant) => {
                vacant.insert(join(slot, side));
                return;
            }
            Entry::Occupied(mut occupied) => occupied.insert(join(slot, side)),
        };
        if let Some(dialogue) = self.get_mut(slot) {
            dialogue.set_next(side, next);
        }
        let eldest = self.chain(transaction).skip(MAX_SHARED).map(|(shared, _)| shared).find(|shared| *shared != slot);
        if let Some(eldest) = eldest {
            self.release(eldest);
        }
    }

    fn unlink(&mut self, slot: u32, side: Side) {
        let Some((transaction, after)) = self.get(slot).map(|dialogue| (dialogue.end(side).transaction, dialogue.next(side))) else {
            return;
        };
        let node = join(slot, side);
        if self.heads.get(&transaction) == Some(&node) {
            if after == NONE {
                self.heads.remove(&transaction);
            } else {
                self.heads.insert(transaction, after);
            }
            return;
        }
        let before = self.chain(transaction).find(|(slot, side)| self.get(*slot).is_some_and(|dialogue| dialogue.next(*side) == node));
        if let Some((slot, side)) = before
            && let Some(dialogue) = self.get_mut(slot)
        {
            dialogue.set_next(side, after);
        }
    }

    /// The last message was seen; the dialogue stays known for a while.
    pub(super) fn finish(&mut self, slot: u32) {
        if self.get(slot).is_none_or(|dialogue| dialogue.is_ended) {
            return;
        }
        self.take_out(slot);
        self.append(slot, true);
        if self.ended.length > MAX_ENDED {
            self.release(self.ended.oldest);
        }
    }

    /// Forget a dialogue.
    pub(super) fn release(&mut self, slot: u32) {
        self.take_out(slot);
        self.unlink(slot, Side::Opener);
        if self.get(slot).is_some_and(|dialogue| dialogue.has_answered) {
            self.unlink(slot, Side::Responder);
        }
        if let Some(dialogue) = self.get_mut(slot) {
            (dialogue.more, dialogue.context) = (Vec::new(), Context::Absent);
            self.free.push(slot);
        }
    }

    fn append(&mut self, slot: u32, is_ended: bool) {
        let queue = if is_ended { &mut self.ended } else { &mut self.open };
        let before = core::mem::replace(&mut queue.newest, slot);
        queue.length = queue.length.saturating_add(1);
        if before == NONE {
            queue.oldest = slot;
        } else if let Some(dialogue) = self.get_mut(before) {
            dialogue.newer = slot;
        }
        if let Some(dialogue) = self.get_mut(slot) {
            (dialogue.older, dialogue.newer, dialogue.is_ended) = (before, NONE, is_ended);
        }
    }

    fn take_out(&mut self, slot: u32) {
        let Some(dialogue) = self.get(slot) else { return };
        let (older, newer, is_ended) = (dialogue.older, dialogue.newer, dialogue.is_ended);
        let queue = if is_ended { &mut self.ended } else { &mut self.open };
        queue.length = queue.length.saturating_sub(1);
        if older == NONE {
            queue.oldest = newer;
        }
        if newer == NONE {
            queue.newest = older;
        }
        if let Some(dialogue) = self.get_mut(older) {
            dialogue.newer = newer;
        }
        if let Some(dialogue) = self.get_mut(newer) {
            dialogue.older = older;
        }
    }
}

fn join(slot: u32, side: Side) -> u32 {
    slot.wrapping_mul(2) | u32::from(side == Side::Responder)
}

const fn split(node: u32) -> Option<(u32, Side)> {
    match node {
        NONE => None,
        _ if node & 1 == 0 => Some((node >> 1, Side::Opener)),
        _ => Some((node >> 1, Side::Responder)),
    }
}
