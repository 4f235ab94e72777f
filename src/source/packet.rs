//! The XMP packet of a picture or a PDF: metadata as text among bytes that are none.

use memchr::memmem;
use std::ops::Range;

/// The elements that hold the metadata, widest first.
const ELEMENTS: [(&[u8], &[u8]); 2] = [(b"<x:xmpmeta", b"</x:xmpmeta>"), (b"<rdf:RDF", b"</rdf:RDF>")];

/// Where the packet stands in `bytes`: the first one, because those of pictures placed inside follow. Packed ones can't be seen.
pub fn find(bytes: &[u8]) -> Option<Range<usize>> {
    ELEMENTS.iter().find_map(|(open, close)| {
        let start = memmem::find(bytes, open)?;
        let length = memmem::find(&bytes[start..], close)?;
        Some(start..start + length + close.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packet_is_found_among_other_bytes() {
        let bytes = b"\xff\xd8\xff\xe1\0\0<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'>a</x:xmpmeta>\xff\xd9";
        assert_eq!(&bytes[find(bytes).unwrap()], b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>a</x:xmpmeta>");
        assert_eq!(find(b"GIF89a<rdf:RDF>a</rdf:RDF>;"), Some(6..26));
        assert_eq!(find(b"<x:xmpmeta> cut off"), None);
        assert_eq!(find(b""), None);
    }
}
