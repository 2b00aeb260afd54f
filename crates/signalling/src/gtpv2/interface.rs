//! Reference points that the interface type of a fully qualified endpoint identifier tells. Ref: TS 29.274 §8.22.

/// The reference point whose control plane the sender's endpoint is of, given the types of the bearers' endpoints as a bit set.
///
/// None where the types leave it open: a row shows nothing rather than a guess.
pub(super) const fn control(sender: Option<u8>, bearers: u64) -> Option<&'static str> {
    match sender {
        Some(6 | 7) => Some("S5/S8"),
        Some(10) => Some("S11"),
        // The SGW has one type for S11 and S4.
        Some(11) => serving_gateway(bearers),
        Some(12) => Some("S10"),
        Some(13 | 14) => Some("S3"),
        Some(17) => Some("S4"),
        Some(18) => Some("S16"),
        Some(24 | 26) => Some("Sm"),
        Some(25 | 27) => Some("Sn"),
        Some(30 | 32) => Some("S2b"),
        Some(35 | 36) => Some("S2a"),
        Some(40) => Some("N26"),
        Some(_) => None,
        None => match serving_gateway(bearers) {
            // Between gateways a bearer has no other endpoints than theirs.
            None if bearers & GATEWAYS != 0 => Some("S5/S8"),
            found => found,
        },
    }
}

/// S1-U or S11-U endpoints belong to an MME's bearer, S4-U or S12 endpoints to an SGSN's.
const fn serving_gateway(bearers: u64) -> Option<&'static str> {
    match (bearers & (1 << 0 | 1 << 1 | 1 << 38 | 1 << 39) != 0, bearers & (1 << 15 | 1 << 16) != 0) {
        (true, false) => Some("S11"),
        (false, true) => Some("S4"),
        _ => None,
    }
}

const GATEWAYS: u64 = 1 << 4 | 1 << 5;

/// True for endpoints of user traffic.
pub(super) const fn is_user(kind: u8) -> bool {
    matches!(kind, 0..=5 | 15 | 16 | 19..=23 | 28 | 29 | 31 | 33 | 34 | 37..=39 | 41..)
}
