//! Messages and their portions, ITU-T Q.773 (06/97) §4.2.1.

use super::dialogue::Portion;
use crate::anomaly::Anomaly;
use crate::ber::{Element, Elements, Reading, Tag, integer};
use crate::dialogues::{Place, Turn};
use crate::gap::Reason;
use crate::message::{ApplicationContext, Message};

const UNIDIRECTIONAL: Tag = Tag::application(1);
const BEGIN: Tag = Tag::application(2);
const END: Tag = Tag::application(4);
const CONTINUE: Tag = Tag::application(5);
const ABORT: Tag = Tag::application(7);
const ORIGINATING_TRANSACTION: Tag = Tag::application(8);
const DESTINATION_TRANSACTION: Tag = Tag::application(9);
const P_ABORT_CAUSE: Tag = Tag::application(10);
const DIALOGUE_PORTION: Tag = Tag::application(11);
const COMPONENT_PORTION: Tag = Tag::application(12);

/// One message: the transaction portion, and where the others stand.
#[derive(Default)]
pub(super) struct Package<'a> {
    pub(super) turn: Option<Turn>,
    pub(super) origin: Option<u64>,
    pub(super) destination: Option<u64>,
    pub(super) abort_cause: Option<i64>,
    pub(super) dialogue: Portion<'a>,
    pub(super) components: &'a [u8],
    /// A second component portion: some elements read it.
    pub(super) more_components: &'a [u8],
    pub(super) place: Option<Place>,
}

impl<'a> Package<'a> {
    /// Read the portions; an error when the message is not one that can be answered.
    pub(super) fn read(&mut self, payload: &'a [u8], row: &mut Message<'a>, reading: &mut Reading) -> Result<(), Reason> {
        let mut elements = Elements::new(payload);
        let message = elements.next(reading).ok_or(reading.fault.unwrap_or(Reason::Truncated))?;
        let (name, turn) = match message.tag {
            UNIDIRECTIONAL => ("unidirectional", None),
            BEGIN => ("begin", Some(Turn::Begin)),
            END => ("end", Some(Turn::Last)),
            CONTINUE => ("continue", Some(Turn::Continue)),
            ABORT => ("abort", Some(Turn::Last)),
            _ => return Err(Reason::NotThisProtocol),
        };
        if !elements.rest().is_empty() {
            reading.note(Anomaly::BerTrailingBytes);
        }
        self.turn = turn;
        self.portions(message, &mut row.application_context, reading);
        let is_addressed = match turn {
            None => !self.components.is_empty(),
            Some(Turn::Begin) => self.origin.is_some(),
            Some(Turn::Continue) => self.origin.is_some() && self.destination.is_some(),
            Some(Turn::Last) => self.destination.is_some(),
        };
        if !is_addressed {
            return Err(reading.fault.unwrap_or(Reason::InvalidValue));
        }
        row.message_type = Some(name);
        (row.originating_transaction, row.destination_transaction) = (self.origin, self.destination);
        Ok(())
    }

    fn portions(&mut self, message: Element<'a>, context: &mut ApplicationContext, reading: &mut Reading) {
        let mut last = 0;
        let mut elements = Elements::new(message.content);
        while let Some(element) = elements.next(reading) {
            let rank = match element.tag {
                ORIGINATING_TRANSACTION => 1,
                DESTINATION_TRANSACTION => 2,
                P_ABORT_CAUSE => 3,
                DIALOGUE_PORTION => 4,
                COMPONENT_PORTION => 5,
                _ => {
                    reading.note(Anomaly::TcapUnknownTag);
                    continue;
                }
            };
            if rank <= last {
                reading.note(if rank == last { Anomaly::BerDuplicateElement } else { Anomaly::BerElementOrder });
            }
            last = rank;
            match rank {
                1 => self.origin = transaction(element, reading),
                2 => self.destination = transaction(element, reading),
                3 => self.abort_cause = integer(element, reading),
                4 => self.dialogue.read(element, context, reading),
                _ if self.components.is_empty() => self.components = element.content,
                _ => self.more_components = element.content,
            }
        }
    }
}

/// One to four octets (Q.773 §4.2.1.3); tolerant equipment takes any number.
fn transaction(element: Element<'_>, reading: &mut Reading) -> Option<u64> {
    if !element.complete {
        return None;
    }
    match element.content.len() {
        0 => reading.note(Anomaly::TcapEmptyTransactionId),
        1..=4 => {}
        _ => reading.note(Anomaly::TcapLongTransactionId),
    }
    Some(element.content.iter().fold(0, |value, octet| value << 8 | u64::from(*octet)))
}
