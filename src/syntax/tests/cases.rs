//! `match` and `update`.

use super::check;

#[test]
fn match_patterns() {
    check(&[
        (
            "x match { case 1 -> a case -1 -> b case 'c' -> d else -> $ }",
            r#"(match x (=1 -> a) (=-1 -> b) (="c" -> d) (else -> $))"#,
        ),
        (
            "x match { case null -> a case true -> b case |P1D| -> c else y -> y }",
            "(match x (=null -> a) (=true -> b) (=|P1D| -> c) (else y -> y))",
        ),
        ("x match { case y: 1 -> y case \"a$(b)\" -> c }", r#"(match x (y=1 -> y) (=(str "a" b) -> c))"#),
        ("x match { case is A -> a case y is A | B -> b }", "(match x (:A -> a) (y:(A|B) -> b))"),
        ("x match { case y is (A) -> B -> c }", "(match x (y:(A)->B -> c))"),
        ("x match { case y if y > 1 -> a case y if (y) -> b }", "(match x (y if (> y 1) -> a) (y if p(y) -> b))"),
        ("x match { case y if a and (y) -> b }", "(match x (y if (and a p(y)) -> b))"),
        ("x match { case matches /a/ -> b case y matches /c/ -> y }", "(match x (~/a/ -> b) (y~/c/ -> y))"),
        (
            "x match { case [] -> a case [h ~ t] -> h case {} -> b case {k: v ~ t} -> k }",
            "(match x ([] -> a) ([h~t] -> h) ({} -> b) ({k:v~t} -> k))",
        ),
        ("x match { case 1 -> a: 2 else -> (y) -> y }", "(match x (=1 -> {a:2}) (else -> (fn (y) y)))"),
        ("x match {}", "(match x)"),
        ("x match /a/", "(match x /a/)"),
    ]);
}

#[test]
fn update_paths() {
    check(&[
        ("x update { case .a -> 1 case y at .b.c[0] -> y }", "(update x (.a -> 1) (y@.b.c[0] -> y))"),
        (
            "x update { case .*a -> 1 case .@b -> 2 case .p#c.'d e'.\"$(f)\" -> 3 }",
            "(update x (.*a -> 1) (.@b -> 2) (.p#c.d e.((str f)) -> 3))",
        ),
        (
            "x update { case .a[-1]! -> 1 case y at .b! if (y > 1) -> 2 }",
            "(update x (.a[-1]! -> 1) (y@.b! if (> y 1) -> 2))",
        ),
        ("x update { case at at .a -> at }", "(update x (at@.a -> at))"),
        ("x update 'a' with 1", r#"(with (update x "a") 1)"#),
        ("x update {a: 1}", "(update x {a:1})"),
        ("1 ++ x update { case .a -> 1 }", "(update (++ 1 x) (.a -> 1))"),
    ]);
}
