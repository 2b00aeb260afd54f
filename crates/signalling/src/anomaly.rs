//! Where a strict reading of the standard differs from what a tolerant network element accepts. Evasion lives here.

macro_rules! anomalies {
    ($($variant:ident = $name:literal, $meaning:literal;)*) => {
        /// One kind of difference. Closed; `docs/reference/anomalies.md` is written from it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Anomaly {
            $(#[doc = $meaning] $variant,)*
        }

        impl Anomaly {
            /// Every anomaly, in the order of the bit set.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name that tables show.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it means, with its clause.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            const fn bit(self) -> u128 {
                match self { $(Self::$variant => 1_u128 << Position::$variant as u32,)* }
            }
        }

        #[allow(clippy::as_conversions, reason = "a fieldless enum has no other way to its number in a const")]
        enum Position { $($variant,)* }
    };
}

anomalies! {
    BerHighTagForm = "ber_high_tag_form", "A tag number below 31 written in the high form (X.690 §8.1.2.2).";
    BerNonMinimalLength = "ber_non_minimal_length", "A length in the long form that the short form could hold (X.690 §10.1).";
    BerIndefiniteLength = "ber_indefinite_length", "Indefinite length where equipment sends definite (X.690 §8.1.3.6).";
    BerConstructedString = "ber_constructed_string", "An octet string sent in parts (X.690 §8.7.3).";
    BerTrailingBytes = "ber_trailing_bytes", "Bytes after the last element.";
    BerNonMinimalInteger = "ber_non_minimal_integer", "An integer with leading octets it does not need (X.690 §8.3.2).";
    BerDuplicateElement = "ber_duplicate_element", "The same context tag twice where the type allows one.";
    BerUnknownElement = "ber_unknown_element", "An element before the identity that the argument type does not define.";
    TcapLongTransactionId = "tcap_long_transaction_id", "A transaction id longer than four octets (Q.773 §4.2).";
    TcapEmptyTransactionId = "tcap_empty_transaction_id", "A transaction id of no octets (Q.773 §4.2).";
    TcapGlobalOperationCode = "tcap_global_operation_code", "An operation named by object identifier instead of a local code (Q.773 §3.2).";
    TcapExtendedApplicationContext = "tcap_extended_application_context", "Arcs beyond those of a registered application context.";
    TcapMissingApplicationContext = "tcap_missing_application_context", "A begin without application context for an operation that is not MAP version 1.";
    TcapOperationOutsideContext = "tcap_operation_outside_context", "An operation that its application context does not contain.";
    TcapSeveralComponents = "tcap_several_components", "More than one invoke in one message.";
    TcapUnknownTag = "tcap_unknown_tag", "A message or component tag that Q.773 does not define.";
    TcapInvokeIdRange = "tcap_invoke_id_range", "An invoke id outside one octet.";
    MapIdentityMissing = "map_identity_missing", "An operation about one subscriber without a readable identity.";
    MapIdentityOdd = "map_identity_odd", "An identity with filler in the middle, a digit above nine, or an impossible length.";
    MapDuplicateIdentity = "map_duplicate_identity", "Two identities that differ in one argument.";
    MapSecured = "map_secured", "A MAPsec operation (78 to 81).";
    SccpMissingSubsystem = "sccp_missing_subsystem", "No subsystem number in an address routed by it.";
    SccpSubsystemContradictsContext = "sccp_subsystem_contradicts_context", "The subsystem number belongs to another application than the content.";
    SccpPointerOverlap = "sccp_pointer_overlap", "Pointers that overlap or point backwards (Q.713 §3.1).";
    SccpOddEvenMismatch = "sccp_odd_even_mismatch", "The encoding scheme contradicts the digits (Q.713 §3.4.2.3).";
    SccpHexDigits = "sccp_hex_digits", "Semi-octets above nine in a global title.";
    SccpRoutingContradiction = "sccp_routing_contradiction", "Routed on a subsystem number while a global title is present, or on a global title that is absent.";
    SccpUnknownNature = "sccp_unknown_nature", "A nature of address that Q.713 leaves unassigned.";
    SccpSegmentOrder = "sccp_segment_order", "Segments out of order, repeated, or without a first one (Q.714 §4.1.1).";
    SccpAddressTrailing = "sccp_address_trailing", "Bytes after the end of a party address.";
    Mtp3UnknownService = "mtp3_unknown_service", "A service indicator that Q.704 leaves spare.";
    SctpPpidMismatch = "sctp_ppid_mismatch", "A payload protocol identifier that is not the payload's.";
    SctpChecksum = "sctp_checksum", "A checksum that does not fit.";
    DiameterLengthUnaligned = "diameter_length_unaligned", "A message or padding not aligned to four octets (RFC 6733 §4.1).";
    DiameterAvpOverrun = "diameter_avp_overrun", "An AVP that runs past its message or group.";
    DiameterVendorZero = "diameter_vendor_zero", "A vendor flag with vendor id 0 (RFC 6733 §4.1).";
    DiameterFlagFault = "diameter_flag_fault", "A header or AVP flag that the definition forbids.";
    DiameterDuplicateAvp = "diameter_duplicate_avp", "Two AVPs where the command allows one.";
    DiameterApplicationMismatch = "diameter_application_mismatch", "The header's application is not that of the AVPs or the command.";
    DiameterOriginMismatch = "diameter_origin_mismatch", "The origin host is not below the origin realm, compared by whole labels.";
    DiameterIdentityForm = "diameter_identity_form", "A host or realm with capital letters, a trailing dot, or characters no host name has.";
    DiameterSessionIdForm = "diameter_session_id_form", "A session id that does not follow RFC 6733 §8.8.";
    DiameterImsiInSessionId = "diameter_imsi_in_session_id", "The subscriber identity stands in the session id.";
    DiameterRouteLoop = "diameter_route_loop", "One host twice among the route records, or too many of them.";
    DiameterVersion = "diameter_version", "A version other than 1.";
    PlmnInvalid = "plmn_invalid", "A network identity with digits that no network has.";
    GtpLengthMismatch = "gtp_length_mismatch", "A length field shorter or longer than the datagram.";
    GtpWrongPort = "gtp_wrong_port", "A version on the port of another.";
    GtpElementOrder = "gtp_element_order", "Information elements out of order (TS 29.060 §7.7).";
    GtpDuplicateElement = "gtp_duplicate_element", "The same element and instance twice.";
    GtpEchoPayload = "gtp_echo_payload", "An echo with more than its recovery counter.";
    GtpNested = "gtp_nested", "GTP inside GTP.";
    GtpSourceNotEndpoint = "gtp_source_not_endpoint", "The address in the tunnel endpoint is not the sender's.";
    GtpTeidZero = "gtp_teid_zero", "A tunnel endpoint of zero where the message needs one.";
    GtpSpareBits = "gtp_spare_bits", "Spare bits that are set.";
    GtpPiggyback = "gtp_piggyback", "A second message behind the first that may not carry one.";
    SmsHeaderFault = "sms_header_fault", "A short message header that contradicts its length.";
    IpFragmentOverlap = "ip_fragment_overlap", "Fragments that overlap.";
    TcpOverlap = "tcp_overlap", "Retransmitted bytes that differ from the first.";
    HttpHeaderFault = "http_header_fault", "A header block that HPACK does not allow.";
    SctpTsnReused = "sctp_tsn_reused", "A transmission sequence number sent again with other content.";
    SccpSubsystemUnknown = "sccp_subsystem_unknown", "No subsystem number, or zero, in a called address routed by global title: the translation alone decides.";
    SccpReservedSubsystem = "sccp_reserved_subsystem", "A subsystem number that Q.713 §3.4.2.2 reserves.";
    SccpUnknownIndicator = "sccp_unknown_indicator", "A global title indicator that Q.713 §3.4.1 leaves unassigned.";
    SccpUnknownPlan = "sccp_unknown_plan", "A numbering plan or encoding scheme that Q.713 §3.4.2.3 leaves unassigned.";
    SccpLongGlobalTitle = "sccp_long_global_title", "More than fifteen digits in a global title.";
    SccpAddressTruncated = "sccp_address_truncated", "A party address that ends before its indicator says.";
    SccpUnusedBytes = "sccp_unused_bytes", "Bytes that no parameter of the message covers.";
    SccpHopCounter = "sccp_hop_counter", "A hop counter outside 1 to 15 (Q.713 §3.18).";
    SccpProtocolClass = "sccp_protocol_class", "A connectionless message of a class other than 0 and 1 (Q.713 §3.6).";
    SccpOptionalFault = "sccp_optional_fault", "An optional part without end, or with a repeated or malformed parameter.";
    SigtranParameterFault = "sigtran_parameter_fault", "A message or parameter of SIGTRAN that is repeated, or of the wrong length or range.";
    BerElementOrder = "ber_element_order", "Elements of a sequence in another order than its type has them.";
    BerPrimitiveForm = "ber_primitive_form", "A sequence without the bit that says it is constructed (X.690 §8.9.1).";
    TcapDialogueSyntax = "tcap_dialogue_syntax", "A dialogue portion that names another abstract syntax than those of Q.773 §4.2.3.";
    TcapPeerChanged = "tcap_peer_changed", "A continue, end or abort from another address than that of the dialogue's peer.";
    MapVersionMismatch = "map_version_mismatch", "An argument in the form of another version than its application context.";
    MapIdentityTemporary = "map_identity_temporary", "A subscriber named by LMSI or TMSI alone.";
    MapAddressForm = "map_address_form", "A subscriber or node number that is not marked as international E.164 (TS 23.003).";
    DiameterDestinationMismatch = "diameter_destination_mismatch", "The destination host is not below the destination realm, compared by whole labels.";
    DiameterValueForm = "diameter_value_form", "A value whose length or form its type does not allow (RFC 6733 §4.2, §4.3).";
    HttpFrameFault = "http_frame_fault", "A frame that RFC 9113 does not allow at its place, or of the wrong length.";
    HttpUnknownEntry = "http_unknown_entry", "A header that points into a table whose earlier entries were not captured (RFC 7541 §2.3).";
    HttpMessageFault = "http_message_fault", "Header fields that RFC 9113 §8 does not allow: repeated or late pseudo-fields, capital letters, fields of a connection.";
    GtpHeaderFlag = "gtp_header_flag", "A flag of the header against what the message type demands.";
    GtpElementFault = "gtp_element_fault", "An element whose length or content its type does not allow.";
    GtpUnexpectedInstance = "gtp_unexpected_instance", "An element with an instance that no message gives it (TS 29.274 §6.1.3).";
    GtpIdentityOdd = "gtp_identity_odd", "An identity in GTP or PFCP with a digit above nine or of an impossible length.";
    SccpReturned = "sccp_returned", "A message that came back undelivered: its addresses are those of the way back (Q.714 §4.2).";
    TcapLinkedInvoke = "tcap_linked_invoke", "An invoke linked to an operation that the other side did not invoke (Q.774 §3.2).";
}

/// A set of anomalies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anomalies(u128);

impl Anomalies {
    /// Add one.
    pub const fn add(&mut self, anomaly: Anomaly) {
        self.0 |= anomaly.bit();
    }

    /// Add all of `other`.
    pub const fn merge(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// True when there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The anomalies in the set, in order.
    pub fn iter(self) -> impl Iterator<Item = Anomaly> {
        Anomaly::ALL.iter().copied().filter(move |anomaly| self.0 & anomaly.bit() != 0)
    }
}
