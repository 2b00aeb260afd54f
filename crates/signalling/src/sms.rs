//! Short message transfer layer headers, TS 23.040 §9.2, and command packets, TS 31.115: features only, never the text.

use crate::anomaly::{Anomalies, Anomaly};
use crate::bytes::Reader;
use crate::digits::Digits;
use crate::gap::Reason;
use crate::message::Sms;

/// Who sent a transfer layer unit: the same type indicator means two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// The service centre, towards the mobile.
    Centre,
    /// The mobile, towards the service centre.
    Mobile,
}

/// TP-PID that hands the message to the SIM (TS 23.040 §9.2.3.9).
const SIM_DATA_DOWNLOAD: u8 = 0x7f;
/// Most octets of user data (TS 23.040 §9.2.3.16).
const MAX_USER_DATA: usize = 140;
/// Bits of the parameter indicator of reports.
const HAS_PID: u8 = 1;
const HAS_DCS: u8 = 2;
const HAS_USER_DATA: u8 = 4;

/// Take the features of `tpdu` into `sms`. True when it carries user data.
pub fn header(tpdu: &[u8], sender: Sender, sms: &mut Sms, anomalies: &mut Anomalies) -> bool {
    let mut unit = Unit { reader: Reader::new(tpdu), sms, anomalies };
    unit.read(sender).unwrap_or_else(|_| {
        unit.anomalies.add(Anomaly::SmsHeaderFault);
        false
    })
}

struct Unit<'u, 'b> {
    reader: Reader<'b>,
    sms: &'u mut Sms,
    anomalies: &'u mut Anomalies,
}

impl Unit<'_, '_> {
    fn read(&mut self, sender: Sender) -> Result<bool, Reason> {
        let first = self.reader.u8()?;
        let has_header = first & 0x40 != 0;
        let direction = match (first & 3, sender) {
            (0, Sender::Centre) => "deliver",
            (0, Sender::Mobile) => "deliver_report",
            (1, Sender::Centre) => "submit_report",
            (1, Sender::Mobile) => "submit",
            (2, Sender::Centre) => "status_report",
            (2, Sender::Mobile) => "command",
            _ => return Err(Reason::InvalidValue),
        };
        self.sms.direction = Some(direction);
        let has_user_data = match (first & 3, sender) {
            (0, Sender::Centre) => self.deliver(),
            (0, Sender::Mobile) => self.deliver_report(),
            (1, Sender::Centre) => self.submit_report(),
            (1, Sender::Mobile) => self.submit(first >> 3 & 3),
            (_, Sender::Centre) => self.status_report(),
            (_, Sender::Mobile) => self.command(),
        }?;
        if has_user_data { self.user_data(has_header) } else { Ok(false) }
    }

    fn deliver(&mut self) -> Result<bool, Reason> {
        self.address()?;
        self.protocol_and_coding()?;
        self.reader.skip(7)?;
        Ok(true)
    }

    fn submit(&mut self, validity: u8) -> Result<bool, Reason> {
        self.reader.skip(1)?;
        self.address()?;
        self.protocol_and_coding()?;
        // TP-VPF: none, enhanced, relative, absolute.
        self.reader.skip(match validity {
            0 => 0,
            2 => 1,
            _ => 7,
        })?;
        Ok(true)
    }

    fn status_report(&mut self) -> Result<bool, Reason> {
        self.reader.skip(1)?;
        self.address()?;
        self.reader.skip(15)?;
        self.parameters()
    }

    fn command(&mut self) -> Result<bool, Reason> {
        self.reader.skip(1)?;
        self.sms.pid = Some(self.reader.u8()?);
        self.reader.skip(2)?;
        self.address()?;
        let length = self.reader.u8()?;
        self.sms.length = Some(u32::from(length));
        self.sms.is_binary = Some(true);
        self.expect(usize::from(length));
        Ok(false)
    }

    /// TP-FCS stands in negative reports only; its values begin where those of the indicator cannot.
    fn deliver_report(&mut self) -> Result<bool, Reason> {
        if self.reader.peek().is_some_and(|octet| octet >= 0x80) {
            self.reader.skip(1)?;
        }
        self.parameters()
    }

    fn submit_report(&mut self) -> Result<bool, Reason> {
        if self.reader.peek().is_some_and(|octet| octet >= 0x80) {
            self.reader.skip(1)?;
        }
        let indicator = self.indicator()?;
        self.reader.skip(7)?;
        self.indicated(indicator)
    }

    fn parameters(&mut self) -> Result<bool, Reason> {
        if self.reader.is_empty() {
            return Ok(false);
        }
        let indicator = self.indicator()?;
        self.indicated(indicator)
    }

    fn indicator(&mut self) -> Result<u8, Reason> {
        let indicator = self.reader.u8()?;
        let mut last = indicator;
        while last & 0x80 != 0 {
            last = self.reader.u8()?;
        }
        Ok(indicator)
    }

    fn indicated(&mut self, indicator: u8) -> Result<bool, Reason> {
        if indicator & HAS_PID != 0 {
            self.sms.pid = Some(self.reader.u8()?);
        }
        if indicator & HAS_DCS != 0 {
            self.coding()?;
        }
        Ok(indicator & HAS_USER_DATA != 0)
    }

    fn protocol_and_coding(&mut self) -> Result<(), Reason> {
        self.sms.pid = Some(self.reader.u8()?);
        self.coding()
    }

    fn coding(&mut self) -> Result<(), Reason> {
        let dcs = self.reader.u8()?;
        self.sms.dcs = Some(dcs);
        let alphabet = alphabet(dcs);
        self.sms.is_binary = Some(alphabet == Alphabet::Binary || self.sms.pid == Some(SIM_DATA_DOWNLOAD));
        Ok(())
    }

    /// TP-OA, TP-DA, TP-RA: semi-octets counted, type of address, digits or text (TS 23.040 §9.1.2.5).
    fn address(&mut self) -> Result<(), Reason> {
        let count = usize::from(self.reader.u8()?);
        let form = self.reader.u8()?;
        if count > 20 || form & 0x80 == 0 {
            self.anomalies.add(Anomaly::SmsHeaderFault);
        }
        let octets = self.reader.take(count.div_ceil(2))?;
        if form >> 4 & 7 == 5 {
            self.sms.alphanumeric = true;
        } else if let Ok(digits) = Digits::from_semi_octets(octets, count) {
            self.sms.originator = digits;
        } else {
            self.anomalies.add(Anomaly::SmsHeaderFault);
        }
        Ok(())
    }

    fn user_data(&mut self, has_header: bool) -> Result<bool, Reason> {
        let length = usize::from(self.reader.u8()?);
        self.sms.length = u32::try_from(length).ok();
        let dcs = self.sms.dcs.unwrap_or(0);
        let is_compressed = dcs < 0x80 && dcs & 0x20 != 0;
        let is_packed = alphabet(dcs) == Alphabet::Septets && !is_compressed;
        let octets = if is_packed { length.saturating_mul(7).div_ceil(8) } else { length };
        self.expect(octets);
        if octets > MAX_USER_DATA {
            self.anomalies.add(Anomaly::SmsHeaderFault);
        }
        let is_for_sim = self.sms.pid == Some(SIM_DATA_DOWNLOAD) && !self.reader.is_empty();
        if self.packet(has_header, is_for_sim).is_err() {
            self.anomalies.add(Anomaly::SmsHeaderFault);
        }
        Ok(length > 0)
    }

    fn packet(&mut self, has_header: bool, is_for_sim: bool) -> Result<(), Reason> {
        if !has_header {
            return if is_for_sim { self.command_packet() } else { Ok(()) };
        }
        let length = usize::from(self.reader.u8()?);
        let elements = self.reader.take(length)?;
        if self.elements(elements)? {
            self.sms.is_binary = Some(true);
            self.command_packet()?;
        }
        Ok(())
    }

    /// Walk the user data header (§9.2.3.24); true when it announces a command packet that begins here.
    fn elements(&mut self, elements: &[u8]) -> Result<bool, Reason> {
        let (mut reader, mut is_command, mut is_first) = (Reader::new(elements), false, true);
        while !reader.is_empty() {
            let identifier = reader.u8()?;
            let length = usize::from(reader.u8()?);
            let value = reader.take(length)?;
            match (identifier, value) {
                (0x00, [_, count, number]) | (0x08, [_, _, count, number]) => {
                    is_first = *number <= 1;
                    if *number == 0 || number > count {
                        self.anomalies.add(Anomaly::SmsHeaderFault);
                    }
                }
                (0x00 | 0x08, _) => self.anomalies.add(Anomaly::SmsHeaderFault),
                (0x70, _) => is_command = true,
                _ => {}
            }
        }
        Ok(is_command && is_first)
    }

    /// Command packet length, header length, SPI, KIc, KID, TAR (TS 31.115 §4.2).
    fn command_packet(&mut self) -> Result<(), Reason> {
        let mut packet = self.reader;
        packet.skip(2)?;
        let header = packet.u8()?;
        if header < 13 {
            self.anomalies.add(Anomaly::SmsHeaderFault);
            return Ok(());
        }
        packet.skip(4)?;
        self.sms.toolkit_application = Some(packet.u24()?);
        Ok(())
    }

    fn expect(&mut self, octets: usize) {
        if self.reader.remaining() != octets {
            self.anomalies.add(Anomaly::SmsHeaderFault);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Alphabet {
    Septets,
    Binary,
    Ucs2,
}

/// TS 23.038 §4.
const fn alphabet(dcs: u8) -> Alphabet {
    match (dcs >> 4, dcs >> 2 & 3) {
        (0..=7, 1) | (15, 1 | 3) => Alphabet::Binary,
        (0..=7, 2) | (14, _) => Alphabet::Ucs2,
        _ => Alphabet::Septets,
    }
}
