//! Prints a tree in one line, for tests: `(+ 1 (. x a))`. Parentheses of the source show as `p(…)`.

use crate::syntax::ast::*;

/// A document: its directives, then `---` and the body.
pub fn document(document: &Document) -> String {
    let mut parts: Vec<String> = document.version.iter().map(|(major, minor)| format!("%dw {major}.{minor}")).collect();
    parts.extend(document.header.iter().map(directive));
    let separator = if parts.is_empty() { "" } else { "--- " };
    parts.extend(document.body.iter().map(|body| format!("{separator}{}", expr(body))));
    parts.join(" ")
}

pub fn directive(directive: &Directive) -> String {
    let doc = directive.doc.iter().map(|doc| format!("/**{doc}*/"));
    let annotations = directive.annotations.iter().map(annotation);
    let kind = match &directive.kind {
        DirectiveKind::Output(o) => {
            format!("(output{}{}{}{})", typed(&o.ty), named(&o.mime), named(&o.with), properties(&o.properties))
        }
        DirectiveKind::Input(i) => {
            let rest = format!("{}{}{}{}", typed(&i.ty), named(&i.mime), named(&i.with), properties(&i.properties));
            format!("(input {}{rest})", i.name.name)
        }
        DirectiveKind::Import(import) => match &import.what {
            Imported::Module { alias } => format!("(import {}{})", path(&import.module), named(alias)),
            Imported::All => format!("(import * {})", path(&import.module)),
            Imported::Names(names) => {
                let names: Vec<_> =
                    names.iter().map(|(name, alias)| format!("{}{}", name.name, named(alias))).collect();
                format!("(import [{}] {})", names.join(","), path(&import.module))
            }
        },
        DirectiveKind::Namespace { prefix, uri } => format!("(ns {} {uri})", prefix.name),
        DirectiveKind::Var { name, ty, value } => format!("(var {}{} {})", name.name, typed(ty), expr(value)),
        DirectiveKind::Fun { name, function } => format!("(fun {} {})", name.name, signature(function)),
        DirectiveKind::Type { name, params, ty } => {
            format!("(type {}{} {})", name.name, type_params(params), type_expr(ty))
        }
        DirectiveKind::Annotation { name, params } => format!("(annotation {}({}))", name.name, self::params(params)),
    };
    doc.chain(annotations).chain([kind]).collect::<Vec<_>>().join(" ")
}

fn named(name: &Option<Ident>) -> String {
    name.iter().map(|name| format!(" {}", name.name)).collect()
}

fn typed(ty: &Option<TypeExpr>) -> String {
    ty.iter().map(|ty| format!(":{}", type_expr(ty))).collect()
}

fn properties(properties: &[Property]) -> String {
    properties.iter().map(|p| format!(" {}={}", p.name.name, expr(&p.value))).collect()
}

fn annotation(annotation: &Annotation) -> String {
    let args = annotation.args.iter().map(|(name, value)| format!("{}={}", named(name).trim(), expr(value)));
    format!("@{}({})", path(&annotation.name), args.collect::<Vec<_>>().join(","))
}

fn signature(function: &Function) -> String {
    let head = format!("{}({})", type_params(&function.type_params), params(&function.params));
    format!("{head}{} {}", typed(&function.result), expr(&function.body))
}

fn params(params: &[Param]) -> String {
    let param = |p: &Param| {
        let annotations: String = p.annotations.iter().map(|a| annotation(a) + " ").collect();
        let default: String = p.default.iter().map(|value| format!("={}", expr(value))).collect();
        format!("{annotations}{}{}{default}", p.name.name, typed(&p.ty))
    };
    params.iter().map(param).collect::<Vec<_>>().join(",")
}

fn type_params(params: &[TypeParam]) -> String {
    let param = |p: &TypeParam| match &p.bound {
        Some(bound) => format!("{}<:{}", p.name.name, type_expr(bound)),
        None => p.name.name.clone(),
    };
    let list = params.iter().map(param).collect::<Vec<_>>().join(",");
    if list.is_empty() { list } else { format!("<{list}>") }
}

pub fn path(path: &Path) -> String {
    path.parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>().join("::")
}

fn exprs(values: &[Expr]) -> String {
    values.iter().map(|value| format!(" {}", expr(value))).collect()
}

pub fn expr(value: &Expr) -> String {
    match &value.kind {
        ExprKind::Null => "null".into(),
        ExprKind::Boolean(value) => value.to_string(),
        ExprKind::Number(text) => text.clone(),
        ExprKind::String(parts) => string(parts),
        ExprKind::Regex(pattern) => format!("/{pattern}/"),
        ExprKind::Temporal(text) => format!("|{text}|"),
        ExprKind::Array(items) => {
            let item = |i: &ArrayItem| conditional(expr(&i.value), &i.condition);
            format!("[{}]", items.iter().map(item).collect::<Vec<_>>().join(" "))
        }
        ExprKind::Object(items) => format!("{{{}}}", object_items(items)),
        ExprKind::Name(name) => path(name),
        ExprKind::Dollar(count) => "$".repeat(*count),
        ExprKind::Lambda(function) => format!("(fn {})", signature(function)),
        ExprKind::Call { callee, type_args, args } => {
            let types = type_args.iter().map(|ty| format!(" <{}>", type_expr(ty))).collect::<String>();
            format!("(call {}{types}{})", expr(callee), exprs(args))
        }
        ExprKind::Infix { left, function, right } => format!("({} {} {})", path(function), expr(left), expr(right)),
        ExprKind::Default { left, right } => format!("(default {} {})", expr(left), expr(right)),
        ExprKind::Binary { op, left, right } => format!("({} {} {})", operator(*op), expr(left), expr(right)),
        ExprKind::Unary { op, operand } => {
            let op = match op {
                UnaryOp::Minus => "-",
                UnaryOp::Not => "not",
                UnaryOp::Bang => "!",
            };
            format!("({op} {})", expr(operand))
        }
        ExprKind::If { condition, negated, then, otherwise } => {
            let word = if *negated { "unless" } else { "if" };
            format!("({word} {} {} {})", expr(condition), expr(then), expr(otherwise))
        }
        ExprKind::Match { subject, cases } => {
            let cases: String =
                cases.iter().map(|c| format!(" ({} -> {})", pattern(&c.pattern), expr(&c.body))).collect();
            format!("(match {}{cases})", expr(subject))
        }
        ExprKind::Update { subject, cases } => {
            format!("(update {}{})", expr(subject), cases.iter().map(update_case).collect::<String>())
        }
        ExprKind::Do { declarations, body } => {
            let declarations: String = declarations.iter().map(|d| directive(d) + " ").collect();
            format!("(do {declarations}{})", expr(body))
        }
        ExprKind::Using { bindings, body } => {
            let bindings: String =
                bindings.iter().map(|(name, value)| format!("{}={} ", name.name, expr(value))).collect();
            format!("(using {bindings}{})", expr(body))
        }
        ExprKind::As { value, ty } => format!("(as {} {})", expr(value), type_expr(ty)),
        ExprKind::Is { value, ty } => format!("(is {} {})", expr(value), type_expr(ty)),
        ExprKind::Select { base, selector, presence } => {
            let mark = match presence {
                Presence::Plain => "",
                Presence::Exists => "?",
                Presence::Required => "!",
            };
            format!("({}{mark})", select(&expr(base), selector))
        }
        ExprKind::NotImplemented => "???".into(),
        ExprKind::Parens(inner) => format!("p({})", expr(inner)),
    }
}

fn string(parts: &[StringPart]) -> String {
    let part = |part: &StringPart| match part {
        StringPart::Text(text) => format!("{text:?}"),
        StringPart::Expr(value) => expr(value),
    };
    match parts {
        [] => "\"\"".into(),
        [StringPart::Text(text)] => format!("{text:?}"),
        _ => format!("(str {})", parts.iter().map(part).collect::<Vec<_>>().join(" ")),
    }
}

fn conditional(item: String, condition: &Option<Expr>) -> String {
    match condition {
        Some(condition) => format!("(when {} {item})", expr(condition)),
        None => item,
    }
}

fn object_items(items: &[ObjectItem]) -> String {
    let item = |item: &ObjectItem| match item {
        ObjectItem::Pair { key, value, condition, .. } => {
            conditional(format!("{}:{}", self::key(key), expr(value)), condition)
        }
        ObjectItem::Spread(value) => format!("...{}", expr(value)),
    };
    items.iter().map(item).collect::<Vec<_>>().join(" ")
}

fn key(key: &Key) -> String {
    let attributes: String = key.attributes.iter().map(|items| format!("@({})", object_items(items))).collect();
    format!("{}{attributes}", qualified(&key.prefix, &key.name))
}

fn qualified(prefix: &Option<Ident>, name: &KeyName) -> String {
    let prefix: String = prefix.iter().map(|prefix| format!("{}#", prefix.name)).collect();
    match name {
        KeyName::Static(name) => format!("{prefix}{name}"),
        KeyName::Dynamic(name) => format!("{prefix}({})", expr(name)),
    }
}

fn select(base: &str, selector: &Selector) -> String {
    match selector {
        Selector::Field { kind, prefix, name, .. } => {
            let sigil = match kind {
                FieldKind::First => ".",
                FieldKind::All => ".*",
                FieldKind::Pairs => ".&",
                FieldKind::Deep => "..",
                FieldKind::DeepAll => "..*",
                FieldKind::DeepPairs => "..&",
                FieldKind::Attribute => ".@",
                FieldKind::AllAttributes => ".*@",
                FieldKind::DeepAttribute => "..@",
            };
            format!("{sigil} {base} {}", qualified(prefix, name))
        }
        Selector::Index(index) => format!("[] {base} {}", expr(index)),
        Selector::Filter(condition) => format!("[?] {base} {}", expr(condition)),
        Selector::Descendants => format!(".. {base}"),
        Selector::Attributes => format!(".@ {base}"),
        Selector::DescendantAttributes => format!("..@ {base}"),
        Selector::Namespace => format!(".# {base}"),
        Selector::Metadata(name) => format!(".^ {base} {}", name.as_deref().unwrap_or("")).trim_end().to_owned(),
    }
}

fn operator(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Or => "or",
        BinaryOp::And => "and",
        BinaryOp::Equal => "==",
        BinaryOp::NotEqual => "!=",
        BinaryOp::Similar => "~=",
        BinaryOp::Less => "<",
        BinaryOp::Greater => ">",
        BinaryOp::LessEqual => "<=",
        BinaryOp::GreaterEqual => ">=",
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
        BinaryOp::ShiftRight => ">>",
        BinaryOp::ShiftLeft => "<<",
    }
}

fn pattern(pattern: &Pattern) -> String {
    let name = |name: &Option<Ident>| named(name).trim().to_owned();
    match pattern {
        Pattern::Else { name } => format!("else{}", named(name)),
        Pattern::Literal { name: bound, value } => format!("{}={}", name(bound), expr(value)),
        Pattern::Type { name: bound, ty } => format!("{}:{}", name(bound), type_expr(ty)),
        Pattern::Guard { name, condition } => format!("{} if {}", name.name, expr(condition)),
        Pattern::Regex { name: bound, pattern } => format!("{}~{}", name(bound), expr(pattern)),
        Pattern::EmptyArray => "[]".into(),
        Pattern::Array { head, tail } => format!("[{}~{}]", head.name, tail.name),
        Pattern::EmptyObject => "{}".into(),
        Pattern::Object { key, value, tail } => format!("{{{}:{}~{}}}", key.name, value.name, tail.name),
    }
}

fn update_case(case: &UpdateCase) -> String {
    let step = |step: &UpdateStep| match step {
        UpdateStep::Field { all, attribute, prefix, name } => {
            let sigil = [(*all, "*"), (*attribute, "@")].iter().find(|(is, _)| *is).map_or("", |(_, sigil)| sigil);
            format!(".{sigil}{}", qualified(prefix, name))
        }
        UpdateStep::Index(index) => format!("[{}]", expr(index)),
    };
    let path: String = case.path.iter().map(step).collect();
    let mark = if case.upsert { "!" } else { "" };
    let name: String = case.name.iter().map(|name| format!("{}@", name.name)).collect();
    let condition: String = case.condition.iter().map(|condition| format!(" if {}", expr(condition))).collect();
    format!(" ({name}{path}{mark}{condition} -> {})", expr(&case.body))
}

fn list(types: &[TypeExpr], separator: &str) -> String {
    types.iter().map(type_expr).collect::<Vec<_>>().join(separator)
}

pub fn type_expr(ty: &TypeExpr) -> String {
    match &ty.kind {
        TypeExprKind::Name { path: name, args } if args.is_empty() => path(name),
        TypeExprKind::Name { path: name, args } => format!("{}<{}>", path(name), list(args, ",")),
        TypeExprKind::Literal(value) => expr(value),
        TypeExprKind::Object { fields, closed, ordered } => {
            let (ordered, closed) = (if *ordered { "-" } else { "" }, if *closed { "|" } else { "" });
            let fields = fields.iter().map(field_type).collect::<Vec<_>>().join(",");
            format!("{{{ordered}{closed}{fields}{closed}{ordered}}}")
        }
        TypeExprKind::Function { params, result } => {
            let param = |(name, ty, optional): &(Option<Ident>, TypeExpr, bool)| {
                let mark = if *optional { "?" } else { "" };
                let name: String = name.iter().map(|name| format!("{}{mark}:", name.name)).collect();
                format!("{name}{}", type_expr(ty))
            };
            format!("({})->{}", params.iter().map(param).collect::<Vec<_>>().join(","), type_expr(result))
        }
        TypeExprKind::Union(types) => format!("({})", list(types, "|")),
        TypeExprKind::Intersection(types) => format!("({})", list(types, "&")),
        TypeExprKind::Metadata { ty, schema } => {
            let entry = |(name, value): &(Ident, Expr)| format!("{}:{}", name.name, expr(value));
            format!("{}{{{}}}", type_expr(ty), schema.iter().map(entry).collect::<Vec<_>>().join(","))
        }
        TypeExprKind::Field { ty, prefix, name } => {
            let prefix: String = prefix.iter().map(|prefix| format!("{}#", prefix.name)).collect();
            format!("{}.{prefix}{}", type_expr(ty), name.name)
        }
        TypeExprKind::Native => "???".into(),
    }
}

fn field_name(prefix: &Option<Ident>, name: &FieldName) -> String {
    let prefix: String = prefix.iter().map(|prefix| format!("{}#", prefix.name)).collect();
    match name {
        FieldName::Static(name) => format!("{prefix}{name}"),
        FieldName::Any => "_".into(),
        FieldName::Computed(ty) => format!("({})", type_expr(ty)),
    }
}

fn field_type(field: &FieldType) -> String {
    let attribute = |a: &AttributeType| {
        let mark = if a.optional { "?" } else { "" };
        format!("{}{mark}:{}", field_name(&a.prefix, &a.name), type_expr(&a.ty))
    };
    let attributes = match field.attributes.iter().map(attribute).collect::<Vec<_>>().join(",") {
        none if none.is_empty() => none,
        some => format!("@({some})"),
    };
    let marks = format!("{}{}", if field.repeated { "*" } else { "" }, if field.optional { "?" } else { "" });
    format!("{}{attributes}{marks}:{}", field_name(&field.prefix, &field.name), type_expr(&field.ty))
}
