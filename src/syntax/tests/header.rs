//! Directives, modules, single declarations and the places of things.

use super::{Source, Span, check, dump, parse_directive, parse_script};

#[test]
fn directives() {
    check(&[
        ("%dw 2.0 output application/json var q = 3 --- q", "%dw 2.0 (output application/json) (var q 3) --- q"),
        (
            "output application/csv separator=\";\", header = false\n, --- 1",
            "(output application/csv separator=\";\" header=false) --- 1",
        ),
        (
            "output : {a: Number} application/json with json indent=false --- 1",
            "(output:{a:Number} application/json json indent=false) --- 1",
        ),
        ("output application/vnd.api+json%dw 2.1 --- 1", "%dw 2.1 (output application/vnd.api+json) --- 1"),
        (
            "input payload : A application/csv separator=';' input b output json --- 1",
            "(input payload:A application/csv separator=\";\") (input b) (output json) --- 1",
        ),
        ("ns a http://x.y/z?q=1#f ns b urn:x --- 1", "(ns a http://x.y/z?q=1#f) (ns b urn:x) --- 1"),
        ("import a::B import a::B as C import * from d --- 1", "(import a::B) (import a::B C) (import * d) --- 1"),
        ("import f, g as h, ++ from a::B --- 1", "(import [f,g h,++] a::B) --- 1"),
        ("import from from a --- 1", "(import [from] a) --- 1"),
        ("var a: Number = 1 var b = 2 --- a", "(var a:Number 1) (var b 2) --- a"),
        (
            "fun f<T <: A>(a: T, b = 1): T = a fun ++(a, b) = a --- 1",
            "(fun f <T<:A>(a:T,b=1):T a) (fun ++ (a,b) a) --- 1",
        ),
        ("type A = Number type B<T> = T --- 1", "(type A Number) (type B<T> T) --- 1"),
        (
            "annotation A(a: String = 'x') @A(a = 'y') @b::C var x = 1 --- 1",
            "(annotation A(a:String=\"x\")) @A(a=\"y\") @b::C() (var x 1) --- 1",
        ),
        ("var a = true\nannotation B()\n---\n1", "(var a true) (annotation B()) --- 1"),
        ("var a = 1\nfun f() = a", "(var a 1) (fun f () a)"),
    ]);
}

#[test]
fn doc_comments_go_to_their_directive() {
    check(&[
        (
            "/** A\n * b. */\nvar a = 1 /* no */ var b = 2 /** B */ @C() var c = 3",
            "/**A\nb.*/ (var a 1) (var b 2) /**B*/ @C() (var c 3)",
        ),
        ("var a = /** no */ 1", "(var a 1)"),
    ]);
}

#[test]
fn single_declarations_keep_the_places_of_their_module() {
    let text = "/** One. */\nvar one = 1\n\n/** Two. */\nfun two<T>(x) = f<T>(x)\n";
    let source = Source::new("test", text);
    let start = text.find("fun").unwrap();
    let directive = parse_directive(&source, Span::new(start, text.len())).unwrap();
    assert_eq!(dump::directive(&directive), "/**Two.*/ (fun two <T>(x) (call f <T> x))");
    assert_eq!(source.slice(directive.span), "fun two<T>(x) = f<T>(x)");
}

#[test]
fn spans_hold_no_white_space() {
    let text = "var a = f ( 1 )  \n/* c */ --- a .b \n++ if (x) (y) -> y else -2 ";
    let source = Source::new("test", text);
    let document = parse_script(&source).unwrap();
    assert_eq!(source.slice(document.header[0].span), "var a = f ( 1 )");
    assert_eq!(source.slice(document.body.unwrap().span), "a .b \n++ if (x) (y) -> y else -2");
}
