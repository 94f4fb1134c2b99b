//! Modules by name: those of the library, and the user's, loaded with all they import.

use super::Planner;
use crate::diag::{Code, Fault, nearest};
use crate::plan::module::{Declared, Import, Imported, Unit};
use crate::syntax::{self, ast::Ident};
use crate::text::Span;
use std::sync::Arc;

impl Planner<'_> {
    /// A module; `None` if there is none or it does not load, which whoever imports it reports.
    pub(super) fn module(&mut self, name: &str) -> Option<Arc<Unit>> {
        if let Some(unit) = self.context.library.unit(name) {
            return Some(unit);
        }
        match self.modules.get(name) {
            Some(loaded) => loaded.clone(),
            None => self.load(name),
        }
    }

    fn load(&mut self, name: &str) -> Option<Arc<Unit>> {
        let source = self.context.modules.load(name)?;
        self.modules.insert(name.to_string(), None);
        let document = match syntax::parse_script(&source) {
            Ok(document) => document,
            Err(faults) => {
                self.faults.extend(faults);
                return None;
            }
        };
        let unit = Arc::new(Unit::parsed(name, source, document, true));
        self.loading.push(name.to_string());
        self.check_unit(&unit);
        self.loading.pop();
        self.modules.insert(name.to_string(), Some(unit.clone()));
        self.loaded.push(unit.clone());
        Some(unit)
    }

    /// Reports the unit's names that are declared twice, and imports that fail.
    pub(super) fn check_unit(&mut self, unit: &Arc<Unit>) {
        self.within(unit.clone(), |planner| {
            let header = unit.document.as_ref().map(|document| document.header.as_slice()).unwrap_or_default();
            planner.check_names(header);
            planner.check_imports(&unit.imports);
            planner.check_annotations(header);
        });
    }

    /// Reports imports of modules and names that are not there, and of modules that import each other.
    pub(super) fn check_imports(&mut self, imports: &[Import]) {
        for import in imports.iter().filter(|import| !import.module.starts_with(JAVA)) {
            if self.loading.contains(&import.module) {
                let way = self.loading.join("` → `");
                let message = format!("modules import each other: `{way}` → `{}`", import.module);
                self.report(import.span, Fault::new(Code::Import, message));
                continue;
            }
            let failed_before = self.faults.len();
            let Some(unit) = self.module(&import.module) else {
                if self.faults.len() == failed_before {
                    self.unknown_module(&import.module, import.span);
                }
                continue;
            };
            if let Imported::Names(names) = &import.what {
                for (name, _) in names {
                    if self.export(&unit, &name.name).is_none() {
                        self.unknown_export(&unit, name);
                    }
                }
            }
        }
    }

    fn unknown_module(&mut self, name: &str, span: Span) {
        let mut fault = Fault::new(Code::Import, format!("there is no module `{name}`"));
        let last = name.rsplit("::").next().unwrap_or(name);
        let library = || self.context.library.modules();
        let near = nearest(name, library()).or_else(|| library().find(|m| m.rsplit("::").next() == Some(last)));
        fault = match near {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => {
                let file = name.replace("::", "/");
                fault.help(format!("modules are looked for as `{file}.dwl` in the folders of the module path"))
            }
        };
        self.report(span, fault);
    }

    /// What another unit may use of a module.
    pub(super) fn export(&mut self, unit: &Arc<Unit>, name: &str) -> Option<Declared> {
        if unit.is_mapping && name != "main" {
            return None;
        }
        self.declared(unit, name)
    }

    /// The module that the front part of a path names.
    pub(super) fn module_of(&mut self, parts: &[Ident], span: Span) -> Option<Arc<Unit>> {
        let name = self.full_name(parts);
        let unit = self.module(&name);
        if unit.is_none() {
            self.unknown_module(&name, span);
        }
        unit
    }

    /// The Java class that the front part of a path names.
    pub(super) fn java_class(&self, parts: &[Ident]) -> Option<String> {
        self.full_name(parts).strip_prefix(JAVA).map(|name| name.replace("::", "."))
    }

    /// The full name that the front part of a path stands for: that of an import, or its own.
    fn full_name(&self, parts: &[Ident]) -> String {
        let name = parts.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("::");
        let imports = self.levels.blocks().flat_map(|block| &block.imports).chain(&self.unit.imports);
        let mut named = None;
        for import in imports {
            let last = import.module.rsplit("::").next().unwrap_or_default();
            match &import.what {
                Imported::Module(own) if *own == name => {
                    return import.module.clone();
                }
                Imported::All | Imported::Names(_) if last == name => {
                    named.get_or_insert_with(|| import.module.clone());
                }
                _ => {}
            }
        }
        named.unwrap_or(name)
    }
}

/// How the names of Java classes begin.
const JAVA: &str = "java!";
