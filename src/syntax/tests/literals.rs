//! Numbers, strings, dates, patterns, names and comments.

use super::check;

#[test]
fn numbers() {
    check(&[
        (
            "[0, -0, 1.50, 1e3, 1E+3, 2.5e-10, 123456789012345678901234567890]",
            "[0 -0 1.50 1e3 1E+3 2.5e-10 123456789012345678901234567890]",
        ),
        ("1to 3", "(to 1 3)"),
        ("1.e3", "(. 1 e3)"),
    ]);
}

#[test]
fn strings() {
    check(&[
        (r#""a" ++ 'b' ++ `c`"#, r#"(++ (++ "a" "b") "c")"#),
        (r#""\n\t\r\b\f\\\/\$\"""#, r#""\n\t\r\u{8}\u{c}\\/$\"""#),
        (r#"'\'\"' ++ "\'""#, r#"(++ "'\\\"" "\\'")"#),
        (r#""a\qb\u0041\uD83D\uDE80""#, r#""a\\qbA🚀""#),
        (r#""\uD83Dx\uDE80\uD83D""#, "\"\u{FFFD}x\u{FFFD}\u{FFFD}\""),
        (r#""a$(b + 1)c$d.e""#, r#"(str "a" (+ b 1) "c" d ".e")"#),
        (r#""$("$("c")")""#, r#"(str (str "c"))"#),
        (r#""$({a: ")"}.a)""#, r#"(str (. {a:")"} a))"#),
        (r#""$ $$a $5 $type $ñ""#, r#"(str $ " " $$ "a " $ "5 " $ "type " $ "ñ")"#),
        ("\"a\nb\"", r#""a\nb""#),
        ("''", "\"\""),
    ]);
}

#[test]
fn patterns_and_dates() {
    check(&[
        (r#"[/a\/b/, /\d+"'$(x)/, a / b / c]"#, r#"[/a/b/ /\d+"'$(x)/ (/ (/ a b) c)]"#),
        ("a splitBy /,/", "(splitBy a /,/)"),
        ("(a)/2/b", "(/ (/ p(a) 2) b)"),
        ("[|2020-01-01T10:00:00.5+02:00|, |P1D|]", "[|2020-01-01T10:00:00.5+02:00| |P1D|]"),
        ("|2020-01-01|.year > |P1D|", "(> (. |2020-01-01| year) |P1D|)"),
    ]);
}

#[test]
fn names_and_comments() {
    check(&[
        ("match ++ update", "(++ match update)"),
        (
            "[map, to, at, from, with, annotation, ordered, isEmpty, notx]",
            "[map to at from with annotation ordered isEmpty notx]",
        ),
        ("/* a /* b */ 1 // c", "1"),
        ("a /**/ + // c\n b", "(+ a b)"),
        ("$.a ++ $$ ++ $$$", "(++ (++ (. $ a) $$) $$$)"),
        ("[???, null, true, false]", "[??? null true false]"),
        ("\u{FEFF}1", "1"),
    ]);
}
