//! CAMEL application part, TS 29.078 (17.0.0) with phases 1 to 4: operations as tables, the walk of MAP over their arguments.

use crate::anomaly::Anomaly;
use crate::ber::Reading;
use crate::digits::Digits;
use crate::grammar::{Form, Walk, expose};
use crate::message::{ApplicationContext, Message, Protocol};
use crate::tcap::{Component, Parameter};

mod call;
mod operations;
mod packet;
mod short_message;

pub use operations::{operation, operations};

/// Subsystem number of CAP (TS 23.003 §8).
pub const SUBSYSTEM: u8 = 146;

/// Which dialogues have an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Calls, with the specialised resource function.
    Call,
    /// Short messages, from phase 3.
    ShortMessage,
    /// Packet sessions, from phase 3.
    Packet,
}

/// One operation of TS 29.078.
#[derive(Debug)]
pub struct Operation {
    /// Local code.
    pub code: i64,
    /// Name as the standard writes it.
    pub name: &'static str,
    /// First phase that has it.
    pub phase: u8,
    /// Dialogues that have it.
    pub family: Family,
    pub(crate) is_about_subscriber: bool,
    pub(crate) argument: &'static [Form],
}

impl Operation {
    pub(crate) const fn new(code: i64, name: &'static str, phase: u8, family: Family) -> Self {
        Self { code, name, phase, family, is_about_subscriber: false, argument: &[] }
    }

    pub(crate) const fn argument(mut self, forms: &'static [Form]) -> Self {
        self.argument = forms;
        self
    }

    pub(crate) const fn about_subscriber(mut self) -> Self {
        self.is_about_subscriber = true;
        self
    }
}

/// Phase and family of a CAP application context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// CAMEL phase.
    pub phase: u8,
    /// What it is for.
    pub family: Family,
}

/// Phases 1 and 2 are registered beside MAP; 3 and 4 below umts-Network (TS 29.078 §5.7).
#[must_use]
pub fn context(name: &ApplicationContext) -> Option<Context> {
    let ApplicationContext::Object { arcs, count: 8.. } = name else { return None };
    let (phase, last) = match arcs {
        [0, 4, 0, 0, 1, 0, 50..=52, version @ 0..=3, ..] => (u8::try_from(*version).ok()?.saturating_add(1), 4),
        [0, 4, 0, 0, 1, 20 | 21, 3, last, ..] => (3, *last),
        [0, 4, 0, 0, 1, 22 | 23, 3, last, ..] => (4, *last),
        _ => return None,
    };
    let family = match last {
        50 | 51 => Family::Packet,
        61 => Family::ShortMessage,
        _ => Family::Call,
    };
    Some(Context { phase, family })
}

/// Read one component into the row.
pub(crate) fn component<'a>(parameter: &Parameter<'a>, context: Option<Context>, row: &mut Message<'a>, reading: &mut Reading) {
    row.protocol = Protocol::Cap;
    let operation = parameter.code.and_then(operation);
    if parameter.component == Component::Invoke {
        judge(operation, parameter, context, reading);
    }
    let Some(operation) = operation else { return };
    row.operation = Some(operation.name);
    if operation.family == Family::Packet {
        row.interface = Some("Ge");
    }
    if parameter.component != Component::Invoke {
        return;
    }
    let mut walk = Walk::new(row, reading, operation.is_about_subscriber, None);
    walk.parameter(parameter.bytes, operation.argument, None);
    let (event, called, calling, redirecting) = (walk.event, walk.called, walk.calling, walk.redirecting);
    if operation.family == Family::ShortMessage {
        short_message::parties(event, called, calling, row);
    } else if operation.code == 0 && row.msisdn.is_empty() {
        row.msisdn = subscriber(event, called, calling, redirecting);
    }
    if operation.is_about_subscriber && row.imsi.is_empty() && row.msisdn.is_empty() {
        reading.note(Anomaly::MapIdentityMissing);
    }
    expose(row);
}

/// Whose number the subscriber's is: called at a terminating detection point (12 to 18, 27 to 29), else redirecting, else calling.
fn subscriber(event: Option<i64>, called: Digits, calling: Digits, redirecting: Digits) -> Digits {
    match event {
        Some(12..=18 | 27..=29) => called,
        _ if !redirecting.is_empty() => redirecting,
        Some(_) => calling,
        None => Digits::default(),
    }
}

fn judge(operation: Option<&Operation>, parameter: &Parameter<'_>, context: Option<Context>, reading: &mut Reading) {
    match context {
        Some(context) => {
            let belongs = operation.is_some_and(|operation| operation.family == context.family && operation.phase <= context.phase);
            if !belongs {
                reading.note(Anomaly::TcapOperationOutsideContext);
            }
        }
        None if parameter.is_begin => reading.note(Anomaly::TcapMissingApplicationContext),
        None => {}
    }
}
