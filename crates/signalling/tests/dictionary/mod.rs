//! The shipped dictionary for tests and examples. The crate itself reads no files: this reads the one layout that
//! `diameter.toml` has, one row a line.
#![allow(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a test stops at its first fault")]
#![allow(dead_code, reason = "not every user needs all of it")]

pub mod build;

use signalling::diameter::{Dictionary, Entry, Field, Kind, Role};
use signalling::message::Exposes;

const SHIPPED: &str = include_str!("../../../../src/ipxray/data/diameter.toml");

pub fn shipped() -> Dictionary {
    Dictionary::new(entries(SHIPPED).into_iter()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

pub fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut table = "";
    let mut entries = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        if let Some(name) = line.strip_suffix(" = [") {
            table = name;
        } else if let Some(row) = line.strip_prefix("{ ").and_then(|row| row.strip_suffix(" },")) {
            entries.push(entry(table, &pairs(row)));
        }
    }
    entries
}

/// `name = value` of one inline table; commas inside brackets, braces and quotes do not part.
fn pairs(row: &str) -> Vec<(&str, &str)> {
    let (mut depth, mut is_quoted, mut start, mut parts) = (0_i32, false, 0_usize, Vec::new());
    for (position, sign) in row.char_indices() {
        match sign {
            '"' => is_quoted = !is_quoted,
            '[' | '{' if !is_quoted => depth = depth.saturating_add(1),
            ']' | '}' if !is_quoted => depth = depth.saturating_sub(1),
            ',' if depth == 0 && !is_quoted => {
                parts.push(row.get(start..position).unwrap());
                start = position.saturating_add(1);
            }
            _ => {}
        }
    }
    parts.push(row.get(start..).unwrap());
    parts.iter().map(|part| part.split_once(" = ").map(|(name, value)| (name.trim(), value.trim())).unwrap()).collect()
}

fn list(value: &str) -> Vec<&str> {
    let inside = value.trim_matches(['[', ']', '{', '}', ' ']);
    inside.split(", ").filter(|part| !part.is_empty()).map(|part| part.trim_matches('"')).collect()
}

fn entry<'t>(table: &str, row: &[(&'t str, &'t str)]) -> Entry<'t> {
    let find = |name: &str| row.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    let text = |name: &str| find(name).map(|value| value.trim_matches('"'));
    let number = |name: &str| find(name).map(|value| value.parse::<u32>().unwrap());
    let truth = |name: &str| find(name).map(|value| value == "true");
    match table {
        "application" => Entry::Application { id: number("id").unwrap(), interface: text("interface").unwrap() },
        "command" => Entry::Command {
            code: number("code").unwrap(),
            name: text("name").unwrap(),
            applications: find("applications").map(list).unwrap_or_default(),
            is_proxiable: truth("proxiable"),
            origin: text("origin").map(|name| Role::named(name).unwrap()),
            destination: text("destination").map(|name| Role::named(name).unwrap()),
            is_about_subscriber: truth("about_subscriber").unwrap_or(false),
        },
        "avp" => Entry::Avp {
            code: number("code").unwrap(),
            vendor: number("vendor").unwrap_or(0),
            name: text("name").unwrap(),
            kind: Kind::named(text("type").unwrap()).unwrap(),
            field: text("field").map(|name| Field::named(name).unwrap_or_else(|| panic!("no field {name}"))),
            exposes: exposes(find("exposes")),
            is_single: truth("once").unwrap_or(false),
            is_mandatory: truth("mandatory"),
            holds: find("holds").map(list).unwrap_or_default(),
            values: find("values").map(values).unwrap_or_default(),
        },
        other => panic!("a row in {other}"),
    }
}

fn values(value: &str) -> Vec<(u32, &str)> {
    value
        .trim_matches(['{', '}', ' '])
        .split(", ")
        .map(|part| part.split_once(" = ").map(|(number, name)| (number.parse().unwrap(), name.trim_matches('"'))).unwrap())
        .collect()
}

fn exposes(value: Option<&str>) -> Exposes {
    let mut exposes = Exposes::default();
    for name in value.map(list).unwrap_or_default() {
        exposes.add(match name {
            "credential" => Exposes::CREDENTIAL,
            "location" => Exposes::LOCATION,
            "sms" => Exposes::SMS,
            "user_traffic" => Exposes::USER_TRAFFIC,
            "identity" => Exposes::IDENTITY,
            "profile" => Exposes::PROFILE,
            other => panic!("no data class {other}"),
        });
    }
    exposes
}
