/**
 * Functions that make checksums and signatures of bytes.
 *
 * Text is taken as its UTF-8 bytes; convert it with `as Binary {encoding: …}` for others.
 */

/**
 * Signs bytes with a secret.
 *
 * Algorithms: `HmacMD5`, `HmacSHA1`, `HmacSHA224`, `HmacSHA256`, `HmacSHA384`, `HmacSHA512`, `HmacSHA512/256`,
 * `HmacSHA3-256` and their kin; case does not count.
 *
 * @param secret  the secret, not empty
 * @param content  what to sign
 * @param algorithm  the algorithm, HmacSHA1 if not given
 * @return the signature
 * @example
 * import HMACBinary from dw::Crypto
 * import toHex from dw::core::Binaries
 * ---
 * toHex(HMACBinary("Jefe", "what do ya want for nothing?", "HmacMD5")) as String
 * @result
 * "750C783E6AB0B503EAA86E310A5DB738"
 */
fun HMACBinary(secret: Binary, content: Binary, algorithm: String = "HmacSHA1"): Binary = native("Crypto::HMACBinary")

/**
 * Signs bytes with a secret and writes the signature in hexadecimal digits.
 *
 * @param secret  the secret, not empty
 * @param content  what to sign
 * @param algorithm  as for `HMACBinary`, HmacSHA1 if not given
 * @return the signature in small letters and digits
 * @example
 * import HMACWith from dw::Crypto
 * ---
 * HMACWith("Jefe", "what do ya want for nothing?")
 * @result
 * "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
 */
fun HMACWith(secret: Binary, content: Binary, algorithm: String = "HmacSHA1"): String = native("Crypto::HMACWith")

/**
 * Computes the MD5 checksum of bytes. It protects from slips, not from attacks.
 *
 * @param content  the bytes
 * @return the checksum in small letters and digits
 * @example
 * import MD5 from dw::Crypto
 * ---
 * MD5("abc")
 * @result
 * "900150983cd24fb0d6963f7d28e17f72"
 */
fun MD5(content: Binary): String = native("Crypto::MD5")

/**
 * Computes the SHA-1 checksum of bytes. It protects from slips, not from attacks.
 *
 * @param content  the bytes
 * @return the checksum in small letters and digits
 * @example
 * import SHA1 from dw::Crypto
 * ---
 * SHA1("abc")
 * @result
 * "a9993e364706816aba3e25717850c26c9cd0d89d"
 */
fun SHA1(content: Binary): String = native("Crypto::SHA1")

/**
 * Computes a checksum of bytes.
 *
 * Algorithms: `MD2`, `MD5`, `SHA-1`, `SHA-224`, `SHA-256`, `SHA-384`, `SHA-512`, `SHA-512/256`, `SHA3-256` and their
 * kin; case does not count.
 *
 * @param content  the bytes
 * @param algorithm  the algorithm, SHA-1 if not given
 * @return the checksum
 * @example
 * import hashWith from dw::Crypto
 * import toHex from dw::core::Binaries
 * ---
 * toHex(hashWith("abc", "SHA-256")) as String
 * @result
 * "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"
 * @example [an algorithm nobody knows]
 * import hashWith from dw::Crypto
 * ---
 * hashWith("abc", "CRC-32")
 * @fails
 * there is no algorithm `CRC-32`
 */
fun hashWith(content: Binary, algorithm: String = "SHA-1"): Binary = native("Crypto::hashWith")
