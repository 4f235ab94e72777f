//! Unpacks gzip members before anything looks at the bytes.

use std::io::Read as _;

/// A packed file may grow to this many bytes; a file made to fill the memory grows further and is cut here.
pub const MAX_UNPACKED: u64 = 256 << 20;

/// Bytes as they were meant, and what went wrong on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// The unpacked bytes; bytes that weren't packed pass unchanged.
    pub bytes: Vec<u8>,
    /// Why they are incomplete, in one line.
    pub problem: Option<String>,
}

/// Unpacks `bytes` if they carry gzip's signature (RFC 1952, section 2.3.1): every member, one after the other.
pub fn unpack(bytes: Vec<u8>) -> Unpacked {
    unpack_up_to(bytes, MAX_UNPACKED)
}

/// Whether `bytes` start like a gzip member that is deflated, the only method there is.
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b, 8])
}

fn unpack_up_to(packed: Vec<u8>, limit: u64) -> Unpacked {
    if !is_packed(&packed) {
        return Unpacked { bytes: packed, problem: None };
    }
    let mut bytes = Vec::new();
    let read = flate2::read::MultiGzDecoder::new(&packed[..]).take(limit + 1).read_to_end(&mut bytes);
    let problem = match read {
        Err(error) => Some(format!("the gzip data is damaged ({error}); read as far as it could be unpacked")),
        Ok(_) if bytes.len() as u64 > limit => Some(format!("unpacks to more than {limit} bytes; only the first {limit} were read")),
        Ok(_) => None,
    };
    bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Unpacked { bytes, problem }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn members_are_unpacked_one_after_the_other() {
        let packed = [pack(b"Harbour "), pack(b"at dusk")].concat();
        assert_eq!(unpack(packed), Unpacked { bytes: b"Harbour at dusk".to_vec(), problem: None });
        assert_eq!(unpack(b"plain".to_vec()), Unpacked { bytes: b"plain".to_vec(), problem: None });
    }

    #[test]
    fn a_cut_file_is_read_as_far_as_it_goes() {
        let text: Vec<u8> = (0..20_000u32).flat_map(u32::to_le_bytes).collect();
        let mut packed = pack(&text);
        packed.truncate(packed.len() / 2);
        let unpacked = unpack(packed);
        assert!(unpacked.problem.is_some_and(|p| p.contains("damaged")));
        assert!(!unpacked.bytes.is_empty() && text.starts_with(&unpacked.bytes));
    }

    #[test]
    fn a_bomb_is_cut_at_the_limit() {
        let unpacked = unpack_up_to(pack(&vec![b'a'; 1 << 20]), 1000);
        assert_eq!(unpacked.bytes.len(), 1000);
        assert!(unpacked.problem.is_some_and(|p| p.contains("1000 bytes")));
    }
}
