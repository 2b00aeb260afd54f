//! pcap and pcapng: any chunking gives the same packets.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signalling::file::FileReader;

fn read<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> (Vec<(u64, i64, u32, Vec<u8>)>, String) {
    let (mut reader, mut packets) = (FileReader::new(), Vec::new());
    for chunk in chunks {
        let taken =
            reader.push(chunk, &mut |packet| packets.push((packet.frame, packet.observed_at, packet.link_type, packet.bytes.to_vec())));
        if let Err(fault) = taken {
            return (packets, format!("{fault:?}"));
        }
    }
    let end = format!("{:?}", reader.finish());
    (packets, end)
}

fuzz_target!(|data: &[u8]| {
    let whole = read(core::iter::once(data));
    assert!(whole.0.iter().map(|packet| packet.3.len()).sum::<usize>() <= data.len());
    let size = usize::from(data.last().copied().unwrap_or(0)) + 1;
    assert_eq!(read(data.chunks(size)), whole);
});
