//! Every operation of TS 29.078 §5.3, in the order of its code, with the phase that brought it.

use super::Family::{Call, Packet, ShortMessage};
use super::{Operation, call, packet, short_message};
use crate::grammar::{Form, Kind, sequence};

const fn op(code: i64, name: &'static str, phase: u8, family: super::Family) -> Operation {
    Operation::new(code, name, phase, family)
}

static OPERATIONS: [Operation; 54] = [
    op(0, "initialDP", 1, Call).about_subscriber().argument(call::INITIAL_DP),
    op(16, "assistRequestInstructions", 2, Call),
    op(17, "establishTemporaryConnection", 2, Call).argument(call::ESTABLISH_TEMPORARY_CONNECTION),
    op(18, "disconnectForwardConnection", 2, Call),
    op(19, "connectToResource", 2, Call),
    op(20, "connect", 1, Call).argument(call::CONNECT),
    op(22, "releaseCall", 1, Call),
    op(23, "requestReportBCSMEvent", 1, Call),
    op(24, "eventReportBCSM", 1, Call).argument(call::EVENT_REPORT_BCSM),
    op(27, "collectInformation", 4, Call),
    op(31, "continue", 1, Call),
    op(32, "initiateCallAttempt", 4, Call).argument(call::INITIATE_CALL_ATTEMPT),
    op(33, "resetTimer", 2, Call),
    op(34, "furnishChargingInformation", 2, Call),
    op(35, "applyCharging", 2, Call),
    op(36, "applyChargingReport", 2, Call),
    op(41, "callGap", 3, Call),
    op(44, "callInformationReport", 2, Call),
    op(45, "callInformationRequest", 2, Call),
    op(46, "sendChargingInformation", 2, Call),
    op(47, "playAnnouncement", 2, Call),
    op(48, "promptAndCollectUserInformation", 2, Call),
    op(49, "specializedResourceReport", 2, Call),
    op(53, "cancel", 2, Call),
    op(55, "activityTest", 1, Call),
    op(60, "initialDPSMS", 3, ShortMessage).about_subscriber().argument(short_message::INITIAL_DP_SMS),
    op(61, "furnishChargingInformationSMS", 3, ShortMessage),
    op(62, "connectSMS", 3, ShortMessage).argument(short_message::CONNECT_SMS),
    op(63, "requestReportSMSEvent", 3, ShortMessage),
    op(64, "eventReportSMS", 3, ShortMessage),
    op(65, "continueSMS", 3, ShortMessage),
    op(66, "releaseSMS", 3, ShortMessage),
    op(67, "resetTimerSMS", 3, ShortMessage),
    op(70, "activityTestGPRS", 3, Packet),
    op(71, "applyChargingGPRS", 3, Packet),
    op(72, "applyChargingReportGPRS", 3, Packet),
    op(73, "cancelGPRS", 3, Packet),
    op(74, "connectGPRS", 3, Packet).argument(packet::CONNECT_GPRS),
    op(75, "continueGPRS", 3, Packet),
    op(76, "entityReleasedGPRS", 3, Packet),
    op(77, "furnishChargingInformationGPRS", 3, Packet),
    op(78, "initialDPGPRS", 3, Packet).about_subscriber().argument(packet::INITIAL_DP_GPRS),
    op(79, "releaseGPRS", 3, Packet),
    op(80, "eventReportGPRS", 3, Packet).argument(packet::EVENT_REPORT_GPRS),
    op(81, "requestReportGPRSEvent", 3, Packet),
    op(82, "resetTimerGPRS", 3, Packet),
    op(83, "sendChargingInformationGPRS", 3, Packet),
    op(86, "disconnectForwardConnectionWithArgument", 4, Call),
    op(88, "continueWithArgument", 3, Call),
    op(90, "disconnectLeg", 4, Call),
    op(93, "moveLeg", 4, Call),
    op(95, "splitLeg", 4, Call),
    op(96, "entityReleased", 4, Call),
    op(97, "playTone", 4, Call),
];

/// One sequence, whatever the phase: phases only add to it.
pub(super) const fn argument(of: &'static crate::grammar::Type) -> Form {
    Form::any(sequence(Kind::Inside(of)))
}

/// The operation with this local code.
#[must_use]
pub fn operation(code: i64) -> Option<&'static Operation> {
    let position = OPERATIONS.binary_search_by_key(&code, |operation| operation.code).ok()?;
    OPERATIONS.get(position)
}

/// Every operation, in the order of its code.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.iter()
}
