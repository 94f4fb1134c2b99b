//! Makes a layout from the text of a schema, which is YAML.

use super::schema::{Content, Element, Item, Justify, Kind, Layout, Part, PartContent, Segment, Sign};
use crate::diag::{Code, Fault};
use crate::format::yaml::{self, Yaml};
use crate::format::{Format, Input, Options};
use crate::value::{Object, Str, Value};
use std::sync::Arc;

/// Records and nested repetitions may not be wider than this, in characters.
const WIDEST: usize = 16 * 1024 * 1024;

/// The layout that a schema describes; `segment` and `structure` choose one where it has several.
pub fn layout(path: &str, text: Arc<[u8]>, structure: &str, segment: &str) -> Result<Layout, Fault> {
    let options = Options::lenient(Yaml.reader_properties(), &[])?;
    let value = yaml::read(Input::memory(path, text), &options)?;
    let Value::Object(root) = &value else { return Err(bad(path, "it is no mapping")) };
    Loader { path, root }.layout(structure, segment)
}

fn bad(path: &str, what: &str) -> Fault {
    Fault::new(Code::Read, format!("the flat file schema {path} cannot be used: {what}"))
}

struct Loader<'a> {
    path: &'a str,
    root: &'a Object,
}

/// The old way to tell records apart: a tag at the same place of every record, which is none of its values.
type Tag = Option<usize>;

impl Loader<'_> {
    fn bad(&self, what: impl AsRef<str>) -> Fault {
        bad(self.path, what.as_ref())
    }

    fn layout(&self, structure: &str, segment: &str) -> Result<Layout, Fault> {
        match text(self.root, "form").as_deref() {
            Some("FLATFILE" | "FIXEDWIDTH") | None => {}
            Some("COPYBOOK") => return Err(self.bad("copybooks are not supported")),
            Some(other) => return Err(self.bad(format!("its form `{other}` is not FLATFILE or FIXEDWIDTH"))),
        }
        if self.root.get("values").is_some() {
            return Ok(Layout::Records(self.segment(self.root, None)?.into()));
        }
        let structures = list(self.root, "structures");
        let segments = list(self.root, "segments");
        let chosen = |all: &[Object], id: &str| all.iter().find(|one| text(one, "id").as_deref() == Some(id)).cloned();
        if !segment.is_empty() {
            let found = chosen(&segments, segment);
            let found = found.ok_or_else(|| self.bad(format!("it has no segment `{segment}`")))?;
            return Ok(Layout::Records(self.segment(&found, None)?.into()));
        }
        let found = match (structure, &structures[..], &segments[..]) {
            ("", [only], _) => only.clone(),
            ("", [], [only]) => return Ok(Layout::Records(self.segment(only, None)?.into())),
            ("", [], []) => return Err(self.bad("it has no `values`, `segments` or `structures`")),
            ("", [], _) => return Err(self.bad("it has several segments: choose one with `segmentIdent`")),
            ("", _, _) => return Err(self.bad("it has several structures: choose one with `structureIdent`")),
            (id, _, _) => chosen(&structures, id).ok_or_else(|| self.bad(format!("it has no structure `{id}`")))?,
        };
        let tag = match (number(&found, "tagStart"), number(&found, "tagLength")) {
            (None, None) => None,
            (Some(0) | None, length) => length,
            _ => return Err(self.bad("a `tagStart` other than 0 is not supported: use `tagValue`")),
        };
        Ok(Layout::Structure(self.parts(&list(&found, "data"), tag)?))
    }

    fn parts(&self, data: &[Object], tag: Tag) -> Result<Vec<Part>, Fault> {
        let used = data.iter().filter(|part| text(part, "usage").as_deref() != Some("U"));
        used.map(|part| self.part(part, tag)).collect()
    }

    fn part(&self, part: &Object, tag: Tag) -> Result<Part, Fault> {
        let most = match part.get("count").map(Value::bare) {
            None => Some(1),
            Some(Value::Int(n)) => Some(usize::try_from(*n).unwrap_or(0)),
            Some(Value::String(any)) if any == ">1" => None,
            Some(_) => return Err(self.bad("a `count` is a number or `>1`")),
        };
        let optional = text(part, "usage").as_deref() == Some("O");
        if let Some(id) = text(part, "groupId") {
            let content = PartContent::Group(self.parts(&list(part, "items"), tag)?);
            return Ok(Part { id, optional, most, content });
        }
        let segment = match reference(part) {
            Some(id) => self.segment(&self.definition("segments", &id)?, tag)?,
            None => self.segment(part, tag)?,
        };
        let id = text(part, "id").or_else(|| reference(part)).unwrap_or_else(|| segment.id.clone());
        Ok(Part { id, optional, most, content: PartContent::Segment(segment.into()) })
    }

    fn definition(&self, table: &str, id: &str) -> Result<Object, Fault> {
        let found = list(self.root, table).into_iter().find(|one| text(one, "id").as_deref() == Some(id));
        found.ok_or_else(|| self.bad(format!("`{id}` is not among its {table}")))
    }

    fn segment(&self, segment: &Object, tag: Tag) -> Result<Segment, Fault> {
        let id = text(segment, "id").or_else(|| text(segment, "name")).unwrap_or_default();
        let items = self.items(&list(segment, "values"), 0)?;
        let start = tag.unwrap_or(0);
        let mut tags: Vec<_> =
            text(segment, "tag").filter(|_| start > 0).map(|tag| (0, tag.to_string())).into_iter().collect();
        let mut width = start;
        for item in &items {
            find_tags(item, width, &mut tags);
            width = width.saturating_add(item.width());
        }
        if items.is_empty() || width > WIDEST {
            return Err(self.bad(format!("its segment `{id}` has no values, or they are too wide")));
        }
        Ok(Segment { id, items, tags, width })
    }

    fn items(&self, values: &[Object], level: usize) -> Result<Vec<Item>, Fault> {
        const DEEPEST: usize = 32;
        if level > DEEPEST {
            return Err(self.bad("its composites contain themselves, or are nested too deep"));
        }
        values.iter().map(|value| self.item(value, level)).collect()
    }

    fn item(&self, value: &Object, level: usize) -> Result<Item, Fault> {
        if value.get("controlVal").is_some() {
            return Err(self.bad("`controlVal` is not supported"));
        }
        let referred = match reference(value) {
            None => None,
            Some(id) => match self.definition("composites", &id) {
                Ok(found) => Some(found),
                Err(_) => Some(self.definition("elements", &id)?),
            },
        };
        let definition = referred.as_ref().unwrap_or(value);
        let name = text(value, "name").or_else(|| text(definition, "name"));
        let name = name.or_else(|| text(definition, "id")).ok_or_else(|| self.bad("an element has no name"))?;
        let count = number(value, "count").unwrap_or(1);
        let content = match definition.get("values") {
            Some(_) => Content::Composite(self.items(&list(definition, "values"), level + 1)?),
            None => Content::Element(self.element(&name, value, definition)?),
        };
        let item = Item { name, count, content };
        if item.width() > WIDEST {
            return Err(self.bad(format!("its element `{}` is too wide", item.name)));
        }
        Ok(item)
    }

    fn element(&self, name: &str, value: &Object, definition: &Object) -> Result<Element, Fault> {
        let wrong = |what: &str| self.bad(format!("its element `{name}` {what}"));
        let kind = kind(definition).map_err(|what| wrong(&what))?;
        let width = number(definition, "length").filter(|width| *width > 0);
        let width = width.ok_or_else(|| wrong("has no length"))?;
        let empty = Object::default();
        let format = match definition.get("format").map(Value::bare) {
            Some(Value::Object(format)) => format,
            _ => &empty,
        };
        let justify = justify(kind, format).ok_or_else(|| wrong("has an unknown `justify`"))?;
        let sign = sign(format).ok_or_else(|| wrong("has an unknown `sign`"))?;
        let pattern = text(format, "pattern").or_else(|| usual_pattern(kind, width).map(Str::from));
        if matches!(kind, Kind::Date | Kind::Time | Kind::DateTime) && pattern.is_none() {
            return Err(wrong("needs a `pattern` in its format: its length has no usual one"));
        }
        let usage = text(value, "usage").or_else(|| text(definition, "usage"));
        Ok(Element {
            width,
            kind,
            justify,
            sign,
            implicit: number(format, "implicit").map(|digits| digits as i64),
            pattern,
            tag: text(value, "tagValue").or_else(|| text(definition, "tagValue")).map(|tag| tag.to_string()),
            required: usage.as_deref().is_none_or(|usage| usage == "M"),
        })
    }
}

/// The kind that a definition gives its values, or what is wrong with it.
fn kind(definition: &Object) -> Result<Kind, String> {
    Ok(match text(definition, "type").as_deref() {
        Some("String") => Kind::String,
        Some("Integer") => Kind::Integer,
        Some("Decimal") => Kind::Decimal,
        Some("Boolean") => Kind::Boolean,
        Some("Date") => Kind::Date,
        Some("Time") => Kind::Time,
        Some("DateTime") => Kind::DateTime,
        Some("Binary" | "Packed" | "Zoned") => return Err("has a type of COBOL, which is not supported".to_string()),
        Some(other) => return Err(format!("has the unknown type `{other}`")),
        None => return Err("has no type".to_string()),
    })
}

/// Where values of this kind stand in their width; `None` for a word that is not known.
fn justify(kind: Kind, format: &Object) -> Option<Justify> {
    let is_number = matches!(kind, Kind::Integer | Kind::Decimal);
    Some(match text(format, "justify").map(|word| word.to_uppercase()).as_deref() {
        None if is_number => Justify::Right,
        None | Some("LEFT") => Justify::Left,
        Some("RIGHT") => Justify::Right,
        Some("NONE") => Justify::None,
        Some("ZEROES") if is_number => Justify::Zeroes,
        Some(_) => return None,
    })
}

/// Where numbers have their sign; `None` for a word that is not known.
fn sign(format: &Object) -> Option<Sign> {
    Some(match text(format, "sign").map(|word| word.to_uppercase()).as_deref() {
        None | Some("OPTIONAL" | "NEGATIVE_ONLY") => Sign::Optional,
        Some("UNSIGNED") => Sign::Unsigned,
        Some("ALWAYS_LEFT") => Sign::AlwaysLeft,
        Some("ALWAYS_RIGHT") => Sign::AlwaysRight,
        Some(_) => return None,
    })
}

/// The pattern of dates and times of this width that are given none.
fn usual_pattern(kind: Kind, width: usize) -> Option<&'static str> {
    Some(match (kind, width) {
        (Kind::Date, 6) => "uuMMdd",
        (Kind::Date, 8) => "uuuuMMdd",
        (Kind::Date, 10) => "uuuu-MM-dd",
        (Kind::Time, 4) => "HHmm",
        (Kind::Time, 6) => "HHmmss",
        (Kind::Time, 8) => "HH:mm:ss",
        (Kind::DateTime, 12) => "uuuuMMddHHmm",
        (Kind::DateTime, 14) => "uuuuMMddHHmmss",
        (Kind::DateTime, 17) => "uuuuMMddHHmmssSSS",
        (Kind::DateTime, 19) => "uuuu-MM-dd'T'HH:mm:ss",
        _ => return None,
    })
}

fn find_tags(item: &Item, at: usize, tags: &mut Vec<(usize, String)>) {
    match &item.content {
        Content::Element(element) => tags.extend(element.tag.clone().map(|tag| (at, tag))),
        Content::Composite(items) => {
            let mut at = at;
            for item in items {
                find_tags(item, at, tags);
                at += item.width();
            }
        }
    }
}

fn text(object: &Object, name: &str) -> Option<Str> {
    let value = object.get(name).filter(|value| !value.is_null())?;
    crate::format::scalar::text(value).map(|text| Str::from(&*text))
}

fn number(object: &Object, name: &str) -> Option<usize> {
    match object.get(name).map(Value::bare) {
        Some(Value::Int(n)) => usize::try_from(*n).ok(),
        _ => None,
    }
}

fn list(object: &Object, name: &str) -> Vec<Object> {
    let items = object.get(name).and_then(Value::elements).into_iter().flatten();
    items
        .filter_map(|item| match item.ok()?.into_bare() {
            Value::Object(object) => Some(object),
            _ => None,
        })
        .collect()
}

fn reference(object: &Object) -> Option<Str> {
    text(object, "idRef").or_else(|| text(object, "idref"))
}
