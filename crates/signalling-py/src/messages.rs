//! The `messages` table: one row a message. Names and meanings: `src/ipxray/capture/rows.py`; a test holds the two together.

use signalling::message::{Message, Node, PartyAddress};

use crate::column::{Addresses, Flags, Integers, Labels, TextLists, Texts, Words};
use crate::origin::Origins;
use crate::table::table;

mod context;

use context::{ContextKey, context};

table! {
    /// Rows of messages.
    Messages {
        capture: Labels<u32>, required;
        frame: Integers, required;
        index: Integers, required;
        observed_at: Integers, required;
        protocol: Words, required;
        interface: Words, optional;
        message_type: Words, optional;
        component: Words, optional;
        operation_code: Integers, optional;
        operation: Words, optional;
        application_context: Labels<ContextKey>, optional;
        error_code: Integers, optional;
        source_ip: Addresses, optional;
        destination_ip: Addresses, optional;
        source_port: Integers, optional;
        destination_port: Integers, optional;
        network_indicator: Integers, optional;
        originating_point_code: Integers, optional;
        destination_point_code: Integers, optional;
        calling_global_title: Texts, optional;
        calling_nature_of_address: Integers, optional;
        calling_numbering_plan: Integers, optional;
        calling_translation_type: Integers, optional;
        calling_subsystem_number: Integers, optional;
        calling_point_code: Integers, optional;
        called_global_title: Texts, optional;
        called_nature_of_address: Integers, optional;
        called_numbering_plan: Integers, optional;
        called_translation_type: Integers, optional;
        called_subsystem_number: Integers, optional;
        called_point_code: Integers, optional;
        originating_transaction: Integers, optional;
        destination_transaction: Integers, optional;
        invoke_id: Integers, optional;
        origin_host: Texts, optional;
        origin_realm: Texts, optional;
        destination_host: Texts, optional;
        destination_realm: Texts, optional;
        route_record: TextLists, required;
        session_id_form: Words, optional;
        hop_by_hop: Integers, optional;
        end_to_end: Integers, optional;
        teid: Integers, optional;
        sequence: Integers, optional;
        imsi: Texts, optional;
        msisdn: Texts, optional;
        imei: Texts, optional;
        visited_plmn: Texts, optional;
        serving_node: Texts, optional;
        home_node: Texts, optional;
        gmlc_or_scf: Texts, optional;
        cell_mcc: Texts, optional;
        cell_mnc: Texts, optional;
        cell_area: Integers, optional;
        cell_cell: Integers, optional;
        location_age: Integers, optional;
        forwarded_to: Texts, optional;
        apn: Texts, optional;
        gsn_address: Addresses, optional;
        rat: Integers, optional;
        authentication_vectors_count: Integers, optional;
        authentication_vectors_kind: Words, optional;
        sms_direction: Words, optional;
        sms_pid: Integers, optional;
        sms_dcs: Integers, optional;
        sms_length: Integers, optional;
        sms_originator: Texts, optional;
        sms_alphanumeric: Flags, optional;
        sms_is_binary: Flags, optional;
        sms_toolkit_application: Integers, optional;
        exposes: Integers, required;
        anomalies: TextLists, required;
        length: Integers, required;
        request_frame: Integers, optional;
        delay: Integers, optional;
    }
}

impl Messages {
    /// Bytes of text that came off the wire and are held.
    pub(crate) const fn text_size(&self) -> usize {
        let hosts = self.origin_host.size().saturating_add(self.destination_host.size());
        let realms = self.origin_realm.size().saturating_add(self.destination_realm.size());
        hosts.saturating_add(realms).saturating_add(self.route_record.size())
    }

    pub(crate) fn push(&mut self, message: &Message<'_>, origins: &Origins, masking: Option<&crate::mask::Mask>) {
        let row = self.rows;
        self.rows = row.saturating_add(1);
        self.place(row, message, origins);
        self.transport(row, message);
        if is_present(&message.calling) || is_present(&message.called) {
            self.parties(row, message, masking);
        }
        self.dialogue(row, message);
        self.identities(row, message, masking);
        self.location(row, message);
        self.content(row, message, masking);
    }

    fn place(&mut self, row: usize, message: &Message<'_>, origins: &Origins) {
        let (capture, frame) = origins.locate(message.frame);
        self.capture.set(row, capture, |out| out.extend_from_slice(origins.name(capture)));
        self.frame.set_bits(row, frame);
        self.index.set(row, message.index);
        self.observed_at.set(row, message.observed_at);
        self.protocol.word(row, message.protocol.name());
        self.interface.maybe(row, message.interface);
        self.message_type.maybe(row, message.message_type);
        self.component.maybe(row, message.component);
        self.operation_code.maybe(row, message.operation_code);
        self.operation.maybe(row, message.operation);
        self.error_code.maybe(row, message.error_code);
        self.length.set(row, message.length);
        if let Some(request) = message.request_frame {
            let (request_capture, request_frame) = origins.locate(request);
            if request_capture == capture {
                self.request_frame.set_bits(row, request_frame);
            }
        }
        self.delay.maybe(row, message.delay);
    }

    fn transport(&mut self, row: usize, message: &Message<'_>) {
        self.source_ip.maybe(row, message.source_ip);
        self.destination_ip.maybe(row, message.destination_ip);
        self.source_port.maybe(row, message.source_port);
        self.destination_port.maybe(row, message.destination_port);
        self.network_indicator.maybe(row, message.network_indicator);
        self.originating_point_code.maybe(row, message.originating_point_code);
        self.destination_point_code.maybe(row, message.destination_point_code);
    }

    fn parties(&mut self, row: usize, message: &Message<'_>, masking: Option<&crate::mask::Mask>) {
        let title = |party: &PartyAddress, column: &mut Texts| match masking {
            _ if party.global_title.is_empty() => {}
            Some(mask) => column.write(row, |out| mask.global_title(party, message, out)),
            None => column.set(row, party.global_title.as_bytes()),
        };
        title(&message.calling, &mut self.calling_global_title);
        self.calling_nature_of_address.maybe(row, message.calling.nature_of_address);
        self.calling_numbering_plan.maybe(row, message.calling.numbering_plan);
        self.calling_translation_type.maybe(row, message.calling.translation_type);
        self.calling_subsystem_number.maybe(row, message.calling.subsystem_number);
        self.calling_point_code.maybe(row, message.calling.point_code);
        title(&message.called, &mut self.called_global_title);
        self.called_nature_of_address.maybe(row, message.called.nature_of_address);
        self.called_numbering_plan.maybe(row, message.called.numbering_plan);
        self.called_translation_type.maybe(row, message.called.translation_type);
        self.called_subsystem_number.maybe(row, message.called.subsystem_number);
        self.called_point_code.maybe(row, message.called.point_code);
    }

    fn dialogue(&mut self, row: usize, message: &Message<'_>) {
        if let Some((key, write)) = context(&message.application_context) {
            self.application_context.set(row, key, write);
        }
        if let Some(transaction) = message.originating_transaction {
            self.originating_transaction.set_bits(row, transaction);
        }
        if let Some(transaction) = message.destination_transaction {
            self.destination_transaction.set_bits(row, transaction);
        }
        self.invoke_id.maybe(row, message.invoke_id);
        let names = [
            (message.origin_host, &mut self.origin_host),
            (message.origin_realm, &mut self.origin_realm),
            (message.destination_host, &mut self.destination_host),
            (message.destination_realm, &mut self.destination_realm),
        ];
        for (name, column) in names {
            if let Some(name) = name {
                column.set_hostile(row, name);
            }
        }
        if !message.route_record.is_empty() {
            self.route_record.set(row, &message.route_record);
        }
        self.session_id_form.maybe(row, message.session_id_form);
        self.hop_by_hop.maybe(row, message.hop_by_hop);
        self.end_to_end.maybe(row, message.end_to_end);
        self.teid.maybe(row, message.teid);
        self.sequence.maybe(row, message.sequence);
    }

    fn identities(&mut self, row: usize, message: &Message<'_>, masking: Option<&crate::mask::Mask>) {
        let identities = [
            (&message.imsi, &mut self.imsi, crate::mask::IMSI),
            (&message.msisdn, &mut self.msisdn, crate::mask::E164),
            (&message.imei, &mut self.imei, crate::mask::IMEI),
            (&message.forwarded_to, &mut self.forwarded_to, crate::mask::E164),
        ];
        for (digits, column, kind) in identities {
            match masking {
                _ if digits.is_empty() => {}
                Some(mask) => column.write(row, |out| mask.pseudonym(digits.as_bytes(), kind, out)),
                None => column.set(row, digits.as_bytes()),
            }
        }
        let nodes = [
            (&message.serving_node, &mut self.serving_node),
            (&message.home_node, &mut self.home_node),
            (&message.gmlc_or_scf, &mut self.gmlc_or_scf),
        ];
        for (node, column) in nodes {
            match node {
                Node::Absent => {}
                Node::Number(digits) => column.set(row, digits.as_bytes()),
                Node::Name(name) => column.set_hostile(row, name),
            }
        }
    }

    fn location(&mut self, row: usize, message: &Message<'_>) {
        if !message.visited_plmn.is_empty() {
            self.visited_plmn.set(row, message.visited_plmn.as_bytes());
        }
        if let Some((country, network)) = message.cell.plmn.as_bytes().split_at_checked(3) {
            self.cell_mcc.set(row, country);
            self.cell_mnc.set(row, network);
        }
        self.cell_area.maybe(row, message.cell.area);
        if let Some(cell) = message.cell.cell {
            self.cell_cell.set_bits(row, cell);
        }
        self.location_age.maybe(row, message.location_age);
        if let Some(apn) = &message.apn {
            self.apn.set_hostile(row, apn.as_bytes());
        }
        self.gsn_address.maybe(row, message.gsn_address);
        self.rat.maybe(row, message.rat);
    }

    fn content(&mut self, row: usize, message: &Message<'_>, masking: Option<&crate::mask::Mask>) {
        if message.vectors.count > 0 || message.vectors.kind.is_some() {
            self.authentication_vectors_count.set(row, message.vectors.count);
            self.authentication_vectors_kind.maybe(row, message.vectors.kind);
        }
        let sms = &message.sms;
        if sms.direction.is_some() {
            self.sms_direction.maybe(row, sms.direction);
            self.sms_pid.maybe(row, sms.pid);
            self.sms_dcs.maybe(row, sms.dcs);
            self.sms_length.maybe(row, sms.length);
            self.sms_alphanumeric.set(row, sms.alphanumeric);
            self.sms_toolkit_application.maybe(row, sms.toolkit_application);
            if let Some(is_binary) = sms.is_binary {
                self.sms_is_binary.set(row, is_binary);
            }
            match masking {
                _ if sms.originator.is_empty() => {}
                Some(mask) if !sms.alphanumeric => {
                    self.sms_originator.write(row, |out| mask.pseudonym(sms.originator.as_bytes(), crate::mask::E164, out));
                }
                _ => self.sms_originator.set(row, sms.originator.as_bytes()),
            }
        }
        self.exposes.set(row, message.exposes.0);
        if !message.anomalies.is_empty() {
            self.anomalies.set(row, message.anomalies.iter().map(signalling::anomaly::Anomaly::name));
        }
    }
}

/// Every address that comes from SCCP has one of these: Q.713 §3.4 knows no other way to route.
const fn is_present(party: &PartyAddress) -> bool {
    !party.global_title.is_empty() || party.subsystem_number.is_some() || party.point_code.is_some() || party.nature_of_address.is_some()
}
