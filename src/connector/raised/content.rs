//! What raises the errors of operations that look at content: checks, schemas, archives, ciphers, routers.

use super::Cases;
use crate::connector::compression::tests::LOCKED;
use crate::connector::crypto::pgp::tests as pgp;
use crate::connector::crypto::tests::configurations;
use crate::connector::testing;

/// Content that is null.
const NULL: &str = r##"<set-payload value="#[null]"/>"##;

pub fn validation() -> Cases {
    let both = r#"<validation:is-true expression="false"/><validation:is-email email="x"/>"#;
    let filter = "<validation:ip-filter-list name='office'><validation:ips><validation:ip value='10.0.0.0/8'/></validation:ips></validation:ip-filter-list>";
    [
        ("validation:is-true", "VALIDATION:INVALID_BOOLEAN", r#"expression="false""#),
        ("validation:is-false", "VALIDATION:INVALID_BOOLEAN", r#"expression="true""#),
        ("validation:is-null", "VALIDATION:NOT_NULL", r#"value="x""#),
        ("validation:is-not-null", "VALIDATION:NULL", r##"value="#[null]""##),
        ("validation:is-blank-string", "VALIDATION:NOT_BLANK_STRING", r#"value="x""#),
        ("validation:is-not-blank-string", "VALIDATION:BLANK_STRING", r##"value="#[' ']""##),
        ("validation:is-empty-collection", "VALIDATION:NOT_EMPTY_COLLECTION", r##"values="#[[1]]""##),
        ("validation:is-not-empty-collection", "VALIDATION:EMPTY_COLLECTION", r##"values="#[[]]""##),
        ("validation:matches-regex", "VALIDATION:MISMATCH", r#"value="x" regex="y""#),
        ("validation:validate-size", "VALIDATION:INVALID_SIZE", r#"value="x" min="2""#),
        ("validation:is-number", "VALIDATION:INVALID_NUMBER", r#"value="x" numberType="INTEGER""#),
        ("validation:is-email", "VALIDATION:INVALID_EMAIL", r#"email="x""#),
        ("validation:is-ip", "VALIDATION:INVALID_IP", r#"ip="x""#),
        ("validation:is-allowed-ip", "VALIDATION:INVALID_IP", r#"ipAddress="x" allowList="office""#),
        ("validation:is-allowed-ip", "VALIDATION:REJECTED_IP", r#"ipAddress="11.0.0.1" allowList="office""#),
        ("validation:is-not-denied-ip", "VALIDATION:INVALID_IP", r#"ipAddress="x" denyList="office""#),
        ("validation:is-not-denied-ip", "VALIDATION:REJECTED_IP", r#"ipAddress="10.0.0.1" denyList="office""#),
        ("validation:is-url", "VALIDATION:INVALID_URL", r#"url="x""#),
        ("validation:is-time", "VALIDATION:INVALID_TIME", r#"time="x" pattern="HH:mm""#),
        ("validation:is-elapsed", "VALIDATION:NOT_ELAPSED_TIME", r##"time="20" since="#[now()]""##),
        ("validation:is-not-elapsed", "VALIDATION:ELAPSED_TIME", r##"time="20" since="#[now() - |PT1H|]""##),
    ]
    .into_iter()
    .fold(Cases::with(filter), |cases, (operation, raises, attributes)| {
        cases.of(operation, &[(raises, &format!("<{operation} {attributes}/>"))])
    })
    .of("validation:all", &[("VALIDATION:MULTIPLE", &format!("<validation:all>{both}</validation:all>"))])
    .of("validation:any", &[("VALIDATION:MULTIPLE", &format!("<validation:any>{both}</validation:any>"))])
}

pub fn json() -> Cases {
    let check = |document: &str, attributes: &str, schema: &str| {
        let contents = if schema.is_empty() {
            String::new()
        } else {
            format!("<json:contents><![CDATA[{schema}]]></json:contents>")
        };
        format!("<set-payload value='{document}'/><json:validate-schema {attributes}>{contents}</json:validate-schema>")
    };
    Cases::default().of(
        "json:validate-schema",
        &[
            ("JSON:SCHEMA_NOT_HONOURED", &check("[]", "", r#"{"type": "object"}"#)),
            ("JSON:INVALID_INPUT_JSON", &check("x", "", r#"{"type": "object"}"#)),
            ("JSON:SCHEMA_NOT_FOUND", &check("{}", "schema='/none.json'", "")),
            ("JSON:INVALID_SCHEMA", &check("{}", "", r#"{"pattern": "["}"#)),
        ],
    )
}

pub fn xml() -> Cases {
    let check = |document: &str, schema: &str| {
        let text = format!("<xml-module:schema-text><![CDATA[{schema}]]></xml-module:schema-text>");
        let contents = format!(
            "<xml-module:schema-contents><xml-module:schema-content schemaName='s'>{text}</xml-module:schema-content></xml-module:schema-contents>"
        );
        let contents = if schema.is_empty() { String::new() } else { contents };
        format!("<set-payload value='{document}'/><xml-module:validate-schema>{contents}</xml-module:validate-schema>")
    };
    let extract = |document: &str, path: &str| {
        format!("<set-payload value='{document}'/><xml-module:xpath-extract xpath='{path}'/>")
    };
    let schema = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="b"/></xs:schema>"#;
    Cases::default()
        .of(
            "xml-module:validate-schema",
            &[
                ("XML-MODULE:SCHEMA_NOT_HONOURED", &check("&lt;a/>", schema)),
                ("XML-MODULE:INVALID_INPUT_XML", &check("&lt;a>", schema)),
                ("XML-MODULE:INVALID_SCHEMA", &check("&lt;a/>", "<a/>")),
                ("XML-MODULE:SCHEMA_INPUT_ERROR", &check("&lt;a/>", "")),
            ],
        )
        .of(
            "xml-module:xpath-extract",
            &[
                ("XML-MODULE:INVALID_INPUT_XML", &extract("&lt;a>", "//a")),
                ("XML-MODULE:INVALID_XPATH_EXPRESSION", &extract("&lt;a/>", "//a[")),
                ("XML-MODULE:TRANSFORMATION", &extract("&lt;a/>", "count(//a)")),
            ],
        )
}

pub fn compression() -> Cases {
    let pack = |operation: &str, part: &str| {
        format!(
            "{NULL}<compression:{operation}><compression:{part}><compression:zip-{part}/></compression:{part}></compression:{operation}>"
        )
    };
    let open = |operation: &str, part: &str, archive: &str| {
        format!(
            "<compression:{operation}><compression:compressed>#[{archive}]</compression:compressed><compression:{part}><compression:zip-{part}/></compression:{part}></compression:{operation}>"
        )
    };
    let locked = format!("dw::core::Binaries::fromBase64('{LOCKED}')");
    let two = "<compression:archive><compression:entries>#[{a: '1', b: '2'}]</compression:entries><compression:archiver><compression:zip-archiver/></compression:archiver></compression:archive>";
    let (invalid, could_not) = ("COMPRESSION:INVALID_ARCHIVE", "COMPRESSION:COULD_NOT_DECOMPRESS");
    Cases::default()
        .of("compression:compress", &[("COMPRESSION:COULD_NOT_COMPRESS", &pack("compress", "compressor"))])
        .of("compression:archive", &[("COMPRESSION:COULD_NOT_COMPRESS", &pack("archive", "archiver"))])
        .of(
            "compression:decompress",
            &[
                (invalid, &open("decompress", "decompressor", "'x'")),
                ("COMPRESSION:TOO_MANY_ENTRIES", &(two.to_string() + &open("decompress", "decompressor", "payload"))),
                (could_not, &open("decompress", "decompressor", &locked)),
            ],
        )
        .of(
            "compression:extract",
            &[(invalid, &open("extract", "extractor", "'x'")), (could_not, &open("extract", "extractor", &locked))],
        )
}

pub fn crypto() -> Cases {
    let jce = |operation: &str, attributes: &str| format!(r#"<crypto:{operation} config-ref="fixed" {attributes}/>"#);
    let cipher = |operation: &'static str, fails: &'static str, failing: &str, key: &str| {
        [
            ("CRYPTO:MISSING_KEY", jce(operation, r#"algorithm="AES""#)),
            ("CRYPTO:KEY", jce(operation, key)),
            ("CRYPTO:PASSPHRASE", jce(operation, r#"keyId="locked" algorithm="AES""#)),
            ("CRYPTO:PARAMETERS", jce(operation, r#"keyId="aes" cipher="AES/CTR/NoPadding""#)),
            (fails, jce(operation, failing)),
        ]
    };
    let signing = |operation: &'static str, more: &str, fails: &'static str, failing: &str| {
        [
            ("CRYPTO:MISSING_KEY", jce(operation, &format!(r#"keyId="unknown" {more}"#))),
            ("CRYPTO:KEY", jce(operation, &format!(r#"keyId="rsa" algorithm="SHA256withDSA" {more}"#))),
            ("CRYPTO:PASSPHRASE", jce(operation, &format!(r#"keyId="locked" {more}"#))),
            (fails, jce(operation, &format!("{failing} {more}"))),
        ]
    };
    let pbe = |operation: &'static str, more: &str, fails: &'static str, before: &str| {
        let with = |password: &str| format!(r#"<crypto:{operation} password="{password}" {more}/>"#);
        [("CRYPTO:MISSING_KEY", with("#[null]")), (fails, before.to_string() + &with("secret"))]
    };
    let expected = r#"expected="eA==""#;
    let groups: [(&'static str, Vec<(&'static str, String)>); 10] = [
        (
            "crypto:jce-encrypt",
            cipher(
                "jce-encrypt",
                "CRYPTO:ENCRYPTION",
                r#"keyId="aes" cipher="AES/ECB/NoPadding""#,
                r#"keyId="pair" algorithm="AES""#,
            )
            .into(),
        ),
        (
            "crypto:jce-decrypt",
            cipher(
                "jce-decrypt",
                "CRYPTO:DECRYPTION",
                r#"keyId="aes" algorithm="AES""#,
                r#"keyId="rsa-public" algorithm="RSA""#,
            )
            .into(),
        ),
        (
            "crypto:jce-sign",
            signing("jce-sign", "", "CRYPTO:SIGNATURE", r#"keyId="dsa" algorithm="NONEwithDSA""#).into(),
        ),
        (
            "crypto:jce-validate",
            signing("jce-validate", expected, "CRYPTO:VALIDATION", r#"keyId="rsa" algorithm="SHA256withRSA""#).into(),
        ),
        ("crypto:jce-encrypt-pbe", pbe("jce-encrypt-pbe", "", "CRYPTO:ENCRYPTION", NULL).into()),
        ("crypto:jce-decrypt-pbe", pbe("jce-decrypt-pbe", "", "CRYPTO:DECRYPTION", "").into()),
        ("crypto:jce-sign-pbe", pbe("jce-sign-pbe", "", "CRYPTO:SIGNATURE", NULL).into()),
        ("crypto:jce-validate-pbe", pbe("jce-validate-pbe", expected, "CRYPTO:VALIDATION", "").into()),
        (
            "crypto:calculate-checksum",
            vec![("CRYPTO:CHECKSUM", format!(r#"{NULL}<crypto:calculate-checksum algorithm="MD5"/>"#))],
        ),
        (
            "crypto:validate-checksum",
            vec![("CRYPTO:VALIDATION", r#"<crypto:validate-checksum algorithm="MD5" expected="x"/>"#.to_string())],
        ),
    ];
    let given = Cases::with(configurations() + &pgp::configurations());
    groups.into_iter().chain(of_pgp()).fold(given, |cases, (operation, group)| {
        let group: Vec<_> = group.iter().map(|(raises, elements)| (*raises, elements.as_str())).collect();
        cases.of(operation, &group)
    })
}

fn of_pgp() -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let with = |operation: &str, key: &str| format!(r#"<crypto:{operation} config-ref="rings" keyId="{key}"/>"#);
    let encrypting = |operation: &str| {
        vec![
            ("CRYPTO:MISSING_KEY", with(operation, "nobody")),
            ("CRYPTO:KEY", with(operation, "signer")),
            ("CRYPTO:ENCRYPTION", NULL.to_string() + &with(operation, "us")),
        ]
    };
    let signing = |operation: &str| {
        vec![
            ("CRYPTO:MISSING_KEY", with(operation, "nobody")),
            ("CRYPTO:KEY", with(operation, "our-subkey")),
            ("CRYPTO:PASSPHRASE", with(operation, "wrong")),
            ("CRYPTO:SIGNATURE", NULL.to_string() + &with(operation, "us")),
        ]
    };
    let decrypting =
        |key: &str, config: &str| with("pgp-encrypt", key) + &format!(r#"<crypto:pgp-decrypt config-ref="{config}"/>"#);
    let validating = |config: &str, expected: &str| {
        with("pgp-sign", "us") + &format!(r#"<crypto:pgp-validate config-ref="{config}" expected="{expected}"/>"#)
    };
    vec![
        ("crypto:pgp-encrypt", encrypting("pgp-encrypt")),
        ("crypto:pgp-encrypt-binary", encrypting("pgp-encrypt-binary")),
        (
            "crypto:pgp-encrypt-and-sign",
            vec![
                ("CRYPTO:MISSING_KEY", pgp::both_keys("us", "nobody")),
                ("CRYPTO:KEY", pgp::both_keys("us", "our-subkey")),
                ("CRYPTO:PASSPHRASE", pgp::both_keys("us", "wrong")),
                ("CRYPTO:ENCRYPTION", NULL.to_string() + &pgp::both_keys("us", "us")),
            ],
        ),
        (
            "crypto:pgp-decrypt",
            vec![
                ("CRYPTO:MISSING_KEY", decrypting("stranger", "rings")),
                ("CRYPTO:KEY", decrypting("partner", "bare")),
                ("CRYPTO:PASSPHRASE", decrypting("partner", "locked")),
                ("CRYPTO:DECRYPTION", r#"<crypto:pgp-decrypt config-ref="rings"/>"#.to_string()),
            ],
        ),
        ("crypto:pgp-sign", signing("pgp-sign")),
        ("crypto:pgp-sign-binary", signing("pgp-sign-binary")),
        (
            "crypto:pgp-validate",
            vec![
                ("CRYPTO:MISSING_KEY", validating("bare", "#[payload]")),
                ("CRYPTO:VALIDATION", validating("rings", "#['no signature']")),
            ],
        ),
        ("crypto:pgp-binary-to-armored", vec![("CRYPTO:PARAMETERS", "<crypto:pgp-binary-to-armored/>".to_string())]),
    ]
}

const API: &str = "#%RAML 1.0\ntitle: t\n/a:\n  get:\n    queryParameters: { n: integer }\n    responses: { 200: { body: { application/json: } } }\n  post:\n    body: { application/json: }\n  put:\n";

pub fn apikit() -> Cases {
    let file = testing::folder().join("api.raml");
    std::fs::write(&file, API).unwrap();
    let request = |method: &str, path: &str, query: &str, headers: &str| {
        let attributes = format!(
            "{{method: '{method}', listenerPath: '/api/*', rawRequestPath: '/api{path}', queryParams: {{{query}}}, queryString: '', headers: {{{headers}}}}}"
        );
        format!(
            "<ee:transform><ee:message><ee:set-attributes><![CDATA[{attributes}]]></ee:set-attributes></ee:message></ee:transform><apikit:router config-ref='api'/>"
        )
    };
    let globals = format!("<apikit:config name='api' api='{}'/><flow name='get:\\a:api'/>", file.display());
    Cases::with(globals).of(
        "apikit:router",
        &[
            ("APIKIT:BAD_REQUEST", &request("GET", "/a", "n: 'x'", "")),
            ("APIKIT:NOT_FOUND", &request("GET", "/b", "", "")),
            ("APIKIT:METHOD_NOT_ALLOWED", &request("DELETE", "/a", "", "")),
            ("APIKIT:NOT_ACCEPTABLE", &request("GET", "/a", "n: '1'", "accept: 'image/png'")),
            ("APIKIT:UNSUPPORTED_MEDIA_TYPE", &request("POST", "/a", "", "'content-type': 'image/png'")),
            ("APIKIT:NOT_IMPLEMENTED", &request("PUT", "/a", "", "")),
        ],
    )
}
