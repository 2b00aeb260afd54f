//! Every operation of TS 29.002 §17.5 and of versions 1 and 2, in the order of its code.

use super::{
    Operation, authentication, call_handling, group_calls, handover, information, location_services, mobility, radio, short_message,
    subscription, supplementary, trace,
};

static OPERATIONS: [&Operation; 86] = [
    &mobility::UPDATE_LOCATION,
    &mobility::CANCEL_LOCATION,
    &call_handling::PROVIDE_ROAMING_NUMBER,
    &subscription::NOTE_SUBSCRIBER_DATA_MODIFIED,
    &call_handling::RESUME_CALL_HANDLING,
    &subscription::INSERT_SUBSCRIBER_DATA,
    &subscription::DELETE_SUBSCRIBER_DATA,
    &authentication::SEND_PARAMETERS,
    &supplementary::REGISTER_SS,
    &supplementary::ERASE_SS,
    &supplementary::ACTIVATE_SS,
    &supplementary::DEACTIVATE_SS,
    &supplementary::INTERROGATE_SS,
    &authentication::AUTHENTICATION_FAILURE_REPORT,
    &supplementary::NOTIFY_SS,
    &supplementary::REGISTER_PASSWORD,
    &supplementary::GET_PASSWORD,
    &supplementary::PROCESS_UNSTRUCTURED_SS_DATA,
    &call_handling::RELEASE_RESOURCES,
    &short_message::MT_FORWARD_SM_VGCS,
    &call_handling::SEND_ROUTING_INFO,
    &mobility::UPDATE_GPRS_LOCATION,
    &mobility::SEND_ROUTING_INFO_FOR_GPRS,
    &mobility::FAILURE_REPORT,
    &mobility::NOTE_MS_PRESENT_FOR_GPRS,
    &handover::PERFORM_HANDOVER,
    &handover::SEND_END_SIGNAL,
    &handover::PERFORM_SUBSEQUENT_HANDOVER,
    &call_handling::PROVIDE_SIWFS_NUMBER,
    &call_handling::SIWFS_SIGNALLING_MODIFY,
    &handover::PROCESS_ACCESS_SIGNALLING,
    &handover::FORWARD_ACCESS_SIGNALLING,
    &handover::NOTE_INTERNAL_HANDOVER,
    &mobility::CANCEL_VCSG_LOCATION,
    &mobility::RESET,
    &mobility::FORWARD_CHECK_SS_INDICATION,
    &group_calls::PREPARE_GROUP_CALL,
    &group_calls::SEND_GROUP_CALL_END_SIGNAL,
    &group_calls::PROCESS_GROUP_CALL_SIGNALLING,
    &group_calls::FORWARD_GROUP_CALL_SIGNALLING,
    &authentication::CHECK_IMEI,
    &short_message::MT_FORWARD_SM,
    &short_message::SEND_ROUTING_INFO_FOR_SM,
    &short_message::MO_FORWARD_SM,
    &short_message::REPORT_SM_DELIVERY_STATUS,
    &short_message::NOTE_SUBSCRIBER_PRESENT,
    &short_message::ALERT_SERVICE_CENTRE_WITHOUT_RESULT,
    &trace::ACTIVATE_TRACE_MODE,
    &trace::DEACTIVATE_TRACE_MODE,
    &trace::TRACE_SUBSCRIBER_ACTIVITY,
    &mobility::UPDATE_VCSG_LOCATION,
    &supplementary::BEGIN_SUBSCRIBER_ACTIVITY,
    &authentication::SEND_IDENTIFICATION,
    &authentication::SEND_AUTHENTICATION_INFO,
    &mobility::RESTORE_DATA,
    &trace::SEND_IMSI,
    &supplementary::PROCESS_UNSTRUCTURED_SS_REQUEST,
    &supplementary::UNSTRUCTURED_SS_REQUEST,
    &supplementary::UNSTRUCTURED_SS_NOTIFY,
    &information::ANY_TIME_SUBSCRIPTION_INTERROGATION,
    &short_message::INFORM_SERVICE_CENTRE,
    &short_message::ALERT_SERVICE_CENTRE,
    &information::ANY_TIME_MODIFICATION,
    &short_message::READY_FOR_SM,
    &mobility::PURGE_MS,
    &handover::PREPARE_HANDOVER,
    &handover::PREPARE_SUBSEQUENT_HANDOVER,
    &information::PROVIDE_SUBSCRIBER_INFO,
    &information::ANY_TIME_INTERROGATION,
    &supplementary::SS_INVOCATION_NOTIFICATION,
    &call_handling::SET_REPORTING_STATE,
    &call_handling::STATUS_REPORT,
    &call_handling::REMOTE_USER_FREE,
    &supplementary::REGISTER_CC_ENTRY,
    &supplementary::ERASE_CC_ENTRY,
    &trace::SECURE_TRANSPORT_CLASS_1,
    &trace::SECURE_TRANSPORT_CLASS_2,
    &trace::SECURE_TRANSPORT_CLASS_3,
    &trace::SECURE_TRANSPORT_CLASS_4,
    &location_services::PROVIDE_SUBSCRIBER_LOCATION,
    &group_calls::SEND_GROUP_CALL_INFO,
    &location_services::SEND_ROUTING_INFO_FOR_LCS,
    &location_services::SUBSCRIBER_LOCATION_REPORT,
    &call_handling::IST_ALERT,
    &call_handling::IST_COMMAND,
    &mobility::NOTE_MM_EVENT,
];

/// The operation with this local code.
#[must_use]
pub fn operation(code: i64) -> Option<&'static Operation> {
    if let Some(offset) = code.checked_sub(109).filter(|offset| *offset >= 0) {
        return usize::try_from(offset).ok().and_then(|offset| radio::OPERATIONS.get(offset));
    }
    let position = OPERATIONS.binary_search_by_key(&code, |operation| operation.code).ok()?;
    OPERATIONS.get(position).copied()
}

/// Every operation, in the order of its code.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.into_iter().chain(&radio::OPERATIONS)
}
