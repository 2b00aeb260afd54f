//! The rows of captures as JSON lines: `cargo run -p signalling --example dump FILE…`. Identities are shown: for tests on fictional data.
#![allow(clippy::unwrap_used, reason = "a tool for developers")]

#[path = "../tests/dictionary/mod.rs"]
mod dictionary;

use core::fmt::{Display, Write as _};
use std::io::{BufWriter, Write as _};

use signalling::digits::Digits;
use signalling::gap::Gap;
use signalling::message::{ApplicationContext, Message, Node, PartyAddress};
use signalling::pipeline::{Decoder, Options};
use signalling::sink::{Sink, Tunnel};

/// One JSON object, absent values left out.
struct Line(String);

impl Line {
    fn new(table: &str) -> Self {
        Self(format!("{{\"table\":\"{table}\""))
    }

    fn number(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            write!(self.0, ",\"{name}\":{value}").unwrap();
        }
    }

    fn text(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            write!(self.0, ",\"{name}\":\"{}\"", escaped(&value.to_string())).unwrap();
        }
    }

    fn bytes(&mut self, name: &str, value: Option<&[u8]>) {
        self.text(name, value.map(String::from_utf8_lossy));
    }

    fn digits(&mut self, name: &str, value: &Digits) {
        self.bytes(name, Some(value.as_bytes()).filter(|digits| !digits.is_empty()));
    }

    fn node(&mut self, name: &str, node: &Node<'_>) {
        match node {
            Node::Absent => {}
            Node::Number(digits) => self.digits(name, digits),
            Node::Name(host) => self.bytes(name, Some(host)),
        }
    }

    fn list(&mut self, name: &str, values: &[String]) {
        let values: Vec<String> = values.iter().map(|value| format!("\"{}\"", escaped(value))).collect();
        write!(self.0, ",\"{name}\":[{}]", values.join(",")).unwrap();
    }

    fn party(&mut self, side: &str, party: &PartyAddress) {
        self.digits(&format!("{side}_global_title"), &party.global_title);
        self.number(&format!("{side}_nature_of_address"), party.nature_of_address);
        self.number(&format!("{side}_numbering_plan"), party.numbering_plan);
        self.number(&format!("{side}_translation_type"), party.translation_type);
        self.number(&format!("{side}_subsystem_number"), party.subsystem_number);
        self.number(&format!("{side}_point_code"), party.point_code);
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            _ if u32::from(sign) < 0x20 => write!(out, "\\u{:04x}", u32::from(sign)).unwrap(),
            _ => out.push(sign),
        }
    }
    out
}

fn context(context: &ApplicationContext) -> Option<String> {
    match context {
        ApplicationContext::Absent => None,
        ApplicationContext::Application(application) => Some(application.to_string()),
        ApplicationContext::Object { arcs, count } => {
            let arcs: Vec<String> = arcs.iter().take(usize::from(*count)).map(u32::to_string).collect();
            Some(arcs.join("."))
        }
    }
}

fn transport(line: &mut Line, message: &Message<'_>) {
    line.number("frame", Some(message.frame));
    line.number("index", Some(message.index));
    line.number("observed_at", Some(message.observed_at));
    line.text("protocol", Some(message.protocol.name()));
    line.text("source_ip", message.source_ip);
    line.text("destination_ip", message.destination_ip);
    line.number("source_port", message.source_port);
    line.number("destination_port", message.destination_port);
    line.number("network_indicator", message.network_indicator);
    line.number("originating_point_code", message.originating_point_code);
    line.number("destination_point_code", message.destination_point_code);
    line.party("calling", &message.calling);
    line.party("called", &message.called);
}

fn dialogue(line: &mut Line, message: &Message<'_>) {
    line.text("interface", message.interface);
    line.text("message_type", message.message_type);
    line.text("component", message.component);
    line.number("operation_code", message.operation_code);
    line.text("operation", message.operation);
    line.text("application_context", context(&message.application_context));
    line.number("error_code", message.error_code);
    line.number("originating_transaction", message.originating_transaction);
    line.number("destination_transaction", message.destination_transaction);
    line.number("invoke_id", message.invoke_id);
    line.bytes("origin_host", message.origin_host);
    line.bytes("origin_realm", message.origin_realm);
    line.bytes("destination_host", message.destination_host);
    line.bytes("destination_realm", message.destination_realm);
    let route: Vec<String> = message.route_record.iter().map(|host| String::from_utf8_lossy(host).into_owned()).collect();
    line.list("route_record", &route);
    line.text("session_id_form", message.session_id_form);
    line.number("hop_by_hop", message.hop_by_hop);
    line.number("end_to_end", message.end_to_end);
    line.number("teid", message.teid);
    line.number("sequence", message.sequence);
    line.number("request_frame", message.request_frame);
    line.number("delay", message.delay);
}

fn content(line: &mut Line, message: &Message<'_>) {
    line.digits("imsi", &message.imsi);
    line.digits("msisdn", &message.msisdn);
    line.digits("imei", &message.imei);
    line.digits("visited_plmn", &message.visited_plmn);
    line.node("serving_node", &message.serving_node);
    line.node("home_node", &message.home_node);
    line.node("gmlc_or_scf", &message.gmlc_or_scf);
    line.digits("cell_plmn", &message.cell.plmn);
    line.number("cell_area", message.cell.area);
    line.number("cell_cell", message.cell.cell);
    line.number("location_age", message.location_age);
    line.digits("forwarded_to", &message.forwarded_to);
    line.bytes("apn", message.apn.as_ref().map(signalling::message::Apn::as_bytes));
    line.text("gsn_address", message.gsn_address);
    line.number("rat", message.rat);
    line.number("authentication_vectors_count", Some(message.vectors.count).filter(|count| *count > 0));
    line.text("authentication_vectors_kind", message.vectors.kind);
    line.text("sms_direction", message.sms.direction);
    line.number("sms_pid", message.sms.pid);
    line.number("sms_dcs", message.sms.dcs);
    line.number("sms_length", message.sms.length);
    line.digits("sms_originator", &message.sms.originator);
    line.number("exposes", Some(message.exposes.0));
    let anomalies: Vec<String> = message.anomalies.iter().map(|anomaly| anomaly.name().to_owned()).collect();
    line.list("anomalies", &anomalies);
    line.number("length", Some(message.length));
}

struct Json<W: std::io::Write>(W, String);

impl<W: std::io::Write> Json<W> {
    fn write(&mut self, mut line: Line) {
        line.text("capture", Some(&self.1));
        writeln!(self.0, "{}}}", line.0).unwrap();
    }
}

impl<W: std::io::Write> Sink for Json<W> {
    fn message(&mut self, message: &Message<'_>) {
        let mut line = Line::new("messages");
        transport(&mut line, message);
        dialogue(&mut line, message);
        content(&mut line, message);
        self.write(line);
    }

    fn gap(&mut self, gap: Gap) {
        let mut line = Line::new("gaps");
        line.number("frame", Some(gap.frame));
        line.number("offset", Some(gap.offset));
        line.number("length", Some(gap.length));
        line.text("protocol", Some(gap.protocol.name()));
        line.text("reason", Some(gap.reason.name()));
        self.write(line);
    }

    fn tunnel(&mut self, tunnel: Tunnel) {
        let mut line = Line::new("tunnels");
        line.text("source_ip", Some(tunnel.source_ip));
        line.text("destination_ip", Some(tunnel.destination_ip));
        line.number("teid", Some(tunnel.teid));
        line.number("packets", Some(tunnel.packets));
        line.number("bytes", Some(tunnel.bytes));
        line.number("first_frame", Some(tunnel.first_frame));
        line.number("inner_version", Some(tunnel.inner_version));
        line.number("nested", Some(tunnel.nested));
        self.write(line);
    }
}

fn main() {
    let mut sink = Json(BufWriter::new(std::io::stdout().lock()), String::new());
    let options = Options { dictionary: Some(dictionary::shipped()), ..Options::default() };
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        sink.1 = path;
        let mut decoder = Decoder::new(&options);
        decoder.push(&bytes, &mut sink).unwrap();
        decoder.finish(&mut sink).unwrap();
    }
    sink.0.flush().unwrap();
}
