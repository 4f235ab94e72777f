//! Bytes of one file, unpacked and limited.

use crate::input::InputError;
use crate::source::packet;
use crate::source::unpack;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;

/// The bytes of the file at `path`, which reports call `name`; what gzip packed is unpacked. At most `limit` bytes, packed or unpacked.
///
/// # Errors
/// What can't be opened, read or unpacked, and what is larger than `limit`.
pub fn file(path: &Path, name: &str, limit: u64) -> Result<Vec<u8>, InputError> {
    let unreadable = |cause| InputError::Read { path: name.to_owned(), cause };
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if size > limit {
        return Err(InputError::TooLarge { path: name.to_owned(), limit });
    }
    stream(file, size as usize, name, limit)
}

/// The metadata of the picture at `path`, which reports call `name`: the XMP packet in its first `limit` bytes, empty without one.
///
/// # Errors
/// What can't be opened or read.
pub fn packet(path: &Path, name: &str, limit: u64) -> Result<Vec<u8>, InputError> {
    let unreadable = |cause| InputError::Read { path: name.to_owned(), cause };
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(unreadable)?;
    Ok(packet::find(&bytes).map(|range| bytes[range].to_vec()).unwrap_or_default())
}

/// The bytes of `input`, with the same care. `expected` is a guess of their number.
///
/// # Errors
/// As [`file()`]. Packed bytes that don't unpack are no error: they pass as they are, and who decodes them says what is wrong.
pub fn stream(input: impl Read, expected: usize, name: &str, limit: u64) -> Result<Vec<u8>, InputError> {
    let unreadable = |cause| InputError::Read { path: name.to_owned(), cause };
    let too_large = || InputError::TooLarge { path: name.to_owned(), limit };
    let bytes = limited(input, expected, limit).map_err(unreadable)?.ok_or_else(too_large)?;
    if !unpack::is_packed(&bytes) {
        return Ok(bytes);
    }
    match limited(MultiGzDecoder::new(&bytes[..]), bytes.len() * 4, limit) {
        Ok(unpacked) => unpacked.ok_or_else(too_large),
        Err(_) => Ok(bytes),
    }
}

/// All bytes of `input`, or nothing if they are more than `limit`. Reads one byte more than allowed, so that an input of unknown
/// length is never held whole to find that it is too long.
fn limited(input: impl Read, expected: usize, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::with_capacity(expected.min(limit as usize) + 1);
    input.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// The first bytes of the file at `path`, unpacked, for telling what it is. Empty where it can't be read.
pub(crate) fn first_bytes(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(512);
    let Ok(file) = File::open(path) else { return bytes };
    // A file that can't be read is found out, and reported, by those who read it whole.
    let _ = file.take(512).read_to_end(&mut bytes);
    unpack::unpack(bytes).bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_packed_bomb_stops_at_the_limit() {
        let bomb = packed(&vec![b' '; 10_000_000]);
        assert!(bomb.len() < 100_000);
        assert!(matches!(stream(&bomb[..], 0, "a.gz", 1_000_000), Err(InputError::TooLarge { limit: 1_000_000, .. })));
    }

    #[test]
    fn all_members_are_unpacked() {
        let two = [packed(b"one "), packed(b"two")].concat();
        assert_eq!(stream(&two[..], 0, "a.gz", 100).unwrap(), b"one two");
    }

    #[test]
    fn a_cut_member_is_left_to_who_decodes_it() {
        let whole = packed(b"some words that are packed");
        let cut = &whole[..whole.len() - 9];
        assert_eq!(stream(cut, 0, "a.gz", 100).unwrap(), cut);
    }

    #[test]
    fn a_file_as_long_as_the_limit_is_read() {
        assert_eq!(stream(&b"12345"[..], 0, "a", 5).unwrap(), b"12345");
        assert!(stream(&b"123456"[..], 0, "a", 5).is_err());
    }
}
