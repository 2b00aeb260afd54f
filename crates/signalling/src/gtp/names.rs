//! Message types of every GTP version and of PFCP, and which answers which.

/// What a message is in its exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It waits for an answer.
    Request,
    /// It answers the request of this type.
    Answer(u8),
    /// Neither.
    Single,
}

macro_rules! names {
    ($(#[$meta:meta])* $function:ident { $($code:literal $name:literal $role:ident $(($of:literal))?;)* }) => {
        $(#[$meta])*
        pub(crate) const fn $function(code: u8) -> Option<(&'static str, Role)> {
            match code { $($code => Some(($name, Role::$role $(($of))?)),)* _ => None }
        }
    };
}

names! {
    /// GSM 09.60 table 1.
    version_0 {
        1 "Echo Request" Request;
        2 "Echo Response" Answer(1);
        3 "Version Not Supported" Single;
        4 "Node Alive Request" Request;
        5 "Node Alive Response" Answer(4);
        6 "Redirection Request" Request;
        7 "Redirection Response" Answer(6);
        16 "Create PDP Context Request" Request;
        17 "Create PDP Context Response" Answer(16);
        18 "Update PDP Context Request" Request;
        19 "Update PDP Context Response" Answer(18);
        20 "Delete PDP Context Request" Request;
        21 "Delete PDP Context Response" Answer(20);
        22 "Create AA PDP Context Request" Request;
        23 "Create AA PDP Context Response" Answer(22);
        24 "Delete AA PDP Context Request" Request;
        25 "Delete AA PDP Context Response" Answer(24);
        26 "Error Indication" Single;
        27 "PDU Notification Request" Request;
        28 "PDU Notification Response" Answer(27);
        29 "PDU Notification Reject Request" Request;
        30 "PDU Notification Reject Response" Answer(29);
        32 "Send Routeing Information for GPRS Request" Request;
        33 "Send Routeing Information for GPRS Response" Answer(32);
        34 "Failure Report Request" Request;
        35 "Failure Report Response" Answer(34);
        36 "Note MS GPRS Present Request" Request;
        37 "Note MS GPRS Present Response" Answer(36);
        48 "Identification Request" Request;
        49 "Identification Response" Answer(48);
        50 "SGSN Context Request" Request;
        51 "SGSN Context Response" Answer(50);
        52 "SGSN Context Acknowledge" Single;
        240 "Data Record Transfer Request" Request;
        241 "Data Record Transfer Response" Answer(240);
        255 "T-PDU" Single;
    }
}

names! {
    /// TS 29.060 table 1.
    version_1 {
        1 "Echo Request" Request;
        2 "Echo Response" Answer(1);
        3 "Version Not Supported" Single;
        4 "Node Alive Request" Request;
        5 "Node Alive Response" Answer(4);
        6 "Redirection Request" Request;
        7 "Redirection Response" Answer(6);
        16 "Create PDP Context Request" Request;
        17 "Create PDP Context Response" Answer(16);
        18 "Update PDP Context Request" Request;
        19 "Update PDP Context Response" Answer(18);
        20 "Delete PDP Context Request" Request;
        21 "Delete PDP Context Response" Answer(20);
        22 "Initiate PDP Context Activation Request" Request;
        23 "Initiate PDP Context Activation Response" Answer(22);
        26 "Error Indication" Single;
        27 "PDU Notification Request" Request;
        28 "PDU Notification Response" Answer(27);
        29 "PDU Notification Reject Request" Request;
        30 "PDU Notification Reject Response" Answer(29);
        31 "Supported Extension Headers Notification" Single;
        32 "Send Routeing Information for GPRS Request" Request;
        33 "Send Routeing Information for GPRS Response" Answer(32);
        34 "Failure Report Request" Request;
        35 "Failure Report Response" Answer(34);
        36 "Note MS GPRS Present Request" Request;
        37 "Note MS GPRS Present Response" Answer(36);
        48 "Identification Request" Request;
        49 "Identification Response" Answer(48);
        50 "SGSN Context Request" Request;
        51 "SGSN Context Response" Answer(50);
        52 "SGSN Context Acknowledge" Single;
        53 "Forward Relocation Request" Request;
        54 "Forward Relocation Response" Answer(53);
        55 "Forward Relocation Complete" Request;
        56 "Relocation Cancel Request" Request;
        57 "Relocation Cancel Response" Answer(56);
        58 "Forward SRNS Context" Request;
        59 "Forward Relocation Complete Acknowledge" Answer(55);
        60 "Forward SRNS Context Acknowledge" Answer(58);
        61 "UE Registration Query Request" Request;
        62 "UE Registration Query Response" Answer(61);
        70 "RAN Information Relay" Single;
        96 "MBMS Notification Request" Request;
        97 "MBMS Notification Response" Answer(96);
        98 "MBMS Notification Reject Request" Request;
        99 "MBMS Notification Reject Response" Answer(98);
        100 "Create MBMS Context Request" Request;
        101 "Create MBMS Context Response" Answer(100);
        102 "Update MBMS Context Request" Request;
        103 "Update MBMS Context Response" Answer(102);
        104 "Delete MBMS Context Request" Request;
        105 "Delete MBMS Context Response" Answer(104);
        112 "MBMS Registration Request" Request;
        113 "MBMS Registration Response" Answer(112);
        114 "MBMS De-Registration Request" Request;
        115 "MBMS De-Registration Response" Answer(114);
        116 "MBMS Session Start Request" Request;
        117 "MBMS Session Start Response" Answer(116);
        118 "MBMS Session Stop Request" Request;
        119 "MBMS Session Stop Response" Answer(118);
        120 "MBMS Session Update Request" Request;
        121 "MBMS Session Update Response" Answer(120);
        128 "MS Info Change Notification Request" Request;
        129 "MS Info Change Notification Response" Answer(128);
        240 "Data Record Transfer Request" Request;
        241 "Data Record Transfer Response" Answer(240);
        253 "Tunnel Status" Single;
        254 "End Marker" Single;
        255 "G-PDU" Single;
    }
}

names! {
    /// TS 29.274 table 6.1-1.
    version_2 {
        1 "Echo Request" Request;
        2 "Echo Response" Answer(1);
        3 "Version Not Supported Indication" Single;
        25 "SRVCC PS to CS Request" Request;
        26 "SRVCC PS to CS Response" Answer(25);
        27 "SRVCC PS to CS Complete Notification" Request;
        28 "SRVCC PS to CS Complete Acknowledge" Answer(27);
        29 "SRVCC PS to CS Cancel Notification" Request;
        30 "SRVCC PS to CS Cancel Acknowledge" Answer(29);
        31 "SRVCC CS to PS Request" Request;
        32 "Create Session Request" Request;
        33 "Create Session Response" Answer(32);
        34 "Modify Bearer Request" Request;
        35 "Modify Bearer Response" Answer(34);
        36 "Delete Session Request" Request;
        37 "Delete Session Response" Answer(36);
        38 "Change Notification Request" Request;
        39 "Change Notification Response" Answer(38);
        40 "Remote UE Report Notification" Request;
        41 "Remote UE Report Acknowledge" Answer(40);
        64 "Modify Bearer Command" Request;
        65 "Modify Bearer Failure Indication" Answer(64);
        66 "Delete Bearer Command" Request;
        67 "Delete Bearer Failure Indication" Answer(66);
        68 "Bearer Resource Command" Request;
        69 "Bearer Resource Failure Indication" Answer(68);
        70 "Downlink Data Notification Failure Indication" Single;
        71 "Trace Session Activation" Single;
        72 "Trace Session Deactivation" Single;
        73 "Stop Paging Indication" Single;
        95 "Create Bearer Request" Request;
        96 "Create Bearer Response" Answer(95);
        97 "Update Bearer Request" Request;
        98 "Update Bearer Response" Answer(97);
        99 "Delete Bearer Request" Request;
        100 "Delete Bearer Response" Answer(99);
        101 "Delete PDN Connection Set Request" Request;
        102 "Delete PDN Connection Set Response" Answer(101);
        103 "PGW Downlink Triggering Notification" Request;
        104 "PGW Downlink Triggering Acknowledge" Answer(103);
        128 "Identification Request" Request;
        129 "Identification Response" Answer(128);
        130 "Context Request" Request;
        131 "Context Response" Answer(130);
        132 "Context Acknowledge" Single;
        133 "Forward Relocation Request" Request;
        134 "Forward Relocation Response" Answer(133);
        135 "Forward Relocation Complete Notification" Request;
        136 "Forward Relocation Complete Acknowledge" Answer(135);
        137 "Forward Access Context Notification" Request;
        138 "Forward Access Context Acknowledge" Answer(137);
        139 "Relocation Cancel Request" Request;
        140 "Relocation Cancel Response" Answer(139);
        141 "Configuration Transfer Tunnel" Single;
        149 "Detach Notification" Request;
        150 "Detach Acknowledge" Answer(149);
        151 "CS Paging Indication" Single;
        152 "RAN Information Relay" Single;
        153 "Alert MME Notification" Request;
        154 "Alert MME Acknowledge" Answer(153);
        155 "UE Activity Notification" Request;
        156 "UE Activity Acknowledge" Answer(155);
        157 "ISR Status Indication" Single;
        158 "UE Registration Query Request" Request;
        159 "UE Registration Query Response" Answer(158);
        160 "Create Forwarding Tunnel Request" Request;
        161 "Create Forwarding Tunnel Response" Answer(160);
        162 "Suspend Notification" Request;
        163 "Suspend Acknowledge" Answer(162);
        164 "Resume Notification" Request;
        165 "Resume Acknowledge" Answer(164);
        166 "Create Indirect Data Forwarding Tunnel Request" Request;
        167 "Create Indirect Data Forwarding Tunnel Response" Answer(166);
        168 "Delete Indirect Data Forwarding Tunnel Request" Request;
        169 "Delete Indirect Data Forwarding Tunnel Response" Answer(168);
        170 "Release Access Bearers Request" Request;
        171 "Release Access Bearers Response" Answer(170);
        176 "Downlink Data Notification" Request;
        177 "Downlink Data Notification Acknowledge" Answer(176);
        179 "PGW Restart Notification" Request;
        180 "PGW Restart Notification Acknowledge" Answer(179);
        200 "Update PDN Connection Set Request" Request;
        201 "Update PDN Connection Set Response" Answer(200);
        211 "Modify Access Bearers Request" Request;
        212 "Modify Access Bearers Response" Answer(211);
        231 "MBMS Session Start Request" Request;
        232 "MBMS Session Start Response" Answer(231);
        233 "MBMS Session Update Request" Request;
        234 "MBMS Session Update Response" Answer(233);
        235 "MBMS Session Stop Request" Request;
        236 "MBMS Session Stop Response" Answer(235);
        240 "SRVCC CS to PS Response" Answer(31);
        241 "SRVCC CS to PS Complete Notification" Request;
        242 "SRVCC CS to PS Complete Acknowledge" Answer(241);
        243 "SRVCC CS to PS Cancel Notification" Request;
        244 "SRVCC CS to PS Cancel Acknowledge" Answer(243);
    }
}

names! {
    /// TS 29.244 table 7.3-1.
    pfcp {
        1 "Heartbeat Request" Request;
        2 "Heartbeat Response" Answer(1);
        3 "PFD Management Request" Request;
        4 "PFD Management Response" Answer(3);
        5 "Association Setup Request" Request;
        6 "Association Setup Response" Answer(5);
        7 "Association Update Request" Request;
        8 "Association Update Response" Answer(7);
        9 "Association Release Request" Request;
        10 "Association Release Response" Answer(9);
        11 "Version Not Supported Response" Single;
        12 "Node Report Request" Request;
        13 "Node Report Response" Answer(12);
        14 "Session Set Deletion Request" Request;
        15 "Session Set Deletion Response" Answer(14);
        16 "Session Set Modification Request" Request;
        17 "Session Set Modification Response" Answer(16);
        50 "Session Establishment Request" Request;
        51 "Session Establishment Response" Answer(50);
        52 "Session Modification Request" Request;
        53 "Session Modification Response" Answer(52);
        54 "Session Deletion Request" Request;
        55 "Session Deletion Response" Answer(54);
        56 "Session Report Request" Request;
        57 "Session Report Response" Answer(56);
    }
}
