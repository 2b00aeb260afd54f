//! Timestamps of pcapng, in units that each interface chooses.

/// How the units of a timestamp become microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resolution {
    Microseconds,
    Multiply(u64),
    Divide(u128),
    /// Units are this power of two of a second.
    Shift(u32),
}

impl Resolution {
    /// if_tsresol: a negative power of ten, or of two when the upper bit is set.
    pub(super) fn of(value: u8) -> Self {
        let power = u32::from(value & 0x7f);
        if value & 0x80 != 0 {
            return Self::Shift(power);
        }
        match power {
            6 => Self::Microseconds,
            0..6 => Self::Multiply(10_u64.saturating_pow(6_u32.saturating_sub(power))),
            _ => Self::Divide(10_u128.saturating_pow(power.saturating_sub(6))),
        }
    }

    /// Microseconds since 1970.
    pub(super) fn micros(self, units: u64) -> i64 {
        let value = match self {
            Self::Microseconds => u128::from(units),
            Self::Multiply(factor) => u128::from(units).saturating_mul(u128::from(factor)),
            Self::Divide(1_000) => u128::from(units.checked_div(1_000).unwrap_or(0)),
            Self::Divide(divisor) => u128::from(units).checked_div(divisor).unwrap_or(0),
            Self::Shift(power) => u128::from(units).saturating_mul(1_000_000) >> power,
        };
        i64::try_from(value).unwrap_or(i64::MAX)
    }
}
