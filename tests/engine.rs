//! Rules on facts made by hand: what each verb and key says of them, in the words people read.

use jiff::civil::date;
use rightscheck::check::{CheckOptions, judge};
use rightscheck::detect::Facts;
use rightscheck::detect::reading::{ReadSource, Reading};
use rightscheck::evidence::{
    Claim, Copyright, Credit, DateKind, Evidence, EvidenceId, Place, Signal, SignalState, Subject, Terms, UseMention,
};
use rightscheck::finding::Finding;
use rightscheck::lexicon::Lexicon;
use rightscheck::policy::{Policy, PolicyFile};
use rightscheck::rights::{Rights, Ruling};
use rightscheck::source::{Location, Origin, Source, SourceId};
use rightscheck::terms::{Channel, Condition, Confidence, Exception, Outcome, State, Use, UseName};
use rightscheck::text::Span;

/// A document of one text line, the facts stated in it, and the rules about them.
struct Case {
    text: &'static str,
    path: &'static str,
    evidence: Vec<Evidence>,
    rights: Rights,
    rules: String,
    options: CheckOptions,
}

fn case(text: &'static str, evidence: Vec<Evidence>, rules: &str) -> Case {
    let options = CheckOptions::new(date(2026, 11, 20));
    Case { text, path: "news/cranes.txt", evidence, rights: Rights::default(), rules: rules.to_owned(), options }
}

impl Case {
    fn run(&self) -> (Vec<Finding>, Vec<(Outcome, Option<String>)>) {
        let file = PolicyFile { name: "test.toml".to_owned(), text: format!("schema = 1\n[policy]\nid = \"t\"\n{}", self.rules) };
        let policy = Policy::load(&file, &|name, _| Err(format!("no {name}"))).unwrap_or_else(|problems| panic!("{problems:#?}"));
        let source = ReadSource::new(Source::new(Origin::path(self.path), self.text.as_bytes().to_vec()));
        let reading = Reading::new(&source, &[], Lexicon::builtin());
        let facts = Facts { evidence: self.evidence.clone(), ..Facts::default() };
        let (findings, results) = judge(&reading, &facts, &self.rights, &policy, &self.options);
        (findings, results.into_iter().map(|r| (r.outcome, r.why)).collect())
    }

    /// `outcome severity: message` of each finding, or the outcomes where there is none.
    #[track_caller]
    fn says(&self, expected: &[&str]) {
        let (findings, results) = self.run();
        let mut lines: Vec<_> = findings.iter().map(|f| format!("{} {}: {}", f.outcome, f.severity, f.message)).collect();
        if lines.is_empty() {
            lines = results.iter().map(|(o, why)| format!("{o} {}", why.clone().unwrap_or_default()).trim().to_owned()).collect();
        }
        assert_eq!(lines, expected);
    }
}

/// A statement whose words are `quote`, which the document holds.
fn stated(text: &str, quote: &str, claim: Claim) -> Evidence {
    let start = text.find(quote).expect("the document holds the words");
    let location = Location { source: SourceId(0), span: Span::new(start, start + quote.len()) };
    let place = Place { location, quote: quote.to_owned() };
    Evidence { subject: Subject::Document, claim, channel: Channel::Prose, confidence: Confidence::High, place, detector: "test" }
}

fn with(evidence: Evidence, channel: Channel, confidence: Confidence) -> Evidence {
    Evidence { channel, confidence, ..evidence }
}

fn rule(lines: &str) -> String {
    format!("[rule.r]\ntitle = \"R\"\n{lines}\n")
}

const TEXT: &str = "By Ann Example | © 2024 Example Media Ltd | Any use, copying and machine learning need our consent, except search engines | 19 May 2026 | tdm: 0";

fn byline(confidence: Confidence) -> Evidence {
    with(stated(TEXT, "By Ann Example", Claim::Byline(vec!["Ann Example".to_owned()])), Channel::Prose, confidence)
}

fn notice(exceptions: &[(Exception, &str)]) -> Evidence {
    let quote = "Any use, copying and machine learning need our consent, except search engines";
    let mention = |name, words| UseMention { name, place: stated(TEXT, words, Claim::Caption(String::new())).place };
    let terms = Terms {
        uses: vec![mention(UseName::Any, "Any use"), mention(UseName::One(Use::AiTrain), "machine learning")],
        status: Some(State::Conditional),
        conditions: vec![Condition::from("consent")],
        exceptions: exceptions.iter().map(|&(e, words)| (e, stated(TEXT, words, Claim::Caption(String::new())).place)).collect(),
        rightsholder: Some("Example Media Ltd".to_owned()),
        ..Terms::default()
    };
    stated(TEXT, quote, Claim::Reservation(terms))
}

fn signal(state: State, addressee: &str) -> Evidence {
    let states = vec![SignalState { usage: Use::Tdm, state, explicit: true, conditions: vec![] }];
    let signal = Signal {
        mechanism: "tdmrep",
        value: "0".to_owned(),
        states,
        addressee: addressee.to_owned(),
        scope: "document",
        carrier: "meta",
        operator: None,
        rightsholder: None,
    };
    with(stated(TEXT, "tdm: 0", Claim::Signal(signal)), Channel::Signal, Confidence::High)
}

fn licence(id: &str) -> Evidence {
    let terms = Terms { id: Some(id.to_owned()), status: Some(State::Allowed), ..Terms::default() };
    stated(TEXT, "19 May 2026", Claim::Licence(terms))
}

fn dated(value: &str) -> Evidence {
    stated(TEXT, "19 May 2026", Claim::Date { kind: DateKind::Published, value: value.to_owned() })
}

#[test]
fn a_statement_fulfils_and_its_absence_does_not() {
    case(TEXT, vec![byline(Confidence::High)], &rule("require = \"byline\"")).says(&["pass"]);
    case(TEXT, vec![], &rule("require = \"byline\"")).says(&["fail error: the document names no author"]);
    case(TEXT, vec![], &rule("require-any = [\"byline\", \"agency-credit\"]")).says(&["fail error: the document names no author"]);
    case(TEXT, vec![byline(Confidence::High)], &rule("require-any = [\"date\", \"byline\"]")).says(&["pass"]);
}

#[test]
fn doubtful_evidence_leads_to_a_person_or_where_the_rule_says() {
    let low = || vec![byline(Confidence::Low)];
    case(TEXT, low(), &rule("require = \"byline\"")).says(&["review error: the document has only a doubtful byline"]);
    case(TEXT, low(), &rule("require = \"byline\"\nwhen-unsure = \"pass\"")).says(&["pass"]);
    case(TEXT, low(), &rule("require = \"byline\"\nwhen-unsure = \"fail\"")).says(&["fail error: the document has only a doubtful byline"]);
    case(TEXT, low(), &rule("forbid = \"byline\"")).says(&["review error: the document has a byline"]);
    case(TEXT, vec![byline(Confidence::Low), byline(Confidence::Medium)], &rule("require = \"byline\"")).says(&["pass"]);
}

#[test]
fn an_absence_says_where_was_looked() {
    let (findings, _) = case(TEXT, vec![], &rule("require = \"byline\"")).run();
    let places: Vec<_> = findings[0].searched.iter().map(|s| format!("{} {}", s.place, s.result)).collect();
    assert_eq!(places, ["article-top absent", "article absent", "metadata absent"]);
    assert!(findings[0].primary.is_none());
}

#[test]
fn channels_are_demanded_one_by_one() {
    let prose = rule("require = \"byline\"\nchannel = [\"prose\", \"metadata\"]");
    case(TEXT, vec![byline(Confidence::High)], &prose).says(&["fail error: the document names no author in metadata"]);
    let metadata = with(byline(Confidence::High), Channel::Metadata, Confidence::High);
    case(TEXT, vec![byline(Confidence::High), metadata], &prose).says(&["pass"]);
}

#[test]
fn counts_and_words_that_must_not_stand_there() {
    case(TEXT, vec![byline(Confidence::High)], &rule("require = \"byline\"\ncount = \">= 2\""))
        .says(&["fail error: the document has 1 byline where the rule asks for at least 2"]);
    case(TEXT, vec![byline(Confidence::High)], &rule("require = \"byline\"\nnot = [\"ann\"]"))
        .says(&["fail error: the document says “ann”"]);
    case(TEXT, vec![byline(Confidence::High)], &rule("require = \"byline\"\nnot = [\"exam\"]")).says(&["pass"]);
}

#[test]
fn parts_are_named_that_are_there_and_that_are_not() {
    let credit = |agencies: &[&str], persons: &[&str]| {
        let own = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
        let credit = Credit { agencies: own(agencies), persons: own(persons), text: "x".to_owned(), status_words: vec![] };
        stated(TEXT, "By Ann Example", Claim::Credit(credit))
    };
    let both = rule("require = \"credit\"\nparts = [\"agency\", \"person\"]");
    case(TEXT, vec![credit(&["Wire-A"], &[])], &both).says(&["fail error: the document names an agency but no photographer"]);
    case(TEXT, vec![credit(&[], &["J. Doe"])], &both).says(&["fail error: the document names a photographer but no agency"]);
    case(TEXT, vec![credit(&[], &[])], &both).says(&["fail error: the document names no agency or photographer"]);
    case(TEXT, vec![credit(&["Wire-A"], &["J. Doe"])], &both).says(&["pass"]);
    let name = rule("require = \"credit\"\nparts = [\"name\"]");
    case(TEXT, vec![credit(&[], &[])], &name).says(&["fail error: the document names nobody"]);
    case(TEXT, vec![credit(&[], &["J. Doe"])], &name).says(&["pass"]);
    let parties = "[party.wire-a]\nname = \"Wire Agency A\"\naliases = [\"WAA\"]\n";
    let party = format!("{parties}{}", rule("require = \"credit\"\nparty = [\"wire-a\", \"reuters\"]"));
    case(TEXT, vec![credit(&["x"], &[])], &party).says(&["fail error: the document names x, not Wire Agency A or Reuters"]);
}

#[test]
fn dates_have_bounds_and_no_future() {
    let bounded = rule("require = \"date\"\nearliest = 2026-05-19\nlatest = \"today\"");
    case(TEXT, vec![dated("2026-05-19")], &bounded).says(&["pass"]);
    case(TEXT, vec![dated("2026-05-18")], &bounded).says(&["fail error: the document is dated 2026-05-18, before 2026-05-19"]);
    case(TEXT, vec![dated("2026-12-24")], &bounded).says(&["fail error: the document is dated 2026-12-24, after today (2026-11-20)"]);
    case(TEXT, vec![dated("2026-12-24")], &rule("require = \"date\"\nnot = \"future\""))
        .says(&["fail error: the document is dated in the future (2026-12-24)"]);
}

#[test]
fn years_reach_the_publication_and_holders_are_parties() {
    let line = |years: &[&str], holder: Option<&str>| {
        let years = years.iter().map(|y| (*y).to_owned()).collect();
        let line = Copyright { holder: holder.map(str::to_owned), years, all_rights_reserved: false };
        stated(TEXT, "© 2024 Example Media Ltd", Claim::Copyright(line))
    };
    let year = rule("require = \"copyright\"\nyear = { covers = \"published\", latest = \"today\", stated = true }");
    let (findings, _) = case(TEXT, vec![line(&["2024"], None), dated("2026-05-19")], &year).run();
    assert_eq!(findings[0].message, "the document stops before the year of publication");
    assert_eq!(findings[0].related[0].label, "published in 2026");
    case(TEXT, vec![line(&["2009-2026"], None), dated("2026-05-19")], &year).says(&["pass"]);
    case(TEXT, vec![line(&["2031"], None)], &year).says(&["fail error: the document names the year 2031, after 2026"]);
    case(TEXT, vec![line(&[], None)], &year).says(&["fail error: the document names no year"]);
    let party = "[party.publisher]\nname = \"Example Media\"\n";
    let holder = format!("{party}{}", rule("require = \"copyright\"\nholder = \"publisher\""));
    case(TEXT, vec![line(&[], Some("Example Media Ltd"))], &holder).says(&["pass"]);
    case(TEXT, vec![line(&[], Some("Sampleton"))], &holder).says(&["fail error: the document names Sampleton, not Example Media"]);
    case(TEXT, vec![line(&[], None)], &holder).says(&["fail error: the document names no rightsholder"]);
    let unknown = rule("require = \"copyright\"\nholder = \"publisher\"");
    case(TEXT, vec![line(&[], None)], &unknown).says(&["skip neither the policy nor the document says who the publisher is"]);
}

#[test]
fn general_words_cover_and_names_are_demanded_apart() {
    let covers = rule("require = \"reservation\"\ncovers = [\"reproduce\", \"tdm\"]\nexempts = [\"search\"]");
    case(TEXT, vec![notice(&[(Exception::Search, "search engines")])], &covers).says(&["pass"]);
    case(TEXT, vec![notice(&[])], &covers).says(&["fail error: the document does not exempt search"]);
    let names = rule("require = \"reservation\"\nnames = [\"ai-train\", \"tdm\", \"store\"]");
    case(TEXT, vec![notice(&[])], &names).says(&["fail error: the document does not name tdm and store"]);
    let covers_search = rule("require = \"reservation\"\ncovers = [\"search\"]");
    case(TEXT, vec![notice(&[(Exception::Search, "search engines")])], &covers_search)
        .says(&["fail error: the document does not reserve search"]);
    let consent = rule("require = \"reservation\"\nconsent = \"prior-written\"");
    case(TEXT, vec![notice(&[])], &consent).says(&["fail error: the document asks for consent, but not for prior and written consent"]);
}

#[test]
fn wording_is_compared_word_by_word() {
    let wording = "[party.publisher]\nname = \"our\"\n[wording.house]\ntext = \"Any use, copying and text mining need {publisher} consent, except search engines\"\n";
    let strict = format!("{wording}{}", rule("require = \"reservation\"\nwording = \"house\""));
    case(TEXT, vec![notice(&[])], &strict)
        .says(&["fail error: the document is 83 % like house; first difference: “text mining” became “machine learning”"]);
    let loose = format!("{wording}{}", rule("require = \"reservation\"\nwording = \"house\"\nsimilarity = 0.8"));
    case(TEXT, vec![notice(&[])], &loose).says(&["pass"]);
}

#[test]
fn statements_that_contradict_are_shown_with_both_places() {
    let rules = rule(
        "agree = [\"reservation\", \"signal\"]\non = [\"tdm\", \"search\"]\nmessage = \"on {use}: {a.channel} says {a.value}, but {b.channel} says {b.value}\"",
    );
    let contradiction = case(TEXT, vec![notice(&[]), signal(State::Allowed, "*")], &rules);
    contradiction.says(&["fail error: on tdm: the notice says reserved, but tdmrep says allowed"]);
    let (findings, _) = contradiction.run();
    assert_eq!(findings[0].subject_name, "use:tdm");
    assert_eq!(findings[0].primary.as_ref().map(|p| p.place.quote.as_str()), Some("tdm: 0"));
    assert_eq!(findings[0].related[0].place.quote, "Any use");
    case(TEXT, vec![notice(&[]), signal(State::Prohibited, "*")], &rules).says(&["pass"]);
    let mut derived = signal(State::Allowed, "*");
    if let Claim::Signal(signal) = &mut derived.claim {
        signal.states[0].explicit = false;
    }
    case(TEXT, vec![notice(&[]), derived], &rules).says(&["review error: on tdm: the notice says reserved, but tdmrep says allowed"]);
    case(TEXT, vec![notice(&[]), signal(State::Allowed, "ExampleBot")], &rules).says(&["pass"]);
    let on_search = "agree = [\"reservation\", \"signal\"]\non = [\"search\"]";
    case(TEXT, vec![notice(&[(Exception::Search, "search engines")]), signal(State::Allowed, "*")], &rule(on_search)).says(&["pass"]);
}

#[test]
fn a_message_that_would_say_nothing_gives_way() {
    let wording = "[wording.house]\ntext = \"Any use needs consent\"\n";
    let quoting = rule("require = \"reservation\"\nwording = \"house\"\nmessage = \"{similarity} like {wording}: {reservation.quote}\"");
    case(TEXT, vec![], &format!("{wording}{quoting}")).says(&["fail error: the document has no notice that keeps uses back"]);
    let shown = rule("require = \"date\"\nmessage = \"it {problem} (shown: {date.shown})\"");
    case(TEXT, vec![], &shown).says(&["fail error: it has no date (shown: none)"]);
}

fn ruling(usage: Use, state: State, conditions: &[&'static str]) -> Ruling {
    Ruling {
        subject: Subject::Document,
        usage,
        addressee: "*".to_owned(),
        state,
        explicit: true,
        by_name: true,
        conditions: conditions.iter().map(|&c| Condition::from(c)).collect(),
        rightsholder: Some("Example Media Ltd".to_owned()),
        because: vec![EvidenceId(0)],
        overruled: vec![],
    }
}

#[test]
fn permit_asks_the_matrix_and_says_what_silence_means() {
    let permit = |silence: &str| {
        rule(&format!(
            "permit = [\"ai-train\", \"store\"]\non-silence = \"{silence}\"\nmessage = \"{{use}}: {{state}}, says {{decisive.channel}}\""
        ))
    };
    let mut reserved = case(TEXT, vec![notice(&[])], &permit("fail"));
    reserved.rights.rulings =
        vec![ruling(Use::AiTrain, State::Conditional, &["consent"]), ruling(Use::Store, State::Conditional, &["consent"])];
    reserved.says(&["fail error: ai-train and store: reserved, says the notice"]);
    let (findings, _) = reserved.run();
    assert_eq!(
        (findings[0].subject_name.as_str(), findings[0].notes[0].as_str()),
        ("use:ai-train,store", "to be asked: Example Media Ltd")
    );
    case(TEXT, vec![], &permit("fail")).says(&["fail error: nothing is said about ai-train and store"]);
    case(TEXT, vec![], &permit("review")).says(&["review error: nothing is said about ai-train and store"]);
    case(TEXT, vec![], &permit("pass")).says(&["pass"]);
    let mut allowed = case(TEXT, vec![licence("CC-BY-4.0")], &permit("fail"));
    allowed.rights.rulings = vec![ruling(Use::AiTrain, State::Conditional, &["attribution"]), ruling(Use::Store, State::Allowed, &[])];
    allowed.says(&["pass"]);
    allowed.rights.rulings[1].state = State::Conflict;
    allowed.says(&["fail error: store: stated in two ways, says the licence"]);
}

#[test]
fn licences_are_accepted_and_rejected_by_pattern() {
    let rules = rule("permit = [\"redistribute\"]\naccept = [\"CC0-1.0\", \"CC-BY-*\"]\nreject = [\"*-NC-*\"]\non-silence = \"fail\"");
    case(TEXT, vec![licence("CC-BY-4.0")], &rules).says(&["pass"]);
    case(TEXT, vec![licence("CC-BY")], &rules).says(&["pass"]);
    case(TEXT, vec![licence("CC-BY-NC-4.0")], &rules)
        .says(&["fail error: redistribute: the licence CC-BY-NC-4.0 will not do, `*-NC-*` rejects it"]);
    case(TEXT, vec![licence("GFDL-1.3-or-later")], &rules)
        .says(&["fail error: redistribute: the licence GFDL-1.3-or-later will not do, it is not among those accepted"]);
    let conditions = rule("permit = [\"redistribute\"]\nconditions-not = [\"share-alike\"]\non-silence = \"fail\"");
    case(TEXT, vec![licence("CC-BY-SA-4.0")], &conditions)
        .says(&["fail error: redistribute: the licence CC-BY-SA-4.0 will not do, it demands share-alike"]);
}

#[test]
fn rules_apply_where_their_conditions_hold() {
    let when = |condition: &str| rule(&format!("require = \"byline\"\nwhen = {condition}"));
    case(TEXT, vec![], &when("{ path = \"news/**\" }")).says(&["fail error: the document names no author"]);
    case(TEXT, vec![], &when("{ path = \"wire/**\" }")).says(&["skip it has another path"]);
    case(TEXT, vec![], &when("[{ path = \"wire/**\" }, { kind = \"text\" }]")).says(&["fail error: the document names no author"]);
    case(TEXT, vec![], &when("{ path = \"news/**\", kind = \"html\" }")).says(&["skip it is in another format"]);
    case(TEXT, vec![dated("2019-01-01")], &when("{ published = \"< 2019-06-07\" }")).says(&["fail error: the document names no author"]);
    case(TEXT, vec![dated("2020-01-01")], &when("{ published = \"< 2019-06-07\" }")).says(&["skip it was published on another day"]);
    case(TEXT, vec![], &when("{ has = \"date\" }")).says(&["skip it has no date"]);
    case(TEXT, vec![], &when("{ lacks = \"date\" }")).says(&["fail error: the document names no author"]);
    case(TEXT, vec![], &rule("require = \"byline\"\nunless = { kind = \"text\" }")).says(&["skip `unless` names its kind"]);
    let set = format!("[set.news]\npaths = [\"news/**\"]\n{}", when("{ set = \"news\" }"));
    case(TEXT, vec![], &set).says(&["fail error: the document names no author"]);
}

#[test]
fn severities_follow_days_and_adjustments() {
    let early = rule("require = \"byline\"\neffective = 2027-08-02");
    case(TEXT, vec![], &early).says(&["fail note: the document names no author"]);
    assert_eq!(case(TEXT, vec![], &early).run().0[0].notes, ["from 2 August 2027 on: error"]);
    case(TEXT, vec![], &rule("require = \"byline\"\nuntil = 2026-01-01")).says(&["skip ended on 2026-01-01"]);
    let adjusted = |more: &str| {
        let set = "[set.news]\npaths = [\"news/**\"]\n[[adjust]]\nset = \"news\"\nseverity = { r = \"note\" }\nreason = \"old\"\n";
        format!("{set}{more}\n{}", rule("require = \"byline\""))
    };
    case(TEXT, vec![], &adjusted("until = 2027-01-01")).says(&["fail note: the document names no author"]);
    case(TEXT, vec![], &adjusted("until = 2026-01-01")).says(&["fail error: the document names no author"]);
    case(TEXT, vec![], &rule("require = \"byline\"\nseverity = \"off\"")).says(&[]);
}

#[test]
fn a_run_chooses_rules_and_purposes() {
    let rules = rule("require = \"byline\"\npurpose = \"ai-train\"\ntags = [\"a\"]");
    case(TEXT, vec![], &rules).says(&["skip runs only for ai-train"]);
    let mut chosen = case(TEXT, vec![], &rules);
    chosen.options.purposes = vec!["ai-train".to_owned()];
    chosen.says(&["fail error: the document names no author"]);
    chosen.options.tags = vec!["b".to_owned()];
    chosen.says(&[]);
    chosen.options.tags = vec!["a".to_owned()];
    chosen.options.skip = vec!["t/r".to_owned()];
    chosen.says(&[]);
}
