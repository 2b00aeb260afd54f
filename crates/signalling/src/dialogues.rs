//! TCAP dialogues: which answer belongs to which question, ITU-T Q.774 (06/97) §3, seen from outside and often from one side only.

use crate::budget::{MAX_COMPONENTS, MAX_OPEN_TRANSACTIONS};
use crate::message::{ApplicationContext, Message, PartyAddress};

mod context;
mod slots;

use slots::{Dialogue, Slots};

/// What a message is to its dialogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It begins one.
    Begin,
    /// It goes on.
    Continue,
    /// It is the last: end or abort.
    Last,
}

/// Who sends: the side that began, or the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opener,
    Responder,
}

impl Side {
    const fn other(self) -> Self {
        match self {
            Self::Opener => Self::Responder,
            Self::Responder => Self::Opener,
        }
    }
}

/// One end of a dialogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct End {
    transaction: u64,
    /// The first sixteen digits of the global title, which no plan exceeds, or the point code when there is none.
    owner: u128,
    has_title: bool,
    point_code: Option<u32>,
}

impl End {
    fn new(transaction: u64, address: &PartyAddress, point_code: Option<u32>) -> Self {
        let has_title = !address.global_title.is_empty();
        let owner = if has_title {
            let mut digits = [0; 16];
            for (slot, digit) in digits.iter_mut().zip(address.global_title.as_bytes()) {
                *slot = *digit;
            }
            u128::from_ne_bytes(digits)
        } else {
            u128::from(address.point_code.or(point_code).map_or(0, |code| code.wrapping_add(1)))
        };
        Self { transaction, owner, has_title, point_code }
    }
}

/// A question that may be answered.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// Frame of the invoke.
    pub frame: u64,
    /// When it was seen.
    pub observed_at: i64,
    operation: i32,
    id: i16,
    side: Side,
}

impl Question {
    /// Its operation, where it was readable.
    #[must_use]
    pub fn operation(&self) -> Option<i64> {
        (self.operation != i32::MIN).then_some(i64::from(self.operation))
    }
}

/// The place of a message in its dialogue.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    slot: u32,
    side: Side,
    /// Frame and time of the begin, for a message from the other side.
    pub begun: Option<(u64, i64)>,
    /// True when the sender is not the peer that spoke before.
    pub is_other_peer: bool,
}

/// The open dialogues of a capture, at most [`MAX_OPEN_TRANSACTIONS`]; the oldest is given up first.
#[derive(Debug)]
pub struct Dialogues {
    slots: Slots,
    /// What national subsystem numbers were seen to carry.
    users: [Option<User>; 256],
}

/// A user of TCAP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum User {
    Map,
    Cap,
}

impl Default for Dialogues {
    fn default() -> Self {
        Self::with_limit(MAX_OPEN_TRANSACTIONS)
    }
}

impl Dialogues {
    /// Keep at most `most` open dialogues.
    #[must_use]
    pub fn with_limit(most: usize) -> Self {
        Self { slots: Slots::new(most), users: [None; 256] }
    }

    /// How many dialogues are open.
    #[must_use]
    pub const fn open(&self) -> usize {
        self.slots.open()
    }

    /// Remember what a subsystem carried in a dialogue that said so.
    pub(crate) fn learn(&mut self, subsystem: u8, user: User) {
        if let Some(known) = self.users.get_mut(usize::from(subsystem)) {
            *known = Some(user);
        }
    }

    /// What a subsystem was last seen to carry.
    pub(crate) fn user(&self, subsystem: u8) -> Option<User> {
        self.users.get(usize::from(subsystem)).copied().flatten()
    }

    /// Find or make the place of a message. None when it belongs to no dialogue whose begin was seen.
    pub fn place(&mut self, turn: Turn, origin: Option<u64>, destination: Option<u64>, row: &Message<'_>) -> Option<Place> {
        let sender = End::new(origin.unwrap_or(0), &row.calling, row.originating_point_code);
        let receiver = End::new(destination.unwrap_or(0), &row.called, row.destination_point_code);
        if turn == Turn::Begin {
            origin?;
            let slot = self.begin(sender, receiver, row);
            return Some(Place { slot, side: Side::Opener, begun: None, is_other_peer: false });
        }
        destination?;
        let (slot, receiving) = self.find(receiver, sender)?;
        let side = receiving.other();
        let dialogue = self.slots.get_mut(slot)?;
        let known = dialogue.end(side);
        let has_spoken = side == Side::Opener || dialogue.has_answered;
        let is_other_peer = has_spoken && known.has_title == sender.has_title && known.owner != sender.owner;
        let begun = (side == Side::Responder).then_some((dialogue.frame, dialogue.observed_at));
        // Global title translation may lead anywhere: the responder is known from its first answer on.
        if !has_spoken {
            dialogue.has_answered = true;
            dialogue.set_end(side, sender);
            if turn == Turn::Continue && origin.is_some() {
                self.slots.link(slot, side);
            }
        }
        if turn == Turn::Last {
            self.slots.finish(slot);
        }
        Some(Place { slot, side, begun, is_other_peer })
    }

    /// The application context with which a dialogue began.
    #[must_use]
    pub fn context(&self, place: &Place) -> ApplicationContext {
        self.slots.get(place.slot).map_or(ApplicationContext::Absent, Dialogue::context)
    }

    /// Remember an invoke.
    pub fn ask(&mut self, place: &Place, id: i64, operation: Option<i64>, row: &Message<'_>) {
        let (Some(dialogue), Ok(id)) = (self.slots.get_mut(place.slot), i16::try_from(id)) else { return };
        let operation = operation.and_then(|code| i32::try_from(code).ok()).unwrap_or(i32::MIN);
        let question = Question { frame: row.frame, observed_at: row.observed_at, operation, id, side: place.side };
        let is_same = |known: &Question| known.id == id && known.side == place.side;
        if dialogue.first.as_ref().is_none_or(is_same) {
            dialogue.first = Some(question);
        } else if dialogue.second.as_ref().is_none_or(is_same) {
            dialogue.second = Some(question);
        } else if let Some(known) = dialogue.more.iter_mut().find(|known| is_same(known)) {
            *known = question;
        } else if dialogue.more.len() < usize::try_from(MAX_COMPONENTS).unwrap_or(0) {
            dialogue.more.push(question);
        } else {
            dialogue.second = Some(question);
        }
    }

    /// The invoke that a result, error or reject answers. It stays known: results come in parts, and mirrors show them twice.
    #[must_use]
    pub fn question(&self, place: &Place, id: i64) -> Option<Question> {
        let dialogue = self.slots.get(place.slot)?;
        let mut questions = dialogue.first.iter().chain(&dialogue.second).chain(&dialogue.more);
        questions.find(|known| i64::from(known.id) == id && known.side != place.side).copied()
    }

    /// A begin with the id of a dialogue of the same node takes its place: a repetition, or an id used again.
    fn begin(&mut self, opener: End, responder: End, row: &Message<'_>) -> u32 {
        let known = self.slots.chain(opener.transaction).find(|(slot, side)| {
            let is_opener = |dialogue: &Dialogue| dialogue.end(Side::Opener).owner == opener.owner;
            *side == Side::Opener && self.slots.get(*slot).is_some_and(is_opener)
        });
        if let Some((slot, _)) = known {
            self.slots.release(slot);
        }
        let slot = self.slots.store(Dialogue::new([opener, responder], row));
        self.slots.link(slot, Side::Opener);
        slot
    }

    /// The dialogue of which `receiver` is an end: by its address, else by the pair of point codes, else by the other end's address.
    fn find(&self, receiver: End, sender: End) -> Option<(u32, Side)> {
        let (mut best, mut best_rank) = (None, 0);
        for (slot, side) in self.slots.chain(receiver.transaction) {
            let Some(dialogue) = self.slots.get(slot) else { continue };
            let (own, peer) = (dialogue.end(side), dialogue.end(side.other()));
            let is_pair = own.point_code == receiver.point_code && peer.point_code == sender.point_code;
            let rank = if own.owner == receiver.owner {
                if peer.owner == sender.owner { 4 } else { 3 }
            } else if is_pair && receiver.point_code.is_some() {
                2
            } else {
                u8::from(peer.owner == sender.owner)
            };
            if rank > best_rank {
                (best, best_rank) = (Some((slot, side)), rank);
            }
        }
        best
    }
}
