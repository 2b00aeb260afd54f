//! The services of 5G and their resources, TS 29.503 to 29.573: what the path of a request stands for.

use crate::message::Exposes;

const LOCATION: u8 = Exposes::LOCATION;
const PROFILE: u8 = Exposes::PROFILE;

/// A resource of a service: its name in the path, the operation it stands for, what the bodies of its request and answer give away.
type Resource = (&'static [u8], &'static str, u8, u8);

/// A service: its name in the path, its interface, its operation where no resource is known, its resources.
struct Service {
    name: &'static [u8],
    interface: &'static str,
    operation: &'static str,
    resources: &'static [Resource],
}

macro_rules! services {
    ($($name:literal $interface:literal [$($resource:literal $request:expr, $answer:expr;)*])*) => {
        &[$(Service {
            name: $name.as_bytes(),
            interface: $interface,
            operation: $name,
            resources: &[$(($resource.as_bytes(), concat!($name, "/", $resource), $request, $answer)),*],
        }),*]
    };
}

/// Services of TS 29.5xx, with the resources that roaming uses.
const SERVICES: &[Service] = services! {
    "n32c-handshake" "N32-c" ["exchange-capability" 0, 0; "exchange-params" 0, 0; "n32f-terminate" 0, 0; "n32f-error" 0, 0;]
    "n32f-forward" "N32-f" ["n32f-process" 0, 0;]
    "nausf-auth" "Nausf" ["ue-authentications" 0, 0; "5g-aka-confirmation" 0, 0; "eap-session" 0, 0; "deregister" 0, 0;]
    "nausf-sorprotection" "Nausf" ["ue-sor" 0, 0;]
    "nausf-upuprotection" "Nausf" ["ue-upu" 0, 0;]
    "nudm-ueau" "Nudm" [
        "generate-auth-data" 0, 0; "auth-events" 0, 0; "generate-av" 0, 0; "generate-gba-av" 0, 0; "generate-prose-av" 0, 0; "rg-auth-data" 0, 0;
    ]
    "nudm-sdm" "Nudm" [
        "am-data" 0, PROFILE; "sm-data" 0, PROFILE; "smf-select-data" 0, PROFILE; "nssai" 0, PROFILE; "sms-data" 0, PROFILE;
        "sms-mng-data" 0, PROFILE; "trace-data" 0, PROFILE; "lcs-privacy-data" 0, PROFILE; "lcs-mo-data" 0, PROFILE; "v2x-data" 0, PROFILE;
        "ue-context-in-amf-data" 0, PROFILE; "ue-context-in-smf-data" 0, PROFILE; "ue-context-in-smsf-data" 0, PROFILE;
        "id-translation-result" 0, 0; "sdm-subscriptions" 0, 0; "shared-data" 0, PROFILE; "group-identifiers" 0, 0; "am-data-ack" 0, 0;
    ]
    "nudm-uecm" "Nudm" [
        "registrations" 0, LOCATION; "amf-3gpp-access" LOCATION, LOCATION; "amf-non-3gpp-access" LOCATION, LOCATION; "smf-registrations" LOCATION, LOCATION;
        "smsf-3gpp-access" LOCATION, LOCATION; "smsf-non-3gpp-access" LOCATION, LOCATION; "location" 0, LOCATION; "restore-pcscf" 0, 0;
        "send-routing-info-sm" 0, LOCATION;
    ]
    "nudm-ee" "Nudm" ["ee-subscriptions" 0, 0;]
    "nudm-pp" "Nudm" ["pp-data" 0, 0;]
    "nudm-mt" "Nudm" ["loc-info" 0, LOCATION; "ue-info" 0, LOCATION;]
    "nudm-niddau" "Nudm" ["authorize" 0, 0;]
    "nudm-rsds" "Nudm" ["sm-delivery-status" 0, 0;]
    "nudm-ssau" "Nudm" []
    "nudr-dr" "Nudr" [
        "authentication-data" 0, 0; "authentication-subscription" 0, Exposes::CREDENTIAL; "context-data" LOCATION, LOCATION; "provisioned-data" 0, PROFILE;
        "policy-data" 0, PROFILE; "subscription-data" 0, PROFILE;
    ]
    "namf-comm" "Namf" [
        "ue-contexts" 0, 0; "n1-n2-messages" 0, 0; "transfer" 0, PROFILE; "transfer-update" 0, 0; "relocate" PROFILE, 0; "assign-ebi" 0, 0;
        "subscriptions" 0, 0; "non-ue-n2-messages" 0, 0;
    ]
    "namf-evts" "Namf" ["subscriptions" 0, 0;]
    "namf-loc" "Namf" ["provide-pos-info" 0, LOCATION; "provide-loc-info" 0, LOCATION; "cancel-pos-info" 0, 0;]
    "namf-mt" "Namf" ["ue-contexts" 0, 0; "ue-reachind" 0, 0;]
    "nsmf-pdusession" "Nsmf" ["pdu-sessions" 0, 0; "sm-contexts" 0, 0; "modify" 0, 0; "release" 0, 0; "retrieve" 0, 0; "transfer-mo-data" 0, 0;]
    "nsmf-event-exposure" "Nsmf" ["subscriptions" 0, 0;]
    "nsmf-nidd" "Nsmf" ["deliver" Exposes::USER_TRAFFIC, 0;]
    "nsmsf-sms" "Nsmsf" ["ue-contexts" 0, 0; "sendsms" Exposes::SMS, 0; "send-mt-sms" Exposes::SMS, 0;]
    "nnrf-nfm" "Nnrf" ["nf-instances" 0, 0; "subscriptions" 0, 0; "nf-status-notify" 0, 0;]
    "nnrf-disc" "Nnrf" ["nf-instances" 0, 0; "searches" 0, 0;]
    "nnrf-bootstrapping" "Nnrf" []
    "nnssf-nsselection" "Nnssf" ["network-slice-information" 0, 0;]
    "nnssf-nssaiavailability" "Nnssf" ["nssai-availability" 0, 0;]
    "npcf-am-policy-control" "Npcf" ["policies" 0, 0;]
    "npcf-smpolicycontrol" "Npcf" ["sm-policies" 0, 0; "update" 0, 0; "delete" 0, 0;]
    "npcf-ue-policy-control" "Npcf" ["policies" 0, 0;]
    "npcf-policyauthorization" "Npcf" ["app-sessions" 0, 0;]
    "npcf-eventexposure" "Npcf" ["subscriptions" 0, 0;]
    "nbsf-management" "Nbsf" ["pcfBindings" 0, 0;]
    "nchf-convergedcharging" "Nchf" ["chargingdata" 0, 0; "update" 0, 0; "release" 0, 0;]
    "nchf-spendinglimitcontrol" "Nchf" ["subscriptions" 0, 0;]
    "n5g-eir-eic" "N5g-eir" ["equipment-status" 0, 0;]
    "ngmlc-loc" "Ngmlc" ["provide-location" 0, LOCATION; "location-update" LOCATION, 0; "cancel-location" 0, 0;]
    "nlmf-loc" "Nlmf" ["determine-location" 0, LOCATION; "cancel-location" 0, 0; "location-context-transfer" LOCATION, 0;]
    "nnef-eventexposure" "Nnef" ["subscriptions" 0, 0;]
    "nhss-ims-ueau" "Nhss" ["generate-sip-auth-data" 0, 0;]
    "nsepp-telescopic" "Nsepp" ["mapping" 0, 0;]
    "oauth2" "Nnrf" ["token" 0, 0;]
};

/// What a path stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Api {
    /// The interface of the service: Nudm, Nausf, N32-c …
    pub interface: Option<&'static str>,
    /// Service and resource: `nudm-sdm/am-data`.
    pub operation: Option<&'static str>,
    /// Data classes of the request's body.
    pub request_exposes: u8,
    /// Data classes of the answer's body.
    pub answer_exposes: u8,
}

/// The service and resource of a path, wherever its prefix ends. The last resource that is known names the operation.
#[must_use]
pub fn api(path: &[u8]) -> Api {
    let mut segments = path.split(|octet| *octet == b'/');
    let Some(service) = segments.by_ref().find_map(|segment| SERVICES.iter().find(|service| service.name == segment)) else {
        return Api::default();
    };
    let found = segments.filter_map(|segment| service.resources.iter().find(|(name, ..)| *name == segment)).next_back();
    let (_, operation, request_exposes, answer_exposes) = *found.unwrap_or(&(b"", service.operation, 0, 0));
    Api { interface: Some(service.interface), operation: Some(operation), request_exposes, answer_exposes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_service_and_its_last_known_resource() {
        let of = |path: &[u8]| api(path).operation.unwrap_or_default();
        assert_eq!(of(b"/nudm-sdm/v2/imsi-001010123456789/am-data"), "nudm-sdm/am-data");
        assert_eq!(of(b"/prefix/nausf-auth/v1/ue-authentications/1/5g-aka-confirmation"), "nausf-auth/5g-aka-confirmation");
        assert_eq!(of(b"/nudm-uecm/v1/imsi-001010123456789/registrations/smf-registrations/5"), "nudm-uecm/smf-registrations");
        assert_eq!(of(b"/nudm-sdm/v2/imsi-001010123456789"), "nudm-sdm");
        assert_eq!(of(b"/n32c-handshake/v1/exchange-capability"), "n32c-handshake/exchange-capability");
        assert_eq!(api(b"/n32f-forward/v1/n32f-process").interface, Some("N32-f"));
        assert_eq!(api(b"/index.html"), Api::default());
    }
}
