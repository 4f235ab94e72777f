//! Machine-readable statements: in the page, in its response header, in the files of its site.
//!
//! Mechanisms, by the names that facts carry: `robots-meta`, `x-robots-tag`, `data-nosnippet`, `tdmrep`, `aipref`,
//! `content-signal`, `robots.txt`, `rsl`, `trust.txt`, `ai.txt`, `llms.txt`, `plus-dmi`, `plus`,
//! `xmp-rights`. Each is read by its own rules; what they add up to is decided in `rights`.

mod aipref;
mod data_nosnippet;
pub(in crate::detect) mod page;
mod plus;
mod robots_meta;
mod robots_txt;
mod rsl;
mod small;
mod statement;
mod tdmrep;

use crate::detect::reading::Reading;
use crate::detect::signal::page::Page;
use crate::evidence::Evidence;

/// States the signals for the document.
pub fn run(reading: &Reading<'_>, evidence: &mut Vec<Evidence>) {
    let page = Page::new(reading);
    robots_meta::run(&page, evidence);
    data_nosnippet::run(&page, evidence);
    tdmrep::run(&page, evidence);
    aipref::run(&page, evidence);
    robots_txt::run(&page, evidence);
    rsl::run(&page, evidence);
    small::run(&page, evidence);
    reading.media().for_each(|medium| plus::run(&medium, evidence));
}

#[cfg(test)]
mod tests;
