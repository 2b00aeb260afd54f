//! Which application a TCAP message belongs to: by its content first, for subsystem numbers may be missing or wrong.

use super::component;
use crate::anomaly::Anomaly;
use crate::ber::Reading;
use crate::dialogues::{Dialogues, User};
use crate::message::{ApplicationContext, Message};
use crate::{cap, map};

/// An application and its context, where there is one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Application {
    Map(Option<map::Context>),
    Cap(Option<cap::Context>),
    Other,
}

impl Application {
    /// By application context; without one by subsystem numbers, the standard's or those that other dialogues explained;
    /// without those by the operation that begins.
    pub(super) fn of(row: &Message<'_>, components: &[u8], dialogues: &mut Dialogues) -> Self {
        let numbers = [row.calling.subsystem_number, row.called.subsystem_number];
        if row.application_context != ApplicationContext::Absent {
            let named = match map::context(&row.application_context) {
                Some(context) => Self::Map(Some(context)),
                None => cap::context(&row.application_context).map_or(Self::Other, |context| Self::Cap(Some(context))),
            };
            if row.message_type == Some("begin") {
                named.teach(numbers, dialogues);
            }
            return named;
        }
        let mut known = numbers.into_iter().flatten();
        if numbers.contains(&Some(cap::SUBSYSTEM)) {
            return Self::Cap(None);
        } else if known.clone().any(map::is_subsystem) {
            return Self::Map(None);
        }
        match known.find_map(|number| dialogues.user(number)) {
            Some(User::Map) => Self::Map(None),
            Some(User::Cap) => Self::Cap(None),
            None => Self::guess(numbers, row, components),
        }
    }

    fn teach(self, numbers: [Option<u8>; 2], dialogues: &mut Dialogues) {
        let user = match self {
            Self::Map(_) => User::Map,
            Self::Cap(_) => User::Cap,
            Self::Other => return,
        };
        for number in numbers.into_iter().flatten().filter(|number| is_national(*number)) {
            dialogues.learn(number, user);
        }
    }

    /// A begin without context is version 1 of MAP, or hides what it is.
    fn guess(numbers: [Option<u8>; 2], row: &Message<'_>, components: &[u8]) -> Self {
        let is_unknown = numbers.iter().any(|number| matches!(number, None | Some(0)));
        let is_map = || component::first_code(components).and_then(map::operation).is_some();
        if is_unknown && row.message_type == Some("begin") && is_map() { Self::Map(None) } else { Self::Other }
    }

    /// Note a subsystem number that belongs to another application.
    pub(super) fn note_subsystems(self, row: &Message<'_>, reading: &mut Reading) {
        let mut numbers = [row.calling.subsystem_number, row.called.subsystem_number].into_iter().flatten();
        let contradicts = match self {
            Self::Map(_) => numbers.any(|number| is_foreign(number) || number == cap::SUBSYSTEM),
            Self::Cap(_) => numbers.any(|number| is_foreign(number) || map::is_subsystem(number)),
            Self::Other => false,
        };
        if contradicts {
            reading.note(Anomaly::SccpSubsystemContradictsContext);
        }
    }
}

/// SCCP management, ISUP, OMAP, RANAP, RNSAP, PCAP and the base station system are no users of TCAP (TS 23.003 §8, Q.713 §3.4.2.2).
const fn is_foreign(number: u8) -> bool {
    matches!(number, 1 | 3 | 4 | 142 | 143 | 249..=254)
}

/// A number that each country or operator gives as it likes.
const fn is_national(number: u8) -> bool {
    number != 0 && number != cap::SUBSYSTEM && !is_foreign(number) && !map::is_subsystem(number)
}
