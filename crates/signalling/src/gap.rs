//! What could not be decoded: a counted value, never an exception and never silence.

use crate::message::Protocol;

/// Why something could not be decoded. Closed: `docs/reference/gaps.md` and a test own one line and one sample for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The bytes end before the element does.
    Truncated,
    /// A length field contradicts the bytes around it.
    LengthMismatch,
    /// A field holds a value that its standard does not define and that decoding cannot pass over.
    InvalidValue,
    /// A protocol, link type or version that this crate does not know.
    Unsupported,
    /// A checksum or magic that proves the bytes are something else.
    NotThisProtocol,
    /// Nesting beyond its budget.
    TooDeep,
    /// More elements than the budget allows.
    TooManyElements,
    /// Reassembly ran out of its memory budget, or its other parts never came.
    ReassemblyIncomplete,
    /// Parts of one message that overlap and disagree.
    ReassemblyConflict,
    /// Bytes of a stream that were never captured.
    MissingBytes,
    /// The capture file itself is damaged here.
    DamagedFile,
    /// The payload is encrypted.
    Encrypted,
}

impl Reason {
    /// Every reason, for documentation and tests.
    pub const ALL: [Self; 12] = [
        Self::Truncated,
        Self::LengthMismatch,
        Self::InvalidValue,
        Self::Unsupported,
        Self::NotThisProtocol,
        Self::TooDeep,
        Self::TooManyElements,
        Self::ReassemblyIncomplete,
        Self::ReassemblyConflict,
        Self::MissingBytes,
        Self::DamagedFile,
        Self::Encrypted,
    ];

    /// The name that tables show.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Truncated => "truncated",
            Self::LengthMismatch => "length_mismatch",
            Self::InvalidValue => "invalid_value",
            Self::Unsupported => "unsupported",
            Self::NotThisProtocol => "not_this_protocol",
            Self::TooDeep => "too_deep",
            Self::TooManyElements => "too_many_elements",
            Self::ReassemblyIncomplete => "reassembly_incomplete",
            Self::ReassemblyConflict => "reassembly_conflict",
            Self::MissingBytes => "missing_bytes",
            Self::DamagedFile => "damaged_file",
            Self::Encrypted => "encrypted",
        }
    }
}

/// One stretch that gave no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Number of the frame in its capture, from 1.
    pub frame: u64,
    /// Offset in the bytes handed to the protocol that failed.
    pub offset: usize,
    /// How many bytes are concerned.
    pub length: usize,
    /// Who could not go on.
    pub protocol: Protocol,
    /// Why.
    pub reason: Reason,
}
