//! The rows that a Diameter dictionary is built from: closed lists of types and meanings, open lists of codes.

use crate::message::Exposes;

macro_rules! named {
    ($(#[$about:meta])* $name:ident { $($variant:ident = $text:literal, $meaning:literal;)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = $meaning] $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name that a dictionary file writes.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// What a dictionary file names; None for a name that does not exist.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

named! {
    /// How the value of an AVP is coded. Ref: RFC 6733 §4.2, §4.3.
    Kind {
        Octets = "octets", "Any octets.";
        Utf8 = "utf8", "Text.";
        U32 = "u32", "Four octets, unsigned.";
        I32 = "i32", "Four octets, signed.";
        U64 = "u64", "Eight octets, unsigned.";
        I64 = "i64", "Eight octets, signed.";
        F32 = "f32", "Four octets, floating point.";
        F64 = "f64", "Eight octets, floating point.";
        Enumerated = "enumerated", "Four octets that name a value.";
        Grouped = "grouped", "AVPs.";
        Address = "address", "A family and an address.";
        Identity = "identity", "A host or realm.";
        Uri = "uri", "aaa:// and a host.";
        Time = "time", "Seconds since 1900.";
        Tbcd = "tbcd", "Digits, low semi-octet first (TS 29.002).";
        Plmn = "plmn", "A network in three octets (TS 24.008 §10.5.1.3).";
    }
}

named! {
    /// What an AVP says to the message table.
    Field {
        SessionId = "session_id", "Judged by its form; the text is dropped.";
        OriginHost = "origin_host", "Origin-Host.";
        OriginRealm = "origin_realm", "Origin-Realm.";
        DestinationHost = "destination_host", "Destination-Host.";
        DestinationRealm = "destination_realm", "Destination-Realm.";
        RouteRecord = "route_record", "One Route-Record.";
        UserName = "user_name", "An IMSI, alone or as the user of a network access identifier.";
        PublicIdentity = "public_identity", "A SIP or tel URI: an MSISDN or an IMSI.";
        Imsi = "imsi", "An IMSI.";
        Msisdn = "msisdn", "An MSISDN.";
        Imei = "imei", "An IMEI, with or without software version.";
        SubscriptionIdType = "subscription_id_type", "What Subscription-Id-Data is.";
        SubscriptionIdData = "subscription_id_data", "An identity of the type beside it.";
        EquipmentType = "equipment_type", "What User-Equipment-Info-Value is.";
        EquipmentValue = "equipment_value", "An equipment identity of the type beside it.";
        Application = "application", "An application id, to be compared with the header's.";
        ResultCode = "result_code", "Result-Code.";
        ExperimentalResultCode = "experimental_result_code", "Experimental-Result-Code.";
        VisitedPlmn = "visited_plmn", "The visited network: three octets, digits, or a host name that holds it.";
        VectorEps = "vector_eps", "One EPS authentication vector, counted.";
        VectorQuintuplet = "vector_quintuplet", "One quintuplet, counted.";
        VectorTriplet = "vector_triplet", "One triplet, counted.";
        EutranCell = "eutran_cell", "ECGI.";
        TrackingArea = "tracking_area", "TAI.";
        Cell = "cell", "CGI or SAI.";
        Area = "area", "LAI or RAI.";
        UserLocation = "user_location", "3GPP-User-Location-Info (TS 29.061 §16.4.7.2).";
        LocationAge = "location_age", "Minutes.";
        ServingNode = "serving_node", "A VLR, MSC, SGSN, MME or S-CSCF, by number or name.";
        HomeNode = "home_node", "An HLR or HSS.";
        GmlcOrScf = "gmlc_or_scf", "A GMLC, SCEF or SCS.";
        Apn = "apn", "An access point name.";
        Rat = "rat", "A radio access technology.";
        Address = "address", "An address of a gateway or serving node.";
        ShortMessage = "short_message", "A TPDU: features only, the text is dropped.";
        Detail = "detail", "An enumeration whose value name tells what kind of request this is.";
        Offending = "offending", "AVPs sent back because they were wrong: not looked into.";
    }
}

named! {
    /// Which node of the row the sender or receiver of a command's request is.
    Role {
        ServingNode = "serving_node", "MME, SGSN.";
        HomeNode = "home_node", "HSS.";
        GmlcOrScf = "gmlc_or_scf", "GMLC, SCEF, SCS.";
    }
}

/// One row of a dictionary. Groups and commands name AVPs and applications; rows may come in any order.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Entry<'t> {
    /// An application.
    Application {
        /// Application id of the header.
        id: u32,
        /// Reference point that the table shows.
        interface: &'t str,
    },
    /// A command: request and answer.
    Command {
        /// Command code.
        code: u32,
        /// Name without R or A.
        name: &'t str,
        /// Interfaces of the applications that have it; empty: any.
        applications: Vec<&'t str>,
        /// What the P flag must be; None: either.
        is_proxiable: Option<bool>,
        /// Who sends the request.
        origin: Option<Role>,
        /// Who gets the request.
        destination: Option<Role>,
        /// The request names one subscriber.
        is_about_subscriber: bool,
    },
    /// An attribute-value pair.
    Avp {
        /// Code.
        code: u32,
        /// Vendor; 0 for the IETF.
        vendor: u32,
        /// Name, unique in the dictionary.
        name: &'t str,
        /// Type.
        kind: Kind,
        /// What it feeds.
        field: Option<Field>,
        /// What its presence gives away.
        exposes: Exposes,
        /// At most one beside another.
        is_single: bool,
        /// What the M flag must be; None: either.
        is_mandatory: Option<bool>,
        /// Names of the AVPs that feed from inside this group.
        holds: Vec<&'t str>,
        /// Names of the values of a [`Field::Detail`].
        values: Vec<(u32, &'t str)>,
    },
}
