//! Why a file cannot be read at all: typed, with its place.

/// Why a file is not a capture that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileError {
    /// There are no bytes at all.
    Empty,
    /// The file ends inside its first header.
    HeaderCut {
        /// Bytes there are.
        length: u64,
    },
    /// The first four bytes are those of no capture format.
    NotACapture {
        /// What stands there.
        found: [u8; 4],
    },
    /// A version of the format that has never been published.
    Version {
        /// Major version.
        major: u16,
        /// Minor version.
        minor: u16,
        /// Where it stands.
        offset: u64,
    },
    /// A link type that this crate does not read.
    LinkType {
        /// The number in the file.
        link_type: u32,
        /// Where it stands.
        offset: u64,
    },
    /// The first section of a pcapng file is damaged.
    SectionHeader {
        /// Where the fault stands.
        offset: u64,
    },
}

impl FileError {
    /// Where in the file the fault stands.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        match self {
            Self::Empty | Self::NotACapture { .. } => 0,
            Self::HeaderCut { length } => *length,
            Self::Version { offset, .. } | Self::LinkType { offset, .. } | Self::SectionHeader { offset } => *offset,
        }
    }
}

impl core::fmt::Display for FileError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Empty => write!(f, "the file is empty"),
            Self::HeaderCut { length } => write!(f, "the file ends after {length} bytes, inside its header"),
            Self::NotACapture { found } => {
                write!(f, "neither pcap nor pcapng: the file begins with \"{}\"", found.escape_ascii())
            }
            Self::Version { major, minor, .. } => write!(f, "version {major}.{minor} of the capture format is not known"),
            Self::LinkType { link_type, .. } => write!(f, "link type {link_type} is not supported"),
            Self::SectionHeader { .. } => write!(f, "the first section header of the pcapng file is damaged"),
        }
    }
}

impl core::error::Error for FileError {}
