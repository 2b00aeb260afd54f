//! Application contexts as text, each written once: ITU-T X.660 object identifiers with dots, or a Diameter application id.

use signalling::message::ApplicationContext;

/// An application context as a key: the number of arcs and the arcs, or an application.
pub(super) type ContextKey = (u8, [u32; 16]);

/// Stands in the place of a number of arcs for a Diameter application.
const APPLICATION: u8 = u8::MAX;

/// The key of an application context, and how to write it.
pub(super) fn context(context: &ApplicationContext) -> Option<(ContextKey, impl FnOnce(&mut Vec<u8>))> {
    let key = match context {
        ApplicationContext::Absent => return None,
        ApplicationContext::Application(application) => {
            let mut arcs = [0; 16];
            if let Some(first) = arcs.first_mut() {
                *first = *application;
            }
            (APPLICATION, arcs)
        }
        ApplicationContext::Object { arcs, count } => (*count, *arcs),
    };
    Some((key, move |out: &mut Vec<u8>| {
        let (count, arcs) = key;
        let count = if count == APPLICATION { 1 } else { usize::from(count) };
        for (position, arc) in arcs.iter().take(count).enumerate() {
            if position > 0 {
                out.push(b'.');
            }
            out.extend_from_slice(arc.to_string().as_bytes());
        }
    }))
}
