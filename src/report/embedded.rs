//! What the metadata of a media file says, by the names of the IPTC Photo Metadata Standard.

use crate::document::Document;
use crate::document::Vocabulary;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

/// Properties that have one value: name in reports, property of XMP.
const TEXTS: &[(&str, &str)] = &[
    ("credit_line", "photoshop:credit"),
    ("copyright_notice", "dc:rights"),
    ("source", "photoshop:source"),
    ("instructions", "photoshop:instructions"),
    ("usage_terms", "xmprights:usageterms"),
    ("web_statement", "xmprights:webstatement"),
    ("marked", "xmprights:marked"),
    ("other_constraints", "plus:otherconstraints"),
    ("cc_license", "cc:license"),
    ("tdm_reservation", "tdm:reservation"),
    ("tdm_policy", "tdm:policy"),
];

/// Properties that are values of a vocabulary: the last segment of their address is told.
const TERMS: &[(&str, &str)] = &[("data_mining", "plus:datamining"), ("digital_source_type", "iptc4xmpext:digitalsourcetype")];

/// Properties that are lists.
const LISTS: &[(&str, &str)] = &[
    ("creator", "dc:creator"),
    ("licensor_names", "plus:licensorname"),
    ("licensor_urls", "plus:licensorurl"),
    ("copyright_owner", "plus:copyrightownername"),
    ("image_creator", "plus:imagecreatorname"),
];

/// The fields of `document`, which was read from the XMP of a picture or a PDF. A property that isn't there is empty.
pub(super) fn fields(document: &Document) -> Value {
    let all = |property: &str| -> Vec<&str> {
        let own = document.fields.iter().filter(|f| f.vocabulary == Vocabulary::Xmp && f.name == property && !f.value.is_empty());
        own.map(|f| f.value.as_str()).collect()
    };
    let first = |property: &str| all(property).first().copied().unwrap_or_default();
    let mut fields = Map::new();
    fields.extend(LISTS.iter().map(|(name, property)| ((*name).to_owned(), json!(all(property)))));
    fields.extend(TEXTS.iter().map(|(name, property)| ((*name).to_owned(), json!(first(property)))));
    let last = |address: &str| address.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or_default().to_owned();
    fields.extend(TERMS.iter().map(|(name, property)| ((*name).to_owned(), json!(last(first(property))))));
    fields.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Origin;
    use crate::source::Source;

    #[test]
    fn properties_have_the_names_of_the_standard() {
        let xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
                   xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' \
                   xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/' photoshop:Credit='Wire-A'><dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li>\
                   </rdf:Seq></dc:creator><plus:DataMining rdf:resource='http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED'/></rdf:Description></rdf:RDF></x:xmpmeta>";
        let fields = fields(&crate::document::read(&Source::new(Origin::path("a.xmp"), xmp.as_bytes().to_vec())));
        assert_eq!(
            (&fields["credit_line"], &fields["creator"][0], &fields["data_mining"]),
            (&json!("Wire-A"), &json!("Jane Doe"), &json!("DMI-PROHIBITED"))
        );
        assert_eq!((&fields["source"], &fields["licensor_urls"]), (&json!(""), &json!([])));
    }
}
