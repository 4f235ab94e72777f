//! One article in every encoding it may come in: the same blocks, pictures and items, and every place slices to its quote.

use rightscheck::document;
use rightscheck::document::Document;
use rightscheck::source::Origin;
use rightscheck::source::Source;
use rightscheck::text::reader_text;
use std::io::Write as _;

const PAGE: &str = r#"<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>Гавань</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Гавань на закате", "author": {"@type": "Person", "name": "Анна Пример"}}</script>
</head><body><article>
<h1>Гавань на закате</h1>
<p class="byline">Анна Пример</p>
<figure><img src="pier.jpg" alt="Причал"><figcaption>Причал вечером. Фото: Борис Образец</figcaption></figure>
<p>Последний паром пришёл вчера поздно вечером, и на старом причале его никто не ждал, кроме двоих детей и собаки.</p>
<p>Городской совет обещает починить причал до зимы, но денег на это, как говорят чиновники, пока не нашлось.</p>
</article><footer>© 2026 Новые Известия Побережья. Все права защищены.</footer></body></html>
"#;

const MARKDOWN: &str = "---\ntitle: Гавань на закате\nauthor: Анна Пример\n---\n\n![Причал](pier.jpg)\n*Фото: Борис Образец*\n\nПоследний паром пришёл вчера \
                        поздно вечером, и его никто не ждал.\n";

const TEXT: &str = "Гавань на закате\n\nАнна Пример\n\n20.11.2026\n\nПоследний паром пришёл вчера поздно вечером, и на старом причале его никто не ждал, кроме \
                    двоих детей и собаки, которая была ничья.\n\nПричал вечером\nФото: Борис Образец\n\nГородской совет обещает починить причал до зимы, но денег \
                    на это, как говорят чиновники, пока не нашлось ни в одном из его бюджетов.\n\n© 2026 Новые Известия Побережья\n";

/// A way to write a text down.
struct Form {
    name: &'static str,
    /// What becomes of the page's own declaration.
    charset: &'static str,
    write: fn(&str) -> Vec<u8>,
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn marked(mark: &[u8], bytes: &[u8]) -> Vec<u8> {
    [mark, bytes].concat()
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).expect("a vector takes everything");
    encoder.finish().expect("a vector takes everything")
}

const FORMS: &[Form] = &[
    Form { name: "UTF-8 with mark", charset: "utf-8", write: |t| marked(b"\xef\xbb\xbf", t.as_bytes()) },
    Form { name: "windows-1251", charset: "windows-1251", write: |t| encoding_rs::WINDOWS_1251.encode(t).0.into_owned() },
    Form { name: "KOI8-R", charset: "koi8-r", write: |t| encoding_rs::KOI8_R.encode(t).0.into_owned() },
    Form { name: "windows-1251 called UTF-8", charset: "utf-8", write: |t| encoding_rs::WINDOWS_1251.encode(t).0.into_owned() },
    Form { name: "UTF-8 called windows-1251", charset: "windows-1251", write: |t| t.as_bytes().to_vec() },
    Form { name: "UTF-16 LE with mark", charset: "utf-16", write: |t| marked(b"\xff\xfe", &wide(t, u16::to_le_bytes)) },
    Form { name: "UTF-16 BE with mark", charset: "utf-16", write: |t| marked(b"\xfe\xff", &wide(t, u16::to_be_bytes)) },
    Form { name: "UTF-16 LE without mark", charset: "utf-16", write: |t| wide(t, u16::to_le_bytes) },
    Form { name: "UTF-16 BE without mark", charset: "utf-16", write: |t| wide(t, u16::to_be_bytes) },
    Form { name: "CRLF", charset: "utf-8", write: |t| t.replace('\n', "\r\n").into_bytes() },
    Form { name: "CR", charset: "utf-8", write: |t| t.replace('\n', "\r").into_bytes() },
    Form { name: "NUL inside", charset: "utf-8", write: |t| t.replace("паром", "па\0ром").into_bytes() },
    Form { name: "NUL at the end", charset: "utf-8", write: |t| marked(t.as_bytes(), b"\0\0\0") },
    Form { name: "gzip", charset: "utf-8", write: packed },
];

/// Blocks, pictures and items, as a reader would tell them.
fn told(document: &Document) -> String {
    let blocks = document.blocks.iter().map(|b| format!("{:?}: {}", b.role, b.text));
    let images = document.images.iter().map(|i| format!("image {} {:?} {:?}", i.address, i.alt.as_ref().map(|a| &a.value), i.caption));
    let items = document.items.iter().map(|i| {
        let properties: Vec<_> = i.properties.iter().map(|p| format!("{}={:?}", p.name, p.value)).collect();
        format!("item {:?} {}", i.types, properties.join(" "))
    });
    let language = std::iter::once(format!("language {:?}", document.language));
    language.chain(blocks).chain(images).chain(items).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(path: &str, text: &str) {
    let plain = document::read(&Source::new(Origin::path(path), text.as_bytes().to_vec()));
    for form in FORMS {
        let declared = text.replace("charset=\"utf-8\"", &format!("charset=\"{}\"", form.charset));
        let source = Source::new(Origin::path(path), (form.write)(&declared));
        assert!(source.encoding.sound, "{path}, {}: {:?}", form.name, source.encoding);
        let document = document::read(&source);
        assert_eq!(told(&document), told(&plain), "{path}, {}: {:?}", form.name, source.encoding);
        for block in &document.blocks {
            let slice = &source.text[block.whole().range()];
            assert_eq!(reader_text(slice).trim_end_matches('*'), reader_text(&block.text), "{path}, {}", form.name);
        }
    }
}

#[test]
fn a_page_reads_the_same_in_every_encoding() {
    check("a.html", PAGE);
}

#[test]
fn markdown_reads_the_same_in_every_encoding() {
    check("a.md", MARKDOWN);
}

#[test]
fn a_text_reads_the_same_in_every_encoding() {
    check("a.txt", TEXT);
}

#[test]
fn east_asian_encodings_are_read() {
    let page = |text: &str, charset: &str| format!("<meta charset={charset}><article><h1>{text}</h1><p>{text}。{text}。</p></article>");
    for (charset, text) in [
        ("shift_jis", "夕暮れの港で写真を撮る"),
        ("euc-jp", "夕暮れの港で写真を撮る"),
        ("gb18030", "黄昏的港口没有人"),
        ("gbk", "黄昏的港口没有人"),
        ("big5", "黃昏的港口沒有人"),
        ("euc-kr", "해질녘의 항구에는 아무도 없다"),
    ] {
        let encoding = encoding_rs::Encoding::for_label(charset.as_bytes()).unwrap();
        let source = Source::new(Origin::path("a.html"), encoding.encode(&page(text, charset)).0.into_owned());
        let document = document::read(&source);
        assert_eq!(document.blocks[0].text, text, "{charset}: {:?}", source.encoding);
        assert_eq!(source.encoding.problem, None, "{charset}");
    }
}

#[test]
fn a_document_that_lies_or_cannot_be_decoded_says_so() {
    let lie = Source::new(Origin::path("a.html"), PAGE.replace("utf-8", "windows-1251").into_bytes());
    assert!(lie.encoding.sound && lie.encoding.problem.is_some_and(|p| p.contains("valid UTF-8")));
    let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    let undecodable = Source::new(Origin::path("a.html"), noise);
    assert!(!undecodable.encoding.sound && undecodable.encoding.problem.is_some());
    let mut cut = packed(&PAGE.repeat(50));
    cut.truncate(cut.len() / 2);
    let damaged = Source::new(Origin::path("a.html.gz"), cut);
    assert!(!damaged.encoding.sound && damaged.encoding.problem.is_some_and(|p| p.contains("gzip")));
}
