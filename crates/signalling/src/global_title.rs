//! Party addresses and their global titles, ITU-T Q.713 (03/2001) §3.4 and §3.5; ANSI T1.112.3 where the national bit says so.

use crate::anomaly::{Anomalies, Anomaly};
use crate::bytes::Reader;
use crate::digits::Digits;
use crate::gap::Reason;
use crate::message::PartyAddress;
use crate::mtp3::{Variant, u24_le};

/// E.164, E.212 and E.214 all stop at fifteen digits.
const MOST_DIGITS: usize = 15;

/// Whose address it is: a calling party may be withheld, a called party may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    Called,
    Calling,
}

/// The order of the parts behind the address indicator.
#[derive(Clone, Copy)]
enum Layout {
    Itu { code_octets: usize },
    Ansi,
}

/// Read an address as a tolerant element does: what cannot be read is left out, and `anomalies` say so.
pub(crate) fn address(bytes: &[u8], party: Party, variant: Option<Variant>, anomalies: &mut Anomalies) -> PartyAddress {
    let Some((&indicator, rest)) = bytes.split_first() else {
        anomalies.add(Anomaly::SccpAddressTruncated);
        return PartyAddress::default();
    };
    // §3.5: a calling party that does not identify itself is an indicator of zeros.
    if party == Party::Calling && matches!(indicator, 0 | 0x80) {
        if !rest.is_empty() {
            anomalies.add(Anomaly::SccpAddressTrailing);
        }
        return PartyAddress::default();
    }
    let mut found = Anomalies::default();
    let mut read = PartyAddress::default();
    let mut outcome = fill(indicator, rest, layout(indicator, rest, variant), &mut read, &mut found);
    // The bit is "reserved for national use": some ITU networks set it and keep the ITU order.
    if outcome.is_err() && indicator & 0x80 != 0 {
        let (mut again, mut other) = (PartyAddress::default(), Anomalies::default());
        if fill(indicator, rest, Layout::Itu { code_octets: 2 }, &mut again, &mut other).is_ok() {
            (read, found, outcome) = (again, other, Ok(()));
        }
    }
    if outcome.is_err() {
        found.add(Anomaly::SccpAddressTruncated);
    }
    anomalies.merge(found);
    anomalies.merge(routing(indicator, party, &read));
    read
}

/// What the routing indicator and the parts present say against each other.
fn routing(indicator: u8, party: Party, address: &PartyAddress) -> Anomalies {
    let mut anomalies = Anomalies::default();
    let by_subsystem = indicator & 0x40 != 0;
    let has_title = indicator >> 2 & 0x0f != 0;
    if by_subsystem == has_title {
        anomalies.add(Anomaly::SccpRoutingContradiction);
    }
    match address.subsystem_number {
        None | Some(0) if by_subsystem => anomalies.add(Anomaly::SccpMissingSubsystem),
        None | Some(0) if party == Party::Called => anomalies.add(Anomaly::SccpSubsystemUnknown),
        // §3.4.2.2: reserved by ITU-T, reserved for international allocation, reserved for expansion.
        Some(2 | 12 | 15..=31 | 255) => anomalies.add(Anomaly::SccpReservedSubsystem),
        _ => {}
    }
    anomalies
}

/// ANSI has title indicators 0 to 2 only; the width of an ITU point code is what its network says, or else what makes the rest fit.
fn layout(indicator: u8, parts: &[u8], variant: Option<Variant>) -> Layout {
    let title = indicator >> 2 & 0x0f;
    if indicator & 0x80 != 0 && title <= 2 {
        return Layout::Ansi;
    }
    let subsystem = usize::from(indicator >> 1 & 1);
    let code_octets = match variant {
        Some(Variant::China) => 3,
        Some(_) => 2,
        None if indicator & 1 == 0 => 2,
        None if title == 0 => {
            if parts.len() == subsystem.saturating_add(3) {
                3
            } else {
                2
            }
        }
        None => {
            let fits = |octets: usize| parts.get(octets.saturating_add(subsystem)..).is_some_and(|rest| is_plausible(title, rest));
            if !fits(2) && fits(3) { 3 } else { 2 }
        }
    };
    Layout::Itu { code_octets }
}

fn is_plausible(title: u8, bytes: &[u8]) -> bool {
    let (scheme, nature) = match (title, bytes) {
        (3, [_, scheme, ..]) => (*scheme, 4),
        (4, [_, scheme, nature, ..]) => (*scheme, *nature),
        (3 | 4, _) => return false,
        _ => return true,
    };
    matches!(scheme >> 4, 1..=7 | 14) && matches!(scheme & 0x0f, 1 | 2) && nature & 0x7f <= 4
}

fn fill(indicator: u8, parts: &[u8], layout: Layout, address: &mut PartyAddress, anomalies: &mut Anomalies) -> Result<(), Reason> {
    let mut reader = Reader::new(parts);
    match layout {
        Layout::Itu { code_octets } => {
            if indicator & 1 != 0 {
                let code = if code_octets == 3 { u24_le(&mut reader)? } else { u32::from(reader.u16_le()?) };
                address.point_code = Some(code);
            }
            if indicator & 2 != 0 {
                address.subsystem_number = Some(reader.u8()?);
            }
        }
        Layout::Ansi => {
            if indicator & 1 != 0 {
                address.subsystem_number = Some(reader.u8()?);
            }
            if indicator & 2 != 0 {
                address.point_code = Some(u24_le(&mut reader)?);
            }
        }
    }
    let parity = match (indicator >> 2 & 0x0f, layout) {
        (0, _) => {
            if !reader.is_empty() {
                anomalies.add(Anomaly::SccpAddressTrailing);
            }
            return Ok(());
        }
        (1, Layout::Itu { .. }) => {
            let nature = reader.u8()?;
            address.nature_of_address = Some(self::nature(nature & 0x7f, anomalies));
            if nature & 0x80 == 0 { Parity::Even } else { Parity::Odd }
        }
        (2, _) => {
            address.translation_type = Some(reader.u8()?);
            Parity::Unsaid
        }
        (1, Layout::Ansi) | (3, _) => {
            address.translation_type = Some(reader.u8()?);
            plan_and_scheme(reader.u8()?, address, anomalies)
        }
        (4, _) => {
            address.translation_type = Some(reader.u8()?);
            let parity = plan_and_scheme(reader.u8()?, address, anomalies);
            address.nature_of_address = Some(self::nature(reader.u8()?, anomalies));
            parity
        }
        _ => {
            anomalies.add(Anomaly::SccpUnknownIndicator);
            return Ok(());
        }
    };
    if reader.is_empty() {
        return Err(Reason::Truncated);
    }
    address.global_title = digits(reader.rest(), parity, anomalies);
    Ok(())
}

/// §3.4.2.3.1: 0 to 4 are assigned, 112 to 126 are national, bit 8 is spare.
fn nature(octet: u8, anomalies: &mut Anomalies) -> u8 {
    if matches!(octet, 5..=111 | 127..) {
        anomalies.add(Anomaly::SccpUnknownNature);
    }
    octet & 0x7f
}

fn plan_and_scheme(octet: u8, address: &mut PartyAddress, anomalies: &mut Anomalies) -> Parity {
    let plan = octet >> 4;
    address.numbering_plan = Some(plan);
    if matches!(plan, 8..=13 | 15) {
        anomalies.add(Anomaly::SccpUnknownPlan);
    }
    match octet & 0x0f {
        1 => Parity::Odd,
        2 => Parity::Even,
        0 => Parity::Unsaid,
        _ => {
            anomalies.add(Anomaly::SccpUnknownPlan);
            Parity::Unsaid
        }
    }
}

/// What an address says about the number of its digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parity {
    Odd,
    Even,
    Unsaid,
}

/// §3.4.2.3: the encoding scheme, not the length, says whether the last semi-octet is a digit. A filler where it says digit is dropped.
pub(crate) fn digits(bytes: &[u8], parity: Parity, anomalies: &mut Anomalies) -> Digits {
    let all = bytes.len().saturating_mul(2);
    let last = bytes.last().map_or(0, |octet| octet >> 4);
    let count = match (parity, last) {
        (Parity::Odd, 0 | 0x0f) | (Parity::Unsaid, 0x0f) => all.saturating_sub(1),
        (Parity::Even | Parity::Unsaid, 0..=0x0e) => all,
        // A digit hidden where filler belongs, or filler where a digit belongs.
        _ => {
            anomalies.add(Anomaly::SccpOddEvenMismatch);
            all.saturating_sub(1)
        }
    };
    if count > MOST_DIGITS {
        anomalies.add(Anomaly::SccpLongGlobalTitle);
    }
    let digits = Digits::from_semi_octets(bytes, count.min(Digits::CAPACITY)).unwrap_or_default();
    if !digits.is_decimal() {
        anomalies.add(Anomaly::SccpHexDigits);
    }
    digits
}

#[cfg(test)]
mod tests;
