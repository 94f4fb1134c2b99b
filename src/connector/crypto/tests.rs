//! Cryptography in flows, against what `openssl` makes with the same keys.

use crate::connector::testing::{load, outcome, run, start};
use crate::value::Value;

/// The keys of the example.
const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/connectors/crypto/src/main/resources/keys.p12");

/// The text that `openssl` worked on.
const TEXT: &str = "hello, world";

/// Texts that `openssl enc` and `openssl pkeyutl` encrypted: configuration, key, cipher, Base64.
const ENCRYPTED: &[(&str, &str, &str, &str)] = &[
    ("fixed", "aes", "AES", "83jdhl+sxLnhB2XceBHwqw=="),
    ("fixed", "aes", "AES/CBC/PKCS5Padding", "zjAJV+kGFZEtZ1AvrE7W6w=="),
    ("random", "aes", "AES/CBC/PKCS5Padding", "AAECAwQFBgcICQoLDA0ODwncdz6ikpzS/ZnVLjjTJT0="),
    ("random", "aes", "AES/CTR/NoPadding", "AAECAwQFBgcICQoLDA0OD5X/LdocrP1tOS9AgA=="),
    ("fixed", "desede", "DESede", "e0PL/YrJRrAK6EUX5bPAWg=="),
    ("fixed", "desede", "DESede/CBC/PKCS5Padding", "3L70tI8BmayAxKH8SQ8Fvg=="),
    ("fixed", "aes", "ARCFOUR", "F9dj3orN5XASVaqn"),
    (
        "fixed",
        "rsa",
        "RSA",
        "Q368Nr1k251qQef+8GY7miY2GPsKmdwniRyRHh7wCSb4paHbyOdDx/eE+mrC6eiXKPYYQAStg30Lu95AJF2dkKjAotWGbuacJuXonzTi4/W7mSVamfx+8W+EM45Hx+VFfQVC6tsQlYC2Pp+3EWgrwzlX9aQLOMaTq8wHUqF2xsR7rVqrW3SgAu1rshdtZKxGD2TVRjqiG+KdQq+fOUVZFK48Ktsb4yQIBEOQtigaVDfYb5kHS1I43F2pXcT3pgy7UoDDCm5fASjmkBWr/jQ1wi5IaRnILJzsfW6bmvfEc4tbBrqvrg9wzYp9/tmWdcjCcxlQ6SahlQxOClT5Ztn0KA==",
    ),
    (
        "fixed",
        "rsa",
        "RSA/ECB/OAEPWithSHA-1AndMGF1Padding",
        "VsbshFKKaGQ1aoTuJA260FvXn9fNIYN1FHlyMOu9ZzvNVFABLyXja5dKAXOhb8IXy2/qOIzaS5Nn5pFuJgMSsEUHwuN8gq9J3+d0hqxaG+WYDa48M56VNXxilLbZ9p331OU43qRgJBHOmSgw6QD4X0gaRzKOaaM0+FQjnUbUKO3Em5eAZ9USVdRXcjVEEUa88xfsOrXBaLjnrlwO8KEe70BaIxG7vAbhkVOM+yZZkkDL/oHA6Pgnm3UnvPmXeIiYdjQDkuSbKddzJsN7L305rQYQNsK9YV+0AWp2LHDBXGUeSw0b6b5YuPpDpum8zvkxaVayMg1A1joXsjB11XPdXg==",
    ),
    (
        "fixed",
        "rsa",
        "RSA/ECB/OAEPWithSHA-256AndMGF1Padding",
        "hCm5e0ia4zs443tcNlRZcntna4Eoqj2wu2aQ1NK5PPqwGF4pcvtufMd4iS3fAOdXGXam57n6IGFvVifBf/B1Bt7zq6l8cyVycnAVdlKs/7K4kt7R8zUVjlFCdRay7gZo8WOh+vvyeG4vLFEaF1/IWjlVLCzmtZ6c97eymVKxZMdYYY2I3T6Z50mDcgU4PUe7YV4aHiY5o/Oj6DZOr2mUt6lj71gHJ/DiPmzcJIFrvwes2wxRuufZVjDIRwVPUmwEcG4SkdnEIkPLmkNk/EuGLFMiJPi1pApaKSqsDfRrHO6+l6g/SnKxeyXiZXWxoJoElVdozuH3n2cceAHZSksS6A==",
    ),
];

/// Signatures that `openssl dgst` made: key, algorithm, Base64.
const SIGNED: &[(&str, &str, &str)] = &[
    (
        "rsa",
        "MD5withRSA",
        "D74N1v8WhaEKFjhTnj1WQiLuua8mH3s8Tlec3VxmRlEUFFJdPA4rgfHspgvvmttcUHgFVd6TIrFWi2p7qhaeh7VugAY+CF0/Ri23kotzBr+FfbcGXli0I+I8iptggLKCuX5ki2EQJG9Uaf1VKk8Qozh2OMRifPhkEWL5k7hWetEb0sx4V2VVqScSkVEjWmQbJpP1CYTe7v59K/DcIkGX0exCFIFcNbTNgS9g+A6bH+mTPy2jLPUw2ru+c4MKARzAX6z6xv226zlFc4audOwr0UIJD7M5kdgF5MT2rcc0XWGZag2RZrT/ir64CtoWt0ZTTe20L/pu1kPuAWpDBxKafQ==",
    ),
    (
        "rsa",
        "SHA1withRSA",
        "K5hwyLeR1g4SY8QBUaim20Z4GIxI3sCAEIoIG27KcW/hJNxjZUOrsxZy9rt5k3yw6i1mIRfAouEsu1j3XWKOCGx+6fzHtIDkNHdseNwT/9q2G4JWB7OBj/oiuNyxd3/S4h1UFwNgFM76M+A6QTwrer/RIjEN7CtpFpTju6HQBr6xNt9M1hVvZs2+L87IKYi44Fgd0VOO6JLaC3kPnLo8ZgUOfnrNYXbntuFCPU/tuudRLDZdeTE8HNxsf4a7zPdmdaKkg2qTsUhQiMEARb62M7iu6vn83WLOTlmildFZR28imk+VOtmSQDujVaUca3BJ3/JZ1kqy3qfBA4R3HfWhRQ==",
    ),
    (
        "rsa",
        "SHA224withRSA",
        "orX/kcvuq6L7usc7O2CU3E8MUI8A7H9IHV1y3+60X/GNczjPPyzmzERfhcwQLW6KydH+5z4sC9gNmO7/dAzMFL6pXtuFinAmbJC2vXYdFSqgh5zTn9CZJhqdizZU1PPoRTuuNaW3ugbjZ0It4NCN64CoQqcNKgc1RJdfm0HzNFaCp0mtMlEVkoMpSRtcmkGpG8/2S9KVr2brrfQ01atelFZe8d3mBWXOcjD7hL0hccj9JTSXkscJbCPJZyqG3zGHNVirH8HJLMOKIOFG9yrP+7/NydPGeQoA08LO8q374BSaNocOvlpq5fGCvLneGVHjyQE7kogXYNCj7L9jeOvAhA==",
    ),
    (
        "rsa",
        "SHA256withRSA",
        "IgGuGO/mUMZyEJGtWdVbijhMEXcBZgy6O+qrs8yZf6WM4Gmfr3C9Wobhtf3bBm7TXQt1SoPpnF+pfr15ZYrQd6YZPzNOqpg2d26jcv36BENwSg2zQHlWLgwN3/i5gXi4am/siZGGsrxKfl9nVXxr7LQbpfZ8r4dv0YFHc5Tu3lW3LWtYqoCPrai85JPLmFIWTu59qlCwcRBT+zOrlJtuKqph2RGhHnZVtEPEBjI4lE+Cehc/HqLOUlCsSfYBtE8NWSZZKUb7mV7NfhoxB0plvRMkg8pkeyjyGivrkmvF3xt9xh7ZdY7bMW5Axm4EdJSx7IBCXH2xBGqMX74vFMfrNg==",
    ),
    (
        "rsa",
        "SHA384withRSA",
        "fsRd1M1wBHPHgQc+fBFdz3w2KYyH16CpyDybzvibdjoBO7he11HGk5DyrfB70R9Zhx84VupdkGiOgBmP+tYeAXw+RNNA1ULx1Eg+1g4YtK9tX9jQ+C0Ee9H79jEsu3NlZHW668Q8/R4n0N7zUTMaDYp3c9ccAkMA8YjZSRBfGsd/W2mp1ytQ6GAjsN3fpxvjjmgmF1GJGsubCvdiWBSk4SmNIDuNio/Gc8bv/E+9uLohZydRoyb9frE5lTukwQwP1mA3NqCnUTB2BbpXjGRKcOqmieekRHYkTcbvV26hzx684RxSKGwnnUAUY/uvuJJ1MUbKsoPTvsJW0+M3y/JnWw==",
    ),
    (
        "rsa",
        "SHA512withRSA",
        "G0C5v3VL0yEn9TPlH1tzFB4BxemunngRAT4nscPFzC5NFPjiS7F6wbWun6bsPYo1HaMkehJ4osuqXNHac/YjtO9Rr4rZcBb73A9lQB6JUYttaXz1zyYKaiGWAhZHsj08uTdxn281BxRizauflI4MaipRE2SBdMr6w1FwazeQNohSLFCqUGzj27YdvQxlSSEL7+FA89rMb3lr3GdplvWDN7C6c2hyF9+Kzo3br80ZxGS5Jt3mwQEH8bLQFD0Q+Rk/Pw3uaBfD+fDyTrkeRPemwnwKPO3/jbuXJ6KWNfaqTPSoKwInTXEHxuDrF+66VZnvOXurIRQdM+zCabdok0QdIA==",
    ),
    ("dsa", "SHA1withDSA", "MD0CHFKa9YMPFqER0DgKDn6ae9JY18wAA0JG0+Kq1uECHQCUQ+uQZ9xIanAG39CXKpFbrCsD8ujouH5dI/SX"),
    ("dsa", "SHA224withDSA", "MDwCHGJZvLljl72IkK+l9RRHM+W9vKJojOFHtP3OpB0CHBZ8lWsr5TLFKtwSK8i9hod6tzWV6AVmKInikfA="),
    ("dsa", "SHA256withDSA", "MDwCHEWph78mL01vfH66lK0X06UBRndqQHblli//1dACHGmYfMneWY2d8Dl1UFCx3oAQkqFIPVwWoN9AF+k="),
    ("mac", "HmacMD5", "Cpys7t38ONovpDodGq6kxw=="),
    ("mac", "HmacSHA1", "DiHC3hjuHrS9XP1sz3yQGUUEg7c="),
    ("mac", "HmacSHA256", "gb3HpU62jaPhh5RxnrOkbME2oqVU11u6CHrvMRyS92g="),
    ("mac", "HmacSHA512", "qwXPCXXMkLJeGJinesFjomS+Ii/RWO+NxStvKraBeb6LTzLAXzOOicpsp8n78Cu39sOjoGiAGFQxaqn/QDDV+g=="),
];

/// The configurations `fixed` and `random`.
pub fn configurations() -> String {
    let config = |name: &str, random: bool| {
        format!(
            r#"<crypto:jce-config name="{name}" keystore="{KEYS}" type="PKCS12" password="changeit" useRandomIVs="{random}">
              <crypto:jce-key-infos>
                <crypto:jce-symmetric-key-info keyId="aes" alias="AES128" password="changeit"/>
                <crypto:jce-symmetric-key-info keyId="desede" alias="desede" password="changeit"/>
                <crypto:jce-symmetric-key-info keyId="mac" alias="mac" password="changeit"/>
                <crypto:jce-symmetric-key-info keyId="nobody" alias="nobody" password="changeit"/>
                <crypto:jce-symmetric-key-info keyId="locked" alias="aes128" password="other"/>
                <crypto:jce-symmetric-key-info keyId="pair" alias="rsa" password="changeit"/>
                <crypto:jce-asymmetric-key-info keyId="single" alias="aes128" password="changeit"/>
                <crypto:jce-asymmetric-key-info keyId="rsa" alias="rsa" password="changeit"/>
                <crypto:jce-asymmetric-key-info keyId="rsa-public" alias="rsa-public"/>
                <crypto:jce-asymmetric-key-info keyId="dsa" alias="dsa" password="changeit"/>
                <crypto:jce-asymmetric-key-info keyId="dsa-public" alias="dsa-public"/>
              </crypto:jce-key-infos></crypto:jce-config>"#
        )
    };
    config("fixed", false) + &config("random", true)
}

/// Flows that encrypt, that decrypt Base64, and that do both.
fn cipher_flows(config: &str, key: &str, cipher: &str) -> String {
    let attributes = format!(r#"config-ref="{config}" keyId="{key}" cipher="{cipher}""#);
    let name = format!("{config} {key} {}", cipher.replace('/', "-"));
    format!(
        r##"<flow name="encrypt {name}"><crypto:jce-encrypt {attributes}/></flow>
        <flow name="decrypt {name}"><crypto:jce-decrypt {attributes}>
          <crypto:content>#[dw::core::Binaries::fromBase64(payload)]</crypto:content></crypto:jce-decrypt></flow>
        <flow name="both {name}"><crypto:jce-encrypt {attributes}/><crypto:jce-decrypt {attributes}/></flow>"##
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_of_openssl_are_decrypted() {
    let flows: String = ENCRYPTED.iter().map(|(config, key, cipher, _)| cipher_flows(config, key, cipher)).collect();
    let more = [
        ("random", "aes", "AES/GCM/NoPadding"),
        ("random", "aes", "Blowfish/CBC/PKCS5Padding"),
        ("fixed", "aes", "RC2/CFB/NoPadding"),
    ];
    let others: String = more.iter().map(|(config, key, cipher)| cipher_flows(config, key, cipher)).collect();
    let app = start(&(configurations() + &flows + &others)).await;
    for (config, key, cipher, text) in ENCRYPTED {
        let flow = format!("decrypt {config} {key} {}", cipher.replace('/', "-"));
        assert_eq!(outcome(&app, &flow, *text).await, TEXT, "{flow}");
    }
    for (config, key, cipher) in
        ENCRYPTED.iter().map(|(c, k, n, _)| (c, k, n)).chain(more.iter().map(|(c, k, n)| (c, k, n)))
    {
        let flow = format!("both {config} {key} {}", cipher.replace('/', "-"));
        assert_eq!(outcome(&app, &flow, TEXT).await, TEXT, "{flow}");
    }
    let (config, key, cipher, text) = ENCRYPTED[1];
    let flow = format!("encrypt {config} {key} {}", cipher.replace('/', "-"));
    let event = run(&app, &flow, TEXT.into()).await.ok().unwrap();
    let encrypted = event.message.payload.to_bytes().unwrap();
    assert_eq!(base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &encrypted), text);
}

#[tokio::test(flavor = "multi_thread")]
async fn signatures_of_openssl_are_valid() {
    let flow = |(key, algorithm, signature): &(&str, &str, &str)| {
        let public = if *key == "mac" { "mac".to_string() } else { format!("{key}-public") };
        format!(
            r##"<flow name="{algorithm}"><crypto:jce-sign config-ref="fixed" keyId="{key}" algorithm="{algorithm}"/></flow>
            <flow name="validate {algorithm}">
              <crypto:jce-validate config-ref="fixed" keyId="{key}" algorithm="{algorithm}" expected="{signature}"/>
              <crypto:jce-validate config-ref="fixed" keyId="{public}" algorithm="{algorithm}" expected="{signature}"/>
              <crypto:jce-sign config-ref="fixed" keyId="{key}" algorithm="{algorithm}" target="own"/>
              <crypto:jce-validate config-ref="fixed" keyId="{public}" algorithm="{algorithm}" expected="#[vars.own]"/></flow>"##
        )
    };
    let flows: String = SIGNED.iter().map(flow).collect();
    let app = start(&(configurations() + &flows)).await;
    for (key, algorithm, signature) in SIGNED {
        assert_eq!(outcome(&app, &format!("validate {algorithm}"), TEXT).await, TEXT, "{algorithm}");
        let other = outcome(&app, &format!("validate {algorithm}"), "another text").await;
        assert!(other.starts_with("CRYPTO:VALIDATION"), "{algorithm}: {other}");
        // Those of DSA are made with a number that differs from one program to the next.
        if *key != "dsa" {
            assert_eq!(outcome(&app, algorithm, TEXT).await, *signature, "{algorithm}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hash_is_signed_as_it_is() {
    let app = start(
        &(configurations()
            + r##"<flow name="raw"><crypto:jce-validate config-ref="fixed" keyId="dsa" algorithm="NONEwithDSA" value="#[dw::core::Binaries::fromBase64(payload)]"
              expected="MD0CHQCsgnWCw0LbTUf5rQ4HM4YrRY63GMXM6SlAd+iqAhwrSwE+cB/galWiobvAKdU+BkzqhFDqAMFzdF12"/></flow>
            <flow name="short"><crypto:jce-sign config-ref="fixed" keyId="dsa" algorithm="NONEwithDSA"/></flow>"##),
    )
    .await;
    assert_eq!(outcome(&app, "raw", "t+I+wpryKwtOQdox6GjVciYSHIQ=").await, "t+I+wpryKwtOQdox6GjVciYSHIQ=");
    assert!(outcome(&app, "short", TEXT).await.starts_with("CRYPTO:SIGNATURE: NONEwithDSA signs 20 bytes, not 12"));
}

#[tokio::test(flavor = "multi_thread")]
async fn checksums_are_made_and_validated() {
    for (algorithm, want) in [
        ("CRC32", "ffab723a"),
        ("MD5", "e4d7f1b4ed2e42d15898f4b27b019da4"),
        ("SHA_1", "b7e23ec29af22b0b4e41da31e868d57226121c84"),
        ("SHA_256", "09ca7e4eaa6e8ae9c7d261167129184883644d07dfba7cbfbc4c8a2e08360d5b"),
    ] {
        let app = start(&format!(
            r##"<flow name="calculate"><crypto:calculate-checksum algorithm="{algorithm}"/></flow>
            <flow name="validate"><crypto:validate-checksum algorithm="{algorithm}" expected="{want}"/></flow>"##
        ))
        .await;
        assert_eq!(outcome(&app, "calculate", TEXT).await, want, "{algorithm}");
        assert_eq!(outcome(&app, "validate", TEXT).await, TEXT, "{algorithm}");
        let other = outcome(&app, "validate", "another text").await;
        assert!(other.starts_with("CRYPTO:VALIDATION: the checksum of the content is "), "{other}");
        let none = outcome(&app, "calculate", Value::Null).await;
        assert!(none.starts_with("CRYPTO:CHECKSUM: the content is null"), "{none}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_lock_and_open() {
    let app = start(
        r##"<flow name="both"><crypto:jce-encrypt-pbe password="secret"/><crypto:jce-decrypt-pbe password="secret"/></flow>
        <flow name="open"><crypto:jce-decrypt-pbe password="secret"/></flow>
        <flow name="other"><crypto:jce-encrypt-pbe password="secret"/><crypto:jce-decrypt-pbe password="other" algorithm="PBEWithHmacSHA256AndAES_256"/></flow>
        <flow name="none"><crypto:jce-encrypt-pbe password="#[null]"/></flow>
        <flow name="lock"><crypto:jce-encrypt-pbe password="secret"/></flow>
        <flow name="signed"><crypto:jce-sign-pbe password="secret" target="signature"/>
          <crypto:jce-validate-pbe password="#['sec' ++ 'ret']" expected="#[vars.signature]"/></flow>
        <flow name="sign"><crypto:jce-sign-pbe password="secret"/></flow>
        <flow name="unsigned"><crypto:jce-sign-pbe password="other" target="signature"/>
          <crypto:jce-validate-pbe password="secret" expected="#[vars.signature]"/></flow>
        <flow name="no-base64"><crypto:jce-validate-pbe password="secret" expected="?"/></flow>"##,
    )
    .await;
    for (flow, payload, want) in [
        ("both", Value::from(TEXT), TEXT),
        ("signed", TEXT.into(), TEXT),
        ("open", "short".into(), "CRYPTO:DECRYPTION: the text was encrypted with another password or algorithm"),
        ("other", TEXT.into(), "CRYPTO:DECRYPTION: the text was encrypted with another password or algorithm"),
        ("none", TEXT.into(), "CRYPTO:MISSING_KEY: the password is empty"),
        ("lock", Value::Null, "CRYPTO:ENCRYPTION: the content is null"),
        ("open", Value::Null, "CRYPTO:DECRYPTION: the content is null"),
        ("sign", Value::Null, "CRYPTO:SIGNATURE: the content is null"),
        ("unsigned", TEXT.into(), "CRYPTO:VALIDATION: the signature is not that of the content"),
        ("no-base64", TEXT.into(), "CRYPTO:VALIDATION: the expected signature is no Base64"),
    ] {
        assert_eq!(outcome(&app, flow, payload).await, want, "{flow}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_an_error_of_its_own_type() {
    let cases = [
        (
            "jce-encrypt",
            r#"keyId="aes" cipher="Camellia/CBC/PKCS5Padding""#,
            "CRYPTO:PARAMETERS: the cipher 'Camellia/",
        ),
        ("jce-encrypt", r#"keyId="aes" cipher="AES/CBC""#, "CRYPTO:PARAMETERS: the cipher 'AES/CBC' is not supported"),
        ("jce-encrypt", r#"keyId="aes" cipher="AES/GCM/NoPadding""#, "CRYPTO:PARAMETERS: the modes GCM and CTR"),
        ("jce-decrypt", r#"keyId="aes" cipher="AES/CTR/NoPadding""#, "CRYPTO:PARAMETERS: the modes GCM and CTR"),
        ("jce-encrypt", r#"keyId="aes""#, "CRYPTO:PARAMETERS: the operation names neither"),
        (
            "jce-encrypt",
            r#"keyId="unknown" algorithm="AES""#,
            "CRYPTO:MISSING_KEY: the configuration has no key with the id",
        ),
        ("jce-encrypt", r#"keyId="nobody" algorithm="AES""#, "CRYPTO:MISSING_KEY: the key store has no key 'nobody'"),
        ("jce-decrypt", r#"algorithm="AES""#, "CRYPTO:MISSING_KEY: the operation names no key"),
        ("jce-encrypt", r#"keyId="locked" algorithm="AES""#, "CRYPTO:PASSPHRASE: the password does not open the key"),
        ("jce-sign", r#"keyId="locked""#, "CRYPTO:PASSPHRASE: the password does not open the key"),
        ("jce-encrypt", r#"keyId="pair" algorithm="AES""#, "CRYPTO:KEY: the key 'rsa' is no secret key"),
        ("jce-encrypt", r#"keyId="single" algorithm="RSA""#, "CRYPTO:KEY: the key 'aes128' is a secret key"),
        ("jce-encrypt", r#"keyId="aes" algorithm="DES""#, "CRYPTO:KEY: a key of DES has 8 bytes, not 16"),
        (
            "jce-encrypt",
            r#"keyId="rsa" algorithm="AES""#,
            "CRYPTO:KEY: the algorithm takes a secret key, not a private key",
        ),
        ("jce-encrypt", r#"keyId="dsa" algorithm="RSA""#, "CRYPTO:KEY: the algorithm takes a private key of RSA"),
        (
            "jce-decrypt",
            r#"keyId="rsa-public" algorithm="RSA""#,
            "CRYPTO:KEY: the algorithm takes a private key of RSA",
        ),
        (
            "jce-sign",
            r#"keyId="rsa" algorithm="SHA256withDSA""#,
            "CRYPTO:KEY: the algorithm takes a private key of DSA",
        ),
        ("jce-decrypt", r#"keyId="aes" algorithm="AES""#, "CRYPTO:DECRYPTION: the text was encrypted with another key"),
        ("jce-decrypt", r#"keyId="rsa" algorithm="RSA""#, "CRYPTO:DECRYPTION: the text was encrypted with another key"),
        ("jce-encrypt", r#"keyId="aes" cipher="AES/ECB/NoPadding""#, "CRYPTO:ENCRYPTION: without padding"),
    ];
    for (operation, attributes, want) in cases {
        let flow = format!(r#"<flow name="f"><crypto:{operation} config-ref="fixed" {attributes}/></flow>"#);
        let app = start(&(configurations() + &flow)).await;
        let found = outcome(&app, "f", TEXT).await;
        assert!(found.starts_with(want), "{operation} {attributes}: {found}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn long_texts_and_tampered_ones_are_refused() {
    let app = start(
        &(configurations()
            + r##"<flow name="long"><crypto:jce-encrypt config-ref="fixed" keyId="rsa-public" algorithm="RSA">
              <crypto:content>#[0 to 200 joinBy '']</crypto:content></crypto:jce-encrypt></flow>
            <flow name="tampered"><crypto:jce-encrypt config-ref="random" keyId="aes" cipher="AES/GCM/NoPadding" target="text"/>
              <crypto:jce-decrypt config-ref="random" keyId="aes" cipher="AES/GCM/NoPadding">
                <crypto:content>#[vars.text ++ ('x' as Binary)]</crypto:content></crypto:jce-decrypt></flow>
            <flow name="own"><crypto:jce-sign config-ref="fixed"><crypto:jce-key-info>
              <crypto:jce-symmetric-key-info keyId="x" alias="mac" password="changeit"/></crypto:jce-key-info></crypto:jce-sign></flow>"##),
    )
    .await;
    assert!(outcome(&app, "long", TEXT).await.starts_with("CRYPTO:ENCRYPTION"));
    assert!(outcome(&app, "tampered", TEXT).await.starts_with("CRYPTO:DECRYPTION"));
    assert_eq!(outcome(&app, "own", TEXT).await, SIGNED[11].2);
}

#[test]
fn stores_and_elements_that_are_not_there_are_named() {
    let folder = crate::connector::testing::folder();
    let jceks = folder.join("keys.jceks");
    std::fs::write(&jceks, [0xce, 0xce, 0xce, 0xce, 0, 0, 0, 2]).unwrap();
    let config = |keystore: &str, password: &str| {
        format!(r#"<crypto:jce-config name="c" keystore="{keystore}" password="{password}"/>"#)
    };
    for (elements, want) in [
        (config("nowhere.p12", "x"), "cannot read the store nowhere.p12"),
        (config(KEYS, "wrong"), "check its password"),
        (config(&jceks.display().to_string(), "x"), "-deststoretype PKCS12"),
        (r#"<flow name="f"><crypto:xml-sign/></flow>"#.to_string(), "`crypto:xml-sign` signs and encrypts XML"),
        (format!(r#"<crypto:pgp-config name="c" publicKeyring="{KEYS}"/>"#), "it has to be what `gpg --export` or"),
    ] {
        let report = load(&elements).err().map(|report| report.to_string()).unwrap_or_default();
        assert!(report.contains(want), "{report} instead of {want}");
    }
}
