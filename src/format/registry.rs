//! Every format, and the ways to find one.

use super::binary::Binary;
use super::csv::Csv;
use super::dw::Dw;
use super::excel::Excel;
use super::flatfile::FlatFile;
use super::json::Json;
use super::multipart::Multipart;
use super::ndjson::NdJson;
use super::properties::JavaProperties;
use super::text::Text;
use super::urlencoded::UrlEncoded;
use super::xml::Xml;
use super::yaml::Yaml;
use super::{Format, MediaType};
use crate::diag::{Code, Fault, nearest};

/// Every format, in the order of the reference manual.
pub fn formats() -> &'static [&'static dyn Format] {
    &[
        &Dw,
        &Json,
        &NdJson,
        &Xml,
        &Yaml,
        &Csv,
        &FlatFile::FLAT_FILE,
        &FlatFile::FIXED_WIDTH,
        &Excel,
        &Text,
        &UrlEncoded,
        &Multipart,
        &JavaProperties,
        &Binary,
    ]
}

/// Formats of the reference manual that are not here, by id: their MIME types, and what to do instead.
const UNSUPPORTED: &[(&str, &[&str], &str)] = &[
    ("avro", &["application/avro"], "convert it to JSON first, or read it as application/octet-stream"),
    ("protobuf", &["application/x-protobuf", "application/protobuf"], "convert it to JSON first"),
    ("copybook", &["application/copybook"], "describe the records in a `.ffd` schema and use `flatfile`"),
    ("xls", &["application/vnd.ms-excel"], "save it as `.xlsx` and use `excel`"),
    ("dwb", &["application/dwb"], "write it as application/dw instead"),
    ("java", &["application/java"], "there are no Java objects here: use application/dw or application/json"),
];

/// The fault for a name of a format, if the format is one of those that are not supported.
fn unsupported(name: &str) -> Option<Fault> {
    let is_it = |(id, types, _): &&(&str, &[&str], &str)| {
        name == *id || types.iter().any(|mime| mime.eq_ignore_ascii_case(name))
    };
    let (id, _, help) = UNSUPPORTED.iter().find(is_it)?;
    Some(Fault::new(Code::UnknownFormat, format!("the data format `{id}` is not supported")).help(*help))
}

/// The format of this id: `json`, `csv`.
pub fn by_id(id: &str) -> Result<&'static dyn Format, Fault> {
    let ids = || formats().iter().map(|f| f.id());
    formats().iter().copied().find(|f| f.id() == id).ok_or_else(|| {
        if let Some(fault) = unsupported(id) {
            return fault;
        }
        let fault = Fault::new(Code::UnknownFormat, format!("unknown data format `{id}`"));
        match nearest(id, ids()) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault.help(format!("the formats are {}", ids().collect::<Vec<_>>().join(", "))),
        }
    })
}

/// The format that takes this MIME type: one that names it in full goes before one whose pattern takes it.
pub fn by_media_type(media: &MediaType) -> Result<&'static dyn Format, Fault> {
    let takes = |f: &&&dyn Format| f.mime_types().iter().any(|pattern| media.matches(pattern));
    let named = |f: &&&dyn Format| f.mime_types().iter().any(|p| p.eq_ignore_ascii_case(media.essence()));
    let is_default = |f: &&&dyn Format| f.mime_type().eq_ignore_ascii_case(media.essence());
    let all = || formats().iter();
    let found = all().find(is_default).or_else(|| all().find(named)).or_else(|| all().find(takes));
    found.copied().ok_or_else(|| unknown_media_type(media.essence()))
}

/// The format that `text` names, which is an id or a MIME type with or without parameters.
pub fn by_name(text: &str) -> Result<&'static dyn Format, Fault> {
    if text.contains('/') { by_media_type(&MediaType::parse(text)?) } else { by_id(text.trim()) }
}

/// The format of files with this extension (without the dot; case does not matter).
pub fn by_extension(extension: &str) -> Option<&'static dyn Format> {
    formats().iter().copied().find(|f| f.extensions().iter().any(|e| e.eq_ignore_ascii_case(extension)))
}

fn unknown_media_type(essence: &str) -> Fault {
    if let Some(fault) = unsupported(essence) {
        return fault;
    }
    let types = || formats().iter().map(|f| f.mime_type());
    let fault = Fault::new(Code::UnknownFormat, format!("unknown content type `{essence}`"));
    match nearest(essence, types()) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help(format!(
            "known types are {}; `with ID` after a type of your own chooses the format",
            types().collect::<Vec<_>>().join(", ")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_formats_by_every_name() {
        let found = |name| by_name(name).map_or_else(|fault| fault.message().to_string(), |f| f.id().to_string());
        for (name, want) in [
            ("json", "json"),
            ("application/json", "json"),
            ("Text/JSON", "json"),
            ("application/vnd.shop+json; charset=UTF-8", "json"),
            ("whatever/csv", "csv"),
            ("application/x-binary", "binary"),
            ("avro", "the data format `avro` is not supported"),
            ("application/x-protobuf", "the data format `protobuf` is not supported"),
            ("jsn", "unknown data format `jsn`"),
            ("text/html", "unknown content type `text/html`"),
        ] {
            assert_eq!(found(name), want, "{name}");
        }
        assert_eq!(by_extension("JSON").map(Format::id), Some("json"));
        assert!(by_extension("exe").is_none());
        assert_eq!(
            by_id("jsn").err().and_then(|f| f.hint().map(str::to_string)).as_deref(),
            Some("did you mean `json`?")
        );
    }

    #[test]
    fn every_format_finds_itself() {
        for format in formats() {
            assert_eq!(by_name(format.mime_type()).map(Format::id).ok(), Some(format.id()));
            for extension in format.extensions() {
                assert_eq!(by_extension(extension).map(Format::id), Some(format.id()));
            }
        }
    }
}
