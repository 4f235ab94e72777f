//! Whether words that read like a rule are one. Topic is not notice: where they stand, what they speak of and how they speak decide.

use crate::detect::clause::clause::Clause;
use crate::detect::clause::cue::Cue;
use crate::detect::clause::rule::Stance;
use crate::detect::copyright::piece::is_table_row;
use crate::document::Block;
use crate::document::Marks;
use crate::document::Role;
use crate::terms::Confidence;
use crate::terms::Use;
use crate::terms::UseName;

/// What surrounds a clause.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Setting {
    /// A copyright line stands in the same block or beside it.
    pub beside_copyright: bool,
    /// Another rule stands in the same block.
    pub beside_rule: bool,
    /// In the last tenth of the text, or behind the article.
    pub near_end: bool,
    /// Bytes of the sentence, in hundredths of its block.
    pub share: usize,
    /// Between quotation marks.
    pub quoted: bool,
}

/// How sure it is that `clause` is a rule about the document; `None` if it is about something else.
pub(super) fn weigh(clause: &Clause<'_>, stance: Stance, block: &Block, setting: Setting) -> Option<Confidence> {
    let has = |cue| clause.cues.iter().any(|f| f.cue == cue);
    let about_content = has(Cue::Here) || has(Cue::Content) || has(Cue::Unauthorised) || has(Cue::Provision);
    let apart = setting.beside_copyright || setting.beside_rule || block.marks.has(Marks::COPYRIGHT) || block.role == Role::Footer;
    if has(Cue::Personal) || (has(Cue::Trademark) && !has(Cue::Here)) || !(about_content || apart || setting.share >= 90) {
        return None;
    }
    let score = words(clause, stance) + place(clause, block, setting);
    match score {
        7.. => Some(Confidence::High),
        5..=6 => Some(Confidence::Medium),
        4 => Some(Confidence::Low),
        3 if apart => Some(Confidence::Low),
        _ => None,
    }
}

/// What the words say for and against.
fn words(clause: &Clause<'_>, stance: Stance) -> i32 {
    let mut score = 0;
    let has = |cue| clause.cues.iter().any(|f| f.cue == cue);
    score += i32::from(has(Cue::Here)) * 2 + i32::from(has(Cue::Content));
    score += i32::from(has(Cue::Consent) || has(Cue::Unauthorised));
    score += i32::from(has(Cue::Provision) || has(Cue::Reserve));
    let uses = clause.uses();
    let special = |name: &UseName| matches!(name, UseName::One(Use::Tdm | Use::AiTrain));
    score += i32::from(uses.len() >= 2) + i32::from(uses.iter().any(|(name, _)| special(name)));
    score += i32::from(!clause.exceptions().is_empty());
    score += match stance {
        Stance::Granted => 0,
        Stance::Prohibited | Stance::Limited | Stance::Conditional => 1,
        Stance::Consent | Stance::Reserved => 2,
    };
    let reports = clause.cues.iter().filter(|f| f.cue == Cue::Report).count() as i32;
    score -= 3 * reports.min(3);
    score -= 3 * i32::from(has(Cue::Trademark)) + 5 * i32::from(has(Cue::Upload));
    score -= 3 * i32::from(stance == Stance::Consent && clause.is_bare_without());
    score
}

/// What the place says for and against.
fn place(clause: &Clause<'_>, block: &Block, setting: Setting) -> i32 {
    // Whole sentences in menus and headings are no labels.
    let sentence = clause.text[clause.range.clone()].split_whitespace().count() >= 7;
    let mut score = match block.role {
        Role::Footer => 3,
        Role::Aside | Role::Caption => 1,
        Role::Body | Role::Lead | Role::BylineArea | Role::Header => 0,
        Role::Interface => -1,
        Role::Heading | Role::Navigation if sentence => 0,
        Role::Headline | Role::Heading | Role::Navigation => -5,
        Role::Quote => -4,
        Role::Teaser | Role::Comment => -5,
    };
    score += 3 * i32::from(block.marks.has(Marks::COPYRIGHT.and(Marks::LICENCE))) + 2 * i32::from(setting.beside_copyright);
    score += i32::from(setting.beside_rule) + i32::from(setting.near_end);
    score += i32::from(setting.share >= 95 && block.text.len() <= 160);
    score += i32::from(setting.share >= 60) - 2 * i32::from(setting.share < 25 && block.text.len() > 400);
    // A row of a table lists what others say.
    score - 4 * i32::from(setting.quoted) - 6 * i32::from(is_table_row(&block.text))
}
