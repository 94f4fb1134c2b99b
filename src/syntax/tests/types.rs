//! Types.

use super::check;

/// Checks types as the type of a cast.
fn check_types(table: &[(&str, &str)]) {
    let rows: Vec<(String, String)> =
        table.iter().map(|(ty, tree)| (format!("type T = {ty} --- 1"), format!("(type T {tree}) --- 1"))).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(ty, tree)| (ty.as_str(), tree.as_str())).collect();
    check(&rows);
}

#[test]
fn names_literals_and_joints() {
    check_types(&[
        ("Number", "Number"),
        ("a::b::C<D, E<F>>", "a::b::C<D,E<F>>"),
        ("'a' | \"b\" | 1 | -1.5 | true", r#"("a"|"b"|1|-1.5|true)"#),
        ("A | B & C | D", "(A|(B&C)|D)"),
        ("(A | B) & C", "((A|B)&C)"),
        ("???", "???"),
        ("A.b.\"c d\".p#e", "A.b.c d.p#e"),
        ("Number {format: '0', \"x y\": 1 + 1,} | B", r#"(Number{format:"0",x y:(+ 1 1)}|B)"#),
        ("@A() Number", "Number"),
    ]);
}

#[test]
fn objects() {
    check_types(&[
        ("{}", "{}"),
        ("{a: A, b?: B, c*: C, d*?: D, _: E, _?: F,}", "{a:A,b?:B,c*:C,d*?:D,_:E,_?:F}"),
        ("{| a: A | B |}", "{|a:(A|B)|}"),
        ("{||}", "{||}"),
        ("{- a: A -}", "{-a:A-}"),
        ("{-| a: A |-}", "{-|a:A|-}"),
        ("{\"a b\": A, p#c: B, p#'d': C, (K)?: V}", "{a b:A,p#c:B,p#d:C,(K)?:V}"),
        ("{a @(x: A, y?: B, _: C)?: D}", "{a@(x:A,y?:B,_:C)?:D}"),
        ("{@A() a: A}", "{a:A}"),
    ]);
}

#[test]
fn functions() {
    check_types(&[
        ("() -> A", "()->A"),
        ("(A, b: B, c?: C) -> D | E", "(A,b:B,c?:C)->(D|E)"),
        ("(A) -> (B) -> C", "(A)->(B)->C"),
        ("((A))", "A"),
    ]);
}
