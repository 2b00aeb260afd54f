//! Which application a TCAP message belongs to: by its content first, for subsystem numbers may be missing or wrong.

use super::component;
use crate::anomaly::Anomaly;
use crate::ber::Reading;
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
    /// By application context; without one by subsystem numbers; without those by the operation that begins.
    pub(super) fn of(row: &Message<'_>, components: &[u8]) -> Self {
        if row.application_context != ApplicationContext::Absent {
            return match map::context(&row.application_context) {
                Some(context) => Self::Map(Some(context)),
                None => cap::context(&row.application_context).map_or(Self::Other, |context| Self::Cap(Some(context))),
            };
        }
        let numbers = [row.calling.subsystem_number, row.called.subsystem_number];
        let is_unknown = numbers.iter().any(|number| matches!(number, None | Some(0)));
        if numbers.contains(&Some(cap::SUBSYSTEM)) {
            Self::Cap(None)
        } else if numbers.iter().flatten().any(|number| map::is_subsystem(*number))
            || (is_unknown && row.message_type == Some("begin") && component::first_code(components).and_then(map::operation).is_some())
        {
            Self::Map(None)
        } else {
            Self::Other
        }
    }

    /// Note a subsystem number that belongs to another application.
    pub(super) fn note_subsystems(self, row: &Message<'_>, reading: &mut Reading) {
        let mut numbers = [row.calling.subsystem_number, row.called.subsystem_number].into_iter().flatten();
        // SCCP management, ISUP, OMAP, RANAP, RNSAP, PCAP and the base station system are no users of TCAP (TS 23.003 §8, Q.713 §3.4.2.2).
        let is_foreign = |number: u8| matches!(number, 1 | 3 | 4 | 142 | 143 | 249..=254);
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
