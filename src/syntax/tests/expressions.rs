//! Operators, selectors, collections, functions and the forms with keywords.

use super::check;

#[test]
fn operators_bind_as_in_the_reference() {
    check(&[
        ("1 + 2 * 3 - 4 / 5", "(- (+ 1 (* 2 3)) (/ 4 5))"),
        ("a or b and c == d", "(or a (and b (== c d)))"),
        ("1 < 2 == true", "(== (< 1 2) true)"),
        ("0 >> 1 << [2]", "(<< (>> 0 1) [2])"),
        ("'a' ++ 'b' == 'ab'", r#"(++ "a" (== "b" "ab"))"#),
        ("n mod 4 == 1", "(mod n (== 4 1))"),
        ("xs contains 1 and y", "(contains xs (and 1 y))"),
        ("1 + x default 5", "(default (+ 1 x) 5)"),
        ("a default b default c + 1", "(default (default a b) (+ c 1))"),
        ("1 to 3 map $", "(map (to 1 3) $)"),
        ("a -- b ++ c", "(++ (-- a b) c)"),
        ("a - b - c", "(- (- a b) c)"),
        ("a -b", "(- a b)"),
        ("a.b replace /x/ with 'y'", r#"(with (replace (. a b) /x/) "y")"#),
        ("1 a::B::f 2", "(a::B::f 1 2)"),
        ("1 + 1 match { else -> 2 } ++ 3", "(++ (match (+ 1 1) (else -> 2)) 3)"),
    ]);
}

#[test]
fn casts_bind_tighter_than_products() {
    check(&[
        ("a * b as String", "(* a (as b String))"),
        ("x as String as Number", "(as (as x String) Number)"),
        ("1 == 1 is Boolean", "(== 1 (is 1 Boolean))"),
        ("1 < 2 is Boolean", "(is (< 1 2) Boolean)"),
        ("x as A | B ++ 'c'", r#"(++ (as x (A|B)) "c")"#),
        ("x as Number {format: '0'} + 1", r#"(+ (as x Number{format:"0"}) 1)"#),
        ("x as Number < 5", "(< (as x Number) 5)"),
    ]);
}

#[test]
fn prefix_operators() {
    check(&[
        ("not a or b", "(not (or a b))"),
        ("not a and b ++ c", "(++ (not (and a b)) c)"),
        ("a and not b or c", "(and a (not (or b c)))"),
        ("not not a", "(not (not a))"),
        ("not: a", "{not:a}"),
        ("[not, a]", "[not a]"),
        ("not(a)", "(call not a)"),
        ("!a or b", "(or (! a) b)"),
        ("!a.b contains 1", "(contains (! (. a b)) 1)"),
        ("!a as String", "(as (! a) String)"),
        ("a!=b", "(!= a b)"),
        ("-x + 1", "(- (+ x 1))"),
        ("-x as String", "(- (as x String))"),
        ("2 * -x ++ 'a'", r#"(++ (* 2 (- x)) "a")"#),
        ("- (4)", "(- p(4))"),
        ("- -x", "(- (- x))"),
        ("4 - -1", "(- 4 -1)"),
        ("-1 as String", "(as -1 String)"),
        ("- 4", "test:1:1 a literal minus must touch its number"),
    ]);
}

#[test]
fn selectors() {
    check(&[
        ("a.b.'c d'.\"$(e)\"", "(. (. (. a b) c d) ((str e)))"),
        ("a.*b.&c..d", "(.. (.& (.* a b) c) d)"),
        ("a..*b..&c", "(..& (..* a b) c)"),
        ("a..@b.@c.*@d.@*e", "(.*@ (.*@ (.@ (..@ a b) c) d) e)"),
        ("a.@ ++ a..@", "(++ (.@ a) (..@ a))"),
        ("a.. ++ a..[0]", "(++ (.. a) ([] (.. a) 0))"),
        ("a...b", "(. (.. a) b)"),
        ("a.#.uri", "(. (.# a) uri)"),
        ("a.^.b ++ a.^b ++ a.^'c d'", "(++ (++ (. (.^ a) b) (.^ a b)) (.^ a c d))"),
        ("a.p#b.*p#c.@p#d.p#'e'", "(. (.@ (.* (. a p#b) p#c) p#d) p#e)"),
        ("a[0][-1]['k'][1 to 2]", r#"([] ([] ([] ([] a 0) -1) "k") (to 1 2))"#),
        ("a[?($.x > 1)][?$]", "([?] ([?] a p((> (. $ x) 1))) $)"),
        ("a[*b][*('c')][&'d'][&e][@f][@'g']", r#"(.@ (.@ (.& (.& (.* (.* a b) (p("c"))) d) (e)) f) g)"#),
        ("a[p#b][p#'c'][*p#d][@p#e]", "(.@ (.* (. (. a p#b) p#c) p#d) p#e)"),
        ("a.b? and a.c! == a[0]? ", "(and (. a b?) (== (. a c!) ([] a 0?)))"),
        ("a.b!=c", "(!= (. a b) c)"),
        ("a.b!==c", "(== (. a b!) c)"),
        ("!a.b?", "(! (. a b?))"),
        ("a /* c */ .b\n[0]\n(1)", "(call ([] (. a b) 0) 1)"),
        ("5.year ++ 'x'.y ++ {a: 1}.a ++ [1][0]", r#"(++ (++ (++ (. 5 year) (. "x" y)) (. {a:1} a)) ([] [1] 0))"#),
        ("if (a) b else {c: 2}.c", "(if a b (. {c:2} c))"),
    ]);
}

#[test]
fn calls_and_lambdas() {
    check(&[
        ("f()(1)(a, b).c", "(. (call (call (call f) 1) a b) c)"),
        ("f\n(1)", "(call f 1)"),
        ("f(a: 1)", "(call f {a:1})"),
        ("++(a, --([b], c))", "(call ++ a (call -- [b] c))"),
        ("a::b(c)", "(call a::b c)"),
        ("(x) -> x map $ filter y", "(fn (x) (filter (map x $) y))"),
        ("xs map (x, i = 1) -> x ++ i", "(map xs (fn (x,i=1) (++ x i)))"),
        ("xs map ((x) -> x) map $", "(map (map xs p((fn (x) x))) $)"),
        ("(a: Number, b: (X) -> Y = c): Z -> d", "(fn (a:Number,b:(X)->Y=c):Z d)"),
        ("<T, R <: Number>(x: T): R -> x", "(fn <T,R<:Number>(x:T):R x)"),
        ("() -> () -> 1", "(fn () (fn () 1))"),
        ("((x) -> x)(1)", "(call p((fn (x) x)) 1)"),
        ("(@A(b = 1) a) -> a", "(fn (@A(b=1) a) a)"),
        ("f `a$(x)b$y`", r#"(call f ["a" "b" ""] [x y])"#),
        ("f`a`", r#"(call f ["a"] [])"#),
        ("a < b > (c)", "(> (< a b) p(c))"),
        ("%dw 2.4 --- f<A>(c)", "%dw 2.4 --- (> (< f A) p(c))"),
        ("%dw 2.5 --- f<A, B | C>(c)", "%dw 2.5 --- (call f <A> <(B|C)> c)"),
        ("%dw 2.5 --- o.f <A> (c)", "%dw 2.5 --- (call (. o f) <A> c)"),
        ("%dw 2.12 --- a < b", "%dw 2.12 --- (< a b)"),
    ]);
}

#[test]
fn objects_and_arrays() {
    check(&[
        ("{}", "{}"),
        ("{a: 1, 'b c': 2, \"d$(e)\": 3,}", r#"{a:1 b c:2 ((str "d" e)):3}"#),
        ("{(a ++ b): 1, (c), ((d)): 2}", "{((++ a b)):1 ...c (p(d)):2}"),
        ("{(a: 1) if b, ((c): 2) if d == 1}", "{(when b a:1) (when (== d 1) (c):2)}"),
        ("{a @(b: 1, (c: 2) if d, (e), p#f: 3,): 4}", "{a@(b:1 (when d c:2) ...e p#f:3):4}"),
        ("{(a) @(): 1, p#b @(c: 1): 2}", "{(a)@():1 p#b@(c:1):2}"),
        ("{p#'a': 1, p#\"$(b)\": 2}", "{p#a:1 p#((str b)):2}"),
        ("a: b: 1 ++ 2", "{a:{b:(++ 1 2)}}"),
        ("'a' @(x: 1): 1", "{a@(x:1):1}"),
        ("(a ++ b): 1", "{((++ a b)):1}"),
        ("p#a: 1", "{p#a:1}"),
        ("[a: 1, b: 2]", "[{a:1} {b:2}]"),
        ("'x' ++ a: 1 + 2", r#"(++ "x" {a:(+ 1 2)})"#),
        ("{(if (a) {b: 1} else {})}", "{...(if a {b:1} {})}"),
        ("[1, (2) if a, (b: 3) if (c),]", "[1 (when a p(2)) (when p(c) p({b:3}))]"),
        ("[]", "[]"),
        ("{type1: 1, iffy: nullable}", "{type1:1 iffy:nullable}"),
    ]);
}

#[test]
fn forms_with_keywords() {
    check(&[
        ("if (a) b else c ++ d", "(if a b (++ c d))"),
        ("1 + if (a) 2 else 3", "(+ 1 (if a 2 3))"),
        ("if (a) 1 else if (b) 2 else if (c) 3 else 4", "(if a 1 (if b 2 (if c 3 4)))"),
        ("if (a) if (b) 1 else 2 else 3", "(if a (if b 1 2) 3)"),
        ("unless (a) 1 else unless (b) 2 else 3", "(unless a 1 (unless b 2 3))"),
        ("if(a)-1 else(b)", "(if a -1 p(b))"),
        ("if (a) b: 1 else c: 2", "(if a {b:1} {c:2})"),
        ("using (a = 1, b = a) a ++ b", "(using a=1 b=a (++ a b))"),
        ("do { 5 } + 1", "(+ (do 5) 1)"),
        ("do { var a = 1 fun f(x) = x --- f(a) }", "(do (var a 1) (fun f (x) x) (call f a))"),
        ("do { a: 1 }", "(do {a:1})"),
    ]);
}
