//! Operations of the radio side, TS 24.080 §4.2: they share the code space of MAP and have no place between networks.

use super::Operation;

pub(super) static OPERATIONS: [Operation; 18] = [
    Operation::new(109, "lcs-PeriodicLocationCancellation", &[]),
    Operation::new(110, "lcs-LocationUpdate", &[]),
    Operation::new(111, "lcs-PeriodicLocationRequest", &[]),
    Operation::new(112, "lcs-AreaEventCancellation", &[]),
    Operation::new(113, "lcs-AreaEventReport", &[]),
    Operation::new(114, "lcs-AreaEventRequest", &[]),
    Operation::new(115, "lcs-MOLR", &[]),
    Operation::new(116, "lcs-LocationNotification", &[]),
    Operation::new(117, "callDeflection", &[]),
    Operation::new(118, "userUserService", &[]),
    Operation::new(119, "accessRegisterCCEntry", &[]),
    Operation::new(120, "forwardCUG-Info", &[]),
    Operation::new(121, "splitMPTY", &[]),
    Operation::new(122, "retrieveMPTY", &[]),
    Operation::new(123, "holdMPTY", &[]),
    Operation::new(124, "buildMPTY", &[]),
    Operation::new(125, "forwardChargeAdvice", &[]),
    Operation::new(126, "explicitCT", &[]),
];
