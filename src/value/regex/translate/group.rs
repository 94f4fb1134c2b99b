//! Groups of patterns: capturing, named, looking around, and those that set flags.

use super::Translator;

impl Translator {
    pub(super) fn group(&mut self) -> Result<(), String> {
        let outside = self.flags;
        if !self.eat('?') {
            self.groups += 1;
            self.joint("(");
            self.open.push(outside);
            return Ok(());
        }
        let kind = match (self.peek(), self.peek_after(1)) {
            (Some('<'), Some('=')) => "(?<=",
            (Some('<'), Some('!')) => "(?<!",
            (Some('<'), _) => return self.named_group(),
            (Some(':'), _) => "(?:",
            (Some('='), _) => "(?=",
            (Some('!'), _) => "(?!",
            (Some('>'), _) => "(?>",
            _ => return self.flag_group(),
        };
        self.at += kind.len() - 2;
        self.joint(kind);
        self.open.push(outside);
        Ok(())
    }

    fn named_group(&mut self) -> Result<(), String> {
        let name = self.name()?;
        if !self.names.insert(name.clone()) {
            return Err(format!("the group `{name}` is there twice"));
        }
        self.groups += 1;
        self.joint(&format!("(?<{name}>"));
        self.open.push(self.flags);
        Ok(())
    }

    /// `<name>`
    pub(super) fn name(&mut self) -> Result<String, String> {
        let wrong = || "a group's name stands in `<…>` and has letters and digits only".to_string();
        if !self.eat('<') || !self.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            return Err(wrong());
        }
        let mut name = String::new();
        while let Some(c) = self.next() {
            match c {
                '>' => return Ok(name),
                c if c.is_ascii_alphanumeric() => name.push(c),
                _ => break,
            }
        }
        Err(wrong())
    }

    /// `(?i)`, `(?i-m:`: flags up to the end of the group around, or of the group that begins here.
    fn flag_group(&mut self) -> Result<(), String> {
        let outside = self.flags;
        let mut on = true;
        while let Some(c) = self.next() {
            match c {
                '-' if on => on = false,
                ')' => return Ok(()),
                ':' => {
                    self.joint("(?:");
                    self.open.push(outside);
                    return Ok(());
                }
                c => self.flag(c, on)?,
            }
        }
        Err("a group is not closed".to_string())
    }

    fn flag(&mut self, flag: char, on: bool) -> Result<(), String> {
        let flags = &mut self.flags;
        match flag {
            'i' => flags.ignore_case = on,
            'u' => flags.unicode_case = on,
            'U' => (flags.unicode_classes, flags.unicode_case) = (on, on),
            'x' => flags.comments = on,
            'm' => flags.multiline = on,
            's' => flags.dot_all = on,
            'd' => flags.unix_lines = on,
            other => return Err(format!("`{other}` is no flag")),
        }
        Ok(())
    }
}
