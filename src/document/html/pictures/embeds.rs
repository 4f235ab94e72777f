//! What a page shows of others in a frame: players, maps, posts of networks.

use crate::document::Block;
use crate::document::Image;
use crate::document::Marks;
use crate::document::Nearby;
use crate::document::Relation;
use crate::document::html::layout::Layout;
use crate::document::html::layout::PictureSpot;
use crate::document::html::layout::attribute;
use crate::document::html::layout::attribute_called;
use crate::document::html::names::Kind;
use crate::document::html::pictures::address::gather;
use crate::document::html::pictures::address::is_placeholder;
use crate::document::html::pictures::neighbourhood::Neighbourhood;
use crate::document::html::pictures::role::Roles;
use crate::document::html::pictures::start_of;
use crate::document::html::pictures::worded;
use crate::document::html::tree::Parsed;
use ego_tree::NodeId;
use html5ever::local_name;
use scraper::Node;
use scraper::node::Element;

/// What networks call the quotation that their script turns into a frame.
const POSTS: &[&str] = &[
    "bluesky-embed",
    "fb-post",
    "fb-video",
    "imgur-embed-pub",
    "instagram-media",
    "mastodon-embed",
    "reddit-card",
    "reddit-embed-bq",
    "text-post-media",
    "tiktok-embed",
    "twitter-tweet",
    "twitter-video",
];

/// Where a frame that only a script can load says what it is to load.
const KEYS: &[&str] = &[
    "data",
    "data-src",
    "data-href",
    "data-instgrm-permalink",
    "data-bluesky-uri",
    "cite",
    "data-videoid",
    "data-video-id",
    "data-media-id",
    "data-trackid",
    "data-tweetid",
    "data-shortcode",
];

/// What a page embeds.
pub(super) fn read(parsed: &Parsed<'_>, layout: &Layout, roles: &Roles<'_>, blocks: &[Block]) -> Vec<Image> {
    let mut spots: Vec<PictureSpot> = layout.embeds.clone();
    spots.extend(posts(parsed, layout));
    if spots.is_empty() {
        return Vec::new();
    }
    spots.sort_by_key(|spot| spot.block);
    let neighbourhood = Neighbourhood::new(layout, blocks, &spots);
    let embed = |(n, spot): (usize, &PictureSpot)| {
        let mut embed = embed(parsed, spot)?;
        neighbourhood.describe(n, &mut embed);
        embed.role = roles.of(spot, &embed);
        embed.nearby.retain(is_said_of_it);
        Some(embed)
    };
    let mut embeds: Vec<Image> = spots.iter().enumerate().filter_map(embed).collect();
    embeds.sort_by_key(|embed| embed.span.start);
    embeds
}

/// Whether words near a frame speak of it: the next paragraph of an article does not, unlike that after a picture.
fn is_said_of_it(near: &Nearby) -> bool {
    let named = near.marks.has(Marks::CREDIT) || near.marks.has(Marks::CAPTION);
    near.relation == Relation::Caption || (near.relation == Relation::Figure && named)
}

/// Quotations that a network's script makes a frame of.
fn posts<'a>(parsed: &'a Parsed<'_>, layout: &'a Layout) -> impl Iterator<Item = PictureSpot> + 'a {
    let quotations = layout.containers.iter().enumerate().filter(|(_, c)| c.kind == Kind::BlockQuote);
    quotations.filter_map(|(n, container)| {
        let node = container.node?;
        let class = attribute(parsed.element_of(node)?, &local_name!("class"))?;
        let is_post = class.split_ascii_whitespace().any(|name| POSTS.contains(&name));
        let spot = PictureSpot { node, container: n as u32, block: container.first, noscript: false, link: None, picture: None };
        is_post.then_some(spot)
    })
}

fn embed(parsed: &Parsed<'_>, spot: &PictureSpot) -> Option<Image> {
    let element = parsed.element_of(spot.node)?;
    let mut addresses = Vec::new();
    gather(element, &mut addresses);
    addresses.extend(KEYS.iter().filter_map(|key| attribute_called(element, key)).map(|value| value.trim().to_owned()));
    addresses.extend(last_link(parsed, spot.node).filter(|_| element.name() == "blockquote"));
    let speaks = |address: &String| !address.is_empty() && !is_placeholder(address) && !address.starts_with("javascript:");
    let address = addresses.into_iter().find(speaks)?;
    Some(Image { address, span: start_of(parsed, spot.node)?, title: worded(parsed, spot.node, element, "title"), ..Image::default() })
}

/// Where the last link inside leads: that of the post itself, behind its date.
fn last_link(parsed: &Parsed<'_>, node: NodeId) -> Option<String> {
    let inside = parsed.html.tree.get(node)?.descendants();
    let links = inside.filter_map(|n| Node::as_element(n.value())).filter(|e| e.name() == "a");
    links.filter_map(|link: &Element| attribute_called(link, "href")).last().map(|href| href.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use crate::document::ImageRole;
    use crate::document::html::read_text;

    const PROSE: &str = "<p>The boats of Exampleton come home at dusk, and the harbour is full of them until the morning comes.</p>";

    /// The embedded media of an article as `role address`, and whether each has a caption.
    #[track_caller]
    fn check(inside: &str, expected: &[(&str, bool)]) {
        let document = read_text(&format!("<!DOCTYPE html><title>H</title><article><h1>Harbour</h1>{PROSE}{inside}{PROSE}</article>"));
        let embeds = document.embeds.iter().map(|e| (format!("{} {}", e.role.name(), e.address), e.caption.is_some()));
        let expected: Vec<_> = expected.iter().map(|(said, captioned)| ((*said).to_owned(), *captioned)).collect();
        assert_eq!(embeds.collect::<Vec<_>>(), expected, "{inside}");
        assert!(document.images.iter().all(|image| image.role == ImageRole::Content));
    }

    #[test]
    fn frames_and_posts_are_embedded_media() {
        check("<iframe src='https://player.example.org/1' title='Boats'></iframe>", &[("content https://player.example.org/1", false)]);
        check("<iframe src='about:blank' data-src='//player.example.org/1'></iframe>", &[("content //player.example.org/1", false)]);
        check("<object data='/map.pdf'></object><embed src='/map.swf'>", &[("content /map.pdf", false), ("content /map.swf", false)]);
        check("<amp-youtube data-videoid='abc123' layout='responsive'></amp-youtube>", &[("content abc123", false)]);
        check(
            "<figure><iframe src='https://player.example.org/1'></iframe><figcaption>Boats. Video: Ann Example</figcaption></figure>",
            &[("content https://player.example.org/1", true)],
        );
        check(
            "<blockquote class='twitter-tweet'><p>Boats!</p><a href='https://net.example/ann'>Ann</a> <a href='https://net.example/ann/1'>1 May</a></blockquote>",
            &[("content https://net.example/ann/1", false)],
        );
    }

    #[test]
    fn what_readers_do_not_see_is_not_embedded() {
        check("<iframe src='https://count.example.org/1' style='display:none'></iframe>", &[]);
        check("<noscript><iframe src='https://count.example.org/1'></iframe></noscript>", &[]);
        check("<iframe></iframe><iframe src='javascript:void(0)'></iframe>", &[]);
        check(
            "<iframe src='https://count.example.org/1' width='1' height='1'></iframe>",
            &[("decorative https://count.example.org/1", false)],
        );
        check(
            "<div class='ad-slot'><iframe src='https://ads.example.org/1'></iframe></div>",
            &[("advert https://ads.example.org/1", false)],
        );
        check("<blockquote><p>Boats!</p><a href='https://net.example/ann/1'>1 May</a></blockquote>", &[]);
    }
}
