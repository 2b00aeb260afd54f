//! A Diameter dictionary, built once from rows and then only looked into.

use core::num::NonZeroU8;
use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::entries::{Entry, Field, Kind, Role};
use super::table::Table;
use crate::hashing::FastMap;
use crate::message::Exposes;

mod fault;

pub use fault::Fault;

/// AVPs of which a message may be told to carry at most one; the dictionary that ships names 112.
pub(super) const MAX_SINGLE: usize = 255;

/// Stands for «any application» and «some other application» among the keys; no application has these ids.
const ANY: u32 = 0xffff_fffe;
const ELSEWHERE: u32 = 0xffff_fffd;

/// What a decoder knows of an AVP, in eight octets: the whole dictionary then stays in the nearest cache.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub kind: Kind,
    pub field: Option<Field>,
    pub exposes: Exposes,
    /// Its place among those that may stand once.
    pub single: Option<NonZeroU8>,
    pub is_mandatory: Option<bool>,
    /// How many AVPs feed from inside.
    feeding: u8,
    /// Where the keys of those begin.
    feeds: u16,
}

/// What a decoder knows of a command.
#[derive(Clone, Copy, Debug)]
pub(super) struct Command {
    pub name: &'static str,
    pub is_proxiable: Option<bool>,
    pub origin: Option<Role>,
    pub destination: Option<Role>,
    pub is_about_subscriber: bool,
}

impl Command {
    /// Who sends its request, or its answer.
    pub const fn sender(self, is_request: bool) -> Option<Role> {
        if is_request { self.origin } else { self.destination }
    }
}

/// Applications, commands and AVPs that a decoder knows.
#[derive(Clone, Debug)]
pub struct Dictionary {
    avps: Table<Rule>,
    commands: Table<Command>,
    applications: Table<&'static str>,
    feeds: Vec<u64>,
    values: FastMap<(u64, u32), &'static str>,
}

/// The key of an AVP: vendor above, code below.
#[inline]
pub(super) const fn key(vendor: u32, code: u32) -> u64 {
    pair(vendor, code)
}

#[allow(clippy::as_conversions, reason = "widening, where From is not const")]
const fn pair(high: u32, low: u32) -> u64 {
    (high as u64) << 32 | low as u64
}

impl Dictionary {
    /// Build from rows in any order; every fault is told, not only the first.
    pub fn new<'t>(entries: impl Iterator<Item = Entry<'t>>) -> Result<Self, Vec<Fault>> {
        let entries: Vec<Entry<'t>> = entries.collect();
        let mut builder = Builder::default();
        for entry in &entries {
            builder.name(entry);
        }
        for entry in &entries {
            builder.define(entry);
        }
        builder.finish()
    }

    /// What is known of an AVP.
    #[inline]
    pub(super) fn avp(&self, key: u64) -> Option<Rule> {
        self.avps.get(key)
    }

    /// True when `key` is of the IETF and unknown, but known with a vendor: the V flag was left away.
    pub(super) fn lacks_vendor(&self, code: u32) -> bool {
        // Below 1000 the IETF has codes of its own that no dictionary need know.
        code >= 1_000 && self.avp(key(10_415, code)).is_some()
    }

    /// True when the AVP of `key` feeds from inside the group of `holder`.
    #[inline]
    pub(super) fn feeds_from(&self, holder: Rule, key: u64) -> bool {
        let (count, start) = (usize::from(holder.feeding), usize::from(holder.feeds));
        self.feeds.get(start..start.saturating_add(count)).is_some_and(|inside| inside.contains(&key))
    }

    /// The interface of an application.
    #[must_use]
    pub fn interface(&self, application: u32) -> Option<&'static str> {
        self.applications.get(u64::from(application))
    }

    /// What is known of a command, and whether it belongs to the application.
    pub(super) fn command(&self, application: u32, code: u32) -> (Option<Command>, bool) {
        let known = self.commands.get(pair(application, code)).or_else(|| self.commands.get(pair(ANY, code)));
        if known.is_some() {
            return (known, true);
        }
        // Of an application that nobody described, nobody can say what belongs to it.
        (self.commands.get(pair(ELSEWHERE, code)), self.interface(application).is_none())
    }

    /// True when anything inside the group of `holder` says something to the table.
    #[inline]
    pub(super) const fn feeds_at_all(holder: Rule) -> bool {
        holder.feeding != 0
    }

    /// The name of a value of an enumeration.
    pub(super) fn value(&self, key: u64, number: u32) -> Option<&'static str> {
        self.values.get(&(key, number)).copied()
    }
}

#[derive(Default)]
struct Builder<'t> {
    applications: HashMap<&'t str, u32>,
    names: HashMap<&'t str, u64>,
    avps: Vec<(u64, Rule)>,
    commands: Vec<(u64, Command)>,
    seen: HashSet<(bool, u64)>,
    single: usize,
    feeds: Vec<u64>,
    values: FastMap<(u64, u32), &'static str>,
    faults: Vec<Fault>,
}

impl<'t> Builder<'t> {
    /// First pass: what others may name.
    fn name(&mut self, entry: &Entry<'t>) {
        match entry {
            Entry::Application { id, interface } => {
                let is_repeated = self.applications.values().any(|known| known == id);
                if self.applications.insert(interface, *id).is_some() || is_repeated {
                    self.faults.push(Fault::RepeatedApplication((*interface).to_owned()));
                }
            }
            Entry::Avp { code, vendor, name, .. } => {
                let key = key(*vendor, *code);
                let is_new = self.seen.insert((true, key));
                if self.names.insert(name, key).is_some() || !is_new {
                    self.faults.push(Fault::RepeatedAvp((*name).to_owned()));
                }
            }
            Entry::Command { .. } => {}
        }
    }

    /// Second pass: the rows themselves.
    fn define(&mut self, entry: &Entry<'t>) {
        match entry {
            Entry::Application { .. } => {}
            Entry::Command { code, name, applications, is_proxiable, origin, destination, is_about_subscriber } => {
                let (is_proxiable, origin, destination) = (*is_proxiable, *origin, *destination);
                let command =
                    Command { name: interned(name), is_proxiable, origin, destination, is_about_subscriber: *is_about_subscriber };
                let mut ids = if applications.is_empty() { vec![ANY] } else { Vec::new() };
                for application in applications {
                    match self.applications.get(application) {
                        Some(id) => ids.push(*id),
                        None => self
                            .faults
                            .push(Fault::UnknownApplication { command: (*name).to_owned(), application: (*application).to_owned() }),
                    }
                }
                for id in ids {
                    if !self.seen.insert((false, pair(id, *code))) {
                        self.faults.push(Fault::RepeatedCommand((*name).to_owned()));
                    }
                    self.commands.push((pair(id, *code), command));
                }
                if self.seen.insert((false, pair(ELSEWHERE, *code))) {
                    self.commands.push((pair(ELSEWHERE, *code), command));
                }
            }
            Entry::Avp { code, vendor, name, kind, field, exposes, is_single, is_mandatory, holds, values } => {
                let key = key(*vendor, *code);
                let (feeding, feeds) = self.feeding(name, holds);
                let single = if *is_single { self.next_single(name) } else { None };
                for (number, value) in values {
                    self.values.insert((key, *number), interned(value));
                }
                let rule = Rule { kind: *kind, field: *field, exposes: *exposes, single, is_mandatory: *is_mandatory, feeding, feeds };
                self.avps.push((key, rule));
            }
        }
    }

    fn feeding(&mut self, group: &str, holds: &[&'t str]) -> (u8, u16) {
        let start = self.feeds.len();
        for name in holds {
            match self.names.get(name) {
                Some(key) => self.feeds.push(*key),
                None => self.faults.push(Fault::UnknownAvp { group: group.to_owned(), avp: (*name).to_owned() }),
            }
        }
        if let (Ok(count), Ok(start)) = (u8::try_from(self.feeds.len().saturating_sub(start)), u16::try_from(start)) {
            return (count, start);
        }
        self.faults.push(Fault::TooManyHeld(group.to_owned()));
        (0, 0)
    }

    fn next_single(&mut self, name: &str) -> Option<NonZeroU8> {
        self.single = self.single.saturating_add(1);
        let place = u8::try_from(self.single).ok().and_then(NonZeroU8::new);
        if place.is_none() {
            self.faults.push(Fault::TooManySingle(name.to_owned()));
        }
        place
    }

    fn finish(self) -> Result<Dictionary, Vec<Fault>> {
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        let applications: Vec<(u64, &'static str)> =
            self.applications.iter().map(|(interface, id)| (u64::from(*id), interned(interface))).collect();
        Ok(Dictionary {
            avps: Table::new(&self.avps),
            commands: Table::new(&self.commands),
            applications: Table::new(&applications),
            feeds: self.feeds,
            values: self.values,
        })
    }
}

/// The same text for the life of the process: rows name operations by it without a copy. Equal names are kept once, so building
/// the same dictionary again costs nothing.
fn interned(name: &str) -> &'static str {
    static NAMES: OnceLock<Mutex<HashSet<&'static str>>> = OnceLock::new();
    let mut names = NAMES.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let kept: &'static str = String::leak(name.to_owned());
    names.insert(kept);
    kept
}
