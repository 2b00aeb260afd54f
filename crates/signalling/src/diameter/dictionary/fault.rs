//! What can be wrong with a dictionary.

use super::MAX_SINGLE;

/// What is wrong with a dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Two AVPs of this name, or two of its code and vendor.
    RepeatedAvp(String),
    /// Two commands of this code in one application.
    RepeatedCommand(String),
    /// Two applications of this interface or id.
    RepeatedApplication(String),
    /// A command names an application that is not there.
    UnknownApplication {
        /// The command.
        command: String,
        /// What it names.
        application: String,
    },
    /// A group names an AVP that is not there.
    UnknownAvp {
        /// The group.
        group: String,
        /// What it names.
        avp: String,
    },
    /// More than 255 AVPs that may stand once.
    TooManySingle(String),
    /// A group holds more than 255 AVPs, or all groups more than 65,535.
    TooManyHeld(String),
}

impl core::fmt::Display for Fault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::RepeatedAvp(name) => write!(f, "AVP {name}: its name, or its code and vendor, stand twice"),
            Self::RepeatedCommand(name) => write!(f, "command {name}: its code stands twice in one application"),
            Self::RepeatedApplication(name) => write!(f, "application {name}: its interface or id stands twice"),
            Self::UnknownApplication { command, application } => {
                write!(f, "command {command}: no application has the interface {application}")
            }
            Self::UnknownAvp { group, avp } => write!(f, "AVP {group}: it holds {avp}, which no row defines"),
            Self::TooManyHeld(name) => write!(f, "AVP {name}: a group holds at most 255 AVPs, all groups together 65535"),
            Self::TooManySingle(name) => write!(f, "AVP {name}: at most {MAX_SINGLE} AVPs may be marked as standing once"),
        }
    }
}

impl core::error::Error for Fault {}
