//! The container of older Office files and of encrypted ones (MS-CFB), as far as it is needed.

/// A file of streams. Nothing in it is believed: chains that loop or leave the file end there.
pub(super) struct Cfb<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    /// The stream that holds all short streams.
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    is_stream: bool,
    start: u32,
    length: usize,
}

/// Streams shorter than this stand in the mini stream, in pieces of 64 bytes.
const SHORT: usize = 4096;
const MINI_SECTOR: usize = 64;
/// Numbers from here on mark the end of a chain, or what is no data.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;

impl<'a> Cfb<'a> {
    /// `None` when the header or the directory cannot be read.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Cfb<'a>> {
        let sector_size = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut cfb = Cfb {
            bytes,
            sector_size,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
        };
        for sector in cfb.fat_sectors()? {
            let numbers = u32s(cfb.sector(sector)?);
            cfb.fat.extend(numbers);
        }
        let directory = cfb.read_chain(u32_at(bytes, 48)?);
        cfb.entries = directory.chunks_exact(128).filter_map(entry).collect();
        cfb.mini_fat = u32s(&cfb.read_chain(u32_at(bytes, 60)?)).collect();
        let root = cfb.entries.first()?.start;
        cfb.mini_stream = cfb.read_chain(root);
        Some(cfb)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let named = |entry: &&Entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name);
        let entry = self.entries.iter().find(named)?;
        let mut data = if entry.length < SHORT {
            let mut data = Vec::new();
            for sector in follow(entry.start, &self.mini_fat) {
                let at = usize::try_from(sector).ok()?.checked_mul(MINI_SECTOR)?;
                data.extend(self.mini_stream.get(at..at + MINI_SECTOR).unwrap_or_default());
            }
            data
        } else {
            self.read_chain(entry.start)
        };
        data.truncate(entry.length);
        Some(data)
    }

    /// Sectors that hold the allocation table: 109 in the header, the rest in a chain.
    fn fat_sectors(&self) -> Option<Vec<u32>> {
        let mut sectors: Vec<u32> = u32s(self.bytes.get(76..512)?).collect();
        let mut next = u32_at(self.bytes, 68)?;
        let most = self.bytes.len() / self.sector_size + 1;
        while next < LAST_SECTOR && sectors.len() < 2 * most {
            let mut numbers: Vec<u32> = u32s(self.sector(next)?).collect();
            next = numbers.pop()?;
            sectors.extend(numbers);
        }
        sectors.retain(|sector| *sector < LAST_SECTOR);
        // A table longer than the file repeats itself.
        sectors.truncate(most);
        Some(sectors)
    }

    fn read_chain(&self, start: u32) -> Vec<u8> {
        let mut data = Vec::new();
        for sector in follow(start, &self.fat) {
            match self.sector(sector) {
                Some(bytes) => data.extend(bytes),
                None => break,
            }
        }
        data
    }

    /// The bytes of a sector; the last one of a file may be short.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start =
            (usize::try_from(number).ok()?.checked_add(1)?).checked_mul(self.sector_size)?;
        let end = (start + self.sector_size).min(self.bytes.len());
        self.bytes.get(start..end)
    }
}

/// The sectors of a chain; one that loops ends when it is longer than the table.
fn follow(start: u32, table: &[u32]) -> Vec<u32> {
    let mut chain = Vec::new();
    let mut next = start;
    while next < LAST_SECTOR && chain.len() <= table.len() {
        chain.push(next);
        let Some(after) = usize::try_from(next).ok().and_then(|at| table.get(at)) else { break };
        next = *after;
    }
    chain
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).checked_sub(2)?.min(62);
    let units: Vec<u16> =
        bytes.get(..length)?.chunks_exact(2).filter_map(|b| u16_at(b, 0)).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        is_stream: bytes.get(66) == Some(&2),
        start: u32_at(bytes, 116)?,
        length: usize::try_from(u32_at(bytes, 120)?).ok()?,
    })
}

fn u32s(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0))
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
