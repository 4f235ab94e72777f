//! Words that look like those of a notice and are none: in the text of an article and in the foot of a page.

use rightscheck::detect::detect;
use rightscheck::detect::reading::ReadSource;
use rightscheck::detect::reading::Reading;
use rightscheck::lexicon::Lexicon;
use rightscheck::source::Origin;
use rightscheck::source::Source;
use rightscheck::terms::Fact;

const FALSE_FRIENDS: &[&str] = &[
    // Emphasis, not reprinting.
    "Mit Nachdruck weist der Verband die Vorwürfe zurück.",
    "Niemand hat nachzumachen, was dort geschah, zumal es verboten ist.",
    // Trade unions, not syndication.
    "Les syndicats appellent à la grève jeudi et refusent toute reproduction du schéma actuel.",
    "She studied the reproductive health of seals for a decade.",
    "He is scraping by on a small pension.",
    "The Women's Reservation Bill was passed by parliament on Tuesday.",
    "وقال الناشط الحقوقي إن الحكومة لم ترد على الطلب.",
    // Smuggling, not copying.
    "경찰은 문화재 무단반출 혐의로 두 명을 조사했다.",
    // Buttons and shops.
    "Link kopieren",
    "Photo reprints",
    "You have permission to edit this article.",
    // An idiom.
    "The bridge plan is public domain by now, said the mayor, and everybody knows it.",
    // About a sign, not about the text.
    "The name and the logo are trademarks of Nova Media and may not be used by third parties without explicit permission.",
    // A promise to readers.
    "Your data is never used to train artificial intelligence.",
    // Links to a policy, and sections.
    "KI-Leitlinie",
    "AI Notice",
    "Künstliche Intelligenz",
];

const NOTICES: &[Fact] =
    &[Fact::Copyright, Fact::Reservation, Fact::Licence, Fact::PermissionsContact, Fact::AiDisclosure, Fact::AgencyCredit];

#[test]
fn no_false_friend_is_a_notice() {
    for words in FALSE_FRIENDS {
        let body = format!("<article><h1>Cranes at the harbour</h1><p>The cranes stood still.</p><p>{words}</p></article>");
        let foot =
            format!("<article><h1>Cranes at the harbour</h1><p>The cranes stood still.</p></article><footer><p>{words}</p></footer>");
        for page in [body, foot] {
            let main = ReadSource::new(Source::new(Origin::path("a.html"), page.into_bytes()));
            let facts = detect(&Reading::new(&main, &[], Lexicon::builtin()));
            let taken: Vec<_> =
                facts.evidence.iter().filter(|e| e.claim.fact().is_some_and(|f| NOTICES.contains(&f))).map(|e| &e.place.quote).collect();
            assert!(taken.is_empty(), "{words} is taken for a notice: {taken:?}");
        }
    }
}
