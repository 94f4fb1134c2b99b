//! What is wrong with a text, in the language's terms.

use super::{Source, check, parse_script};

#[test]
fn brackets() {
    check(&[
        ("(1 + 2", "test:1:7 `)` is missing: the parentheses start at 1:1"),
        ("(1 + 2))", "test:1:8 `)` closes nothing"),
        ("{a: {b: 1}", "test:1:11 `}` is missing: the object starts at 1:1"),
        ("\"tide", "test:1:1 this text has no closing quote"),
        ("/* never closed\n\"x\"", "test:1:1 this comment does not end"),
        ("\"a$(1 + 1\"", "test:1:11 `)` is missing: the interpolation starts at 1:3"),
        ("\"a$(\"b)\"", "test:1:9 `)` is missing: the interpolation starts at 1:3"),
        ("[\"x\"] map \"$()\"", "test:1:14 the interpolation is empty"),
        ("[1, 2", "test:1:6 `]` is missing: the array starts at 1:1"),
        ("[1, 2}", "test:1:6 `]` is missing: the array starts at 1:1"),
        ("(1]", "test:1:3 `)` is missing: the parentheses start at 1:1"),
        ("{a: [1, 2}", "test:1:10 `]` is missing: the array starts at 1:5"),
        ("f(1, 2", "test:1:7 `)` is missing: the arguments start at 1:2"),
        ("{a: 1}}", "test:1:7 `}` closes nothing"),
        ("xs map ((x) -> x", "test:1:17 `)` is missing: the parentheses start at 1:8"),
        ("xs filter $.a > 1)", "test:1:18 `)` closes nothing"),
        ("[1, 2, 3", "test:1:9 `]` is missing: the array starts at 1:1"),
        ("\"abc", "test:1:1 this text has no closing quote"),
        ("`abc", "test:1:1 this text has no closing quote"),
        (
            "payload map ((item, index) -> { a: item.a, b: item.b )",
            "test:1:54 `}` is missing: the object starts at 1:31",
        ),
        ("write(payload, \"application/json\"", "test:1:34 `)` is missing: the arguments start at 1:6"),
        ("payload..name[0", "test:1:16 `]` is missing: the index starts at 1:14"),
        ("(payload.a default \"x\"", "test:1:23 `)` is missing: the parentheses start at 1:1"),
        ("payload as Object { class: \"x\"", "test:1:31 `}` is missing: the object starts at 1:19"),
    ]);
}

#[test]
fn operands() {
    check(&[
        ("1 +", "test:1:4 expected an expression after `+`, found the end of the text"),
        ("(1, 2)", "test:1:3 parentheses hold one expression"),
        ("()", "test:1:2 the parentheses are empty"),
        ("'it''s'", "test:1:5 an operator is missing before a text"),
        (".5", "test:1:1 expected a directive or an expression, found `.`"),
        ("+5", "test:1:1 expected a directive or an expression, found `+`"),
        ("!!true", "test:1:2 `!` cannot be doubled"),
        ("--5", "test:1:1 `--` is one operator"),
        ("1 + * 2", "test:1:5 expected an expression after `+`, found `*`"),
        ("1 + + 2", "test:1:5 expected an expression after `+`, found `+`"),
        ("1 is", "test:1:5 a type is missing after `is`, found the end of the text"),
        ("\"a\" \"b\"", "test:1:5 an operator is missing before a text"),
        ("a b", "test:1:4 expected an expression after the function `b`, found the end of the text"),
        ("1 o.f 2", "test:1:4 `o` stands where a function is called"),
        ("a:", "test:1:3 expected something after `:`, found the end of the text"),
        ("f(a b)", "test:1:6 expected an expression after the function `b`, found `)`"),
        ("payload[]", "test:1:9 the index is missing"),
        ("payload[0, 1]", "test:1:10 an index is one expression"),
        ("payload.b?.a", "test:1:10 `?` ends a selector; nothing can be selected after it"),
        ("payload.b!.a", "test:1:10 `!` ends a selector; nothing can be selected after it"),
        ("payload.a-", "test:1:11 expected an expression after `-`, found the end of the text"),
        ("a.b.c.default", "test:1:7 `default` is a reserved word"),
        ("#", "test:1:1 expected a directive or an expression, found `#`"),
        ("@", "test:1:2 expected an expression after `@`, found the end of the text"),
        ("~", "test:1:1 expected a directive or an expression, found `~`"),
        ("1 to", "test:1:5 expected an expression after the function `to`, found the end of the text"),
        ("a and", "test:1:6 expected an expression after `and`, found the end of the text"),
        ("a or or b", "test:1:6 expected an expression after `or`, found the reserved word `or`"),
        ("/abc", "test:1:1 expected a directive or an expression, found `/`"),
        (
            "payload.items map { id: $.id, name: $.name } filter",
            "test:1:52 expected an expression after the function `filter`, found the end of the text",
        ),
        ("$.a + ", "test:1:7 expected an expression after `+`, found the end of the text"),
        ("\"a\" ++ \"b\" +++ \"c\"", "test:1:14 expected an expression after `++`, found `+`"),
        ("payload.a == \"b\" and and c", "test:1:22 expected an expression after `and`, found the reserved word `and`"),
    ]);
}

#[test]
fn pairs_and_elements() {
    check(&[
        ("max([1, 2],)", "test:1:12 an argument is missing after the comma"),
        ("[1] map x -> x", "test:1:11 parameters stand in parentheses"),
        ("{\"a\" ++ \"b\": 1}", "test:1:6 `++` cannot stand in a key"),
        ("[1, 2] map", "test:1:11 expected an expression after the function `map`, found the end of the text"),
        ("{ mask: 0xFF }", "test:1:9 `0xFF` is no number"),
        ("{ default: 1 }", "test:1:3 `default` is a reserved word"),
        ("{ _id: 1 }", "test:1:3 `_id` is no name: names start with a letter"),
        ("[Array<Number>]", "test:1:15 expected an expression after `>`, found `]`"),
        ("{payload}", "test:1:9 `:` and a value are missing after the key, found `}`"),
        ("{({a: 1}) ++ {b: 1}}", "test:1:11 `++` cannot stand here"),
        ("[,]", "test:1:2 an element is missing before the comma"),
        ("{,}", "test:1:2 expected a key, found `,`"),
        ("[1 2]", "test:1:4 a comma is missing between elements, before `2`"),
        ("{a: 1 b: 2}", "test:1:7 a comma is missing between properties, before `b`"),
        ("{a: 1\n \"b\": 2}", "test:2:2 a comma is missing between properties, before a text"),
        ("a: 1, b: 2", "test:1:5 several pairs stand in braces"),
        ("(a,) -> a", "test:1:4 a parameter is missing after the comma"),
        ("1, 2", "test:1:2 a comma cannot stand here"),
        ("{a: }", "test:1:5 expected something after `:`, found `}`"),
        ("{: 1}", "test:1:2 expected a key, found `:`"),
        ("{a}", "test:1:3 `:` and a value are missing after the key, found `}`"),
        ("{a, b}", "test:1:3 `:` and a value are missing after the key, found `,`"),
        ("{\"a\"}", "test:1:5 `:` and a value are missing after the key, found `}`"),
        ("{a = 1}", "test:1:4 a colon separates a key from its value"),
        ("{a -> 1}", "test:1:4 a colon separates a key from its value"),
        ("{a: (1, b: 2}", "test:1:7 parentheses hold one expression"),
        ("f(1 2)", "test:1:5 a comma is missing between arguments, before `2`"),
        ("payload.a as String {format \"x\"}", "test:1:29 `:` is missing after the key, found a text"),
        ("{a @(b 1): 2}", "test:1:8 `:` is missing after the key, found `1`"),
        ("{a: 1,, b: 2}", "test:1:7 an element is missing between two commas"),
        (
            "payload map (item) -> { name: item.name age: item.age }",
            "test:1:41 a comma is missing between properties, before `age`",
        ),
        ("{ \"a\": \"x\" \"b\": \"y\" }", "test:1:12 a comma is missing between properties, before a text"),
        ("{ a: payload.b, c: payload.d. }", "test:1:31 a name is missing after `.`, found `}`"),
    ]);
}

#[test]
fn words_of_other_languages() {
    check(&[
        ("{;}", "test:1:2 `;` is no operator of DataWeave"),
        ("[1; 2]", "test:1:3 `;` is no operator of DataWeave"),
        ("1 = 1", "test:1:3 `=` does not compare"),
        ("1 === 1", "test:1:5 `===` is no operator"),
        ("1 && 1", "test:1:3 `&&` is no operator of DataWeave"),
        ("1 || 1", "test:1:3 `||` is no operator of DataWeave"),
        ("1 % 2", "test:1:3 `%` is no operator of DataWeave"),
        ("1 ^ 2", "test:1:3 `^` is no operator of DataWeave"),
        ("true ? 1 : 2", "test:1:6 `?` is no operator of DataWeave"),
        ("null ?? 1", "test:1:6 `??` is no operator of DataWeave"),
        ("x => x", "test:1:3 `=>` is no operator of DataWeave"),
        ("1;", "test:1:2 `;` is no operator of DataWeave"),
        ("a = 1", "test:1:3 `=` does not declare by itself"),
        (r#"\"#, r#"test:1:1 `\` has no meaning in DataWeave"#),
        ("let x = 1", "test:1:1 `let` has no meaning here"),
        ("return payload", "test:1:1 `return` has no meaning here"),
        ("payload filter ((item) -> item.a == 1 && item.b == 2)", "test:1:39 `&&` is no operator of DataWeave"),
        ("payload filter $.a = 1", "test:1:20 `=` does not compare"),
        ("{a: 1 => 2}", "test:1:7 `=>` is no operator of DataWeave"),
    ]);
}

#[test]
fn keywords() {
    check(&[
        ("if (true) 1", "test:1:12 `if` needs an `else`, found the end of the text"),
        ("[1 if true]", "test:1:2 an element with a condition stands in parentheses"),
        ("{a: 1 if true}", "test:1:7 a pair with a condition stands in parentheses"),
        ("{({a: 1}) if true}", "test:1:3 only a single pair can have a condition"),
        ("if () 1 else 2", "test:1:5 the condition is missing"),
        ("if (true) else 2", "test:1:11 an expression is missing after the condition, found the reserved word `else`"),
        ("if (true) 1 else", "test:1:17 expected an expression after `else`, found the end of the text"),
        ("if true 1 else 2", "test:1:4 what follows `if` stands in parentheses"),
        ("unless true 1 else 2", "test:1:8 what follows `unless` stands in parentheses"),
        ("if (true, false) 1 else 2", "test:1:9 a condition is one expression"),
        ("using (a: 1) a", "test:1:9 `=` gives a variable of `using` its value"),
        ("using () 1", "test:1:8 `using` needs at least one variable"),
        ("do {}", "test:1:5 the `do` block is empty"),
        ("do { --- 5 }", "test:1:6 a `do` block without declarations has no `---`"),
        ("do { var x = 1 }", "test:1:16 the `do` block has no result"),
        ("do { var x = 1 x }", "test:1:18 the `do` block has no result"),
        ("do { output application/json --- 1 }", "test:1:6 `output` belongs in the header of the script"),
        ("do(1)", "test:1:3 what follows `do` stands in braces"),
        ("do {5}.a", "test:1:7 `.` cannot follow a block"),
        ("for x in y", "test:1:1 expected a directive or an expression, found the reserved word `for`"),
        ("if (a) 1 else 2 else 3", "test:1:17 there is no `if` for this `else`"),
        ("{a: 1, if (true) b: 2}", "test:1:8 the condition of a pair stands behind it"),
        ("if (a == 1 { 2 } else 3", "test:1:12 `)` is missing behind the condition, found `{`"),
        ("if (a) { b: 1 } else if (c) { d: 2 }", "test:1:37 `if` needs an `else`, found the end of the text"),
        ("{ a: if (x) 1 }", "test:1:15 `if` needs an `else`, found `}`"),
        ("[if (x) 1, 2]", "test:1:10 `if` needs an `else`, found `,`"),
        ("f(if (x) 1)", "test:1:11 `if` needs an `else`, found `)`"),
    ]);
}

#[test]
fn cases() {
    check(&[
        (
            "3 match { case n is Number if (n > 2) -> \"big\" else -> \"small\" }",
            "test:1:28 a case has only one condition",
        ),
        ("\"any\" match { case v -> v }", "test:1:22 `case v ->` needs a condition"),
        ("[1, 2] match { case [a, b] -> a else -> 0 }", "test:1:23 an array is not matched by its parts, found `,`"),
        ("{n: 1} update { case x at .n if x > 0 -> 2 }", "test:1:33 the condition of an update stands in parentheses"),
        ("1 match { case 1 -> 2, case 2 -> 3 }", "test:1:22 no comma stands between cases"),
        ("1 match { 1 -> 2 }", "test:1:11 `match` consists of cases, found `1`"),
        ("1 match { case 1 -> 1 else 2 }", "test:1:28 expected `->`, found `2`"),
        ("1 match { case 1 => 2 }", "test:1:18 expected `->`, found `=>`"),
        ("1 match { case 1 2 }", "test:1:18 expected `->`, found `2`"),
        ("1 match { case 1 -> }", "test:1:21 an expression is missing after `->`, found `}`"),
        ("1 match { case if (x == 1) -> x }", "test:1:19 a condition needs a name for the value"),
        ("1 match { case x as Number -> x else -> 2 }", "test:1:18 `as` cannot follow the name in a case"),
        ("1 match { case x: Number -> x else -> 2 }", "test:1:19 expected a literal after `:`, found `Number`"),
        ("1 match { case /a/ -> 1 else -> 2 }", "test:1:16 a regular expression stands after `matches`"),
        ("1 match { case 1 | 2 -> 1 else -> 2 }", "test:1:18 a pattern has no alternatives"),
        ("1 match { case (1) -> 1 else -> 2 }", "test:1:16 a pattern does not stand in parentheses"),
        ("1 match { case {a: 1} -> 1 else -> 2 }", "test:1:18 an object is not matched by its parts, found `:`"),
        ("1 match { else x if x > 1 -> x }", "test:1:18 expected `->`, found `if`"),
        ("1 match { case x", "test:1:17 the end of the text cannot follow the name in a case"),
        ("{a: 1} update { case a -> 5 }", "test:1:24 expected the path to update, found `->`"),
        ("{a: 1} update { else -> 5 }", "test:1:17 `update` has no `else`"),
        ("{a: 1} update { case .a -> 5, case .b -> 6 }", "test:1:29 no comma stands between cases"),
        ("{a: 1} update { case .(a) -> 5 }", "test:1:23 expected `->`, found `(`"),
        ("{a: 1} update { case ..a -> 5 }", "test:1:22 expected the path to update, found `..`"),
        ("{a: 1} update { case .a? -> 5 }", "test:1:24 expected `->`, found `?`"),
        ("{a: 1} update { case .a }", "test:1:25 expected `->`, found `}`"),
        ("payload match { case is String -> \"a\" case is Number \"b\" }", "test:1:54 expected `->`, found a text"),
    ]);
}

#[test]
fn headers() {
    check(&[
        ("%dw 2.0\n---", "test:2:4 the script has no body"),
        ("---\n1", "test:1:1 `---` needs a header before it"),
        ("%dw 2.0\n1", "test:2:1 `---` is missing between the header and the body"),
        ("%dw 2.0\noutput json\n1", "test:3:1 `---` is missing between the header and the body"),
        ("%dw 2.0\noutput json\npayload", "test:3:1 `---` is missing between the header and the body"),
        ("%dw 2.0\nvar a = 1\n{a: 1}", "test:3:1 `---` is missing between the header and the body"),
        ("%dw 2.0\n---\n---\n1", "test:3:1 expected the body after `---`, found `---`"),
        ("%dw 2.0\n---\n1\n---", "test:4:1 `---` stands once, between the header and the body"),
        ("%dw 2\n---\n1", "test:1:5 there is no DataWeave 2"),
        ("%dw 2.13\n---\n1", "test:1:5 there is no DataWeave 2.13"),
        ("%dw\n---\n1", "test:2:1 expected the version after `%dw`, found `---`"),
        ("%dw 1.0\n%var x = 1\n---\n1", "test:2:1 `%var` is written `var` in DataWeave 2"),
        ("%output json\n---\n1", "test:1:1 `%output` is written `output` in DataWeave 2"),
        ("var default = 1 --- 1", "test:1:5 `default` is a reserved word and cannot name a variable"),
        ("var = 1 --- 1", "test:1:5 expected the name of a variable, found `=`"),
        ("var x --- 1", "test:1:7 `=` is missing, found `---`"),
        ("var x = --- 1", "test:1:9 expected an expression after `=`, found `---`"),
        ("var f(x) = 1 --- 1", "test:1:6 a variable has no parameters"),
        ("var x = 1; --- 1", "test:1:10 `;` is no operator of DataWeave"),
        ("var x = 1, var y = 2 --- 1", "test:1:10 a comma cannot stand here"),
        ("var añ = 1 --- 1", "test:1:5 `ñ` cannot be part of a name"),
        ("fun f(x) --- 1", "test:1:10 `=` is missing, found `---`"),
        ("fun f = 1 --- 1", "test:1:7 a function has parameters in parentheses, found `=`"),
        ("fun f() 1 --- 1", "test:1:9 `=` is missing, found `1`"),
        ("fun f(a = a", "test:1:12 `)` is missing: the parameters start at 1:6"),
        ("fun f(a b) = 1 --- 1", "test:1:9 a comma is missing between parameters, before `b`"),
        ("fun f(a,) = 1 --- 1", "test:1:9 a parameter is missing after the comma"),
        ("fun f(x = 1, y, z = 1) = 1 --- 1", "test:1:17 parameters with and without a default are mixed"),
        ("fun default() = 1 --- 1", "test:1:5 `default` is a reserved word and cannot name a function"),
        ("import {a} from b --- 1", "test:1:8 `{` cannot stand in an import"),
        ("import a, from b --- 1", "test:1:16 `b` cannot stand in an import"),
        ("import \"a::b\" --- 1", "test:1:8 a text cannot stand in an import"),
        ("import a/b/C --- 1", "test:1:10 `b` cannot stand in an import"),
        ("import --- 1", "test:1:8 `---` cannot stand in an import"),
        ("output --- 1", "test:1:8 expected a MIME type or the name of a format after `output`, found `---`"),
        (
            "output \"application/json\" --- 1",
            "test:1:8 expected a MIME type or the name of a format after `output`, found a text",
        ),
        ("output application/json; indent=false --- 1", "test:1:24 `;` is no operator of DataWeave"),
        (
            "output application/json indent=false skipNullOn=\"x\" --- 1",
            "test:1:38 a comma is missing between properties, before `skipNullOn`",
        ),
        (
            "output application/json indent=(false) --- 1",
            "test:1:32 the value of a property is a text, a number, true, false or null, found `(`",
        ),
        ("ns a --- 1", "test:1:6 the address of the namespace is missing"),
        ("ns default x --- 1", "test:1:4 `default` is a reserved word and cannot name a namespace"),
        ("function f(x) { x }", "test:1:1 `function` has no meaning here"),
        ("var a = 1\nfun g(x) = x + 1\n---\ng(a", "test:4:4 `)` is missing: the arguments start at 4:2"),
        (
            "%dw 2.0\noutput application/json\nvar x = 1\nvar y =\n---\n{\n  a: x,\n  b: y\n}",
            "test:5:1 expected an expression after `=`, found `---`",
        ),
        (
            "%dw 2.0\noutput application/json\nimport * from dw::core::Strings\n--\npayload",
            "test:4:1 three dashes separate the header from the body",
        ),
        (
            "%dw 2.0\noutput application/json\nfun f(x: String, y Number) = x\n---\nf(\"a\", 1)",
            "test:3:20 a comma is missing between parameters, before `Number`",
        ),
        (
            "%dw 2.0\noutput application/json\ntype A = { b: String c: Number }\n---\n1",
            "test:3:22 a comma is missing between properties, before `c`",
        ),
        (
            "%dw 2.0\noutput application/json encoding=\"UTF-8\" indent=true\n---\n1",
            "test:2:42 a comma is missing between properties, before `indent`",
        ),
    ]);
}

#[test]
fn types() {
    check(&[
        ("1 as :string", "test:1:6 types are written without a colon"),
        ("1 as", "test:1:5 a type is missing after `as`, found the end of the text"),
        ("type T = --- 1", "test:1:10 expected a type after `=`, found `---`"),
        ("type T = Number -> String --- 1", "test:1:17 parameters stand in parentheses"),
        ("type T = (A, B) --- 1", "test:1:10 these parameters lack the `->` of a function type"),
        ("type T = {a: } --- 1", "test:1:14 expected something after `:`, found `}`"),
        ("type T = {a Number} --- 1", "test:1:13 `:` is missing after the key, found `Number`"),
        ("type T = Array<> --- 1", "test:1:16 expected an expression after `<`, found `>`"),
        ("type T = null | A --- 1", "test:1:10 `null` is no type"),
        ("type default = A --- 1", "test:1:6 `default` is a reserved word and cannot name a type"),
    ]);
}

#[test]
fn literals_and_names() {
    check(&[
        ("- 4", "test:1:1 a literal minus must touch its number"),
        ("_a", "test:1:1 the name `_a` does not start with a letter"),
        ("\"\\u00zz\"", r#"test:1:2 `\u` needs four hexadecimal digits"#),
        ("007", "test:1:1 the number `007` starts with 0"),
        ("1_000", "test:1:1 `1_000` is no number"),
        ("5.", "test:1:3 a name is missing after `.`, found the end of the text"),
        ("1e", "test:1:1 `1e` is no number"),
        ("5a", "test:1:1 `5a` is no number"),
        ("f(a = 1)", "test:1:5 arguments have no names"),
        ("payload.", "test:1:9 a name is missing after `.`, found the end of the text"),
        ("payload.(\"a\")", "test:1:9 a name is missing after `.`, found `(`"),
        ("payload. a", "test:1:10 a name is missing after `.`, found `a`"),
        ("é", "test:1:1 `é` cannot be part of a name"),
        ("1 @", "test:1:4 a name is missing after `@`, found the end of the text"),
        ("|2020-01-01", "test:1:1 this is no date or time"),
    ]);
}

#[test]
fn functions() {
    check(&[
        ("x -> x", "test:1:3 parameters stand in parentheses"),
        ("((x)) -> x", "test:1:7 what stands before `->` is no list of parameters"),
        ("(a) ->", "test:1:7 an expression is missing after `->`, found the end of the text"),
        ("(a b) -> c", "test:1:5 expected an expression after the function `b`, found `)`"),
        ("(a: ) -> c", "test:1:5 expected something after `:`, found `)`"),
        ("(a = ) -> c", "test:1:6 expected an expression after `=`, found `)`"),
        ("payload map (item, index -> item", "test:1:26 `)` is missing behind the parameters"),
    ]);
}
#[test]
fn a_hint_says_what_to_do() {
    let hint = |text: &str| parse_script(&Source::new("test", text)).unwrap_err()[0].hint().map(str::to_owned);
    assert_eq!(hint("{ns: 1}").as_deref(), Some("quote it: \"ns\""));
    assert_eq!(hint("a => b").as_deref(), Some("write `->`"));
    assert_eq!(hint("(1)) + 2"), None);
}

#[test]
fn mistakes_that_do_not_stop_the_parser_are_told_together() {
    let faults = parse_script(&Source::new("test", "{if: 1, _a: - 2, b: x.else}")).unwrap_err();
    let messages: Vec<String> = faults.iter().map(|fault| format!("{} {fault}", fault.place().unwrap())).collect();
    assert_eq!(
        messages,
        [
            "test:1:2 `if` is a reserved word",
            "test:1:9 `_a` is no name: names start with a letter",
            "test:1:13 a literal minus must touch its number",
            "test:1:23 `else` is a reserved word",
        ]
    );
}
