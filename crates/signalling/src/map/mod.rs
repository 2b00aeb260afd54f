//! Mobile application part, TS 29.002 (18.0.0) and its versions 1 and 2: operations as tables, one walk over their arguments.

use crate::anomaly::Anomaly;
use crate::ber::{Element, Reading};
use crate::digits::Digits;
use crate::grammar::{Form, Walk, expose};
use crate::message::{ApplicationContext, Message, Protocol};
use crate::sms::Sender;
use crate::tcap::{Component, Parameter};

mod authentication;
mod call_handling;
pub mod errors;
mod group_calls;
mod handover;
mod information;
pub(crate) mod location;
mod location_services;
mod mobility;
mod operations;
mod radio;
mod short_message;
mod subscription;
mod supplementary;
mod trace;

pub use operations::{operation, operations};

/// Reference point on which an operation runs. Ref: TS 23.002 §6.4.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Interface {
    /// One only.
    Only(&'static str),
    /// The one between the two subsystems.
    OfPeers,
}

/// How an invoke names its subscriber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Not at all, or only perhaps.
    None,
    /// In its argument.
    Argument,
    /// In its argument when it opens the dialogue; later the dialogue knows.
    FirstArgument,
    /// In the destination reference of the dialogue.
    Reference,
}

/// One operation of TS 29.002 §17.5 or of an earlier version.
#[derive(Debug)]
pub struct Operation {
    /// Local code.
    pub code: i64,
    /// Name as the standard writes it.
    pub name: &'static str,
    /// Name in earlier versions, up to this one.
    pub(crate) earlier: Option<(u8, &'static str)>,
    /// First and last version that have it.
    pub versions: (u8, u8),
    /// Application contexts that contain it, as a bit set of their numbers.
    pub(crate) contexts: u64,
    pub(crate) interface: Interface,
    pub(crate) subject: Subject,
    pub(crate) argument: &'static [Form],
    pub(crate) result: &'static [Form],
}

impl Operation {
    /// An operation of all versions whose argument and result hold nothing that is kept.
    pub(crate) const fn new(code: i64, name: &'static str, contexts: &[u32]) -> Self {
        let mut bits = 0;
        let mut rest = contexts;
        while let Some((first, others)) = rest.split_first() {
            bits |= 1 << *first;
            rest = others;
        }
        let interface = Interface::OfPeers;
        let (earlier, versions, subject) = (None, (1, u8::MAX), Subject::None);
        Self { code, name, earlier, versions, contexts: bits, interface, subject, argument: &[], result: &[] }
    }

    pub(crate) const fn on(mut self, interface: &'static str) -> Self {
        self.interface = Interface::Only(interface);
        self
    }

    pub(crate) const fn since(mut self, version: u8) -> Self {
        self.versions.0 = version;
        self
    }

    pub(crate) const fn until(mut self, version: u8) -> Self {
        self.versions.1 = version;
        self
    }

    pub(crate) const fn called_until(mut self, version: u8, name: &'static str) -> Self {
        self.earlier = Some((version, name));
        self
    }

    pub(crate) const fn about(mut self, subject: Subject) -> Self {
        self.subject = subject;
        self
    }

    pub(crate) const fn argument(mut self, forms: &'static [Form]) -> Self {
        self.argument = forms;
        self
    }

    pub(crate) const fn result(mut self, forms: &'static [Form]) -> Self {
        self.result = forms;
        self
    }

    /// True when application context `number` contains it.
    #[must_use]
    pub const fn belongs_to(&self, number: u32) -> bool {
        number < 64 && self.contexts & 1 << number != 0
    }

    /// Its name in `version`.
    #[must_use]
    pub const fn name_in(&self, version: Option<u8>) -> &'static str {
        match (self.earlier, version) {
            (Some((last, name)), Some(version)) if version <= last => name,
            _ => self.name,
        }
    }
}

/// Number and version of a MAP application context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// Its number in TS 29.002 §17.3.3.
    pub number: u32,
    /// Its version.
    pub version: u8,
}

/// {itu-t identified-organization etsi mobileDomain gsm-Network ac-Id number version}; 50 to 52 are CAP's.
#[must_use]
pub fn context(name: &ApplicationContext) -> Option<Context> {
    let ApplicationContext::Object { arcs, count: 8.. } = name else { return None };
    match arcs {
        [0, 4, 0, 0, 1, 0, 50..=52, ..] => None,
        [0, 4, 0, 0, 1, 0, number, version, ..] => Some(Context { number: *number, version: u8::try_from(*version).ok()? }),
        _ => None,
    }
}

/// MAP's own subsystems: MAP, HLR, VLR, MSC, EIR, AuC, GMLC, gsmSCF, SIWF, SGSN, GGSN. Ref: TS 23.003 §8.
#[must_use]
pub const fn is_subsystem(number: u8) -> bool {
    matches!(number, 5..=10 | 145 | 147..=150)
}

/// Read one component into the row.
pub(crate) fn component<'a>(
    parameter: &Parameter<'a>,
    context: Option<Context>,
    version: Option<u8>,
    row: &mut Message<'a>,
    reading: &mut Reading,
) {
    row.protocol = Protocol::Map;
    let operation = parameter.code.and_then(operation);
    let is_invoke = parameter.component == Component::Invoke;
    if is_invoke {
        judge(operation, parameter, context, reading);
    }
    let Some(operation) = operation else {
        self::reference(parameter.reference, row, reading);
        return expose(row);
    };
    row.operation = Some(operation.name_in(version));
    row.interface = interface(operation.interface, row);
    let has_identity = match parameter.component {
        Component::Invoke => argument(operation, parameter, version, row, reading),
        Component::ReturnResult => {
            let sender = if operation.code == 46 { Sender::Centre } else { Sender::Mobile };
            Walk::new(row, reading, false, Some(sender)).parameter(parameter.bytes, operation.result, version);
            true
        }
        Component::ReturnError | Component::Reject => true,
    };
    self::reference(parameter.reference, row, reading);
    let must_have = match operation.subject {
        Subject::None => false,
        Subject::Argument => true,
        Subject::FirstArgument => parameter.is_begin,
        Subject::Reference => parameter.is_begin && version.is_some_and(|version| version > 1),
    };
    if is_invoke && must_have && row.imsi.is_empty() && row.msisdn.is_empty() && row.imei.is_empty() {
        reading.note(if has_identity { Anomaly::MapIdentityTemporary } else { Anomaly::MapIdentityMissing });
    }
    expose(row);
}

/// Walk the argument; true when a temporary identity names the subscriber.
fn argument<'a>(
    operation: &Operation,
    parameter: &Parameter<'a>,
    version: Option<u8>,
    row: &mut Message<'a>,
    reading: &mut Reading,
) -> bool {
    let is_about_subscriber = matches!(operation.subject, Subject::Argument | Subject::FirstArgument);
    // Until the addresses say otherwise: forwardSM carries both directions.
    let sender = if matches!(operation.code, 21 | 44) { Some(Sender::Centre) } else { None };
    let mut walk = Walk::new(row, reading, is_about_subscriber, sender);
    walk.parameter(parameter.bytes, operation.argument, version);
    walk.has_temporary_identity
}

/// An operation where its dialogue does not have it.
fn judge(operation: Option<&Operation>, parameter: &Parameter<'_>, context: Option<Context>, reading: &mut Reading) {
    if matches!(parameter.code, Some(78..=81)) {
        reading.note(Anomaly::MapSecured);
    }
    if let Some(context) = context {
        if !operation.is_some_and(|operation| operation.belongs_to(context.number) && operation.is_in(context.version)) {
            reading.note(Anomaly::TcapOperationOutsideContext);
        }
    } else if parameter.is_begin && operation.is_some_and(|operation| operation.versions.0 > 1) {
        reading.note(Anomaly::TcapMissingApplicationContext);
    }
}

impl Operation {
    const fn is_in(&self, version: u8) -> bool {
        self.versions.0 <= version && version <= self.versions.1
    }
}

/// The destination reference of a MAP-Open names a subscriber by IMSI (plan E.212) or number (TS 29.002 §7.3.1).
pub(crate) fn reference(reference: Option<Element<'_>>, row: &mut Message<'_>, reading: &mut Reading) {
    let Some((form, digits)) = reference.and_then(|reference| reference.content.split_first()) else { return };
    let Some(digits) = Digits::from_tbcd(digits).ok().filter(Digits::is_decimal) else { return reading.note(Anomaly::MapIdentityOdd) };
    let slot = match form & 0x0f {
        6 => &mut row.imsi,
        1 => &mut row.msisdn,
        _ => return,
    };
    if slot.is_empty() {
        *slot = digits;
    } else if *slot != digits {
        reading.note(Anomaly::MapDuplicateIdentity);
    }
    expose(row);
}

fn interface(interface: Interface, row: &Message<'_>) -> Option<&'static str> {
    match interface {
        Interface::Only(name) => Some(name),
        Interface::OfPeers => {
            let (calling, called) = (row.calling.subsystem_number?, row.called.subsystem_number?);
            match (calling.min(called), calling.max(called)) {
                (6, 7) => Some("D"),
                (6, 8) => Some("C"),
                (6, 145) => Some("Lh"),
                (6, 147) => Some("J"),
                (6, 149) => Some("Gr"),
                (6, 150) => Some("Gc"),
                (7, 7) => Some("G"),
                (8, 8) => Some("E"),
                (8, 9) => Some("F"),
                (8, 149) => Some("Gd"),
                (8 | 149, 145) | (145, 149) => Some("Lg"),
                (9, 149) => Some("Gf"),
                _ => None,
            }
        }
    }
}
