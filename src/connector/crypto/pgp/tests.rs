//! PGP in flows, by itself and together with GnuPG.

use crate::connector::testing::{folder, outcome, run, start};
use crate::value::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The key rings of the example: the public keys of `us`, `partner`, `signer` and `stranger`, armored.
const PUBLIC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/connectors/crypto/src/main/resources/public.asc");
/// The private keys of `us` and `partner`.
const PRIVATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/connectors/crypto/src/main/resources/private.gpg");

const TEXT: &str = "hello, world";

/// The configurations `rings`, `bare` (without private keys) and `locked` (without the passphrases).
pub fn configurations() -> String {
    format!(
        r#"<crypto:pgp-config name="rings" publicKeyring="{PUBLIC}" privateKeyring="{PRIVATE}"><crypto:pgp-key-infos>
          <crypto:pgp-asymmetric-key-info keyId="us" fingerprint="E796CA543C7E3BEA" passphrase="changeit"/>
          <crypto:pgp-asymmetric-key-info keyId="our-subkey" fingerprint="e239 9060 ee97 773d" passphrase="changeit"/>
          <crypto:pgp-asymmetric-key-info keyId="partner" principal="partner &lt;partner@example.com&gt;" passphrase="changeit"/>
          <crypto:pgp-asymmetric-key-info keyId="signer" fingerprint="6F3F31A5C5730E2B946D25E8F13854853A43AE3D"/>
          <crypto:pgp-asymmetric-key-info keyId="stranger" principal="stranger &lt;stranger@example.com&gt;"/>
          <crypto:pgp-asymmetric-key-info keyId="nobody" fingerprint="0000000000000000"/>
          <crypto:pgp-asymmetric-key-info keyId="wrong" fingerprint="E796CA543C7E3BEA" passphrase="other"/>
        </crypto:pgp-key-infos></crypto:pgp-config>
        <crypto:pgp-config name="bare" privateKeyring="{PUBLIC}"/>
        <crypto:pgp-config name="locked" privateKeyring="{PRIVATE}"/>"#
    )
}

/// An operation that encrypts and signs with these keys.
pub fn both_keys(recipient: &str, signer: &str) -> String {
    format!(
        r#"<crypto:pgp-encrypt-and-sign config-ref="rings"><crypto:encryption-key-selection keyId="{recipient}"/>
          <crypto:sign-key-selection keyId="{signer}"/></crypto:pgp-encrypt-and-sign>"#
    )
}

const DECRYPT: &str =
    r#"<crypto:pgp-decrypt config-ref="rings" validateSignatureIfFound="true" outputMimeType="text/plain"/>"#;

#[tokio::test(flavor = "multi_thread")]
async fn messages_come_back() {
    let mut flows = Vec::new();
    for key in ["us", "our-subkey", "partner"] {
        for operation in ["pgp-encrypt", "pgp-encrypt-binary"] {
            flows.push(format!(r#"<crypto:{operation} config-ref="rings" keyId="{key}"/>{DECRYPT}"#));
        }
        flows.push(both_keys(key, "us") + DECRYPT);
        flows.push(both_keys(key, "partner") + DECRYPT);
        flows.push(format!(
            r#"<crypto:pgp-encrypt-binary config-ref="rings" keyId="{key}"/><crypto:pgp-binary-to-armored/>{DECRYPT}"#
        ));
    }
    for algorithm in super::encrypt::ALGORITHMS {
        flows.push(format!(
            r#"<crypto:pgp-encrypt config-ref="rings" keyId="us" fileName="a.txt" algorithm="{algorithm}"/>{DECRYPT}"#
        ));
    }
    let own = r#"<crypto:pgp-key-info><crypto:pgp-asymmetric-key-info keyId="x" fingerprint="E796CA543C7E3BEA"/></crypto:pgp-key-info>"#;
    flows.push(format!(r#"<crypto:pgp-encrypt config-ref="rings">{own}</crypto:pgp-encrypt>{DECRYPT}"#));
    all_end_with(&flows, TEXT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signatures_are_valid_for_their_content() {
    let mut flows = Vec::new();
    for algorithm in ["RIPEMD160", "SHA224", "SHA256", "SHA384", "SHA512"] {
        for operation in ["pgp-sign", "pgp-sign-binary"] {
            flows.push(format!(
                r##"<crypto:{operation} config-ref="rings" keyId="partner" algorithm="{algorithm}" target="signature"/>
                <crypto:pgp-validate config-ref="rings" expected="#[vars.signature]"/>"##
            ));
        }
    }
    flows.push(
        r##"<crypto:pgp-sign-binary config-ref="rings" keyId="us" target="signature"/>
        <crypto:pgp-binary-to-armored target="signature"><crypto:content>#[vars.signature]</crypto:content></crypto:pgp-binary-to-armored>
        <crypto:pgp-validate config-ref="rings" expected="#[vars.signature]"/>"##
            .to_string(),
    );
    all_end_with(&flows, TEXT).await;
    let other = r##"<crypto:pgp-sign config-ref="rings" keyId="us" target="signature"/><set-payload value="another text"/>
        <crypto:pgp-validate config-ref="rings" expected="#[vars.signature]"/>"##;
    all_end_with(&[other.to_string()], "CRYPTO:VALIDATION: the signature is not that of the content").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_signs_for_nobody_is_refused() {
    let inside = both_keys("us", "partner");
    let unknown = format!(
        r#"<crypto:pgp-config name="c" privateKeyring="{PRIVATE}"><crypto:pgp-key-infos>
          <crypto:pgp-asymmetric-key-info keyId="us" passphrase="changeit"/></crypto:pgp-key-infos></crypto:pgp-config>
        <flow name="f">{inside}<crypto:pgp-decrypt config-ref="c" validateSignatureIfFound="true"/></flow>
        <flow name="g">{inside}<crypto:pgp-decrypt config-ref="c"/></flow>
        <flow name="h"><crypto:pgp-encrypt-binary config-ref="rings" keyId="us"/>
          <crypto:pgp-decrypt config-ref="c"><crypto:content>#[payload[0 to 150]]</crypto:content></crypto:pgp-decrypt></flow>"#
    );
    let app = start(&(configurations() + &unknown)).await;
    let found = outcome(&app, "f", TEXT).await;
    assert!(found.starts_with("CRYPTO:DECRYPTION: the signature in the message is of another content, or"), "{found}");
    assert_eq!(outcome(&app, "g", TEXT).await, TEXT);
    let cut = outcome(&app, "h", TEXT.repeat(20)).await;
    assert!(cut.starts_with("CRYPTO:DECRYPTION"), "{cut}");
}

/// Runs each of these with the text.
async fn all_end_with(elements: &[String], want: &str) {
    let flow = |(index, elements): (usize, &String)| format!(r#"<flow name="{index}">{elements}</flow>"#);
    let app = start(&(configurations() + &elements.iter().enumerate().map(flow).collect::<String>())).await;
    for (index, elements) in elements.iter().enumerate() {
        assert_eq!(outcome(&app, &index.to_string(), TEXT).await, want, "{elements}");
    }
}

/// GnuPG with a home of its own.
struct GnuPg(PathBuf);

impl GnuPg {
    /// With keys of RSA and of elliptic curves, or nothing where it is not installed.
    fn new() -> Option<Self> {
        if Command::new("gpg").arg("--version").output().is_err() {
            eprintln!("skipped: GnuPG is not installed");
            return None;
        }
        let gpg = Self(folder());
        for (name, algorithm) in [("rsa", "rsa2048"), ("curve", "future-default")] {
            let owner = format!("{name} <{name}@example.com>");
            gpg.run(&["--quick-generate-key", &owner, algorithm, "default", "never"]);
        }
        let encryption = gpg.run(&["--list-keys", "--with-colons", "rsa@example.com"]);
        let print = encryption.lines().find_map(|line| line.strip_prefix("fpr:::::::::")).unwrap();
        gpg.run(&["--quick-add-key", print.trim_end_matches(':'), "rsa2048", "encrypt", "never"]);
        gpg.run(&["--armor", "--output", &gpg.at("public"), "--export"]);
        gpg.run(&["--output", &gpg.at("private"), "--export-secret-keys"]);
        Some(gpg)
    }

    fn at(&self, file: &str) -> String {
        self.0.join(file).display().to_string()
    }

    fn run(&self, arguments: &[&str]) -> String {
        let all =
            ["--batch", "--yes", "--pinentry-mode", "loopback", "--passphrase", "secret", "--trust-model", "always"];
        let ran = Command::new("gpg").env("GNUPGHOME", &self.0).args(all).args(arguments).output().unwrap();
        assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    }
}

impl Drop for GnuPg {
    fn drop(&mut self) {
        let _ = Command::new("gpgconf").env("GNUPGHOME", &self.0).args(["--kill", "all"]).status();
    }
}

fn write(path: &str, event: crate::flow::event::Event) {
    std::fs::write(Path::new(path), event.message.payload.to_bytes().unwrap()).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn gnupg_understands_and_is_understood() {
    let Some(gpg) = GnuPg::new() else { return };
    let (message, signature, text) = (gpg.at("message"), gpg.at("signature"), gpg.at("text"));
    std::fs::write(&text, TEXT).unwrap();
    for name in ["rsa", "curve"] {
        let key = format!(r#"config-ref="c" keyId="{name}""#);
        let app = start(&format!(
            r##"<crypto:pgp-config name="c" publicKeyring="{}" privateKeyring="{}"><crypto:pgp-key-infos>
              <crypto:pgp-asymmetric-key-info keyId="{name}" principal="{name} &lt;{name}@example.com&gt;" passphrase="secret"/>
            </crypto:pgp-key-infos></crypto:pgp-config>
            <flow name="armored"><crypto:pgp-encrypt {key}/></flow>
            <flow name="binary"><crypto:pgp-encrypt-binary {key} algorithm="AES_128"/></flow>
            <flow name="both"><crypto:pgp-encrypt-and-sign config-ref="c"><crypto:encryption-key-selection keyId="{name}"/>
              <crypto:sign-key-selection keyId="{name}"/></crypto:pgp-encrypt-and-sign></flow>
            <flow name="sign"><crypto:pgp-sign {key}/></flow>
            <flow name="sign-binary"><crypto:pgp-sign-binary {key} algorithm="SHA512"/></flow>
            <flow name="decrypt"><crypto:pgp-decrypt config-ref="c" fileName="text" validateSignatureIfFound="true"/></flow>
            <flow name="other"><crypto:pgp-decrypt config-ref="c" fileName="other"/></flow>
            <flow name="validate"><crypto:pgp-validate config-ref="c" value="{TEXT}" expected="#[payload]"/></flow>"##,
            gpg.at("public"),
            gpg.at("private"),
        ))
        .await;
        for flow in ["armored", "binary", "both"] {
            write(&message, run(&app, flow, TEXT.into()).await.ok().unwrap());
            assert_eq!(gpg.run(&["--decrypt", &message]), TEXT, "{name} {flow}");
        }
        for flow in ["sign", "sign-binary"] {
            write(&signature, run(&app, flow, TEXT.into()).await.ok().unwrap());
            gpg.run(&["--verify", &signature, &text]);
        }
        let owner = format!("{name}@example.com");
        for way in [&["--encrypt"][..], &["--armor", "--encrypt"], &["--sign", "--encrypt"]] {
            let to = ["--local-user", &owner, "--recipient", &owner, "--output", &message];
            gpg.run(&[&to[..], way, &[&text]].concat());
            let made = || Value::Binary(std::fs::read(&message).unwrap().into());
            assert_eq!(outcome(&app, "decrypt", made()).await, TEXT, "{name} {way:?}");
            let other = outcome(&app, "other", made()).await;
            assert_eq!(other, "CRYPTO:DECRYPTION: the message is the file 'text', not 'other'");
        }
        for way in [&["--detach-sign"][..], &["--armor", "--detach-sign"]] {
            gpg.run(&[&["--local-user", &owner, "--output", &signature][..], way, &[&text]].concat());
            let made = Value::Binary(std::fs::read(&signature).unwrap().into());
            let event = run(&app, "validate", made).await;
            assert!(event.is_ok(), "{name} {way:?}: {}", event.err().unwrap());
        }
    }
}
