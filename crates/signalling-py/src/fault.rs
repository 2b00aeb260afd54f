//! Why a file cannot be used: which one, where in it, what to do. The one error of this crate.

use core::fmt;
use std::io;
use std::path::Path;

use signalling::file::FileError;

/// A file that cannot be read as a capture, or a place that cannot be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub path: String,
    pub problem: String,
    pub offset: Option<u64>,
    pub hint: &'static str,
    /// True when the trouble is with what is written.
    pub is_output: bool,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.path, self.problem, self.hint)
    }
}

impl Fault {
    pub(crate) fn input(path: &str, problem: impl Into<String>, hint: &'static str) -> Self {
        Self { path: path.to_owned(), problem: problem.into(), offset: None, hint, is_output: false }
    }

    /// The operating system refused to open or read a file.
    pub(crate) fn reading(path: &str, error: &io::Error) -> Self {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "check the path",
            io::ErrorKind::PermissionDenied => "ask for the right to read it",
            io::ErrorKind::IsADirectory => "name the capture files in it",
            _ => "copy the file to another disk and try again",
        };
        Self::input(path, format!("cannot be read ({})", plain(error)), hint)
    }

    /// The operating system refused to write.
    pub(crate) fn writing(path: &Path, error: impl fmt::Display) -> Self {
        let problem = format!("cannot be written ({error})");
        Self { path: path.to_string_lossy().into_owned(), problem, offset: None, hint: "choose another --output", is_output: true }
    }

    /// The bytes are those of no capture.
    pub(crate) fn file(path: &str, error: &FileError) -> Self {
        let hint = match error {
            FileError::Empty => "capture again, or check that the copy was complete",
            FileError::HeaderCut { .. } => "check that the copy was complete",
            FileError::NotACapture { .. } => "ipxray reads pcap and pcapng, plain or as .gz or .zst",
            FileError::LinkType { .. } => "capture Ethernet, Linux cooked, raw IP, MTP2, MTP3 or SCCP",
            _ => "rewrite it with editcap, or take the original",
        };
        Self { offset: Some(error.offset()), ..Self::input(path, error.to_string(), hint) }
    }

    /// A fault of this program, not of the file.
    pub(crate) fn ours(path: &str, what: impl fmt::Display) -> Self {
        Self::input(path, format!("the decoder failed ({what})"), "this is a fault of ipxray: please report it with `ipxray --version`")
    }
}

/// The words of the operating system without its number.
pub(crate) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
