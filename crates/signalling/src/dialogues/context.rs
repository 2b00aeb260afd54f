//! Application contexts as open dialogues keep them.

use crate::message::ApplicationContext;

/// An application context in sixteen octets: arcs of registered ones are small.
#[derive(Clone, Debug, Default)]
pub(super) enum Context {
    #[default]
    Absent,
    Short([u8; 12], u8),
    Long(Box<ApplicationContext>),
}

impl From<&ApplicationContext> for Context {
    fn from(context: &ApplicationContext) -> Self {
        let ApplicationContext::Object { arcs, count } = context else { return Self::Absent };
        let mut short = [0_u8; 12];
        let kept = arcs.get(..usize::from(*count)).unwrap_or_default();
        if kept.len() > short.len() || kept.iter().any(|arc| *arc > 255) {
            return Self::Long(Box::new(*context));
        }
        for (slot, arc) in short.iter_mut().zip(kept) {
            *slot = u8::try_from(*arc).unwrap_or(0);
        }
        Self::Short(short, *count)
    }
}

impl From<&Context> for ApplicationContext {
    fn from(context: &Context) -> Self {
        match context {
            Context::Absent => Self::Absent,
            Context::Long(context) => **context,
            Context::Short(short, count) => {
                let mut arcs = [0; 16];
                for (slot, arc) in arcs.iter_mut().zip(short) {
                    *slot = u32::from(*arc);
                }
                Self::Object { arcs, count: *count }
            }
        }
    }
}
