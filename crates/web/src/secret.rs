//! Tokens: made here, kept elsewhere only as hashes.

use data_encoding::BASE64URL_NOPAD;
use thao_base::Entropy;

/// 256 random bits, as they travel in a cookie or a header.
pub fn token(entropy: &Entropy) -> String {
    BASE64URL_NOPAD.encode(&entropy.bytes::<32>())
}

/// What is stored of a token.
pub fn hash(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}

/// The token against cross-site forgery that belongs to a session: derived, not stored.
pub fn csrf(session_hash: &[u8; 32]) -> String {
    let bytes = blake3::derive_key("thao 2026-11 csrf of a session", session_hash);
    BASE64URL_NOPAD.encode(bytes.get(..16).unwrap_or(&bytes))
}

/// Compares without telling by its duration where the difference is.
pub fn same(a: &str, b: &str) -> bool {
    blake3::hash(a.as_bytes()) == blake3::hash(b.as_bytes())
}
