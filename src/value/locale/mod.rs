//! Locales: names of months, days and the like, week rules, number symbols. The facts lie in `names.txt` and
//! `currencies.txt` and are read when the first locale is asked for.

mod week;

pub use week::Week;

use super::recent::Recent;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, LazyLock};

/// How long a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// `March`
    Full,
    /// `Mar`
    Short,
    /// `M`
    Narrow,
}

/// Whether a name stands beside others or alone; some languages inflect it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `9 marca`
    InDate,
    /// `marzec`
    Alone,
}

/// The characters that numbers are written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberSymbols {
    /// In front of the decimals.
    pub decimal: &'static str,
    /// Between groups of digits.
    pub group: &'static str,
    /// In front of negative numbers.
    pub minus: &'static str,
    /// Hundredths.
    pub percent: &'static str,
    /// Thousandths.
    pub per_mille: &'static str,
    /// In front of an exponent.
    pub exponent: &'static str,
}

/// The entries of one section of `names.txt`: key and names.
type Section = Vec<(&'static str, Vec<&'static str>)>;

struct Sections {
    entries: HashMap<&'static str, Section>,
    parents: HashMap<&'static str, &'static str>,
}

static SECTIONS: LazyLock<Sections> = LazyLock::new(|| read_sections(include_str!("names.txt")));

/// Sections are few names of lists, so they are read in one go: well under a millisecond.
fn read_sections(text: &'static str) -> Sections {
    let mut sections = Sections { entries: HashMap::new(), parents: HashMap::new() };
    let mut tags: Vec<&str> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let (named, parent) = header.split_once(" < ").unwrap_or((header, ""));
            tags = named.split(' ').collect();
            for tag in &tags {
                sections.entries.insert(tag, Section::new());
                if !parent.is_empty() {
                    sections.parents.insert(tag, parent);
                }
            }
        } else if let Some((key, names)) = line.split_once(" = ") {
            for tag in &tags {
                sections.entries.entry(tag).or_default().push((key, names.split('|').collect()));
            }
        }
    }
    sections
}

/// A locale: where to look names up, and a region. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Locale(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// The nearest section first, root last.
    sections: Vec<&'static Section>,
    region: Option<String>,
    week: Week,
}

thread_local! {
    static LOCALES: Recent<Locale> = const { Recent::new() };
}

impl Default for Locale {
    /// English, no region: what the reference engine falls back on wherever it runs.
    fn default() -> Self {
        Self::of_tag("en")
    }
}

impl Locale {
    /// The locale of a language tag: `es`, `en-GB`, `zh-Hant-TW`; upper and lower case do not matter. Anything else
    /// (`en_US`, an unknown language, nothing) means the root locale.
    pub fn of_tag(tag: &str) -> Self {
        let Ok(locale) = LOCALES.with(|recent| recent.get(tag, |tag| Ok::<_, Infallible>(Self::read_tag(tag))));
        locale
    }

    fn read_tag(tag: &str) -> Self {
        let mut parts = tag.split('-').peekable();
        let letters = |part: &&str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_alphabetic());
        let language = parts.next().filter(|p| letters(p, 2) || letters(p, 3)).map(str::to_ascii_lowercase);
        let Some(language) = language else { return Self::with_sections(&["root"], None) };
        let script = parts.next_if(|p| letters(p, 4)).map(|script| {
            let (first, rest) = script.split_at(1);
            format!("{language}-{}{}", first.to_ascii_uppercase(), rest.to_ascii_lowercase())
        });
        let digits = |part: &&str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
        let region = parts.next_if(|p| letters(p, 2) || digits(p)).map(str::to_ascii_uppercase);
        let regional = region.as_ref().map(|region| format!("{language}-{region}"));
        let tags: Vec<&str> =
            [script.as_deref(), regional.as_deref(), Some(&language), Some("root")].into_iter().flatten().collect();
        Self::with_sections(&tags, region)
    }

    /// The sections of these tags, each with the ones it builds on.
    fn with_sections(tags: &[&str], region: Option<String>) -> Self {
        let mut sections = Vec::new();
        for tag in tags {
            let mut next = Some(*tag);
            while let Some(tag) = next {
                sections.extend(SECTIONS.entries.get(tag));
                next = SECTIONS.parents.get(tag).copied();
            }
        }
        let week = Week::of_region(region.as_deref());
        Self(Arc::new(Inner { sections, region, week }))
    }

    /// January to December.
    pub fn months(&self, width: Width, form: Form) -> &'static [&'static str] {
        self.names("months", width, form)
    }

    /// Monday to Sunday.
    pub fn days(&self, width: Width, form: Form) -> &'static [&'static str] {
        self.names("days", width, form)
    }

    /// The first quarter to the fourth.
    pub fn quarters(&self, width: Width, form: Form) -> &'static [&'static str] {
        self.names("quarters", width, form)
    }

    /// Before Christ, after.
    pub fn eras(&self, width: Width) -> &'static [&'static str] {
        self.names("eras", width, Form::InDate)
    }

    /// Before noon, after.
    pub fn halves(&self) -> &'static [&'static str] {
        self.names("halves", Width::Full, Form::InDate)
    }

    /// The parts of a day: the minute they start at, and their name.
    pub fn day_periods(&self) -> Vec<(u64, &'static str)> {
        let names = self.names("periods", Width::Full, Form::InDate);
        let minute = |start: &str| {
            let (hour, minute) = start.split_once(':').unwrap_or((start, "0"));
            Some(hour.parse::<u64>().ok()? * 60 + minute.parse::<u64>().ok()?)
        };
        names
            .iter()
            .filter_map(|entry| entry.split_once(' ').and_then(|(start, name)| Some((minute(start)?, name))))
            .collect()
    }

    /// The names under a key, from the nearest section that has them in either form.
    fn names(&self, topic: &str, width: Width, form: Form) -> &'static [&'static str] {
        let suffix = match width {
            Width::Full => "",
            Width::Short => ".short",
            Width::Narrow => ".narrow",
        };
        let entry = |section: &&'static Section, form: &str| {
            let is_wanted = |key: &str| {
                key.strip_prefix(topic).and_then(|rest| rest.strip_prefix(suffix)).is_some_and(|rest| rest == form)
            };
            section.iter().find(|(key, _)| is_wanted(key)).map(|(_, names)| names.as_slice())
        };
        let found = self.0.sections.iter().find_map(|section| match form {
            Form::InDate => entry(section, ""),
            Form::Alone => entry(section, ".alone").or_else(|| entry(section, "")),
        });
        found.unwrap_or_default()
    }

    /// Where weeks start here.
    pub fn week(&self) -> Week {
        self.0.week
    }

    /// What numbers are written with.
    pub fn number_symbols(&self) -> NumberSymbols {
        match self.names("number", Width::Full, Form::InDate) {
            [decimal, group, minus, percent, per_mille, exponent] => {
                NumberSymbols { decimal, group, minus, percent, per_mille, exponent }
            }
            _ => NumberSymbols { decimal: ".", group: ",", minus: "-", percent: "%", per_mille: "‰", exponent: "E" },
        }
    }

    /// The ISO 4217 code of the region's currency; `XXX` without a region.
    pub fn currency_code(&self) -> &'static str {
        let region = self.0.region.as_deref().unwrap_or_default();
        let lines = include_str!("currencies.txt").lines().filter(|line| !line.starts_with('#'));
        let mut codes = lines.filter_map(|line| line.split_once(' '));
        codes.find(|(_, regions)| regions.split(' ').any(|r| r == region)).map_or("XXX", |(code, _)| code)
    }

    /// The symbol of the region's currency, else its code; `¤` without a region.
    pub fn currency_symbol(&self) -> &'static str {
        match (self.names("currency", Width::Full, Form::InDate), self.currency_code()) {
            ([symbol], _) => symbol,
            (_, "XXX") => "¤",
            (_, code) => code,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn march(tag: &str, width: Width, form: Form) -> &'static str {
        Locale::of_tag(tag).months(width, form)[2]
    }

    #[test]
    fn every_list_is_complete() {
        for (tag, section) in &SECTIONS.entries {
            for (key, names) in section {
                let expected = match key.split('.').next() {
                    Some("months") => 12,
                    Some("days") => 7,
                    Some("quarters") => 4,
                    Some("eras" | "halves") => 2,
                    Some("number") => 6,
                    Some("currency") => 1,
                    Some("periods") => names.len().max(1),
                    _ => 0,
                };
                assert_eq!(names.len(), expected, "{tag} {key}");
            }
            assert_eq!(Locale::of_tag(tag).day_periods().first().map(|(start, _)| *start), Some(0), "{tag}");
        }
    }

    #[test]
    fn tags_and_what_they_fall_back_on() {
        for (tag, month) in [
            ("en", "March"),
            ("ES", "marzo"),
            ("de-ch", "März"),
            ("de-XX", "März"),
            ("es-MX", "marzo"),
            ("zh-Hant-TW", "3月"),
            ("zh-TW", "3月"),
            ("zh", "三月"),
            ("", "Mar"),
            ("en_US", "Mar"),
            ("US", "Mar"),
            ("english", "Mar"),
        ] {
            assert_eq!(march(tag, Width::Full, Form::InDate), month, "{tag}");
        }
    }

    #[test]
    fn forms_of_names() {
        assert_eq!(march("de", Width::Short, Form::InDate), "März");
        assert_eq!(march("de", Width::Short, Form::Alone), "Mär");
        assert_eq!(march("pl", Width::Full, Form::InDate), "marca");
        assert_eq!(march("pl", Width::Full, Form::Alone), "marzec");
        assert_eq!(Locale::of_tag("en-GB").months(Width::Short, Form::InDate)[8], "Sept");
        assert_eq!(Locale::of_tag("en-GB").halves(), ["am", "pm"]);
        assert_eq!(Locale::of_tag("es").halves()[1], "p.\u{a0}m.");
    }

    #[test]
    fn number_symbols_and_currencies() {
        assert_eq!(Locale::of_tag("sv").number_symbols().minus, "\u{2212}");
        assert_eq!(Locale::of_tag("de-CH").number_symbols().group, "’");
        assert_eq!(Locale::of_tag("fr").number_symbols().group, "\u{202f}");
        for (tag, code, symbol) in [("en-GB", "GBP", "£"), ("en", "XXX", "¤"), ("de-US", "USD", "USD")] {
            let locale = Locale::of_tag(tag);
            assert_eq!((locale.currency_code(), locale.currency_symbol()), (code, symbol), "{tag}");
        }
    }
}
