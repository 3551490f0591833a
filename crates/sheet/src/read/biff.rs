//! Records of Excel 97–2003 files (BIFF8, MS-XLS) and the strings in them.

use super::cfb::{u16_at, u32_at};

pub(super) const BOF: u16 = 0x0809;
pub(super) const EOF: u16 = 0x000A;
pub(super) const CONTINUE: u16 = 0x003C;

#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

/// The records from a place in a stream to its end, or to what is no record.
pub(super) fn records(stream: &[u8], from: usize) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream.get(from..).unwrap_or_default();
    std::iter::from_fn(move || {
        let kind = u16_at(rest, 0)?;
        let end = 4 + usize::from(u16_at(rest, 2)?);
        let data = rest.get(4..end)?;
        rest = rest.get(end..)?;
        Some(Record { kind, data })
    })
}

/// A string whose length stands in two bytes at `at` (MS-XLS 2.5.294).
pub(super) fn string(data: &[u8], at: usize) -> Option<String> {
    let length = usize::from(u16_at(data, at)?);
    Some(characters(data.get(at + 2..)?, length))
}

/// A string whose length stands in one byte at `at`, as the names of worksheets.
pub(super) fn short_string(data: &[u8], at: usize) -> Option<String> {
    let length = usize::from(*data.get(at)?);
    Some(characters(data.get(at + 1..)?, length))
}

/// The flag that tells their width, and the characters.
fn characters(data: &[u8], length: usize) -> String {
    let Some((flags, data)) = data.split_first() else { return String::new() };
    if flags & 1 == 0 {
        data.iter().take(length).map(|b| char::from(*b)).collect()
    } else {
        let units = data.chunks_exact(2).take(length).filter_map(|two| u16_at(two, 0));
        char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
    }
}

/// All shared strings of a table that goes on over several records (MS-XLS 2.4.265).
pub(super) fn shared_strings(parts: &[&[u8]]) -> Vec<String> {
    let mut run = Run { parts, part: 0, at: 8 };
    let mut strings = Vec::new();
    while let Some(string) = run.string() {
        strings.push(string);
    }
    strings
}

/// A position in data cut over records.
struct Run<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl Run<'_> {
    fn string(&mut self) -> Option<String> {
        let length = self.u16()?;
        let flags = self.byte()?;
        let formats = if flags & 8 == 0 { 0 } else { self.u16()? };
        let extra = if flags & 4 == 0 {
            0
        } else {
            u32::from(self.u16()?) | (u32::from(self.u16()?) << 16)
        };
        let string = self.characters(length, flags & 1 == 1);
        self.skip(usize::from(formats) * 4);
        self.skip(usize::try_from(extra).ok()?);
        Some(string)
    }

    fn characters(&mut self, length: u16, mut wide: bool) -> String {
        let mut units = Vec::with_capacity(usize::from(length));
        for _ in 0..length {
            if self.is_part_over() {
                // Characters that go on in the next record start with their width anew.
                match self.byte() {
                    Some(flags) => wide = flags & 1 == 1,
                    None => break,
                }
            }
            let unit = if wide { self.u16() } else { self.byte().map(u16::from) };
            match unit {
                Some(unit) => units.push(unit),
                None => break,
            }
        }
        String::from_utf16_lossy(&units)
    }

    fn is_part_over(&self) -> bool {
        self.parts.get(self.part).is_some_and(|part| self.at >= part.len())
    }

    fn byte(&mut self) -> Option<u8> {
        loop {
            let part = self.parts.get(self.part)?;
            if let Some(byte) = part.get(self.at) {
                self.at += 1;
                return Some(*byte);
            }
            self.part += 1;
            self.at = 0;
        }
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut length: usize) {
        while length > 0 {
            let Some(part) = self.parts.get(self.part) else { return };
            let step = length.min(part.len().saturating_sub(self.at));
            self.at += step;
            length -= step;
            if length > 0 {
                self.part += 1;
                self.at = 0;
            }
        }
    }
}

/// A number packed into four bytes (MS-XLS 2.5.217).
pub(super) fn packed_number(data: &[u8], at: usize) -> Option<f64> {
    let packed = u32_at(data, at)?;
    let value = if packed & 2 == 0 {
        f64::from_bits(u64::from(packed & !3) << 32)
    } else {
        f64::from(packed.cast_signed() >> 2)
    };
    Some(if packed & 1 == 0 { value } else { value / 100.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers() {
        for (packed, value) in [
            (0x0000_0002_u32, 0.0),
            ((123_456 << 2) | 2, 123_456.0),
            ((123_456 << 2) | 3, 1234.56),
            ((-5_i32 << 2).cast_unsigned() | 2, -5.0),
            (0x3FF0_0000, 1.0),
        ] {
            assert_eq!(packed_number(&packed.to_le_bytes(), 0), Some(value));
        }
    }

    #[test]
    fn a_shared_string_goes_on_in_the_next_record() {
        // Two strings; the second is cut after its third character and goes on as wide ones.
        let first: Vec<u8> = [&[0; 8][..], &[2, 0, 0], b"An", &[5, 0, 0], b"abc"].concat();
        let second = [1, 0xC5, 0x1E, b'x', 0];
        assert_eq!(shared_strings(&[&first, &second]), ["An", "abcễx"]);
        assert!(shared_strings(&[&[0; 7]]).is_empty());
    }
}
