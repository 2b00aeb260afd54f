//! What a caller says about a capture: the Diameter dictionary as rows, ports beside the registered ones, a key.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use signalling::diameter::{self, Entry, Field, Kind, Role};
use signalling::message::Exposes;
use signalling::pipeline::Options;

use crate::mask::Mask;

/// Data classes by the names that tables and dictionaries write.
pub(crate) const CLASSES: [(&str, u8); 6] = [
    ("credential", Exposes::CREDENTIAL),
    ("location", Exposes::LOCATION),
    ("sms", Exposes::SMS),
    ("user_traffic", Exposes::USER_TRAFFIC),
    ("identity", Exposes::IDENTITY),
    ("profile", Exposes::PROFILE),
];

type Application = (u32, String);
type Command = (u32, String, Vec<String>, Option<bool>, Option<String>, Option<String>, bool);
type Avp = (u32, u32, String, String, Option<String>, Vec<String>, bool, Option<bool>, Vec<String>, Vec<(u32, String)>);

/// A Diameter dictionary, built once from rows.
#[pyclass(frozen, module = "ipxray_signalling")]
pub(super) struct Dictionary(diameter::Dictionary);

#[pymethods]
impl Dictionary {
    /// Raises `ValueError` with every fault of the rows, a line each.
    #[new]
    #[allow(clippy::needless_pass_by_value, reason = "made of Python's values for this call")]
    fn new(applications: Vec<Application>, commands: Vec<Command>, avps: Vec<Avp>) -> PyResult<Self> {
        let mut faults = Vec::new();
        let mut entries: Vec<Entry<'_>> = Vec::with_capacity(applications.len());
        entries.extend(applications.iter().map(|(id, interface)| Entry::Application { id: *id, interface }));
        entries.extend(commands.iter().map(|row| command(row, &mut faults)));
        entries.extend(avps.iter().filter_map(|row| avp(row, &mut faults)));
        let built = diameter::Dictionary::new(entries.into_iter());
        match built {
            Ok(dictionary) if faults.is_empty() => Ok(Self(dictionary)),
            Ok(_) => Err(PyValueError::new_err(faults)),
            Err(others) => {
                faults.extend(others.iter().map(ToString::to_string));
                Err(PyValueError::new_err(faults))
            }
        }
    }
}

fn command<'t>(row: &'t Command, faults: &mut Vec<String>) -> Entry<'t> {
    let (code, name, applications, is_proxiable, origin, destination, is_about_subscriber) = row;
    let mut role = |text: &Option<String>| {
        let text = text.as_deref()?;
        let found = Role::named(text);
        if found.is_none() {
            faults.push(format!("command {name}: no node is called {text}"));
        }
        found
    };
    let (origin, destination) = (role(origin), role(destination));
    let applications = applications.iter().map(String::as_str).collect();
    let is_about_subscriber = *is_about_subscriber;
    Entry::Command { code: *code, name, applications, is_proxiable: *is_proxiable, origin, destination, is_about_subscriber }
}

fn avp<'t>(row: &'t Avp, faults: &mut Vec<String>) -> Option<Entry<'t>> {
    let (code, vendor, name, kind, field, classes, is_single, is_mandatory, holds, values) = row;
    let mut unknown = |what: &str, text: &str| faults.push(format!("AVP {name}: no {what} is called {text}"));
    let mut exposes = Exposes::default();
    for class in classes {
        match CLASSES.iter().find(|(known, _)| known == class) {
            Some((_, bit)) => exposes.add(*bit),
            None => unknown("data class", class),
        }
    }
    let field = field.as_deref().and_then(|text| {
        let found = Field::named(text);
        if found.is_none() {
            unknown("field", text);
        }
        found
    });
    let Some(kind) = Kind::named(kind) else {
        unknown("type", kind);
        return None;
    };
    let values = values.iter().map(|(number, text)| (*number, text.as_str())).collect();
    let holds = holds.iter().map(String::as_str).collect();
    let (code, vendor, is_single, is_mandatory) = (*code, *vendor, *is_single, *is_mandatory);
    Some(Entry::Avp { code, vendor, name, kind, field, exposes, is_single, is_mandatory, holds, values })
}

/// Options of the decoder. Raises `ValueError` for a protocol that has no ports.
pub(super) fn options(dictionary: Option<&Bound<'_, Dictionary>>, ports: Option<&Bound<'_, PyDict>>) -> PyResult<Options> {
    let mut options = Options { dictionary: dictionary.map(|dictionary| dictionary.get().0.clone()), ..Options::default() };
    for (name, value) in ports.into_iter().flatten() {
        let name: String = name.extract()?;
        let known = match name.as_str() {
            "diameter" => &mut options.ports.diameter,
            "http2" => &mut options.ports.http2,
            "gtp_control" => &mut options.ports.gtp_control,
            "gtp_user" => &mut options.ports.gtp_user,
            "m2ua" => &mut options.ports.m2ua,
            "m3ua" => &mut options.ports.m3ua,
            "m2pa" => &mut options.ports.m2pa,
            "sua" => &mut options.ports.sua,
            "pfcp" => &mut options.ports.pfcp,
            _ => return Err(PyValueError::new_err(format!("no protocol with ports is called {name}"))),
        };
        known.extend(value.extract::<Vec<u16>>()?);
    }
    Ok(options)
}

/// The key of the pseudonyms. Raises `ValueError` for one that is too short or too long.
pub(super) fn masking(key: Option<Vec<u8>>) -> PyResult<Option<Mask>> {
    key.map(|key| Mask::new(&key).ok_or_else(|| PyValueError::new_err("a key has 16 to 64 bytes"))).transpose()
}
