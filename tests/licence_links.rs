//! Licences in metadata: which page or picture they are about.

use rightscheck::detect::detect;
use rightscheck::detect::reading::ReadSource;
use rightscheck::detect::reading::Reading;
use rightscheck::evidence::Claim;
use rightscheck::evidence::Subject;
use rightscheck::lexicon::Lexicon;
use rightscheck::rights::resolve;
use rightscheck::source::Origin;
use rightscheck::source::Source;
use rightscheck::terms::Channel;

/// Licences in metadata as `subject id`, and where one can be had.
fn licences(head: &str, body: &str) -> Vec<String> {
    let page = format!("<html lang=en><head>{head}</head><body><article><h1>Harbour</h1>{body}</article></body></html>");
    let read = ReadSource::new(Source::new(Origin::path("a.html"), page.into_bytes()));
    let reading = Reading::new(&read, &[], Lexicon::builtin());
    let facts = detect(&reading);
    let shown =
        facts.evidence.iter().filter(|e| e.channel == Channel::Metadata || e.subject != Subject::Document).filter_map(|e| match &e.claim {
            Claim::Licence(terms) => Some(format!("{:?} {}", e.subject, terms.id.as_deref().unwrap_or("unknown"))),
            Claim::Signal(signal) if signal.mechanism == "licence-offer" => Some(format!("{:?} offer", e.subject)),
            _ => None,
        });
    shown.collect()
}

const PICTURE: &str =
    "<figure><img src='/img/harbour-1.jpg' alt=''><figcaption>Cranes. CAPTION</figcaption></figure><p>The harbour was quiet on Monday.</p>";

#[test]
fn a_link_in_the_head_licenses_the_page() {
    let by = "<link rel='license' href='https://creativecommons.org/licenses/by/4.0/'>";
    assert_eq!(licences(by, ""), ["Document CC-BY-4.0"]);
    assert_eq!(licences("<link rel='COPYRIGHT' href='/terms.html'>", ""), ["Document unknown"]);
    assert_eq!(licences("<link rel=license type='application/rsl+xml' href='/rsl.xml'>", ""), Vec::<String>::new());
    assert_eq!(licences("<meta name='dcterms.license' content='CC-BY-SA-3.0-DE'>", ""), ["Document CC-BY-SA-3.0-DE"]);
    let rights = "<meta name='DC.rights' content='Some text, https://creativecommons.org/licenses/by-nc/4.0/'>";
    assert_eq!(licences(rights, ""), ["Document CC-BY-NC-4.0"]);
    assert_eq!(licences("<meta name='copyright' content='Nova Media'>", ""), Vec::<String>::new());
}

#[test]
fn structured_data_tells_the_page_from_its_pictures_and_from_the_markup() {
    let script = |body: &str| format!("<script type='application/ld+json'>{body}</script>");
    let article = r#"{"@type": "NewsArticle", "license": "https://creativecommons.org/licenses/by-nd/4.0/", "sdLicense": "https://creativecommons.org/publicdomain/zero/1.0/"}"#;
    assert_eq!(licences(&script(article), ""), ["Document CC-BY-ND-4.0"]);
    let picture = r#"{"@graph": [{"@type": "WebPage", "acquireLicensePage": "https://news.example/buy"},
        {"@type": "ImageObject", "contentUrl": "https://news.example/img/harbour-1.jpg", "license": {"@type": "CreativeWork", "url": "https://creativecommons.org/licenses/by-sa/2.0/"}}]}"#;
    assert_eq!(licences(&script(picture), PICTURE), ["Document offer", "Image(ImageId(0)) CC-BY-SA-2.0"]);
    let other = r#"{"@type": "SoftwareApplication", "license": "https://creativecommons.org/licenses/by/4.0/"}"#;
    assert_eq!(licences(&script(other), ""), Vec::<String>::new());
}

#[test]
fn a_link_in_a_caption_licenses_the_picture() {
    let caption =
        PICTURE.replace("CAPTION", "Photo: Ann Example, <a href='https://creativecommons.org/licenses/by-sa/4.0'>CC BY-SA 4.0</a>");
    assert_eq!(licences("", &caption), ["Image(ImageId(0)) CC-BY-SA-4.0"]);
}

#[test]
fn an_article_about_a_licence_has_none() {
    let body = "<p>The group <a href='https://creativecommons.org/licenses/by/4.0/'>published a licence</a> that many museums use, a report said on Monday.</p>";
    assert_eq!(licences("", body), Vec::<String>::new());
}

#[test]
fn the_matrix_reads_a_reservation_with_its_exceptions() {
    let notice = "Harbour quiet on Monday\n\nThe cranes stood still.\n\nDownloading, reproduction, storage, or any other use of content on this website \
        requires prior and explicit consent from Nova Media Ltd, the owner of this website, regardless of the technique used (manual or \
        automated, including the use of machine learning or artificial intelligence programs). The above restriction does not apply to \
        facilitate their search by internet search engines and uses within contractual relations or permitted use as specified by applicable law.\n";
    let read = ReadSource::new(Source::new(Origin::path("a.txt"), notice.as_bytes().to_vec()));
    let reading = Reading::new(&read, &[], Lexicon::builtin());
    let rights = resolve(&reading, &detect(&reading));
    let of = |name: &str| {
        let usage = rightscheck::terms::Use::named(name).expect("a use");
        rights.of_document(usage).map(|r| (r.state.name(), r.by_name))
    };
    assert_eq!(of("search"), Some(("allowed", true)));
    assert_eq!(of("ai-train"), Some(("conditional", true)));
    assert_eq!(of("tdm"), Some(("conditional", false)));
}
