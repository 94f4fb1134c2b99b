//! `\p{…}`: Java's names of properties, categories, scripts and blocks.

use super::translate::{Flags, Translator};

/// Reads a property behind its `\p`; the result is a class of fancy-regex.
pub(super) fn read(from: &mut Translator, negated: bool) -> Result<String, String> {
    let mut name = String::new();
    match from.next() {
        Some('{') => loop {
            match from.next() {
                Some('}') => break,
                Some(c) => name.push(c),
                None => return Err("the name of a property is not closed".to_string()),
            }
        },
        Some(c) => name.push(c),
        None => return Err("`\\p` takes the name of a property".to_string()),
    }
    let class = class_of(&name, from.flags).ok_or_else(|| format!("there is no property `{name}`"))?;
    Ok(if negated { format!("[^{class}]") } else { format!("[{class}]") })
}

/// What stands in a class for the property.
fn class_of(name: &str, flags: Flags) -> Option<String> {
    if let Some((key, value)) = name.split_once('=') {
        return match key.to_ascii_lowercase().as_str() {
            "general_category" | "gc" => category(value, flags),
            "script" | "sc" => known(value),
            "block" | "blk" => block(value),
            _ => None,
        };
    }
    let posix = if flags.unicode_classes { UNICODE_POSIX } else { POSIX };
    if flags.ignore_case && matches!(name, "Lower" | "Upper") {
        return Some(if flags.unicode_classes { CASED } else { "a-zA-Z" }.to_string());
    }
    let named = posix.iter().chain(JAVA).find(|(known, _)| *known == name);
    named
        .map(|(_, class)| class.to_string())
        .or_else(|| name.strip_prefix("In").and_then(block))
        .or_else(|| name.strip_prefix("Is").and_then(|name| binary(name, flags)))
        .or_else(|| category(name, flags))
}

const CASED: &str = r"\p{Lu}\p{Ll}\p{Lt}";

/// Java's POSIX classes, ASCII only.
const POSIX: &[(&str, &str)] = &[
    ("Lower", "a-z"),
    ("Upper", "A-Z"),
    ("ASCII", r"\x00-\x7F"),
    ("Alpha", "a-zA-Z"),
    ("Digit", "0-9"),
    ("Alnum", "a-zA-Z0-9"),
    ("Punct", r"!-/:-@\[-`{-\x7E"),
    ("Graph", r"!-\x7E"),
    ("Print", r" -\x7E"),
    ("Blank", r" \t"),
    ("Cntrl", r"\x00-\x1F\x7F"),
    ("XDigit", "0-9a-fA-F"),
    ("Space", r"\t-\r "),
];

/// The same with the flag `U`.
const UNICODE_POSIX: &[(&str, &str)] = &[
    ("Lower", r"\p{Lowercase}"),
    ("Upper", r"\p{Uppercase}"),
    ("ASCII", r"\x00-\x7F"),
    ("Alpha", r"\p{Alphabetic}"),
    ("Digit", r"\p{Nd}"),
    ("Alnum", r"\p{Alphabetic}\p{Nd}"),
    ("Punct", r"\p{P}"),
    ("Graph", r"[^\p{White_Space}\p{Cc}\p{Cn}]"),
    ("Print", r"\p{Zs}[^\p{White_Space}\p{Cc}\p{Cn}]"),
    ("Blank", r"\p{Zs}\t"),
    ("Cntrl", r"\p{Cc}"),
    ("XDigit", r"\p{Nd}\p{Hex_Digit}"),
    ("Space", r"\p{White_Space}"),
];

/// Methods of java.lang.Character, and Java's own names.
const JAVA: &[(&str, &str)] = &[
    ("javaLowerCase", r"\p{Lowercase}"),
    ("javaUpperCase", r"\p{Uppercase}"),
    ("javaTitleCase", r"\p{Lt}"),
    ("javaAlphabetic", r"\p{Alphabetic}"),
    ("javaIdeographic", r"\p{Ideographic}"),
    ("javaDigit", r"\p{Nd}"),
    ("javaDefined", r"\P{Cn}"),
    ("javaLetter", r"\p{L}"),
    ("javaLetterOrDigit", r"\p{L}\p{Nd}"),
    ("javaSpaceChar", r"\p{Z}"),
    ("javaWhitespace", r"[\t-\r\x1C-\x1F\p{Z}&&[^\x{A0}\x{2007}\x{202F}]]"),
    ("javaISOControl", r"\x00-\x1F\x7F-\x{9F}"),
    ("javaJavaIdentifierStart", r"\p{L}\p{Nl}\p{Sc}\p{Pc}"),
    ("javaJavaIdentifierPart", r"\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mc}\p{Mn}\x00-\x08\x0E-\x1B\x7F-\x{9F}\p{Cf}"),
    ("javaUnicodeIdentifierStart", r"\p{ID_Start}"),
    ("javaUnicodeIdentifierPart", r"\p{ID_Continue}\x00-\x08\x0E-\x1B\x7F-\x{9F}\p{Cf}"),
    ("L1", r"\x00-\x{FF}"),
    ("all", r"\x00-\x{10FFFF}"),
    ("LC", CASED),
    ("LD", r"\p{L}\p{Nd}"),
];

/// `\p{IsX}`: a binary property, a script or a category.
fn binary(name: &str, flags: Flags) -> Option<String> {
    let class = match name.to_ascii_uppercase().as_str() {
        "LOWERCASE" | "UPPERCASE" | "TITLECASE" if flags.ignore_case => CASED,
        "LETTER" => r"\p{L}",
        "TITLECASE" => r"\p{Lt}",
        "PUNCTUATION" => r"\p{P}",
        "CONTROL" => r"\p{Cc}",
        "DIGIT" => r"\p{Nd}",
        "WHITE_SPACE" | "WHITESPACE" => r"\p{White_Space}",
        "ASSIGNED" => r"\P{Cn}",
        "ALNUM" => r"\p{Alphabetic}\p{Nd}",
        "BLANK" => r"\p{Zs}\t",
        "WORD" => r"\w",
        _ => return category(name, flags).or_else(|| known(name)),
    };
    Some(class.to_string())
}

/// A general category: one or two letters.
fn category(name: &str, flags: Flags) -> Option<String> {
    const CATEGORIES: [&str; 36] = [
        "C", "Cc", "Cf", "Cn", "Co", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No",
        "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
    ];
    match name {
        "Lu" | "Ll" | "Lt" if flags.ignore_case => Some(CASED.to_string()),
        // Text holds no surrogates.
        "Cs" => Some(r"[^\x00-\x{10FFFF}]".to_string()),
        name => CATEGORIES.contains(&name).then(|| format!("\\p{{{name}}}")),
    }
}

/// A script or binary property that the engine knows by this name.
fn known(name: &str) -> Option<String> {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.is_empty();
    let class = format!("\\p{{{name}}}");
    (plain && fancy_regex::Regex::new(&class).is_ok()).then_some(class)
}

/// Blocks by their names without what does not count, with their first and last characters.
const BLOCKS: &[(&str, u32, u32)] = &[
    ("basiclatin", 0x0000, 0x007F),
    ("latin1supplement", 0x0080, 0x00FF),
    ("latinextendeda", 0x0100, 0x017F),
    ("latinextendedb", 0x0180, 0x024F),
    ("ipaextensions", 0x0250, 0x02AF),
    ("spacingmodifierletters", 0x02B0, 0x02FF),
    ("combiningdiacriticalmarks", 0x0300, 0x036F),
    ("greek", 0x0370, 0x03FF),
    ("greekandcoptic", 0x0370, 0x03FF),
    ("cyrillic", 0x0400, 0x04FF),
    ("cyrillicsupplementary", 0x0500, 0x052F),
    ("armenian", 0x0530, 0x058F),
    ("hebrew", 0x0590, 0x05FF),
    ("arabic", 0x0600, 0x06FF),
    ("devanagari", 0x0900, 0x097F),
    ("bengali", 0x0980, 0x09FF),
    ("tamil", 0x0B80, 0x0BFF),
    ("thai", 0x0E00, 0x0E7F),
    ("georgian", 0x10A0, 0x10FF),
    ("hanguljamo", 0x1100, 0x11FF),
    ("latinextendedadditional", 0x1E00, 0x1EFF),
    ("greekextended", 0x1F00, 0x1FFF),
    ("generalpunctuation", 0x2000, 0x206F),
    ("superscriptsandsubscripts", 0x2070, 0x209F),
    ("currencysymbols", 0x20A0, 0x20CF),
    ("letterlikesymbols", 0x2100, 0x214F),
    ("numberforms", 0x2150, 0x218F),
    ("arrows", 0x2190, 0x21FF),
    ("mathematicaloperators", 0x2200, 0x22FF),
    ("miscellaneoustechnical", 0x2300, 0x23FF),
    ("boxdrawing", 0x2500, 0x257F),
    ("blockelements", 0x2580, 0x259F),
    ("geometricshapes", 0x25A0, 0x25FF),
    ("miscellaneoussymbols", 0x2600, 0x26FF),
    ("dingbats", 0x2700, 0x27BF),
    ("cjksymbolsandpunctuation", 0x3000, 0x303F),
    ("hiragana", 0x3040, 0x309F),
    ("katakana", 0x30A0, 0x30FF),
    ("cjkunifiedideographsextensiona", 0x3400, 0x4DBF),
    ("cjkunifiedideographs", 0x4E00, 0x9FFF),
    ("hangulsyllables", 0xAC00, 0xD7AF),
    ("privateusearea", 0xE000, 0xF8FF),
    ("cjkcompatibilityideographs", 0xF900, 0xFAFF),
    ("halfwidthandfullwidthforms", 0xFF00, 0xFFEF),
    ("emoticons", 0x1F600, 0x1F64F),
    ("miscellaneoussymbolsandpictographs", 0x1F300, 0x1F5FF),
    ("transportandmapsymbols", 0x1F680, 0x1F6FF),
];

/// A block, by its name in Unicode or in Java: case, blanks, hyphens and underscores do not count.
fn block(name: &str) -> Option<String> {
    let plain: String = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect::<String>().to_ascii_lowercase();
    let (_, first, last) = BLOCKS.iter().find(|(known, ..)| *known == plain)?;
    Some(format!("\\x{{{first:X}}}-\\x{{{last:X}}}"))
}
