//! The rules of robots meta elements and `X-Robots-Tag` fields: names, values, addressees.

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RobotsRule {
    /// `*`, or the product token it is addressed to.
    pub addressee: String,
    /// Lower case.
    pub name: String,
    /// What follows the colon.
    pub value: Option<String>,
}

/// Rules whose value follows a colon.
const VALUED: &[&str] = &["max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"];

/// Rules that are known without a value.
const PLAIN: &[&str] = &[
    "all",
    "index",
    "follow",
    "noindex",
    "nofollow",
    "none",
    "nosnippet",
    "noarchive",
    "nocache",
    "noimageindex",
    "notranslate",
    "indexifembedded",
    "noai",
    "noimageai",
    "noml",
    "nositelinkssearchbox",
    "noodp",
    "noydir",
    "archive",
    "snippet",
    "imageindex",
];

/// Reads the content of a meta element: rules separated by commas, in practice also by blanks and semicolons.
pub fn in_meta(content: &str) -> Vec<RobotsRule> {
    let mut rules = read(content, false);
    // `noindex nofollow`, as many pages have it.
    rules = rules.into_iter().flat_map(split_words).collect();
    without_nocache_twin(rules)
}

/// Reads the value of one `X-Robots-Tag` line: a product token before a colon addresses the rules that follow.
pub fn in_header(value: &str) -> Vec<RobotsRule> {
    without_nocache_twin(read(value, true))
}

/// Whether a rule of that name is known.
pub fn is_known(name: &str) -> bool {
    PLAIN.contains(&name) || VALUED.contains(&name)
}

/// The known rule next to a misspelt one.
pub fn nearest(name: &str) -> Option<&'static str> {
    let distance = |known: &&&str| strsim::damerau_levenshtein(known, name);
    let near = PLAIN.iter().chain(VALUED).min_by_key(distance)?;
    (strsim::damerau_levenshtein(near, name) <= 2).then_some(near)
}

/// The addressees of `rules`, each once, in order.
pub fn addressees(rules: &[RobotsRule]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for rule in rules {
        if !all.contains(&rule.addressee) {
            all.push(rule.addressee.clone());
        }
    }
    all
}

fn read(text: &str, with_addressees: bool) -> Vec<RobotsRule> {
    let mut rules: Vec<RobotsRule> = Vec::new();
    let mut addressee = "*".to_owned();
    let mut date_open = false;
    for item in text.split([',', ';']) {
        let mut item = item.trim();
        // A date holds a comma: `Wed, 03 Dec 2025 13:09:53 GMT`.
        if date_open && item.starts_with(|c: char| c.is_ascii_digit()) {
            if let Some(value) = rules.last_mut().and_then(|r| r.value.as_mut()) {
                value.push_str(", ");
                value.push_str(item);
            }
            date_open = false;
            continue;
        }
        if with_addressees
            && let Some((token, rest)) = item.split_once(':')
            && !VALUED.contains(&token.trim().to_ascii_lowercase().as_str())
        {
            addressee = token.trim().to_owned();
            item = rest.trim();
        }
        let Some(rule) = rule(item, &addressee) else { continue };
        date_open = rule.name == "unavailable_after" && rule.value.as_ref().is_some_and(|v| v.len() < 12 && !v.contains(['-', ' ']));
        rules.push(rule);
    }
    rules
}

fn rule(item: &str, addressee: &str) -> Option<RobotsRule> {
    let (name, value) = item.split_once([':', '=']).map_or((item, None), |(n, v)| (n, Some(v.trim())));
    let name = name.trim().to_ascii_lowercase();
    let value = value.map(|v| if name == "unavailable_after" { v.to_owned() } else { v.to_ascii_lowercase() });
    (!name.is_empty()).then(|| RobotsRule { addressee: addressee.to_owned(), name, value })
}

/// Several names in one item, if they are all known.
fn split_words(rule: RobotsRule) -> Vec<RobotsRule> {
    let words: Vec<&str> = rule.name.split_ascii_whitespace().collect();
    if words.len() < 2 || !words.iter().all(|w| PLAIN.contains(w)) {
        return vec![rule];
    }
    words.iter().map(|w| RobotsRule { addressee: rule.addressee.clone(), name: (*w).to_owned(), value: None }).collect()
}

/// `nocache` with `noarchive` means `nocache`.
fn without_nocache_twin(rules: Vec<RobotsRule>) -> Vec<RobotsRule> {
    let nocache: Vec<String> = rules.iter().filter(|r| r.name == "nocache").map(|r| r.addressee.clone()).collect();
    rules.into_iter().filter(|r| !(r.name == "noarchive" && nocache.contains(&r.addressee))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(rules: &[RobotsRule]) -> Vec<String> {
        let one = |r: &RobotsRule| format!("{} {}{}", r.addressee, r.name, r.value.as_ref().map(|v| format!("={v}")).unwrap_or_default());
        rules.iter().map(one).collect()
    }

    #[test]
    fn dates_keep_their_commas_and_tokens_address_what_follows() {
        let value = "noai, unavailable_after: Wed, 03 Dec 2025 13:09:53 GMT, BadBot: noindex, max-snippet: 20, otherbot: NOFOLLOW";
        assert_eq!(
            show(&in_header(value)),
            ["* noai", "* unavailable_after=Wed, 03 Dec 2025 13:09:53 GMT", "BadBot noindex", "BadBot max-snippet=20", "otherbot nofollow"]
        );
        assert_eq!(show(&in_header("unavailable_after: 2025-12-03, none")), ["* unavailable_after=2025-12-03", "* none"]);
        assert_eq!(
            show(&in_header("unavailable_after: 25 Jun 2010 15:00:00 PST, noai")),
            ["* unavailable_after=25 Jun 2010 15:00:00 PST", "* noai"]
        );
    }

    #[test]
    fn meta_rules_are_read_however_they_are_separated() {
        assert_eq!(
            show(&in_meta("NOINDEX nofollow;noai, Max-Image-Preview:Large")),
            ["* noindex", "* nofollow", "* noai", "* max-image-preview=large"]
        );
        assert_eq!(show(&in_meta("nocache, noarchive")), ["* nocache"]);
        assert_eq!(show(&in_meta(" , ")), Vec::<String>::new());
    }

    #[test]
    fn a_misspelt_rule_has_a_neighbour() {
        assert_eq!(nearest("noidex"), Some("noindex"));
        assert_eq!(nearest("max-snippets"), Some("max-snippet"));
        assert_eq!(nearest("harbour"), None);
    }
}
