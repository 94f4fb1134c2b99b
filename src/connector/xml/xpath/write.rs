//! Nodes as texts, as the vendor's library writes them: an element with all namespaces in scope, its parts indented where
//! no text stands between them.

use std::borrow::Cow;
use std::fmt::Write as _;
use uppsala::{Document, Element, NodeId, NodeKind};

/// How long the attributes of an element may be together before each takes a line of its own.
const LINE: usize = 80;
/// How far each level is indented.
const INDENT: usize = 3;

/// A node as text, and whether it is markup.
pub fn node(tree: &Document<'_>, id: NodeId) -> (String, bool) {
    match tree.node_kind(id) {
        Some(NodeKind::Attribute(_, value)) => (value.to_string(), false),
        Some(NodeKind::Text(text) | NodeKind::CData(text)) => (escaped(text, false).into_owned(), false),
        Some(NodeKind::Document) => {
            let parts = tree.children(id).into_iter().map(|child| node(tree, child).0);
            (parts.collect::<Vec<_>>().join("\n"), true)
        }
        Some(_) => {
            let mut writer = Writer { tree, out: String::new(), white: String::new(), last: Last::Text };
            writer.node(id, 0);
            (writer.out, true)
        }
        None => (String::new(), false),
    }
}

/// What was written last, white space left out.
#[derive(PartialEq)]
enum Last {
    Start,
    End,
    Text,
}

struct Writer<'t, 'd> {
    tree: &'t Document<'d>,
    out: String,
    /// White space that is dropped where a line is indented.
    white: String,
    last: Last,
}

impl Writer<'_, '_> {
    fn node(&mut self, id: NodeId, level: usize) {
        match self.tree.node_kind(id) {
            Some(NodeKind::Element(element)) => self.element(id, element, level),
            Some(NodeKind::Text(text) | NodeKind::CData(text)) => self.text(text),
            Some(NodeKind::Comment(text)) => {
                self.flush();
                let _ = write!(self.out, "<!--{text}-->");
            }
            Some(NodeKind::ProcessingInstruction(instruction)) => {
                self.flush();
                let _ = match &instruction.data {
                    Some(data) => write!(self.out, "<?{} {data}?>", instruction.target),
                    None => write!(self.out, "<?{}?>", instruction.target),
                };
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.white.push_str(text);
            return;
        }
        self.flush();
        self.out.push_str(&escaped(text, false));
        self.last = Last::Text;
    }

    fn element(&mut self, id: NodeId, element: &Element<'_>, level: usize) {
        if self.last == Last::Text {
            self.flush()
        } else {
            self.line(level)
        }
        let name = element.name.prefixed_name();
        let _ = write!(self.out, "<{name}");
        self.attributes(id, element, &name, level);
        let mut children = self.tree.children_iter(id).peekable();
        if children.peek().is_none() {
            self.out.push_str("/>");
            self.last = Last::End;
            return;
        }
        self.out.push('>');
        self.last = Last::Start;
        for child in children {
            self.node(child, level + 1);
        }
        if self.last == Last::End {
            self.line(level)
        } else {
            self.flush()
        }
        let _ = write!(self.out, "</{name}>");
        self.last = Last::End;
    }

    fn attributes(&mut self, id: NodeId, element: &Element<'_>, name: &str, level: usize) {
        let spaces = if level == 0 { in_scope(self.tree, id, element) } else { declared(element) };
        let prefixed = |prefix: &str| if prefix.is_empty() { "xmlns".to_string() } else { format!("xmlns:{prefix}") };
        let spaces = spaces.iter().map(|(prefix, uri)| (prefixed(prefix), uri.clone()));
        let own = element.attributes.iter().map(|one| (one.name.prefixed_name().into_owned(), one.value.to_string()));
        let all: Vec<_> = spaces.chain(own).collect();
        let length: usize = all.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
        let gap = match length > LINE {
            true => format!("\n{}", " ".repeat(level * INDENT + name.len() + 2)),
            false => " ".to_string(),
        };
        for (index, (name, value)) in all.iter().enumerate() {
            self.out.push_str(if index == 0 { " " } else { &gap });
            let _ = write!(self.out, "{name}=\"{}\"", escaped(value, true));
        }
    }

    /// Begins a line instead of the white space that stands there.
    fn line(&mut self, level: usize) {
        self.white.clear();
        let _ = write!(self.out, "\n{}", " ".repeat(level * INDENT));
    }

    fn flush(&mut self) {
        self.out.push_str(&self.white);
        self.white.clear();
    }
}

/// Prefixes and namespaces.
type Spaces = Vec<(String, String)>;

fn declared(element: &Element<'_>) -> Spaces {
    element.namespace_declarations.iter().map(|(prefix, uri)| (prefix.to_string(), uri.to_string())).collect()
}

/// All namespaces in scope, that of the element first.
fn in_scope(tree: &Document<'_>, id: NodeId, element: &Element<'_>) -> Spaces {
    let mut all: Spaces = Vec::new();
    let own = element.name.prefix.as_deref().unwrap_or_default();
    let around = std::iter::successors(Some(id), |id| tree.parent(*id)).filter_map(|id| tree.element(id));
    for (prefix, uri) in around.flat_map(declared) {
        if prefix != "xml" && !all.iter().any(|(known, _)| *known == prefix) {
            all.push((prefix, uri));
        }
    }
    all.retain(|(_, uri)| !uri.is_empty());
    all.sort_by_key(|(prefix, _)| prefix != own);
    all
}

fn escaped(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '<' | '>' | '&' | '\r') || (in_attribute && matches!(c, '"' | '\n' | '\t'));
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' if in_attribute => out.push_str("&#34;"),
            c if special(c) => {
                let _ = write!(out, "&#x{:X};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        let tree = uppsala::parse(text).unwrap();
        node(&tree, tree.document_element().unwrap()).0
    }

    #[test]
    fn elements_are_indented_where_no_text_is() {
        for (text, expected) in [
            ("<a><b>x</b>\n<c/></a>", "<a>\n   <b>x</b>\n   <c/>\n</a>"),
            ("<a>x<b/>y <c/> z</a>", "<a>x<b/>y <c/> z</a>"),
            ("<a>  </a>", "<a>  </a>"),
            ("<a b='&lt;&quot;'>&amp;<![CDATA[<]]></a>", "<a b=\"&lt;&#34;\">&amp;&lt;</a>"),
        ] {
            assert_eq!(of(text), expected);
        }
    }

    #[test]
    fn long_attributes_have_lines_of_their_own() {
        let (x, y) = ("x".repeat(40), "y".repeat(40));
        assert_eq!(of(&format!("<ab c='{x}' d='{y}'/>")), format!("<ab c=\"{x}\"\n    d=\"{y}\"/>"));
    }
}
