//! Compression in flows, against what `gzip` and `zip` made.

use super::content::{Allowance, Packed};
use super::{gzip, zip};
use crate::connector::testing::{load, outcome, run, start};
use crate::flow::event::{FileContent, Typed};
use crate::value::Value;
use std::io::Write;
use std::sync::Arc;

/// `milk` by `gzip`, and the same followed by another member.
const GZIP: &str = "H4sIAAAAAAAAA8vNzMkGABacJrwEAAAA";
const MEMBERS: &str = "H4sIAAAAAAAAA8vNzMkGABacJrwEAAAAH4sIAAAAAAAAA0sqSk1MAQBLTcOcBQAAAA==";
/// Archives by `zip`: `a.txt`; the same with a password; `a.txt`, `dir/`, `dir/b.txt`; nothing.
const ONE: &str = "UEsDBAoAAAAAAAAAISgWnCa8BAAAAAQAAAAFAAAAYS50eHRtaWxrUEsBAh4DCgAAAAAAAAAhKBacJrwEAAAABAAAAAUAAAAAAAAAAQAAAKSBAAAAAGEudHh0UEsFBgAAAAABAAEAMwAAACcAAAAAAA==";
pub const LOCKED: &str = "UEsDBAoACQAAAAAAISgWnCa8EAAAAAQAAAAFAAAAYS50eHRjdd+3sd7LkieFY1a747LcUEsHCBacJrwQAAAABAAAAFBLAQIeAwoACQAAAAAAISgWnCa8EAAAAAQAAAAFAAAAAAAAAAEAAACkgQAAAABhLnR4dFBLBQYAAAAAAQABADMAAABDAAAAAAA=";
const THREE: &str = "UEsDBAoAAAAAAAAAISgWnCa8BAAAAAQAAAAFAAAAYS50eHRtaWxrUEsDBAoAAAAAAAAAISgAAAAAAAAAAAAAAAAEAAAAZGlyL1BLAwQKAAAAAAAAACEoS03DnAUAAAAFAAAACQAAAGRpci9iLnR4dGJyZWFkUEsBAh4DCgAAAAAAAAAhKBacJrwEAAAABAAAAAUAAAAAAAAAAQAAAKSBAAAAAGEudHh0UEsBAh4DCgAAAAAAAAAhKAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAQAO1BJwAAAGRpci9QSwECHgMKAAAAAAAAACEoS03DnAUAAAAFAAAACQAAAAAAAAABAAAApIFJAAAAZGlyL2IudHh0UEsFBgAAAAADAAMAnAAAAHUAAAAAAA==";
const EMPTY: &str = "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==";

const FLOWS: &str = r##"
  <flow name="gzip"><compression:compress><compression:compressor><compression:gzip-compressor/></compression:compressor></compression:compress></flow>
  <flow name="gunzip"><compression:decompress outputMimeType="text/plain">
    <compression:compressed>#[dw::core::Binaries::fromBase64(payload)]</compression:compressed>
    <compression:decompressor><compression:gzip-decompressor/></compression:decompressor></compression:decompress></flow>
  <flow name="gunzip-plain"><compression:decompress>
    <compression:decompressor><compression:gzip-decompressor/></compression:decompressor></compression:decompress></flow>
  <flow name="zip"><compression:compress target="zipped" targetValue="#[payload.^mimeType]">
    <compression:compressor><compression:zip-compressor/></compression:compressor></compression:compress>
    <set-payload value="#[vars.zipped]"/></flow>
  <flow name="unzip"><compression:decompress outputMimeType="text/plain">
    <compression:compressed>#[dw::core::Binaries::fromBase64(payload)]</compression:compressed>
    <compression:decompressor><compression:zip-decompressor/></compression:decompressor></compression:decompress></flow>
  <flow name="unzip-plain"><compression:decompress>
    <compression:decompressor><compression:zip-decompressor/></compression:decompressor></compression:decompress></flow>
  <flow name="extract"><compression:extract>
    <compression:compressed>#[dw::core::Binaries::fromBase64(payload)]</compression:compressed>
    <compression:extractor><compression:zip-extractor/></compression:extractor></compression:extract>
    <set-payload value="#[(payload pluck ($$ ++ '=' ++ ($ as String))) joinBy ' ']"/></flow>
  <flow name="extract-plain"><compression:extract>
    <compression:extractor><compression:zip-extractor/></compression:extractor></compression:extract></flow>
  <flow name="archive"><compression:archive>
    <compression:archiver><compression:zip-archiver forceZip64="true"/></compression:archiver></compression:archive></flow>
  <flow name="there-and-back">
    <compression:archive><compression:entries>#[{'a.txt': 'milk', 'dir/b.json': {b: [1, 2]}}]</compression:entries>
      <compression:archiver><compression:zip-archiver/></compression:archiver></compression:archive>
    <compression:extract><compression:extractor><compression:zip-extractor/></compression:extractor></compression:extract>
    <set-payload value="#[payload['a.txt'] ++ (read(payload['dir/b.json'], 'application/json').b[1] as String)]"/></flow>"##;

#[tokio::test(flavor = "multi_thread")]
async fn content_is_compressed_and_decompressed() {
    let app = start(FLOWS).await;
    let invalid = "COMPRESSION:INVALID_ARCHIVE: Error decompressing: The provided archive";
    let could_not = "COMPRESSION:COULD_NOT_DECOMPRESS: Unexpected error occur while trying to decompress: ";
    let not_made = "COMPRESSION:COULD_NOT_COMPRESS: Unexpected error occur while trying to compress: ";
    let damaged = GZIP.replace("8vNzMkGABac", "8vNzMkGABaa");
    for (flow, payload, expected) in [
        ("gunzip", Value::from(GZIP), "milk".to_string()),
        ("gunzip", MEMBERS.into(), "milkbread".to_string()),
        ("gunzip", damaged.as_str().into(), could_not.to_string()),
        ("gunzip-plain", "INVALID_CONTENT".into(), format!("{invalid} is not valid - Not in GZIP format")),
        ("gunzip-plain", Value::Null, format!("{invalid} is null")),
        ("gzip", Value::Null, format!("{not_made}cannot compress null content")),
        ("zip", "milk".into(), "application/zip".to_string()),
        ("zip", Value::Null, format!("{not_made}cannot compress null content")),
        ("unzip", ONE.into(), "milk".to_string()),
        ("unzip", LOCKED.into(), could_not.to_string()),
        ("unzip", EMPTY.into(), format!("{invalid} has no entries")),
        (
            "unzip",
            THREE.into(),
            "COMPRESSION:TOO_MANY_ENTRIES: Expected a single entry archive but got [3] entries [a.txt, dir/, dir/b.txt], \
             use the extract operation"
                .to_string(),
        ),
        ("unzip-plain", "INVALID_CONTENT".into(), format!("{invalid} is not valid - ")),
        ("unzip-plain", Value::Null, format!("{invalid} is null")),
        ("extract", THREE.into(), "a.txt=milk dir/= dir/b.txt=bread".to_string()),
        ("extract", LOCKED.into(), could_not.to_string()),
        ("extract", EMPTY.into(), format!("{invalid} has no entries")),
        ("extract-plain", "INVALID_CONTENT".into(), format!("{invalid} is not valid - ")),
        ("extract-plain", Value::Null, format!("{invalid} is null")),
        ("archive", Value::Null, format!("{not_made}the entries parameter is null")),
        ("archive", "x".into(), format!("{not_made}the entries have to be an Object, not String")),
        ("there-and-back", Value::Null, "milk2".to_string()),
    ] {
        let found = outcome(&app, flow, payload).await;
        assert!(found.starts_with(&expected), "{flow}: {found} instead of {expected}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn null_is_no_entry() {
    let app = start(FLOWS).await;
    let mut entries = crate::value::ObjectBuilder::with_capacity(1);
    entries.field("a.txt", Value::Null);
    let error = run(&app, "archive", entries.value()).await.err().unwrap().to_string();
    assert!(error.starts_with("COMPRESSION:COULD_NOT_COMPRESS") && error.contains("[a.txt]: it is null"), "{error}");
}

#[test]
fn exactly_one_format_is_named() {
    let flow = r#"<flow name="f"><compression:compress><compression:compressor/></compression:compress></flow>"#;
    let report = load(flow).err().unwrap().to_string();
    assert!(report.contains("takes exactly one format, not 0"), "{report}");
}

/// Four megabytes of one byte, which become some kilobytes.
fn spaces() -> Packed {
    Packed::Bytes(vec![b' '; 4 << 20].into())
}

#[test]
fn what_grows_too_much_is_refused() {
    let allowance = || Allowance::at_most((4 << 20) - 1);
    let packed = Packed::of(&gzip::compress(&spaces()).unwrap()).unwrap();
    let archive = Packed::of(&zip::pack(&[("a".to_string(), spaces())], false).unwrap()).unwrap();
    let halves = [("a".to_string(), Packed::Bytes(vec![0; 2 << 20].into())), ("b".to_string(), spaces())];
    let halves = Packed::of(&zip::pack(&halves, true).unwrap()).unwrap();
    assert!(gzip::decompress(&packed, Allowance::of(packed.length())).is_ok());
    assert!(zip::unpack_one(&archive, Allowance::in_memory(archive.length())).is_ok());
    let refused = [
        gzip::decompress(&packed, allowance()).err(),
        zip::unpack_one(&archive, allowance()).err(),
        zip::unpack_all(&halves, Allowance::at_most(5 << 20)).err(),
    ];
    for problem in refused.map(Option::unwrap) {
        assert_eq!(problem.error_type, "COMPRESSION:COULD_NOT_DECOMPRESS");
        assert!(problem.text.ends_with("bytes allowed"), "{}", problem.text);
    }
}

#[test]
fn large_content_stays_in_files() {
    let mut file = tempfile::tempfile().unwrap();
    let noise: Vec<u8> = std::iter::repeat_with(|| fastrand::u8(..)).take(20 << 20).collect();
    file.write_all(&noise).unwrap();
    let content = Packed::File(FileContent::of("noise", Arc::new(file)));
    for strategy in ["gzip", "zip"] {
        let packed = match strategy {
            "gzip" => gzip::compress(&content).unwrap(),
            _ => zip::pack(&[("data".to_string(), content.clone())], false).unwrap(),
        };
        let Packed::File(packed) = Packed::of(&packed).unwrap() else { panic!("{strategy} is in memory") };
        let packed = Packed::File(packed);
        let back: Typed = match strategy {
            "gzip" => gzip::decompress(&packed, Allowance::of(packed.length())).unwrap(),
            _ => zip::unpack_one(&packed, Allowance::of(packed.length())).unwrap(),
        };
        assert!(back.to_bytes().unwrap() == noise, "{strategy}");
    }
}
