//! Every row of the mapping is reached by what a page, its header or its site says.

use rightscheck::detect::detect;
use rightscheck::detect::reading::ReadSource;
use rightscheck::detect::reading::Reading;
use rightscheck::evidence::Claim;
use rightscheck::evidence::Contact;
use rightscheck::evidence::Copyright;
use rightscheck::evidence::Evidence;
use rightscheck::evidence::Place;
use rightscheck::evidence::Subject;
use rightscheck::evidence::Terms;
use rightscheck::evidence::UseMention;
use rightscheck::lexicon::Lexicon;
use rightscheck::registry::embedded;
use rightscheck::registry::licences;
use rightscheck::registry::mapping;
use rightscheck::registry::mapping::Row;
use rightscheck::rights::weigh;
use rightscheck::source::Location;
use rightscheck::source::Origin;
use rightscheck::source::Source;
use rightscheck::source::SourceId;
use rightscheck::terms::Channel;
use rightscheck::terms::Confidence;
use rightscheck::terms::Exception;
use rightscheck::terms::State;
use rightscheck::terms::Use;
use rightscheck::terms::UseName;
use rightscheck::text::Span;

/// What the signals say, each use once per statement: `use state explicit`, and conditions.
type Said = (Vec<(Use, State, bool)>, Vec<String>);

fn page(html: &str, headers: &[(&str, &str)], files: &[(&str, &str)]) -> Vec<Said> {
    let origin = Origin { path: "site/a.html".to_owned(), url: Some("https://news.example/a.html".to_owned()) };
    let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let main = ReadSource::new(Source::with_headers(origin, format!("{html}<p>x").into_bytes(), headers));
    let files: Vec<ReadSource> =
        files.iter().map(|(p, t)| ReadSource::new(Source::new(Origin::path(format!("site/{p}")), t.as_bytes().to_vec()))).collect();
    let files: Vec<&ReadSource> = files.iter().collect();
    let facts = detect(&Reading::new(&main, &files, Lexicon::builtin()));
    let signals = facts.evidence.iter().filter_map(|e| match &e.claim {
        Claim::Signal(s) => Some(s),
        _ => None,
    });
    let one = |s: &rightscheck::evidence::Signal| {
        let states = s.states.iter().map(|t| (t.usage, t.state, t.explicit)).collect();
        (states, s.states.iter().flat_map(|t| t.conditions.iter().map(ToString::to_string)).collect())
    };
    signals.map(one).collect()
}

/// The signals that reach row `key` of `mechanism`.
fn signals(mechanism: &str, key: &str) -> Option<Vec<Said>> {
    let meta = |name: &str, content: &str| page(&format!("<meta name='{name}' content='{content}'>"), &[], &[]);
    let robots = |text: &str| page("", &[], &[("robots.txt", text)]);
    let refused = |token: &str| robots(&format!("User-agent: {token}\nDisallow: /\n"));
    let rsl = |license: &str, server: &str| {
        let text =
            format!("<rsl xmlns='https://rslstandard.org/rsl'><content url='/'{server}><license>{license}</license></content></rsl>");
        page("", &[], &[("license.xml", &text)])
    };
    let xmp = |properties: &str| {
        let namespaces = "xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/' xmlns:rights='http://ns.adobe.com/xap/1.0/rights/' \
                          xmlns:x='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'";
        let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
        let packet = format!("<rdf:RDF xmlns:rdf='{rdf}'><rdf:Description {namespaces}>{properties}</rdf:Description></rdf:RDF>");
        page("<img src='b.jpg'>", &[], &[("b.jpg", &packet)])
    };
    Some(match (mechanism, key) {
        ("tdmrep", "unset") => meta("tdm-reservation", "2"),
        ("tdmrep", "0" | "1") => meta("tdm-reservation", key),
        ("tdmrep", "1+policy") => page("", &[("tdm-reservation", "1"), ("tdm-policy", "https://news.example/p.json")], &[]),
        ("tdmrep", key) => {
            let term = match key {
                "1+consent" => r#""duty": [{"action": "obtainConsent"}]"#.to_owned(),
                "1+payment" => r#""duty": [{"action": "compensate"}]"#.to_owned(),
                other => {
                    let purpose = other.trim_start_matches("1+");
                    format!(r#""constraint": [{{"leftOperand": "purpose", "operator": "eq", "rightOperand": "tdm:{purpose}"}}]"#)
                }
            };
            let policy = format!(r#"{{"uid": "https://news.example/p.json", "permission": [{{"action": "tdm:mine", {term}}}]}}"#);
            page("", &[("tdm-reservation", "1"), ("tdm-policy", "https://news.example/p.json")], &[("tdm/tdmrep.json", &policy)])
        }
        ("aipref", "obsolete") => page("", &[("content-usage", "genai=n")], &[]),
        ("aipref", "unknown") => page("", &[("content-usage", "train-ai=?0")], &[]),
        ("aipref", key) => page("", &[("content-usage", key)], &[]),
        ("content-signal", "absent") => page("", &[("content-signal", "")], &[]),
        ("content-signal", key) => page("", &[("content-signal", key)], &[]),
        ("robots.txt", "disallow-all") => refused("*"),
        ("robots.txt", "disallow-train") => refused("GPTBot"),
        ("robots.txt", "disallow-search-index") => refused("OAI-SearchBot"),
        ("robots.txt", "disallow-user-fetch") => refused("ChatGPT-User"),
        ("robots.txt", "disallow-search-classic") => refused("Googlebot"),
        ("robots.txt", "disallow-google-extended") => refused("Google-Extended"),
        ("robots.txt", "disallow-applebot-extended") => refused("Applebot-Extended"),
        ("robots.txt", "disallow-other") => refused("Crawl4AI"),
        ("robots.txt", "allow") => robots("User-agent: *\nAllow: /\n"),
        ("robots.txt", "unreachable") => {
            let har = r#"{"log": {"entries": [{"request": {"url": "https://news.example/robots.txt"}, "response": {"status": 503, "headers": []}}]}}"#;
            page("", &[], &[("a.har", har)])
        }
        ("robots.txt", "disallow-ai-training") => robots("User-agent: *\nDisallowAITraining: /\n"),
        ("robots.txt", "allow-ai-training") => robots("User-agent: *\nAllowAITraining: /\n"),
        ("robots-meta", "data-nosnippet") => page("<p data-nosnippet>x</p>", &[], &[]),
        ("robots-meta", key) => {
            let rule = match key {
                "max-snippet" => "max-snippet:50",
                "large-preview" => "max-snippet:-1",
                "no-image-preview" => "max-image-preview:none",
                "standard-image-preview" => "max-image-preview:standard",
                "unavailable_after" => "unavailable_after: 2027-01-01",
                "indexifembedded" => "noindex, indexifembedded",
                "no-effect" => "index, follow",
                rule => rule,
            };
            meta("robots", rule)
        }
        ("rsl", "payment=attribution") => rsl("<permits>search</permits><payment type='attribution'/>", ""),
        ("rsl", "payment") => rsl("<permits>search</permits><payment type='crawl'/>", ""),
        ("rsl", "user") => rsl("<permits>search</permits><permits type='user'>education</permits>", ""),
        ("rsl", "geo") => rsl("<permits>search</permits><permits type='geo'>DE</permits>", ""),
        ("rsl", "server") => rsl("<permits>search</permits>", " server='https://l.example/'"),
        ("rsl", "no-content") => page("", &[], &[("license.xml", "<rsl xmlns='https://rslstandard.org/rsl'/>")]),
        ("rsl", "not-listed") => rsl("<permits>ai-train</permits>", ""),
        ("rsl", key) => {
            let (element, value) = key.split_once('=').expect("a permission or a prohibition");
            let other = if element == "prohibits" && value != "all" { "<permits>search ai-train ai-input ai-index</permits>" } else { "" };
            rsl(&format!("{other}<{element}>{value}</{element}>"), "")
        }
        ("trust.txt", value) => page("", &[], &[("trust.txt", &format!("datatrainingallowed={value}"))]),
        ("ai.txt", _) => page("", &[], &[("ai.txt", "User-Agent: *\nDisallow: *.html\n")]),
        ("llms.txt", _) => page("", &[], &[("llms.txt", "# Harbour\n")]),
        ("plus-dmi", key) => {
            let seen = "<plus:OtherConstraints>Ask us</plus:OtherConstraints><x:EmbdEncRightsExpr>e</x:EmbdEncRightsExpr><x:LinkedEncRightsExpr>e</x:LinkedEncRightsExpr>";
            xmp(&format!("<plus:DataMining>http://ns.useplus.org/ldf/vocab/{key}</plus:DataMining>{seen}"))
        }
        ("licence", "xmp-marked-false") => xmp("<rights:Marked>False</rights:Marked>"),
        ("licence", "credit-line-required") => xmp("<plus:CreditLineRequired>CR-CAI</plus:CreditLineRequired>"),
        ("licence", "alteration-constraints") => xmp("<plus:ImageAlterationConstraints>AL-CRP</plus:ImageAlterationConstraints>"),
        ("licence", "offer") => page(
            "<script type='application/ld+json'>{\"@type\":\"Article\",\"acquireLicensePage\":\"https://news.example/buy\"}</script>",
            &[],
            &[],
        ),
        _ => return None,
    })
}

/// The row as data outside pages reaches it.
fn data(mechanism: &str, key: &str) -> Option<&'static Row> {
    match mechanism {
        "c2pa" => {
            let (entry, usage) = key.split_once('=')?;
            embedded::training_assertion(&format!("c2pa.{entry}"), usage, true)
        }
        "licence" => {
            let id = match key {
                "unknown" => return Some(mapping::row("licence", "unknown")).filter(|row| unknown_licence_says(row)),
                "public-domain" => "CC0-1.0".to_owned(),
                "open-attribution" => "OGL-UK-3.0".to_owned(),
                "gfdl" => "GFDL-1.3-only".to_owned(),
                "cdla-permissive" => "CDLA-Permissive-2.0".to_owned(),
                "unsplash" | "pexels" | "pixabay" => key.to_owned(),
                "statement" => "InC".to_owned(),
                "orphan-work" => "InC-OW-EU".to_owned(),
                "educational" => "InC-EDU".to_owned(),
                "statement-nc" => "InC-NC".to_owned(),
                "restricted" => "NoC-CR".to_owned(),
                "no-copyright-nc" => "NoC-NC".to_owned(),
                "cc" => "CC".to_owned(),
                "devnations" => "CC-DEVNATIONS-2.0".to_owned(),
                "by" | "by-sa" | "by-nd" | "by-nc" | "by-nc-sa" | "by-nc-nd" => format!("CC-{}-4.0", key.to_uppercase()),
                _ => format!("CC-{}-1.0", key.to_uppercase()),
            };
            licences::by_id(&id).map(|l| l.grants())
        }
        _ => None,
    }
}

fn fits(said: &Said, row: &Row) -> bool {
    let states: Vec<_> = row.states.iter().map(|s| (s.usage, s.state, s.explicit)).collect();
    let spoken = states.iter().all(|s| said.0.contains(s)) && (!states.is_empty() || row.conditions.len() + said.0.len() == 0);
    let condition = |c: &String| said.1.iter().any(|d| d == c || d.starts_with(&format!("{c}=")));
    // What turns others' states has only conditions.
    let turning = states.is_empty() && !row.conditions.is_empty();
    let has_conditional = states.iter().any(|s| s.1 == State::Conditional);
    (spoken || turning) && (!(has_conditional || turning) || row.conditions.iter().all(condition))
}

#[test]
fn every_row_is_reached() {
    let mut missed = Vec::new();
    for (mechanism, key, row) in mapping::rows() {
        if mechanism == "prose" {
            continue;
        }
        let reached = match signals(mechanism, key) {
            Some(said) if row.states.is_empty() && row.conditions.is_empty() => {
                said.is_empty() || said.iter().any(|s| s.0.is_empty()) || key == "not-listed" || key == "no-effect"
            }
            Some(said) => said.iter().any(|s| fits(s, row)),
            None => data(mechanism, key) == Some(row),
        };
        if !reached {
            missed.push(format!("[{mechanism}] {key}: {:?}", signals(mechanism, key)));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Whether the matrix of a page with a licence that nobody here knows is that of `row`.
fn unknown_licence_says(row: &Row) -> bool {
    let rights = weigh(&stated_in("<link rel='license' href='https://news.example/terms'><p>x</p>"));
    row.states.iter().all(|s| rights.of_document(s.usage).is_some_and(|r| r.state == s.state && r.conditions == row.conditions))
}

/// All that is stated in a page.
fn stated_in(html: &str) -> Vec<Evidence> {
    let main = ReadSource::new(Source::new(Origin::path("site/a.html"), html.as_bytes().to_vec()));
    detect(&Reading::new(&main, &[], Lexicon::builtin())).evidence
}

fn stated(claim: Claim) -> Evidence {
    let place = Place { location: Location { source: SourceId(0), span: Span::default() }, quote: String::new() };
    Evidence { subject: Subject::Document, claim, channel: Channel::Prose, confidence: Confidence::High, place, detector: "test" }
}

fn words(key: &str) -> Option<Claim> {
    let place = || Place { location: Location { source: SourceId(0), span: Span::default() }, quote: String::new() };
    let mention = |name| UseMention { name, place: place() };
    let terms = |uses: &[UseName], status, conditions: &[&'static str]| Terms {
        uses: uses.iter().map(|&n| mention(n)).collect(),
        status: Some(status),
        conditions: conditions.iter().map(|&c| c.into()).collect(),
        ..Terms::default()
    };
    let excepted = |exception, usage| {
        let exceptions = vec![(exception, place())];
        Claim::Reservation(Terms { exceptions, ..terms(&[UseName::One(usage)], State::Prohibited, &[]) })
    };
    Some(match key {
        "all-rights-reserved" => Claim::Copyright(Copyright { all_rights_reserved: true, ..Copyright::default() }),
        "contact" => Claim::PermissionsContact(Contact::default()),
        "any" => Claim::Reservation(terms(&[UseName::Any], State::Prohibited, &[])),
        "prior-consent" => Claim::Reservation(terms(&[UseName::One(Use::Tdm)], State::Conditional, &["consent"])),
        "exception:search" => excepted(Exception::Search, Use::Tdm),
        "exception:by-law" => excepted(Exception::ByLaw, Use::Tdm),
        "exception:contract" => excepted(Exception::Contract, Use::Tdm),
        "exception:private" => excepted(Exception::Private, Use::Reproduce),
        "exception:quotation" => excepted(Exception::Quotation, Use::Redistribute),
        "may-republish" => Claim::Licence(terms(&[], State::Allowed, &[])),
        "may-republish+condition" | "attribution-required" => Claim::Licence(terms(&[], State::Conditional, &["attribution"])),
        "non-commercial-only" => Claim::Licence(terms(&[], State::Conditional, &["non-commercial"])),
        "unmodified" => Claim::Licence(terms(&[], State::Conditional, &["unmodified"])),
        key => Claim::Reservation(terms(&[UseName::One(Use::named(key)?)], State::Prohibited, &[])),
    })
}

#[test]
fn every_row_about_words_is_reached_by_the_matrix() {
    for (_, key, row) in mapping::rows().filter(|(m, ..)| *m == "prose") {
        let rights = match words(key) {
            Some(claim) => weigh(&[stated(claim)]),
            None => weigh(&stated_in(
                "<h1>Cranes</h1><p>The cranes stood still.</p><footer>The use of our content by artificial intelligence is prohibited.</footer>",
            )),
        };
        for state in &row.states {
            let ruling = rights.of_document(state.usage).unwrap_or_else(|| panic!("{key} says nothing of {}", state.usage));
            assert_eq!((ruling.state, ruling.explicit), (state.state, state.explicit), "{key}: {}", state.usage);
        }
        for condition in row.conditions.iter().filter(|_| key != "attribution-required" && key != "contact") {
            assert!(rights.rulings.iter().any(|r| r.conditions.iter().any(|c| c == condition)), "{key} lacks {condition}");
        }
    }
}
