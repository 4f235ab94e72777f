//! Finds the credits in a caption, a credit line or an attribute: what announces them, and where they end.

use crate::detect::credit::body;
use crate::detect::credit::body::Body;
use crate::detect::credit::body::Kind;
use crate::detect::credit::body::Known;
use crate::detect::credit::body::LABELS;
use crate::detect::credit::body::ORGANISATION;
use crate::detect::credit::piece::Piece;
use crate::detect::credit::piece::trimmed;
use crate::detect::credit::tail;
use crate::evidence::Credit;
use crate::lexicon::concept::Concept;
use crate::text::is_unspaced_script;
use std::ops::Range;

/// How the words stand to the picture: decides what may pass without a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// The mark-up says that this is a credit.
    Credit,
    /// An element of its own beside a picture, with nothing else in it.
    Own,
    /// An element of its own near a picture, which may be about something else.
    Beside,
    /// Describes the picture.
    Caption,
    /// Text near a picture that need not be about it.
    Near,
}

/// What announces a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cue {
    /// The last words of a caption, which name an agency.
    Tail,
    /// A label without colon: "Foto Ann Example".
    BareLabel,
    /// Brackets at the end of a caption.
    Bracket,
    /// The whole text, since it stands by itself.
    Whole,
    /// A word behind the name: 撮影, 제공.
    Suffix,
    /// "courtesy of".
    Courtesy,
    /// "photo by".
    By,
    /// ©.
    Sign,
    /// "Photo:".
    Label,
}

/// A credit in a piece.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Bytes of the piece with label, without brackets around.
    pub range: Range<usize>,
    /// What announces it.
    pub cue: Cue,
    /// What it says.
    pub credit: Credit,
    /// Whether somebody known is named.
    pub known: bool,
    /// Whether a part is neither known nor of a name's shape.
    pub doubtful: bool,
}

/// Where a credit may start.
#[derive(Debug, Clone)]
struct Start {
    at: usize,
    body: usize,
    cue: Cue,
}

/// The credits in `piece`, by place.
pub fn find(piece: &Piece<'_>, setting: Setting, known: Known<'_>) -> Vec<Found> {
    let all = without_controls(piece, 0..piece.text.len());
    if piece.is(&all, &[Concept::CreditControl]) {
        return Vec::new();
    }
    let starts = starts(piece, &all, setting);
    if let Some(whole) = whole(piece, &all, starts.first(), setting, known) {
        return vec![whole];
    }
    let mut found: Vec<Found> = Vec::new();
    for (n, start) in starts.iter().enumerate() {
        if found.last().is_some_and(|f| start.at < f.range.end) {
            continue;
        }
        let next = starts[n + 1..].iter().find(|s| s.at > start.body && s.cue != Cue::Sign).map_or(all.end, |s| s.at);
        let from = found.last().map_or(all.start, |f| f.range.end);
        found.extend(announced(piece, start, next, setting, known).map(|one| led_by_name(piece, from, start, one)));
    }
    found.extend(suffixed(piece, &all, &found, known));
    if found.is_empty() && setting != Setting::Near {
        found.extend(unannounced(piece, all, setting, known));
    }
    found.sort_by_key(|f| f.range.start);
    merged(piece, found)
}

/// Adds the name that stands before the sign with a slash between: "… at dusk Ann Example/Copyright 2026 Wire-A".
fn led_by_name(piece: &Piece<'_>, from: usize, start: &Start, mut found: Found) -> Found {
    let before = piece.text[from.min(start.at)..start.at].trim_end();
    let Some(left) = before.strip_suffix('/').filter(|_| start.cue == Cue::Sign && found.known) else { return found };
    if let Some(at) = tail::name_start(left.trim_end()) {
        let at = from + at;
        found.credit.persons.insert(0, piece.text[at..from + left.trim_end().len()].to_owned());
        found.credit.text = piece.text[at..found.range.end].trim().to_owned();
        found.range.start = at;
    }
    found
}

/// The whole text where mark-up says it is a credit and what announces one stands only in its middle: "Ann Example/© Wire-A".
fn whole(piece: &Piece<'_>, all: &Range<usize>, first: Option<&Start>, setting: Setting, known: Known<'_>) -> Option<Found> {
    let inside = first.is_some_and(|s| s.at > all.start);
    if !inside || !matches!(setting, Setting::Credit | Setting::Own) {
        return None;
    }
    let body = body::read(piece, all.clone(), known);
    let clean = body.is_named() && !body.has(&[Kind::Prose, Kind::Loose, Kind::Title]) && !body.cut;
    (clean && whole_is_credit(piece, all, &body, setting)).then(|| build(piece, body.range.start, &body, Cue::Whole))
}

/// `range` without phrases of the page's interface at its ends.
fn without_controls(piece: &Piece<'_>, range: Range<usize>) -> Range<usize> {
    let mut range = trimmed(piece.text, range, &[]);
    for _ in 0..4 {
        let last = piece.longest_until(range.start, range.end, &[Concept::CreditControl]).filter(|p| p.range.start > range.start);
        if let Some(phrase) = last.filter(|p| !joined_before(piece.text, p.range.start)) {
            range = trimmed(piece.text, range.start..phrase.range.start, &[]);
        }
        let first = piece.longest_at(range.start, range.end, &[Concept::CreditControl]).filter(|p| p.range.end < range.end);
        if let Some(phrase) = first.filter(|p| p.range.len() > 12) {
            range = trimmed(piece.text, phrase.range.end..range.end, &[]);
        }
    }
    range
}

/// Whether what stands before belongs to the same name: "Time/Life" must not lose "Life".
fn joined_before(text: &str, at: usize) -> bool {
    text[..at].trim_end().ends_with(['/', ',', '-', '&', '|', ':', '(', '©'])
}

/// Places where a label, a sign or a phrase announces a credit.
fn starts(piece: &Piece<'_>, all: &Range<usize>, setting: Setting) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    for phrase in piece.phrases.iter().filter(|p| p.range.start >= all.start && p.range.end <= all.end) {
        if starts.last().is_some_and(|s| phrase.range.start < s.body && phrase.range.start > s.at) {
            continue;
        }
        let start = match phrase.concept {
            Concept::AttributionPhotoBy => by(piece, &phrase.range, all),
            Concept::AttributionCourtesy => courtesy(piece, &phrase.range, all),
            Concept::CopyrightWord => copyright_word(piece, &phrase.range, all),
            c if LABELS.contains(&c) || c == Concept::CreditNobody => label(piece, phrase.concept, &phrase.range, all, setting),
            _ => None,
        };
        starts.extend(start);
    }
    starts.extend(signs(piece.text, all));
    starts.sort_by(|a, b| (a.at, b.cue, b.body).cmp(&(b.at, a.cue, a.body)));
    starts.dedup_by_key(|s| s.at);
    starts
}

fn label(piece: &Piece<'_>, concept: Concept, range: &Range<usize>, all: &Range<usize>, setting: Setting) -> Option<Start> {
    let text = piece.text;
    let after = skip_remark(piece, range.end, all.end);
    let rest = &text[after..all.end];
    let sign = rest.trim_start().chars().next();
    let alone = stands_alone_before(text, range.start, all.start);
    let colon = matches!(sign, Some(':' | '：' | '=' | '＝'));
    let at = range.start;
    if colon {
        let body = after + rest.find([':', '：', '=', '＝']).map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8));
        let lower = text[at..].chars().next().is_some_and(char::is_lowercase);
        let weak = lower && !alone && setting != Setting::Credit;
        return (!weak).then_some(Start { at, body, cue: Cue::Label });
    }
    if concept == Concept::CreditNobody {
        return None;
    }
    match sign {
        Some('©' | 'ⓒ') if rest.len() - rest.trim_start().len() <= 1 => Some(Start { at, body: after, cue: Cue::Label }),
        Some(c @ ('/' | '／' | '•' | '|')) if alone && concept == Concept::AttributionPhotoLabel && at_own_start(text, at, all.start) => {
            let cue = if matches!(c, '/' | '／') { Cue::Label } else { Cue::BareLabel };
            Some(Start { at, body: after + rest.find(c)? + c.len_utf8(), cue })
        }
        Some(c)
            if concept == Concept::AttributionPhotoLabel
                && at_own_start(text, at, all.start)
                && rest.starts_with(' ')
                && may_start_name(c) =>
        {
            Some(Start { at, body: after, cue: Cue::BareLabel })
        }
        // "fot. archiwum": an abbreviation labels whatever follows.
        Some(_) if concept == Concept::AttributionPhotoLabel && text[..range.end].ends_with('.') && at_own_start(text, at, all.start) => {
            let lead = rest.len() - rest.trim_start().len();
            let word = piece.longest_at(after + lead, all.end, &[Concept::CreditNobody, Concept::AttributionArchive]);
            word.map(|_| Start { at, body: after, cue: Cue::Label })
        }
        _ => None,
    }
}

fn may_start_name(c: char) -> bool {
    c == '@' || (c.is_alphabetic() && !c.is_lowercase())
}

fn at_own_start(text: &str, at: usize, start: usize) -> bool {
    text[start..at].trim().is_empty() || text[..at].trim_end().ends_with(['.', '(', '（', '[', '|', '。', '!', '?', '【'])
}

/// Whether a label at `at` opens something: it stands first, after the end of a sentence, a bracket or another separator.
fn stands_alone_before(text: &str, at: usize, start: usize) -> bool {
    let before = text[start..at].trim_end();
    before.is_empty()
        || before.ends_with([
            '.', '!', '?', '(', '（', '[', '【', '|', '/', '–', '—', '-', '"', '”', '“', '»', '«', ':', ';', ',', '•', '·', ')', '。', '…',
            '」', '*',
        ])
        || text[start..at].ends_with('\n')
}

/// Skips what may stand between a label and its colon: "(Archiv)", "1", "oben", "[M]".
fn skip_remark(piece: &Piece<'_>, at: usize, end: usize) -> usize {
    let text = &piece.text[at..end];
    let lead = text.len() - text.trim_start().len();
    if lead > 1 {
        return at;
    }
    let rest = text.trim_start();
    let remark = if let Some(inner) = rest.strip_prefix(['(', '[']) {
        inner.find([')', ']']).filter(|&i| i <= 16).map(|i| i + 2)
    } else if let Some(position) = piece.longest_at(at + lead, end, &[Concept::CreditPosition]) {
        Some(position.range.len())
    } else {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&digits).then_some(digits)
    };
    let Some(remark) = remark else { return at };
    let after = at + lead + remark;
    let follows = piece.text[after..end].trim_start().starts_with([':', '：', '=', '©']);
    if follows { after } else { at }
}

fn by(piece: &Piece<'_>, range: &Range<usize>, all: &Range<usize>) -> Option<Start> {
    let rest = &piece.text[range.end..all.end];
    let next = rest.trim_start_matches([' ', ':', '：', '\u{a0}', '“', '"', '©']).chars().next()?;
    let text = piece.text;
    let opens = stands_alone_before(text, range.start, all.start);
    let capital = text[range.start..].chars().next().is_some_and(|c| !c.is_lowercase());
    let ok = (opens || capital) && (may_start_name(next) || next.is_numeric() || opens && range.start == all.start);
    ok.then_some(Start { at: range.start, body: range.end, cue: Cue::By })
}

fn courtesy(piece: &Piece<'_>, range: &Range<usize>, all: &Range<usize>) -> Option<Start> {
    let text = piece.text;
    let rest = text[range.end..all.end].trim_start_matches([' ', ':', '：', '/', '\u{a0}']);
    let next = rest.chars().next()?;
    let opens = stands_alone_before(text, range.start, all.start);
    let capital = text[range.start..].chars().next().is_some_and(|c| !c.is_lowercase());
    let label = text[range.end..all.end].trim_start().starts_with([':', '：', '=', '＝', '/']);
    let named = may_start_name(next) || opens && !is_unspaced_script(next);
    let eastern = text[range.clone()].chars().any(|c| is_unspaced_script(c) || matches!(c, '\u{ac00}'..='\u{d7af}'));
    let ok = if eastern { label } else { (opens || capital) && named };
    ok.then_some(Start { at: range.start, body: range.end, cue: Cue::Courtesy })
}

fn copyright_word(piece: &Piece<'_>, range: &Range<usize>, all: &Range<usize>) -> Option<Start> {
    let rest = &piece.text[range.end..all.end];
    let labelled = rest.trim_start().starts_with([':', '©', '(', '/'])
        || rest.starts_with(' ') && rest.trim_start().starts_with(|c: char| may_start_name(c) || c.is_numeric());
    let opens = stands_alone_before(piece.text, range.start, all.start);
    (labelled && opens).then_some(Start { at: range.start, body: range.end, cue: Cue::Sign })
}

/// The copyright signs, also in the clothes that keyboards give them.
fn signs(text: &str, all: &Range<usize>) -> Vec<Start> {
    let mut starts = Vec::new();
    for sign in ["©", "ⓒ", "℗", "(c)", "(C)", "（Ｃ）", "（c）", "（C）"] {
        for (at, _) in text[all.clone()].match_indices(sign) {
            let at = all.start + at;
            let body = at + sign.len();
            let bracketed = sign.starts_with('(');
            let next = text[body..all.end].trim_start().chars().next();
            let named = next.is_some_and(|c| may_start_name(c) || c.is_numeric());
            if next.is_some()
                && (!bracketed || (named && text[body..].starts_with([' ', '\u{a0}']) && stands_alone_before(text, at, all.start)))
            {
                starts.push(Start { at, body, cue: Cue::Sign });
            }
        }
    }
    starts
}

/// Reads what `start` announces, up to `next` or the end of its bracket or sentence.
fn announced(piece: &Piece<'_>, start: &Start, next: usize, setting: Setting, known: Known<'_>) -> Option<Found> {
    let limit = closing_bracket(piece.text, start.at, next.max(start.body)).unwrap_or(next);
    let range = start.body.min(limit)..limit;
    let body = body::read(piece, range.clone(), known);
    if !accepts(piece, start, &body, setting, &range) {
        return None;
    }
    Some(build(piece, start.at, &body, start.cue))
}

/// Whether what stands behind an announcement can be a credit.
fn accepts(piece: &Piece<'_>, start: &Start, body: &Body, setting: Setting, range: &Range<usize>) -> bool {
    let whole = start.at == 0 || setting == Setting::Credit;
    let length = piece.text[range.clone()].trim().chars().count();
    if !body.says_something() {
        let strong = start.cue == Cue::Sign || setting == Setting::Credit || (start.cue == Cue::Label && whole);
        let spaced = !piece.text[range.clone()].chars().any(is_unspaced_script);
        return strong
            && spaced
            && length <= 90
            && body.has(&[Kind::Prose])
            && !ends_as_sentence(piece.text, range)
            && !is_caption_like(piece.text, range);
    }
    let named = body.is_named();
    let several = piece.text[range.clone()].split_whitespace().count() > 1;
    match start.cue {
        Cue::By if starts_small(piece.text, range) && piece.text[range.clone()].split_whitespace().count() > 4 => false,
        Cue::Sign | Cue::By => named || body.has(&[Kind::Title, Kind::Account]) || (body.has(&[Kind::Loose, Kind::Status]) && !body.cut),
        // One word that names a kind of organisation is no name: "Photo gallery".
        Cue::BareLabel => {
            named && (body.is_known() || body.has(&[Kind::Person]) || several) && !body.has(&[Kind::Loose, Kind::Prose]) && !body.cut
        }
        Cue::Courtesy => named || body.has(&[Kind::Title, Kind::Account]) || (!body.cut && length <= 90),
        _ => {
            !(body.has(&[Kind::Loose]) && !named && ends_as_sentence(piece.text, range))
                && (!body.cut || named || body.has(&[Kind::Title, Kind::Status]))
        }
    }
}

/// Whether the words behind "photo of" go on in small letters, as a description does.
fn starts_small(text: &str, range: &Range<usize>) -> bool {
    text[range.clone()].trim_start().starts_with(char::is_lowercase)
}

fn ends_as_sentence(text: &str, range: &Range<usize>) -> bool {
    let text = text[range.clone()].trim_end();
    text.ends_with(['.', '!', '?', '。']) && text.split_whitespace().count() >= 4
}

/// Several small words after a first capital: "The harbour at dusk", which describes rather than credits.
fn is_caption_like(text: &str, range: &Range<usize>) -> bool {
    let words: Vec<&str> = text[range.clone()].split_whitespace().collect();
    let small = words.iter().filter(|w| w.chars().next().is_some_and(char::is_lowercase)).count();
    let capital_first = words.first().and_then(|w| w.chars().next()).is_some_and(char::is_uppercase);
    capital_first && small >= 3
}

/// Where the innermost bracket that is open at `at` closes, up to `limit`.
fn closing_bracket(text: &str, at: usize, limit: usize) -> Option<usize> {
    let is_open = |c: char| matches!(c, '(' | '[' | '（' | '【');
    let is_close = |c: char| matches!(c, ')' | ']' | '）' | '】');
    let mut depth = 0usize;
    for c in text[..at].chars() {
        depth = if is_open(c) {
            depth + 1
        } else if is_close(c) {
            depth.saturating_sub(1)
        } else {
            depth
        };
    }
    if depth == 0 {
        return None;
    }
    let mut inner = 0usize;
    for (i, c) in text[at..limit].char_indices() {
        if is_open(c) {
            inner += 1;
        } else if is_close(c) {
            if inner == 0 {
                return Some(at + i);
            }
            inner -= 1;
        }
    }
    None
}

/// Names with their announcement behind them: `山田花子撮影`, `예시통신 제공`.
fn suffixed(piece: &Piece<'_>, all: &Range<usize>, found: &[Found], known: Known<'_>) -> Vec<Found> {
    let concepts =
        [Concept::AttributionCourtesy, Concept::AttributionPhotoLabel, Concept::AttributionImageSourceLabel, Concept::CreditProfession];
    let mut suffixed = Vec::new();
    for phrase in piece.of(&concepts).filter(|p| p.range.end <= all.end && p.range.start > all.start) {
        let text = piece.text;
        let eastern = text[phrase.range.clone()].chars().any(|c| is_unspaced_script(c) || matches!(c, '\u{ac00}'..='\u{d7af}'));
        let closes = text[phrase.range.end..all.end]
            .chars()
            .next()
            .is_none_or(|c| matches!(c, ')' | '）' | ']' | '】' | '〕' | '。' | '、' | '，' | ','));
        let control = piece.of(&[Concept::CreditControl]).any(|c| c.range.start <= phrase.range.start && c.range.end >= phrase.range.end);
        if !eastern || !closes || control || found.iter().chain(&suffixed).any(|f| f.range.contains(&phrase.range.start)) {
            continue;
        }
        let before = &text[all.start..phrase.range.start];
        let from = before.rfind(['(', '（', '[', '【', '〔', '=', '＝', '/', '／', '。', '、', '\u{3000}', '\n', '」', '.', '　']);
        let from = from.map_or(all.start, |i| all.start + i + before[i..].chars().next().map_or(1, char::len_utf8));
        let body = body::read(piece, from..phrase.range.start, known);
        let named = body.is_named() || body.has(&[Kind::Title]);
        if named && !body.cut && !body.has(&[Kind::Prose, Kind::Loose]) {
            let mut found = build(piece, body.range.start, &body, Cue::Suffix);
            found.range.end = phrase.range.end;
            suffixed.push(found);
        }
    }
    suffixed
}

/// Credits without an announcement: the whole text, brackets, last words.
fn unannounced(piece: &Piece<'_>, all: Range<usize>, setting: Setting, known: Known<'_>) -> Option<Found> {
    if matches!(setting, Setting::Credit | Setting::Own | Setting::Beside) {
        let body = body::read(piece, all.clone(), known);
        if whole_is_credit(piece, &all, &body, setting) {
            return Some(build(piece, body.range.start, &body, Cue::Whole));
        }
    }
    bracketed(piece, &all, setting, known).or_else(|| closing(piece, &all, setting, known))
}

fn whole_is_credit(piece: &Piece<'_>, all: &Range<usize>, body: &Body, setting: Setting) -> bool {
    let text = &piece.text[all.clone()];
    let words = text.split_whitespace().count();
    if body.cut || text.chars().count() > 140 || words > 16 || !body.says_something() {
        return setting == Setting::Credit
            && !body.cut
            && words <= 12
            && body.has(&[Kind::Prose])
            && !ends_as_sentence(piece.text, all)
            && !is_caption_like(piece.text, all);
    }
    let sentence = ends_as_sentence(piece.text, all) && !body.is_known();
    if setting == Setting::Credit {
        return !sentence && !body.has(&[Kind::Prose]);
    }
    let lone_person = setting == Setting::Own && body.has(&[Kind::Person]) && words <= 6 && !text.ends_with('.');
    let named = body.is_known() || lone_person;
    named && !sentence && !body.has(&[Kind::Prose, Kind::Loose]) && (body.is_known() || body.only(&[Kind::Person, Kind::Status]))
}

/// `… in Beispielstadt. (Ann Example/Wire-A)`
fn bracketed(piece: &Piece<'_>, all: &Range<usize>, setting: Setting, known: Known<'_>) -> Option<Found> {
    let text = &piece.text[all.clone()];
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '。' | '"' | '”'));
    let close = end.chars().next_back().filter(|c| matches!(c, ')' | '）' | ']' | '】'))?;
    let inner_end = all.start + end.len() - close.len_utf8();
    let mut depth = 0usize;
    let open = piece.text[all.start..inner_end].char_indices().rev().find(|&(_, c)| {
        if matches!(c, ')' | '）' | ']' | '】') {
            depth += 1;
        }
        let opens = matches!(c, '(' | '（' | '[' | '【');
        if opens && depth > 0 {
            depth -= 1;
            return false;
        }
        opens
    })?;
    let inner = all.start + open.0 + open.1.len_utf8()..inner_end;
    let body = body::read(piece, inner.clone(), known);
    if body.cut || !body.says_something() || body.has(&[Kind::Prose, Kind::Loose]) {
        return None;
    }
    let several = body.parts.iter().filter(|p| !matches!(p.kind, Kind::Nothing | Kind::Status)).count() >= 2;
    let known_party = body.has(&[Kind::Agency, Kind::Stock]);
    let slash = piece.text[inner.clone()].contains(['/', '|']);
    // A bracket with a person's name alone is mostly a remark about who is seen, unless it stands after the sentence.
    let after_sentence = piece.text[all.start..all.start + open.0].trim_end().ends_with(['.', '!', '?', '。', '"', '”', '»', ')']);
    let caption = matches!(setting, Setting::Credit | Setting::Own | Setting::Caption);
    let said = |p: &body::Part| piece.text[all.start..all.start + open.0].contains(&piece.text[p.range.clone()]);
    let person = after_sentence && caption && body.only(&[Kind::Person, Kind::Organisation, Kind::Title]) && !body.parts.iter().any(said);
    // Capitals in brackets that are all there is: "(ABC)" under a caption.
    let alone = caption && open.0 == 0 && is_acronym(piece.text[inner.clone()].trim());
    (known_party || (several && slash) || person || alone).then(|| build(piece, body.range.start, &body, Cue::Bracket))
}

/// The last words of a caption.
fn closing(piece: &Piece<'_>, all: &Range<usize>, setting: Setting, known: Known<'_>) -> Option<Found> {
    if matches!(setting, Setting::Near | Setting::Beside) {
        return None;
    }
    let body = tail::read(piece, all, known)?;
    Some(build(piece, body.range.start, &body, Cue::Tail))
}

fn build(piece: &Piece<'_>, at: usize, body: &Body, cue: Cue) -> Found {
    let text = |r: &Range<usize>| piece.text[r.clone()].to_owned();
    let start = sign_before(piece.text, at, body.range.start);
    let printed = trimmed(piece.text, start..body.range.end, &['(', '[', '（', ':', '：', '=', '＝', ',', ';', '|', '-', '–', '/', '•']);
    let mut credit = Credit { text: balanced(text(&printed)), ..Credit::default() };
    for part in &body.parts {
        let name = text(&part.range);
        match part.kind {
            Kind::Agency | Kind::Stock | Kind::Organisation | Kind::Title => push(&mut credit.agencies, without_article(name)),
            Kind::Loose if is_party(piece, &part.range) || name.chars().any(char::is_uppercase) => push(&mut credit.agencies, name),
            Kind::Prose if is_party(piece, &part.range) && name.split_whitespace().count() <= 10 => push(&mut credit.agencies, name),
            Kind::Person | Kind::Account => push(&mut credit.persons, name),
            Kind::Status => push(&mut credit.status_words, name),
            Kind::Nothing | Kind::Loose | Kind::Prose => {}
        }
    }
    let doubtful = body.has(&[Kind::Title, Kind::Account, Kind::Loose, Kind::Prose]);
    Found { range: at.min(printed.start)..printed.end.max(at), cue, credit, known: body.is_known(), doubtful }
}

fn is_acronym(name: &str) -> bool {
    (2..=5).contains(&name.len()) && name.chars().all(|c| c.is_ascii_uppercase())
}

/// "The AP" is the AP; "The Associated Press" calls itself so.
fn without_article(name: String) -> String {
    match name.strip_prefix("The ").filter(|rest| is_acronym(rest)) {
        Some(rest) => rest.to_owned(),
        None => name,
    }
}

/// Words in small letters are a party if they hold the name of a kind of organisation.
fn is_party(piece: &Piece<'_>, range: &Range<usize>) -> bool {
    piece.holds(range, ORGANISATION)
}

fn push(list: &mut Vec<String>, name: String) {
    if !list.contains(&name) {
        list.push(name);
    }
}

/// Where the printed credit starts: with its copyright sign if one stands between the label and the name.
fn sign_before(text: &str, at: usize, body: usize) -> usize {
    let between = &text[at.min(body)..body];
    between.rfind(['©', 'ⓒ', '℗']).map_or(body, |i| at.min(body) + i)
}

/// `text` with the bracket that its end lost or kept alone set right.
fn balanced(text: String) -> String {
    let opens = text.matches(['(', '[']).count();
    let closes = text.matches([')', ']']).count();
    match text.strip_suffix([')', ']']) {
        Some(rest) if closes > opens => rest.trim_end().to_owned(),
        _ => text,
    }
}

/// Credits that follow each other with nothing but punctuation between are one.
fn merged(piece: &Piece<'_>, found: Vec<Found>) -> Vec<Found> {
    let mut merged: Vec<Found> = Vec::new();
    for next in found {
        let joins = merged.last().is_some_and(|last| {
            let end = last.range.end.min(next.range.start);
            let between = &piece.text[end..next.range.start];
            between.chars().all(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | '|' | '/' | '-' | '–')) && between.len() <= 4
        });
        match merged.last_mut().filter(|_| joins) {
            Some(last) => join(piece, last, next),
            None => merged.push(next),
        }
    }
    merged
}

fn join(piece: &Piece<'_>, last: &mut Found, next: Found) {
    let text_start = piece.text[last.range.clone()].find(&last.credit.text).map_or(last.range.start, |i| last.range.start + i);
    last.range.end = next.range.end.max(last.range.end);
    last.credit.text = piece.text[text_start..last.range.end].trim().to_owned();
    for name in next.credit.agencies {
        push(&mut last.credit.agencies, name);
    }
    for name in next.credit.persons {
        push(&mut last.credit.persons, name);
    }
    for word in next.credit.status_words {
        push(&mut last.credit.status_words, word);
    }
    last.known |= next.known;
    last.doubtful |= next.doubtful;
    last.cue = last.cue.max(next.cue);
}
