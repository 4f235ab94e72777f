//! What XMP says of a picture's uses: PLUS Data Mining, placement of the credit, limits of alteration, and the public-domain mark.

use crate::detect::media::Medium;
use crate::detect::signal::statement::Statement;
use crate::document::Field;
use crate::evidence::Evidence;
use crate::registry::embedded;
use crate::registry::mapping;
use crate::terms::Condition;
use crate::terms::State;

/// Where the credit has to stand; `CR-NRQ` asks for none.
const CREDIT_PLACES: &[&str] = &["CR-COI", "CR-CAI", "CR-CCA"];

/// Values that point at another property, which has to be there.
const REFERENCES: &[(&str, &str)] = &[
    ("DMI-PROHIBITED-SEECONSTRAINT", "plus:otherconstraints"),
    ("DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR", "iptc4xmpext:embdencrightsexpr"),
    ("DMI-PROHIBITED-SEELINKEDRIGHTSEXPR", "iptc4xmpext:linkedencrightsexpr"),
];

pub(super) fn run(medium: &Medium<'_>, evidence: &mut Vec<Evidence>) {
    evidence.extend(medium.get("plus:datamining").next().and_then(|field| mining(medium, field)));
    for field in medium.get("plus:creditlinerequired").filter(|f| CREDIT_PLACES.contains(&embedded::key(&f.value).as_str())) {
        evidence.push(statement("plus", medium, field).row(mapping::row("licence", "credit-line-required"), &[]).evidence());
    }
    for field in medium.get("plus:imagealterationconstraints") {
        let row = mapping::row("licence", "alteration-constraints");
        evidence.push(statement("plus", medium, field).row(row, &[("alteration", &embedded::key(&field.value))]).evidence());
    }
    for field in medium.get("xmprights:marked").filter(|f| f.value.eq_ignore_ascii_case("false")) {
        evidence.push(statement("xmp-rights", medium, field).row(mapping::row("licence", "xmp-marked-false"), &[]).evidence());
    }
}

fn statement(mechanism: &'static str, medium: &Medium<'_>, field: &Field) -> Statement {
    let place = medium.place(field.span);
    Statement::new(mechanism, medium.carrier(), &field.value, place).scope(medium.scope()).about(medium.subject())
}

/// A value that points at a property which isn't there prohibits (PLUS, Data Mining).
fn mining(medium: &Medium<'_>, field: &Field) -> Option<Evidence> {
    let row = embedded::plus_data_mining(&field.value)?;
    let key = embedded::key(&field.value);
    let mut statement = statement("plus-dmi", medium, field).row(row, &[]);
    let lacks =
        REFERENCES.iter().any(|(value, property)| *value == key && medium.document().fields.iter().all(|f| !f.name.starts_with(property)));
    for state in statement.states_mut() {
        if lacks {
            (state.state, state.conditions) = (State::Prohibited, Vec::new());
        }
        // Which kind of training is meant stands in the row's conditions, whatever the state.
        let scope = row.conditions.iter().filter(|c| c.starts_with("scope="));
        state.conditions.extend(scope.map(|c| Condition::from(c.clone())));
    }
    Some(statement.evidence())
}

#[cfg(test)]
mod tests {
    use crate::detect::reading::ReadSource;
    use crate::detect::reading::Reading;
    use crate::document::ImageId;
    use crate::evidence::Claim;
    use crate::evidence::Subject;
    use crate::lexicon::Lexicon;
    use crate::source::Origin;
    use crate::source::Source;

    /// What a page's picture may be used for, as `use state (conditions)`.
    #[track_caller]
    fn check(properties: &str, expected: &[&str]) {
        let xmp = format!(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
             xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/' xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/' \
             xmlns:tdm='http://www.w3.org/ns/tdmrep/'>{properties}</rdf:Description></rdf:RDF></x:xmpmeta>"
        );
        let read = |path: &str, text: &str| ReadSource::new(Source::new(Origin::path(path), text.as_bytes().to_vec()));
        let (page, picture) = (read("a.html", "<p>x<img src=b.jpg>"), read("b.jpg", &xmp));
        let companions = [&picture];
        let reading = Reading::new(&page, &companions, Lexicon::builtin());
        let mut evidence = Vec::new();
        crate::detect::signal::run(&reading, &mut evidence);
        let mut shown = Vec::new();
        for stated in &evidence {
            assert_eq!(stated.subject, Subject::Image(ImageId(0)));
            let Claim::Signal(signal) = &stated.claim else { continue };
            shown.extend(signal.states.iter().map(|s| format!("{} {} ({})", s.usage, s.state, s.conditions.join(" "))));
        }
        assert_eq!(shown, expected, "{properties}");
    }

    #[test]
    fn a_value_that_points_at_nothing_prohibits() {
        let see = "<plus:DataMining>http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-SEECONSTRAINT</plus:DataMining>";
        check(see, &["ai-train prohibited ()", "tdm prohibited ()"]);
        let told = format!("{see}<plus:OtherConstraints>Ask us</plus:OtherConstraints>");
        check(&told, &["ai-train conditional (see-constraint)", "tdm conditional (see-constraint)"]);
    }

    #[test]
    fn generative_training_is_another_thing_than_training() {
        check("<plus:DataMining>DMI-PROHIBITED-GENAIMLTRAINING</plus:DataMining>", &["ai-train prohibited (scope=generative)"]);
        check("<plus:DataMining>DMI-PROHIBITED-AI</plus:DataMining>", &[]);
    }

    #[test]
    fn reservations_in_the_picture_are_the_pictures() {
        check("<tdm:reservation>1</tdm:reservation>", &["ai-train prohibited ()", "tdm prohibited ()"]);
        check("<tdm:reservation>2</tdm:reservation>", &[]);
    }

    #[test]
    fn credit_and_alteration_are_conditions() {
        check(
            "<plus:CreditLineRequired>http://ns.useplus.org/ldf/vocab/CR-CAI</plus:CreditLineRequired>",
            &["redistribute conditional (attribution)"],
        );
        check("<plus:CreditLineRequired>CR-NRQ</plus:CreditLineRequired>", &[]);
        check("<plus:ImageAlterationConstraints>AL-CRP</plus:ImageAlterationConstraints>", &["adapt conditional (alteration=AL-CRP)"]);
        check("<xmpRights:Marked>False</xmpRights:Marked>", &["reproduce allowed ()", "redistribute allowed ()"]);
    }
}
