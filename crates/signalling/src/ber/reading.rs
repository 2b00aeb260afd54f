//! What a reading costs, and what it shows beside the values.

use crate::anomaly::{Anomalies, Anomaly};
use crate::budget::MAX_BER_ELEMENTS;
use crate::gap::Reason;

/// What reading one message has cost and shown so far.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    elements: u32,
    /// Differences from a strict reading.
    pub anomalies: Anomalies,
    /// The first thing that could not be read; what came before it stands.
    pub fault: Option<Reason>,
}

impl Default for Reading {
    fn default() -> Self {
        Self { elements: MAX_BER_ELEMENTS, anomalies: Anomalies::default(), fault: None }
    }
}

impl Reading {
    /// Note a difference.
    pub const fn note(&mut self, anomaly: Anomaly) {
        self.anomalies.add(anomaly);
    }

    /// Note what could not be read; the first reason is kept.
    pub const fn fail(&mut self, reason: Reason) {
        if self.fault.is_none() {
            self.fault = Some(reason);
        }
    }

    /// True while another element may be read.
    pub(super) const fn has_budget(&self) -> bool {
        self.elements > 0
    }

    /// Count an element for which there is budget.
    pub(super) const fn count(&mut self) {
        self.elements = self.elements.wrapping_sub(1);
    }

    /// Count an element, or say that there are too many.
    pub(super) const fn spend(&mut self) -> bool {
        let Some(left) = self.elements.checked_sub(1) else {
            self.fail(Reason::TooManyElements);
            return false;
        };
        self.elements = left;
        true
    }
}
