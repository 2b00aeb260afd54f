//! The pcapng capture format, draft-ietf-opsawg-pcapng-02: sections, interfaces, enhanced, simple and old packet blocks.

mod time;

use crate::budget::MAX_PACKET;
use crate::bytes::Reader;
use crate::file::{FileError, MAX_RECORD, Order, Stamp, Step};
use crate::gap::Reason;
use time::Resolution;

/// Type of a section header block: the same in both byte orders.
pub(crate) const SECTION_HEADER: [u8; 4] = [0x0a, 0x0d, 0x0d, 0x0a];
const INTERFACE_DESCRIPTION: u32 = 1;
const OLD_PACKET: u32 = 2;
const SIMPLE_PACKET: u32 = 3;
const ENHANCED_PACKET: u32 = 6;

/// Interfaces remembered in one section; a machine with more does not exist, a file that claims more costs memory.
const MAX_INTERFACES: usize = 65_536;
/// A longer block is taken as damage: Wireshark stops at the same length.
const MAX_BLOCK: u32 = 16 << 20;
/// Octets that tell whether a block may begin here: those of an enhanced packet before its data.
const JUDGED: usize = 28;

#[derive(Clone, Copy, Debug)]
struct Interface {
    link_type: u32,
    snap_length: u32,
    resolution: Resolution,
    /// Microseconds to add.
    offset: i64,
}

/// A pcapng file at the start of a block.
#[derive(Debug)]
pub(crate) struct Pcapng {
    order: Order,
    opened: bool,
    interfaces: Vec<Interface>,
    last_at: i64,
    damaged: u64,
}

impl Pcapng {
    pub(crate) const fn new() -> Self {
        Self { order: Order::Little, opened: false, interfaces: Vec::new(), last_at: 0, damaged: 0 }
    }

    /// True once the first section header was read.
    pub(crate) const fn is_open(&self) -> bool {
        self.opened
    }

    /// Bytes passed over in search of the next block.
    pub(crate) const fn damaged(&self) -> u64 {
        self.damaged
    }

    pub(crate) fn step<'a>(&mut self, bytes: &'a [u8], offset: u64) -> Result<Step<'a>, FileError> {
        if self.damaged > 0 {
            return Ok(self.search(bytes));
        }
        if bytes.len() < 12 {
            return Ok(Step::Need(12));
        }
        match self.block(bytes) {
            Ok(step) => Ok(step),
            Err(Reason::Unsupported) if !self.opened => {
                let (major, minor) = self.version(bytes);
                Err(FileError::Version { major, minor, offset: offset.saturating_add(12) })
            }
            Err(_) if !self.opened => Err(FileError::SectionHeader { offset }),
            Err(_) => {
                // The length may be what is damaged, so the search goes through this block.
                self.damaged = 4;
                Ok(Step::Pass(4))
            }
        }
    }

    /// Read the block at the start of `bytes`; any fault means that the file is damaged here.
    fn block<'a>(&mut self, bytes: &'a [u8]) -> Result<Step<'a>, Reason> {
        let mut reader = Reader::new(bytes);
        if bytes.starts_with(&SECTION_HEADER) {
            reader.skip(8)?;
            self.order = order_of(reader.array()?)?;
        }
        let mut reader = Reader::new(bytes);
        let block_type = self.order.u32(&mut reader)?;
        let total = self.order.u32(&mut reader)?;
        if total < 12 || !total.is_multiple_of(4) || total > MAX_BLOCK {
            return Err(Reason::DamagedFile);
        }
        let length = usize::try_from(total).map_err(|_| Reason::DamagedFile)?;
        if length > MAX_RECORD {
            return Ok(match block_type {
                OLD_PACKET | SIMPLE_PACKET | ENHANCED_PACKET => {
                    let length = u64::from(total);
                    Step::Lost { pass: length, length, reason: Reason::TooManyElements, is_frame: true }
                }
                _ => Step::Pass(u64::from(total)),
            });
        }
        let Some(block) = bytes.get(..length) else { return Ok(Step::Need(length)) };
        let (front, trailer) = block.split_at_checked(length.saturating_sub(4)).ok_or(Reason::DamagedFile)?;
        if self.order.u32(&mut Reader::new(trailer))? != total {
            return Err(Reason::DamagedFile);
        }
        let body = Reader::new(front.get(8..).unwrap_or_default());
        if bytes.starts_with(&SECTION_HEADER) {
            self.section(body)?;
            return Ok(Step::Pass(u64::from(total)));
        }
        let (stamp, packet) = match block_type {
            INTERFACE_DESCRIPTION => {
                self.interface(body)?;
                return Ok(Step::Pass(u64::from(total)));
            }
            ENHANCED_PACKET => self.enhanced(body)?,
            OLD_PACKET => self.old(body)?,
            SIMPLE_PACKET => self.simple(body)?,
            _ => return Ok(Step::Pass(u64::from(total))),
        };
        if packet.len() > MAX_PACKET {
            let length = u64::from(total);
            return Ok(Step::Lost { pass: length, length, reason: Reason::TooManyElements, is_frame: true });
        }
        self.last_at = stamp.observed_at;
        Ok(Step::Packet { length, stamp, bytes: packet })
    }

    fn section(&mut self, mut body: Reader<'_>) -> Result<(), Reason> {
        body.skip(4)?;
        let major = self.order.u16(&mut body)?;
        body.skip(10)?; // minor version and section length; blocks tell their own lengths
        if major != 1 {
            return Err(Reason::Unsupported);
        }
        self.opened = true;
        self.interfaces.clear();
        Ok(())
    }

    fn version(&self, bytes: &[u8]) -> (u16, u16) {
        let mut reader = Reader::new(bytes.get(12..).unwrap_or_default());
        (self.order.u16(&mut reader).unwrap_or(0), self.order.u16(&mut reader).unwrap_or(0))
    }

    fn interface(&mut self, mut body: Reader<'_>) -> Result<(), Reason> {
        let link_type = u32::from(self.order.u16(&mut body)?);
        body.skip(2)?;
        let snap_length = self.order.u32(&mut body)?;
        let mut interface = Interface { link_type, snap_length, resolution: Resolution::Microseconds, offset: 0 };
        while let Ok(code @ 1..) = self.order.u16(&mut body) {
            let Ok(length) = self.order.u16(&mut body).map(usize::from) else { break };
            let Ok(value) = body.take(length) else { break };
            match (code, value) {
                (9, [resolution]) => interface.resolution = Resolution::of(*resolution),
                (14, [_, _, _, _, _, _, _, _]) => {
                    let (a, b) = value.split_at_checked(4).unwrap_or_default();
                    let (a, b) = (self.order.u32(&mut Reader::new(a))?, self.order.u32(&mut Reader::new(b))?);
                    let (high, low) = if self.order == Order::Big { (a, b) } else { (b, a) };
                    let seconds = i64::from(high.cast_signed()).saturating_mul(1 << 32).saturating_add(i64::from(low));
                    interface.offset = seconds.saturating_mul(1_000_000);
                }
                _ => {}
            }
            if body.skip(length.wrapping_neg() & 3).is_err() {
                break;
            }
        }
        if self.interfaces.len() < MAX_INTERFACES {
            self.interfaces.push(interface);
        }
        Ok(())
    }

    fn enhanced<'a>(&self, mut body: Reader<'a>) -> Result<(Stamp, &'a [u8]), Reason> {
        let interface = self.order.u32(&mut body)?;
        self.timed(interface, body)
    }

    fn old<'a>(&self, mut body: Reader<'a>) -> Result<(Stamp, &'a [u8]), Reason> {
        let interface = self.order.u16(&mut body)?;
        body.skip(2)?; // drops
        self.timed(u32::from(interface), body)
    }

    fn timed<'a>(&self, interface: u32, mut body: Reader<'a>) -> Result<(Stamp, &'a [u8]), Reason> {
        let interface = self.interface_of(interface)?;
        let high = self.order.u32(&mut body)?;
        let low = self.order.u32(&mut body)?;
        let captured = self.order.u32(&mut body)?;
        let original_length = self.order.u32(&mut body)?;
        let bytes = body.take(usize::try_from(captured).map_err(|_| Reason::DamagedFile)?)?;
        let observed_at = interface.resolution.micros(u64::from(high) << 32 | u64::from(low)).saturating_add(interface.offset);
        Ok((Stamp { observed_at, link_type: interface.link_type, original_length }, bytes))
    }

    /// A simple packet has no time of its own: it gets that of the packet before it.
    fn simple<'a>(&self, mut body: Reader<'a>) -> Result<(Stamp, &'a [u8]), Reason> {
        let interface = self.interface_of(0)?;
        let original_length = self.order.u32(&mut body)?;
        let limit = if interface.snap_length == 0 { original_length } else { original_length.min(interface.snap_length) };
        let captured = usize::try_from(limit).unwrap_or(usize::MAX).min(body.remaining());
        let bytes = body.take(captured)?;
        Ok((Stamp { observed_at: self.last_at, link_type: interface.link_type, original_length }, bytes))
    }

    fn interface_of(&self, index: u32) -> Result<&Interface, Reason> {
        usize::try_from(index).ok().and_then(|index| self.interfaces.get(index)).ok_or(Reason::DamagedFile)
    }

    /// Look for the next place where a block begins: a section header, or an enhanced packet of a known interface.
    fn search<'a>(&mut self, bytes: &'a [u8]) -> Step<'a> {
        if bytes.len() < JUDGED {
            return Step::Need(JUDGED);
        }
        let mut offset = 0_usize;
        while let Some(window) = bytes.get(offset..offset.saturating_add(JUDGED)) {
            match self.plausible(window) {
                Ok((order, total)) if offset == 0 => {
                    let Some(block) = bytes.get(..total) else { return Step::Need(total) };
                    let trailer = block.last_chunk::<4>().copied().unwrap_or_default();
                    if order.u32(&mut Reader::new(&trailer)).is_ok_and(|trailer| usize::try_from(trailer) == Ok(total)) {
                        let length = core::mem::take(&mut self.damaged);
                        return Step::Lost { pass: 0, length, reason: Reason::DamagedFile, is_frame: false };
                    }
                    offset = 1;
                }
                Ok(_) => break,
                Err(_) => offset = offset.saturating_add(1),
            }
        }
        let pass = u64::try_from(offset).unwrap_or(u64::MAX);
        self.damaged = self.damaged.saturating_add(pass);
        Step::Pass(pass)
    }

    /// The byte order and length of a block that may begin here.
    fn plausible(&self, window: &[u8]) -> Result<(Order, usize), Reason> {
        let mut reader = Reader::new(window);
        let mut order = self.order;
        let is_section = window.starts_with(&SECTION_HEADER);
        if is_section {
            reader.skip(8)?;
            order = order_of(reader.array()?)?;
            reader = Reader::new(window);
        }
        let block_type = order.u32(&mut reader)?;
        let total = order.u32(&mut reader)?;
        let mut least = 28;
        if !is_section {
            if block_type != ENHANCED_PACKET {
                return Err(Reason::DamagedFile);
            }
            self.interface_of(order.u32(&mut reader)?)?;
            reader.skip(8)?;
            let captured = order.u32(&mut reader)?;
            least = captured.checked_next_multiple_of(4).and_then(|data| data.checked_add(32)).ok_or(Reason::DamagedFile)?;
        }
        let length = usize::try_from(total).map_err(|_| Reason::DamagedFile)?;
        if total < least || !total.is_multiple_of(4) || length > MAX_RECORD {
            return Err(Reason::DamagedFile);
        }
        Ok((order, length))
    }
}

const fn order_of(magic: [u8; 4]) -> Result<Order, Reason> {
    match magic {
        [0x1a, 0x2b, 0x3c, 0x4d] => Ok(Order::Big),
        [0x4d, 0x3c, 0x2b, 0x1a] => Ok(Order::Little),
        _ => Err(Reason::DamagedFile),
    }
}
