//! Components, ITU-T Q.773 (06/97) §3.2 and §4.2.2.

use crate::anomaly::Anomaly;
use crate::ber::{Element, Elements, Reading, Tag, integer, object};
use crate::budget::MAX_COMPONENTS;
use crate::gap::Reason;

/// What a component is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Component {
    /// A question.
    Invoke,
    /// Its answer, or a part of it.
    ReturnResult,
    /// Its refusal.
    ReturnError,
    /// A component that was not understood.
    Reject,
}

impl Component {
    pub(super) const fn of(tag: Tag) -> Option<Self> {
        match tag.context_number() {
            Some(1) => Some(Self::Invoke),
            Some(2 | 7) => Some(Self::ReturnResult),
            Some(3) => Some(Self::ReturnError),
            Some(4) => Some(Self::Reject),
            _ => None,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Invoke => "invoke",
            Self::ReturnResult => "return_result",
            Self::ReturnError => "return_error",
            Self::Reject => "reject",
        }
    }
}

/// What a component has before its parameter; the code is that of an operation, an error or a problem.
#[derive(Default)]
pub(super) struct Header<'a> {
    pub(super) invoke_id: Option<i64>,
    pub(super) linked_id: Option<i64>,
    pub(super) code: Option<i64>,
    pub(super) parameter: &'a [u8],
}

/// What a component portion holds, seen before it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Survey {
    pub(super) components: u32,
    pub(super) invokes: u32,
}

impl Survey {
    /// Count another portion.
    pub(super) const fn add(&mut self, other: Self) {
        self.components = self.components.saturating_add(other.components);
        self.invokes = self.invokes.saturating_add(other.invokes);
    }
}

/// Count the components.
pub(super) fn survey(components: &[u8], reading: &mut Reading) -> Survey {
    let mut survey = Survey::default();
    let mut elements = Elements::new(components);
    // Nearly always there is one.
    if let Some(element) = elements.next(reading)
        && elements.rest().is_empty()
        && let Some(component) = Component::of(element.tag)
    {
        return Survey { components: 1, invokes: u32::from(component == Component::Invoke) };
    }
    elements = Elements::new(components);
    while let Some(element) = elements.next(reading) {
        let Some(component) = Component::of(element.tag) else {
            reading.note(Anomaly::TcapUnknownTag);
            continue;
        };
        if survey.components == MAX_COMPONENTS {
            reading.fail(Reason::TooManyElements);
            break;
        }
        survey.components = survey.components.saturating_add(1);
        survey.invokes = survey.invokes.saturating_add(u32::from(component == Component::Invoke));
    }
    survey
}

/// The code of the first component.
pub(super) fn first_code(components: &[u8]) -> Option<i64> {
    let mut reading = Reading::default();
    let element = Elements::new(components).next(&mut reading)?;
    header(Component::of(element.tag)?, element.content, &mut reading).code
}

/// Read what stands before the parameter.
pub(super) fn header<'a>(component: Component, content: &'a [u8], reading: &mut Reading) -> Header<'a> {
    usual(component, content).unwrap_or_else(|| unusual(component, content, reading))
}

/// The header as equipment writes it: one octet for the invoke id and one for the code.
fn usual(component: Component, content: &[u8]) -> Option<Header<'_>> {
    let (id, code, parameter) = match (component, content) {
        (Component::Invoke | Component::ReturnError, [2, 1, id, 2, 1, code, parameter @ ..]) => (id, Some(code), parameter),
        (Component::ReturnResult, [2, 1, id]) => (id, None, &[][..]),
        (Component::ReturnResult, [2, 1, id, 0x30, length, rest @ ..]) if *length < 0x80 && usize::from(*length) == rest.len() => {
            match rest {
                [2, 1, code, parameter @ ..] => (id, Some(code), parameter),
                _ => return None,
            }
        }
        _ => return None,
    };
    let value = |octet: &u8| i64::from(octet.cast_signed());
    Some(Header { invoke_id: Some(value(id)), linked_id: None, code: code.map(value), parameter })
}

fn unusual<'a>(component: Component, content: &'a [u8], reading: &mut Reading) -> Header<'a> {
    let mut header = Header::default();
    let mut elements = Elements::new(content);
    let Some(first) = elements.next(reading) else { return header };
    if first.tag == Tag::INTEGER {
        header.invoke_id = integer(first, reading);
        if first.content.len() > 1 || header.invoke_id.is_some_and(|id| !(-128..=127).contains(&id)) {
            reading.note(Anomaly::TcapInvokeIdRange);
        }
    } else if component != Component::Reject || first.tag != Tag::NULL {
        reading.note(Anomaly::TcapUnknownTag);
    }
    while let Some(element) = elements.next(reading) {
        match (component, element.tag) {
            (Component::Invoke, tag) if tag == Tag::context(0) => {
                header.linked_id = integer(element, reading);
                continue;
            }
            (Component::ReturnResult, Tag::SEQUENCE) => {
                if !elements.rest().is_empty() {
                    reading.note(Anomaly::BerTrailingBytes);
                }
                elements = Elements::new(element.content);
                continue;
            }
            (Component::Reject, tag) => {
                let kind = tag.context_number().filter(|kind| *kind < 4);
                header.code = kind.zip(integer(element, reading)).map(|(kind, code)| (i64::from(kind) << 8) | (code & 0xff));
            }
            _ => header.code = code(element, reading),
        }
        break;
    }
    header.parameter = elements.rest();
    header
}

/// A local code, or the last arc of a global one: that is how an element that ignores the difference would read it.
fn code(element: Element<'_>, reading: &mut Reading) -> Option<i64> {
    match element.tag {
        Tag::INTEGER => integer(element, reading),
        Tag::OBJECT if element.complete => {
            reading.note(Anomaly::TcapGlobalOperationCode);
            let (arcs, count) = object(element.content);
            arcs.get(..usize::from(count))?.last().copied().map(i64::from)
        }
        _ => {
            reading.note(Anomaly::TcapUnknownTag);
            None
        }
    }
}
