use super::*;
use crate::evidence::Contact;
use crate::evidence::Copyright;
use crate::evidence::Place;
use crate::evidence::Signal;
use crate::evidence::SignalState;
use crate::evidence::Terms;
use crate::evidence::UseMention;
use crate::source::Location;
use crate::source::SourceId;
use crate::terms::Channel;
use crate::terms::Confidence;
use crate::terms::Exception;
use crate::terms::UseName;
use crate::text::Span;

fn place() -> Place {
    Place { location: Location { source: SourceId(0), span: Span::default() }, quote: String::new() }
}

fn evidence(channel: Channel, claim: Claim) -> Evidence {
    Evidence { subject: Subject::Document, claim, channel, confidence: Confidence::High, place: place(), detector: "test" }
}

fn notice(uses: &str, status: State, conditions: &[&'static str], exceptions: &[Exception]) -> Evidence {
    let mention = |name: &str| UseMention {
        name: if name == "any" { UseName::Any } else { UseName::One(Use::named(name).expect("a use")) },
        place: place(),
    };
    let terms = Terms {
        uses: uses.split_whitespace().map(mention).collect(),
        status: Some(status),
        conditions: conditions.iter().map(|&c| c.into()).collect(),
        exceptions: exceptions.iter().map(|&e| (e, place())).collect(),
        rightsholder: Some("Nova Media Ltd".to_owned()),
        ..Terms::default()
    };
    evidence(Channel::Prose, Claim::Reservation(terms))
}

fn licence(id: &str) -> Evidence {
    evidence(Channel::Metadata, Claim::Licence(Terms { id: Some(id.to_owned()), ..Terms::default() }))
}

fn signal(mechanism: &'static str, carrier: &'static str, addressee: &str, usage: Use, state: State) -> Evidence {
    let states = vec![SignalState { usage, state, explicit: true, conditions: Vec::new() }];
    let signal = Signal {
        mechanism,
        value: String::new(),
        states,
        addressee: addressee.to_owned(),
        scope: "document",
        carrier,
        operator: (addressee != "*").then(|| format!("{addressee} Inc")),
        rightsholder: None,
    };
    evidence(Channel::Signal, Claim::Signal(signal))
}

fn rights_line(all: bool) -> Evidence {
    let line = Copyright { holder: Some("Nova Media".to_owned()), years: Vec::new(), all_rights_reserved: all };
    evidence(Channel::Prose, Claim::Copyright(line))
}

#[track_caller]
fn check(evidence: &[Evidence], usage: Use, expected: &str) {
    let rights = weigh(evidence);
    let Some(ruling) = rights.of_document(usage) else { return assert_eq!(expected, "unstated", "{usage}") };
    let how = match (ruling.explicit, ruling.by_name) {
        (false, _) => " implied",
        (true, false) => " generally",
        (true, true) => "",
    };
    let conditions = if ruling.conditions.is_empty() { String::new() } else { format!(" ({})", ruling.conditions.join(", ")) };
    assert_eq!(format!("{}{how}{conditions}", ruling.state), expected, "{usage}");
}

#[test]
fn a_general_reservation_with_exceptions_spreads_over_the_uses() {
    let exceptions = [Exception::Search, Exception::ByLaw, Exception::Contract];
    let page = [notice("any reproduce store ai-train", State::Conditional, &["consent"], &exceptions)];
    check(&page, Use::Search, "allowed");
    check(&page, Use::Excerpt, "allowed implied");
    check(&page, Use::AiTrain, "conditional (consent, except-by-law, contract)");
    check(&page, Use::Reproduce, "conditional (consent, except-by-law, contract)");
    check(&page, Use::Redistribute, "conditional generally (consent, except-by-law, contract)");
    check(&page, Use::Tdm, "conditional implied (consent, except-by-law, contract)");
    check(&page, Use::AutomatedAccess, "unstated");
    assert_eq!(weigh(&page).of_document(Use::AiTrain).and_then(|r| r.rightsholder.as_deref()), Some("Nova Media Ltd"));
    assert!(!weigh(&page).of_document(Use::Tdm).expect("stated").by_name);
}

#[test]
fn a_private_use_exception_leaves_open_only_what_was_closed() {
    let page = [notice("reproduce redistribute", State::Prohibited, &[], &[Exception::Private])];
    check(&page, Use::Reproduce, "conditional (private)");
    check(&page, Use::Redistribute, "prohibited");
    check(&[notice("tdm", State::Prohibited, &[], &[Exception::Private])], Use::Reproduce, "unstated");
}

#[test]
fn all_rights_reserved_is_no_mining_reservation_and_yields_to_what_is_said() {
    check(&[rights_line(true)], Use::Reproduce, "prohibited implied");
    check(&[rights_line(true)], Use::Tdm, "unstated");
    let page = [rights_line(true), notice("reproduce", State::Conditional, &["consent"], &[])];
    check(&page, Use::Reproduce, "conditional (consent)");
}

#[test]
fn a_licence_contradicts_all_rights_reserved_but_no_bare_copyright_line() {
    check(&[licence("CC-BY-4.0"), rights_line(true)], Use::Redistribute, "conflict implied");
    check(&[licence("CC-BY-4.0"), rights_line(false)], Use::Redistribute, "conditional (attribution)");
    let rights = weigh(&[licence("CC-BY-4.0"), rights_line(true)]);
    let ruling = rights.of_document(Use::Redistribute).expect("stated");
    assert_eq!((ruling.because.as_slice(), ruling.overruled.as_slice()), ([EvidenceId(1)].as_slice(), [EvidenceId(0)].as_slice()));
}

#[test]
fn the_most_restrictive_mechanism_decides_and_opposites_are_conflicts() {
    let yes = signal("content-signal", "robots.txt", "*", Use::AiTrain, State::Allowed);
    let no = signal("trust.txt", "file", "*", Use::AiTrain, State::Prohibited);
    check(&[yes.clone(), no.clone()], Use::AiTrain, "conflict");
    check(&[no.clone(), notice("ai-train", State::Conditional, &["consent"], &[])], Use::AiTrain, "prohibited");
    check(&[yes, notice("ai-train", State::Conditional, &["consent"], &[])], Use::AiTrain, "conflict (consent)");
    check(&[no, licence("CC-BY-4.0")], Use::AiTrain, "conflict");
}

#[test]
fn one_mechanism_does_not_contradict_itself() {
    let wide = signal("robots-meta", "meta", "*", Use::Excerpt, State::Allowed);
    let narrow = signal("x-robots-tag", "header", "*", Use::Excerpt, State::Prohibited);
    check(&[wide, narrow], Use::Excerpt, "prohibited");
}

#[test]
fn the_last_carrier_of_a_mining_reservation_counts() {
    let file = signal("tdmrep", "file", "*", Use::Tdm, State::Prohibited);
    let header = signal("tdmrep", "header", "*", Use::Tdm, State::Prohibited);
    let page = signal("tdmrep", "meta", "*", Use::Tdm, State::Allowed);
    check(&[file.clone(), header.clone()], Use::Tdm, "prohibited");
    check(&[file, header, page], Use::Tdm, "allowed");
}

#[test]
fn what_is_said_to_one_crawler_is_a_condition_for_all_and_a_prohibition_for_it() {
    let page = [signal("robots.txt", "robots.txt", "GPTBot", Use::AiTrain, State::Prohibited)];
    check(&page, Use::AiTrain, "conditional (operator=GPTBot Inc)");
    let rights = weigh(&page);
    assert_eq!(rights.to("gptbot", Use::AiTrain).map(|r| r.state), Some(State::Prohibited));
    assert_eq!(rights.to("OtherBot", Use::AiTrain).map(|r| r.state), Some(State::Conditional));
}

#[test]
fn a_group_of_its_own_frees_a_crawler_from_the_group_for_all() {
    let all = signal("robots.txt", "robots.txt", "*", Use::AutomatedAccess, State::Prohibited);
    let one = signal("robots.txt", "robots.txt", "OkBot", Use::AutomatedAccess, State::Allowed);
    let rights = weigh(&[all, one]);
    assert_eq!(rights.to("OkBot", Use::AutomatedAccess).map(|r| r.state), Some(State::Allowed));
    assert_eq!(rights.to("Other", Use::AutomatedAccess).map(|r| r.state), Some(State::Prohibited));
}

#[test]
fn an_offer_answers_a_prohibition_and_restricts_nothing() {
    let contact = evidence(Channel::Prose, Claim::PermissionsContact(Contact::default()));
    let closed = notice("redistribute", State::Prohibited, &[], &[]);
    check(&[contact.clone(), closed], Use::Redistribute, "conditional (licence-available)");
    check(&[contact.clone(), licence("CC-BY-4.0")], Use::Redistribute, "conditional (attribution)");
    check(&[contact], Use::Reproduce, "conditional (licence-available)");
}

#[test]
fn naming_a_use_beats_general_words() {
    let page = [notice("any", State::Prohibited, &[], &[]), notice("ai-train", State::Conditional, &["consent"], &[])];
    check(&page, Use::AiTrain, "conditional (consent)");
    check(&page, Use::Tdm, "prohibited implied");
}

#[test]
fn a_page_licence_says_nothing_of_pictures_and_a_guess_says_nothing() {
    let mut picture = licence("CC-BY-SA-4.0");
    picture.subject = Subject::Image(crate::document::ImageId(0));
    let rights = weigh(&[licence("CC0-1.0"), picture]);
    assert_eq!(rights.of_document(Use::Redistribute).map(|r| r.state), Some(State::Allowed));
    let of_picture = rights.rulings.iter().find(|r| r.subject != Subject::Document && r.usage == Use::Redistribute);
    assert_eq!(of_picture.map(|r| r.conditions.join(" ")).as_deref(), Some("attribution share-alike"));
    let mut guess = licence("CC0-1.0");
    guess.confidence = Confidence::Low;
    assert_eq!(weigh(&[guess]), Rights::default());
}

#[test]
fn an_unknown_licence_opens_nothing_and_contradicts_nothing() {
    let unknown = evidence(Channel::Metadata, Claim::Licence(Terms::default()));
    check(&[unknown.clone(), rights_line(true)], Use::Reproduce, "conditional (see-licence)");
    check(&[unknown, notice("reproduce", State::Prohibited, &[], &[])], Use::Reproduce, "prohibited");
}

#[test]
fn words_of_permission_become_states() {
    let words = |status, conditions: &[&'static str]| {
        let terms = Terms { status: Some(status), conditions: conditions.iter().map(|&c| c.into()).collect(), ..Terms::default() };
        evidence(Channel::Prose, Claim::Licence(terms))
    };
    check(&[words(State::Allowed, &[])], Use::Redistribute, "allowed");
    let page = [words(State::Conditional, &["attribution", "unmodified", "non-commercial"])];
    check(&page, Use::Redistribute, "conditional (attribution, unmodified, non-commercial)");
    check(&page, Use::Reproduce, "allowed implied");
    check(&page, Use::Adapt, "prohibited");
    check(&page, Use::Commercial, "prohibited");
}
