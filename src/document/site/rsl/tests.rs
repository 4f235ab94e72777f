use super::*;
use crate::document::Problem;

fn document(body: &str) -> (Rsl, Vec<Problem>) {
    let mut problems = Vec::new();
    let rsl = read(&format!("<rsl xmlns=\"https://rslstandard.org/rsl\">{body}</rsl>"), &mut problems);
    (rsl, problems)
}

#[track_caller]
fn check(body: &str, address: &str, expected: [&str; 4]) {
    let (rsl, _) = document(body);
    let said = Usage::SINGLE.map(|usage| match rsl.answer(usage, address, false) {
        None => "-".to_owned(),
        Some(Answer::Prohibited) => "prohibited".to_owned(),
        Some(Answer::NotListed) => "not listed".to_owned(),
        Some(Answer::Granted(grant)) if grant.is_free() => "free".to_owned(),
        Some(Answer::Granted(grant)) => {
            format!("{:?}{}", grant.payment.unwrap_or(Payment::Free), if grant.server { " server" } else { "" })
        }
    });
    assert_eq!(said.each_ref().map(String::as_str), expected, "search, ai-train, ai-input, ai-index of {body}");
}

const PAGE: &str = "https://news.example/a/b.html";

#[test]
fn a_list_of_permissions_grants_nothing_else() {
    let body = "<content url='/'><license><permits type='usage'>search ai-index</permits><prohibits type='usage'>ai-train</prohibits>\
                <payment type='attribution'><standard>https://news.example/credit</standard></payment></license></content>";
    check(body, PAGE, ["Attribution", "prohibited", "not listed", "Attribution"]);
}

#[test]
fn a_prohibition_beats_a_permission_and_umbrellas_cover_what_is_under_them() {
    let body =
        "<content url='/'><license><permits type='usage'>all</permits><prohibits type='usage'>ai-all</prohibits></license></content>";
    check(body, PAGE, ["free", "prohibited", "prohibited", "prohibited"]);
    let body = "<content url='/'><license><prohibits type='usage'>search</prohibits></license></content>";
    check(body, PAGE, ["prohibited", "free", "free", "free"]);
}

#[test]
fn the_narrower_element_grants_and_the_wider_one_still_forbids() {
    let wide = "<content url='/' server='https://l.example'><license><prohibits type='usage'>ai-train</prohibits></license></content>";
    let narrow = "<content url='/a/'><license><permits type='usage'>all</permits></license></content>";
    check(&format!("{wide}{narrow}"), PAGE, ["Free server", "prohibited", "Free server", "Free server"]);
    check(&format!("{wide}{narrow}"), "https://news.example/c", ["Free server", "prohibited", "Free server", "Free server"]);
    check(narrow, "https://news.example/c", ["-", "-", "-", "-"]);
    check("<content url='https://other.example/'><license/></content>", PAGE, ["-", "-", "-", "-"]);
}

#[test]
fn several_licences_are_alternatives() {
    let paid = "<license><permits type='usage'>ai-train</permits><payment type='training'/></license>";
    let free = "<license><permits type='usage'>search ai-train</permits><permits type='user'>education</permits></license>";
    check(&format!("<content url='/'>{paid}{free}</content>"), PAGE, ["Free", "Free", "not listed", "not listed"]);
}

#[test]
fn an_empty_address_means_the_page_that_carries_the_document() {
    let (rsl, _) = document("<content url=''><license><prohibits type='usage'>all</prohibits></license></content>");
    assert_eq!(rsl.answer(Usage::Search, PAGE, true), Some(Answer::Prohibited));
    assert_eq!(rsl.answer(Usage::Search, PAGE, false), None);
}

#[test]
fn feeds_carry_licences_for_their_items() {
    let mut problems = Vec::new();
    let feed = "<rss xmlns:rsl='https://rslstandard.org/rsl'><channel><item><content>no</content><rsl:content url='https://news.example/a/'>\
                <rsl:license><rsl:prohibits type='usage'>ai-train</rsl:prohibits></rsl:license></rsl:content></item></channel></rss>";
    let rsl = read(feed, &mut problems);
    assert_eq!(rsl.answer(Usage::AiTrain, PAGE, false), Some(Answer::Prohibited));
    assert_eq!((rsl.contents.len(), problems.len()), (1, 0));
}

#[test]
fn odd_values_are_told_with_what_was_meant() {
    let (_, problems) = document(
        "<content url='/'><license><permits type='usage'>search, train-ai</permits><prohibits type='usage'>search</prohibits>\
         <permits type='mood'>x</permits><payment type='pay-per-crawl'/></license></content><content/>",
    );
    let codes: Vec<_> = problems.iter().map(|p| p.code).collect();
    assert_eq!(codes, ["rsl-commas", "rsl-usage", "rsl-type", "rsl-payment", "rsl-permits-and-prohibits", "rsl-no-url"]);
    let mut problems = Vec::new();
    read("<rsl><content url='/'/></rsl>", &mut problems);
    assert_eq!(problems[0].code, "rsl-namespace");
}

#[test]
fn a_bomb_of_entities_costs_nothing() {
    let mut bomb = "<!DOCTYPE rsl [<!ENTITY a0 \"x\">".to_owned();
    for n in 1..60 {
        bomb.push_str(&format!("<!ENTITY a{n} \"&a{0};&a{0};&a{0};\">", n - 1));
    }
    bomb.push_str("]><rsl xmlns='https://rslstandard.org/rsl'><content url='/'><license><prohibits type='usage'>&a59;ai-train</prohibits></license></content></rsl>");
    let mut problems = Vec::new();
    let rsl = read(&bomb, &mut problems);
    assert_eq!(rsl.answer(Usage::AiTrain, PAGE, false), Some(Answer::Prohibited));
    assert!(problems.iter().any(|p| p.code == "xml-doctype"));
}
