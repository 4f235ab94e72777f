//! Years as copyright lines print them.

/// Years found at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Years {
    /// Single years and ranges with a plain hyphen.
    pub list: Vec<String>,
    /// One past the last byte.
    pub end: usize,
}

/// Reads the years that start at byte `at`: `2024`, `2009–2024`, `2007-16`, `2010/2012`, `2019, 2021`, `2010 - present`.
pub(super) fn read(text: &str, at: usize) -> Option<Years> {
    let (mut from, mut end) = year(text, at)?;
    let mut list = Vec::new();
    loop {
        let (separator, next) = separator(text, end);
        let Some((to, stop)) = separator.and_then(|s| partner(text, next, from, s)) else {
            list.push(from.to_string());
            return Some(Years { list, end });
        };
        end = stop;
        match (separator, to) {
            (Some('-'), Some(to)) => {
                list.push(format!("{from}-{to}"));
                return Some(Years { list, end });
            }
            (Some('-'), None) => {
                list.push(format!("{from}-present"));
                return Some(Years { list, end });
            }
            (_, to) => {
                list.push(from.to_string());
                from = to.unwrap_or(from);
            }
        }
    }
}

/// A year from 1700 to 2099 that no digit, point or colon continues, in any script's digits.
pub(super) fn year(text: &str, at: usize) -> Option<(u32, usize)> {
    let (value, digits, end) = number(text, at);
    let rest = &text[end..];
    let dated = rest.strip_prefix(['.', ':', '-', '/']).is_some_and(|r| {
        let (_, n, e) = number(r, 0);
        (1..=2).contains(&n) && r[e..].starts_with(['.', ':', '-', '/'])
    });
    (digits == 4 && (1700..2100).contains(&value) && !dated && !rest.starts_with('%')).then_some((value, end))
}

fn number(text: &str, at: usize) -> (u32, usize, usize) {
    let (mut value, mut digits, mut end) = (0u32, 0, at);
    for c in text[at..].chars() {
        let Some(d) = digit(c) else { break };
        value = value.saturating_mul(10).saturating_add(d);
        digits += 1;
        end += c.len_utf8();
    }
    (value, digits, end)
}

fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or(match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        '٠'..='٩' => Some(c as u32 - '٠' as u32),
        '۰'..='۹' => Some(c as u32 - '۰' as u32),
        _ => None,
    })
}

/// The separator after a year (`-` for every dash, `,` for lists) and where the next year would start.
fn separator(text: &str, at: usize) -> (Option<char>, usize) {
    let rest = text[at..].trim_start();
    let start = text.len() - rest.len();
    let sign = match rest.chars().next() {
        Some('-' | '‐' | '‑' | '–' | '—' | '―' | '−' | '~' | '～') => Some('-'),
        Some(',' | '/' | '&' | '+') => Some(','),
        _ => return (None, at),
    };
    let after = start + rest.chars().next().map_or(0, char::len_utf8);
    (sign, text.len() - text[after..].trim_start().len())
}

/// The second year of a pair: four digits, two digits of the same century behind a dash, or an open end (`None`).
fn partner(text: &str, at: usize, from: u32, separator: char) -> Option<(Option<u32>, usize)> {
    if let Some((to, end)) = year(text, at) {
        return Some((Some(to), end));
    }
    if separator != '-' {
        return None;
    }
    let (value, digits, end) = number(text, at);
    if digits == 2 && value >= from % 100 && !text[end..].starts_with(char::is_alphanumeric) {
        return Some((Some(from / 100 * 100 + value), end));
    }
    const OPEN: &[&str] = &["present", "today", "now", "heute", "actualidad", "aujourd'hui", "oggi", "obecnie", "dziś", "heden", "nu"];
    let word: String = text[at..].chars().take_while(|c| c.is_alphabetic() || *c == '\'').collect();
    OPEN.contains(&word.to_lowercase().as_str()).then_some((None, at + word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(read(text, 0).map_or(Vec::new(), |y| y.list), expected);
    }

    #[test]
    fn years_ranges_and_lists_are_read() {
        check("2024 Acme", &["2024"]);
        check("1996 - 2020", &["1996-2020"]);
        check("2007–16 Acme", &["2007-2016"]);
        check("2010/2012 Acme", &["2010", "2012"]);
        check("2019, 2021, 2023 Acme", &["2019", "2021", "2023"]);
        check("2010 - present", &["2010-present"]);
        check("２０２４ 年", &["2024"]);
        check("2025 - Acme", &["2025"]);
    }

    #[test]
    fn a_date_or_a_time_stamp_is_no_year() {
        check("2024-05-16", &[]);
        check("1716380400 Acme", &[]);
        check("2024.05.16", &[]);
    }
}
