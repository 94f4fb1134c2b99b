//! Natives of `dw::Crypto`.

use crate::diag::{Code, Fault};
use crate::eval::{Args, Native};
use crate::value::Value;
use hmac::digest::Digest;
use hmac::{KeyInit, Mac, SimpleHmac};
use std::sync::Arc;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Crypto::hashWith", body: |_, args| hash(&args).map(binary) },
    Native { key: "Crypto::HMACBinary", body: |_, args| hmac(&args).map(binary) },
    Native { key: "Crypto::HMACWith", body: |_, args| Ok(hexadecimal(&hmac(&args)?).into()) },
    Native { key: "Crypto::MD5", body: |_, args| Ok(hexadecimal(&digest::<md5::Md5>(args.bytes(0)?)).into()) },
    Native { key: "Crypto::SHA1", body: |_, args| Ok(hexadecimal(&digest::<sha1::Sha1>(args.bytes(0)?)).into()) },
];

type Hash = fn(message: &[u8]) -> Vec<u8>;
type KeyedHash = fn(key: &[u8], message: &[u8]) -> Result<Vec<u8>, Fault>;

/// Names without dashes, in upper case.
const HASHES: &[(&str, Hash)] = &[
    ("MD2", digest::<md2::Md2>),
    ("MD5", digest::<md5::Md5>),
    ("SHA", digest::<sha1::Sha1>),
    ("SHA1", digest::<sha1::Sha1>),
    ("SHA224", digest::<sha2::Sha224>),
    ("SHA256", digest::<sha2::Sha256>),
    ("SHA384", digest::<sha2::Sha384>),
    ("SHA512", digest::<sha2::Sha512>),
    ("SHA512/224", digest::<sha2::Sha512_224>),
    ("SHA512/256", digest::<sha2::Sha512_256>),
    ("SHA3224", digest::<sha3::Sha3_224>),
    ("SHA3256", digest::<sha3::Sha3_256>),
    ("SHA3384", digest::<sha3::Sha3_384>),
    ("SHA3512", digest::<sha3::Sha3_512>),
];

/// Names without dashes, in upper case.
const KEYED_HASHES: &[(&str, KeyedHash)] = &[
    ("HMACMD5", keyed::<SimpleHmac<md5::Md5>>),
    ("HMACSHA1", keyed::<SimpleHmac<sha1::Sha1>>),
    ("HMACSHA224", keyed::<SimpleHmac<sha2::Sha224>>),
    ("HMACSHA256", keyed::<SimpleHmac<sha2::Sha256>>),
    ("HMACSHA384", keyed::<SimpleHmac<sha2::Sha384>>),
    ("HMACSHA512", keyed::<SimpleHmac<sha2::Sha512>>),
    ("HMACSHA512/224", keyed::<SimpleHmac<sha2::Sha512_224>>),
    ("HMACSHA512/256", keyed::<SimpleHmac<sha2::Sha512_256>>),
    ("HMACSHA3224", keyed::<SimpleHmac<sha3::Sha3_224>>),
    ("HMACSHA3256", keyed::<SimpleHmac<sha3::Sha3_256>>),
    ("HMACSHA3384", keyed::<SimpleHmac<sha3::Sha3_384>>),
    ("HMACSHA3512", keyed::<SimpleHmac<sha3::Sha3_512>>),
];

fn digest<D: Digest>(message: &[u8]) -> Vec<u8> {
    D::digest(message).to_vec()
}

fn keyed<M: Mac + KeyInit>(key: &[u8], message: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut mac = <M as KeyInit>::new_from_slice(key).map_err(|e| Fault::internal(e.to_string()))?;
    mac.update(message);
    Ok(mac.finalize().into_bytes().to_vec())
}

fn binary(bytes: Vec<u8>) -> Value {
    Value::Binary(Arc::new(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hash(args: &Args<'_>) -> Result<Vec<u8>, Fault> {
    let message = args.bytes(0)?;
    Ok(named(HASHES, args.str(1)?)?(message))
}

fn hmac(args: &Args<'_>) -> Result<Vec<u8>, Fault> {
    let (key, message) = (args.bytes(0)?, args.bytes(1)?);
    let keyed_hash = named(KEYED_HASHES, args.str(2)?)?;
    if key.is_empty() {
        return Err(Fault::new(Code::Argument, "the secret is empty"));
    }
    keyed_hash(key, message)
}

fn named<T: Copy>(all: &[(&str, T)], name: &str) -> Result<T, Fault> {
    let folded = name.replace('-', "").to_ascii_uppercase();
    match all.iter().find(|(known, _)| *known == folded) {
        Some((_, found)) => Ok(*found),
        None => {
            let known = all.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", ");
            Err(Fault::new(Code::Argument, format!("there is no algorithm `{name}`"))
                .help(format!("case and dashes do not count in: {known}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_published() {
        // The examples of RFC 1319, RFC 1321 and FIPS 180 and 202 for the message "abc".
        for (name, start) in [
            ("MD2", "da853b0d3f88d99b"),
            ("md5", "900150983cd24fb0"),
            ("SHA-1", "a9993e364706816a"),
            ("SHA-256", "ba7816bf8f01cfea"),
            ("SHA-512/256", "53048e2681941ef9"),
            ("SHA3-256", "3a985da74fe225b2"),
        ] {
            let bytes = named(HASHES, name).unwrap()(b"abc");
            assert_eq!(hexadecimal(&bytes[..8]), start, "{name}");
        }
        assert!(named(HASHES, "SHA-0").is_err());
    }

    #[test]
    fn keyed_hashes_as_published() {
        // RFC 2202 and RFC 4231, test case 2.
        let message = b"what do ya want for nothing?";
        for (name, start) in [("HmacSHA1", "effcdf6ae5eb2fa2"), ("HMACSHA256", "5bdcc146bf60754e")] {
            let bytes = named(KEYED_HASHES, name).unwrap()(b"Jefe", message).unwrap();
            assert_eq!(hexadecimal(&bytes[..8]), start, "{name}");
        }
    }
}
