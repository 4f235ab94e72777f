//! Captions of pictures, and whom pictures are credited to.
//!
//! `piece` prepares a short text, `find` finds the credits in it by what announces them, `body` tells agencies from persons,
//! `candidate` collects what stands near a picture, in its attributes and in structured data, and weighs it.

pub mod body;
mod candidate;
pub mod find;
pub mod name;
pub mod piece;
mod shared;
mod structured;
mod tail;

use crate::detect::caption;
use crate::detect::credit::body::Known;
use crate::detect::credit::candidate::Candidate;
use crate::detect::credit::candidate::Reader;
use crate::detect::credit::candidate::Source;
use crate::detect::credit::find::Setting;
use crate::detect::credit::piece::Piece;
use crate::detect::media::Medium;
use crate::detect::reading::Reading;
use crate::document::BlockId;
use crate::document::ImageId;
use crate::document::ImageRole;
use crate::evidence::Claim;
use crate::evidence::Evidence;
use crate::evidence::Place;
use crate::evidence::Subject;
use crate::registry::agencies::Agencies;
use crate::terms::Channel;
use crate::terms::Confidence;
use std::ops::Range;

/// Words that a credit takes, so that they are no caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The block.
    pub block: BlockId,
    /// Bytes of its text.
    pub range: Range<usize>,
}

/// States captions and credits of every picture and embedded medium that belongs to the article.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let document = reading.document();
    if document.images.is_empty() && document.embeds.is_empty() && reading.media().next().is_none() {
        return;
    }
    let known = Known { agencies: Agencies::builtin(), own: reading.own_names() };
    let mut reader = Reader::new(reading, known);
    let structured = structured::Index::new(document);
    let mut uncredited = Vec::new();
    let images = document.images.iter().enumerate().map(|(n, image)| (Subject::Image(ImageId(n as u32)), image));
    let embeds = document.embeds.iter().enumerate().map(|(n, embed)| (Subject::Embed(n as u32), embed));
    for (subject, image) in images.chain(embeds).filter(|(_, image)| image.role == ImageRole::Content) {
        let mut credits = reader.credits(image);
        if let Subject::Embed(_) = subject {
            // The name of a frame is that of what it shows, with the site that shows it.
            credits.retain(|credit| matches!(credit.source, Source::Block(..)));
        }
        let taken: Vec<Taken> = credits.iter().filter_map(taken).collect();
        evidence.extend(caption::of(reading, subject.clone(), image, &taken));
        if let (true, Subject::Image(id)) = (credits.is_empty(), &subject) {
            uncredited.push(*id);
        }
        let credits = credits.into_iter().chain(structured.credits(reading, known, image));
        evidence.extend(credits.map(|credit| state(reading, subject.clone(), credit)));
    }
    shared::credit(&mut reader, &uncredited, evidence);
    in_files(reading, known, evidence);
}

/// Properties of XMP that credit a picture.
const IN_XMP: &[&str] = &["photoshop:credit", "dc:creator"];

/// Credits that stand in the picture files, where no reader of the page sees them.
fn in_files(reading: &Reading<'_>, known: Known<'_>, evidence: &mut Vec<Evidence>) {
    let is_content = |m: &Medium<'_>| match m.subject() {
        Subject::Image(id) => reading.document().image(id).role == ImageRole::Content,
        _ => true,
    };
    for medium in reading.media().filter(is_content) {
        for field in IN_XMP.iter().flat_map(|name| medium.get(name)) {
            let found = find::find(&Piece::new(&field.value, reading.lexicon), Setting::Credit, known).into_iter().next();
            evidence.extend(found.map(|found| Evidence {
                subject: medium.subject(),
                claim: Claim::Credit(found.credit),
                channel: medium.channel(),
                confidence: if found.known || !found.doubtful { Confidence::Medium } else { Confidence::Low },
                place: medium.place(field.span),
                detector: "credit",
            }));
        }
    }
}

fn taken(candidate: &Candidate) -> Option<Taken> {
    let Source::Block(block, offset, _) = candidate.source else { return None };
    let (range, offset) = (&candidate.found.range, offset as usize);
    let range = offset + range.start..offset + range.end;
    Some(Taken { block, range })
}

fn state(reading: &Reading<'_>, subject: Subject, candidate: Candidate) -> Evidence {
    let place = place(reading, &candidate);
    let channel = if matches!(candidate.source, Source::Value(..)) && !candidate.visible { Channel::Metadata } else { Channel::Prose };
    evidence_of(subject, candidate, channel, place)
}

fn evidence_of(subject: Subject, candidate: Candidate, channel: Channel, place: Place) -> Evidence {
    Evidence { subject, claim: Claim::Credit(candidate.found.credit), channel, confidence: candidate.confidence, place, detector: "credit" }
}

fn place(reading: &Reading<'_>, candidate: &Candidate) -> Place {
    match candidate.source {
        Source::Block(block, offset, _) => {
            let (range, offset) = (&candidate.found.range, offset as usize);
            reading.place(block, offset + range.start..offset + range.end)
        }
        Source::Value(span) => reading.value_place(span),
    }
}

/// A credit that rests on words alone, without what makes them likely.
const GUESS: Confidence = Confidence::Low;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::reading::ReadSource;
    use crate::lexicon::Lexicon;
    use crate::source::Origin;
    use crate::source::Source as File;

    /// Captions and credits of a page as `picture fact: quote`, by place.
    #[track_caller]
    fn check(body: &str, expected: &[&str]) {
        let read =
            ReadSource::new(File::new(Origin::path("page.html"), format!("<!DOCTYPE html><title>Harbour</title>{body}").into_bytes()));
        let reading = Reading::new(&read, &[], Lexicon::builtin());
        let mut evidence = Vec::new();
        run(&reading, &mut evidence);
        evidence.sort_by_key(|e| e.place.location);
        let lines = evidence.iter().map(|e| {
            let Subject::Image(id) = e.subject else { panic!("every credit is a picture's") };
            format!("{} {} {}: {}", id.0, e.claim.fact_name(), e.channel, e.place.quote)
        });
        assert_eq!(lines.collect::<Vec<_>>(), expected, "{body}");
    }

    #[test]
    fn a_figure_has_caption_and_credit() {
        check(
            "<article><h1>Harbour</h1><figure><img src='/harbour.jpg'><figcaption>Harbour at dusk <span>Photo: © Reuters | J. Doe</span></figcaption></figure></article>",
            &["0 caption prose: Harbour at dusk", "0 credit prose: Photo: © Reuters | J. Doe"],
        );
    }

    #[test]
    fn elements_glued_to_the_caption_are_read_apart() {
        check(
            "<figure><img src='/harbour.jpg'><figcaption><span>Harbour at dusk</span><span>Ann Example/AFP</span></figcaption></figure>",
            &["0 caption prose: Harbour at dusk", "0 credit prose: Ann Example/AFP"],
        );
    }

    #[test]
    fn what_an_element_is_called_makes_a_credit_of_its_words() {
        check("<div><img src='/harbour.jpg'><p class='photo-credit'>Nova Media</p></div>", &["0 credit prose: Nova Media"]);
        check("<div><img src='/harbour.jpg'><p class='teaser-text'>Nova Media</p></div>", &[]);
    }

    #[test]
    fn a_name_of_its_own_keeps_what_follows_it() {
        check(
            "<figure><img src='/harbour.jpg'><figcaption>Dusk. <span class='credit'>Photo by Ann Example</span> /Getty Images</figcaption></figure>",
            &["0 credit prose: Photo by Ann Example /Getty Images"],
        );
    }

    #[test]
    fn one_line_credits_the_pictures_that_nothing_else_does() {
        check(
            "<article><h1>Harbour</h1><img src='/a1234567.jpg'><p>Boats are in the harbour of Exampleton, and more boats come in from the sea each day.</p>
             <img src='/b1234567.jpg'><p>At dusk the harbour of Exampleton is quiet, and nobody goes out to sea any more at all.</p>
             <p>Photos: Ann Example, Bob Sample</p></article>",
            &["0 credit prose: Photos: Ann Example, Bob Sample", "1 credit prose: Photos: Ann Example, Bob Sample"],
        );
    }

    #[test]
    fn structured_data_credits_the_picture_of_its_address() {
        check(
            "<script type='application/ld+json'>{\"@type\":\"ImageObject\",\"contentUrl\":\"https://example.org/big/harbour-at-dusk.jpg\",\"creditText\":\"Ann Example/AFP\"}</script>
             <article><h1>Harbour</h1><img src='/small/harbour-at-dusk-640x480.jpg'><p>Boats are in the harbour of Exampleton, and more come in.</p></article>",
            &["0 credit metadata: Ann Example/AFP"],
        );
    }

    #[test]
    fn a_name_before_a_copyright_sign_belongs_to_the_credit() {
        let caption = |words: &str| format!("<figure><img src='/harbour.jpg'><figcaption>{words}</figcaption></figure>");
        check(
            &caption("The council meets at the harbour office Frank Sample II/Copyright 2026 The AP. All rights reserved."),
            &["0 caption prose: The council meets at the harbour office", "0 credit prose: Frank Sample II/Copyright 2026 The AP"],
        );
        check(
            &caption("The harbour at dusk Ann Example/Copyright 2025 Reuters"),
            &["0 caption prose: The harbour at dusk", "0 credit prose: Ann Example/Copyright 2025 Reuters"],
        );
    }

    #[test]
    fn words_in_attributes_are_the_last_resort() {
        check(
            "<article><h1>H</h1><img src='/harbour.jpg' alt='Harbour at dusk | Reuters/Ann Example'></article>",
            &["0 credit prose: Harbour at dusk | Reuters/Ann Example"],
        );
        check("<article><h1>H</h1><img src='/harbour.jpg' data-credit='AFP'></article>", &["0 credit prose: AFP"]);
    }

    #[test]
    fn teasers_portraits_and_logos_need_no_credit() {
        check("<a href='/other'><img src='/other.jpg'><h3>Another article about something else</h3></a><p>Photo: AFP</p>", &[]);
        check("<img class='logo' src='/logo.png'><p>Photo: AFP</p>", &[]);
        check("<div class='author'><img src='/ann.jpg' alt='Ann Example'><span class='author-name'>Ann Example</span></div>", &[]);
    }
}
