//! Records and failures as bytes and back.

use super::record::{Changed, Failure, Fate, Origin, Record};
use super::store::{NewBlock, Stage};
use crate::diag::Fault;
use crate::flow::event::{Stored, Typed, decoder, encoder};
use crate::state::{Decoder, Encoder, damaged};
use std::sync::Arc;

/// Writes records one after the other; they share the names of their fields.
pub struct Writer {
    out: Encoder,
    count: usize,
}

impl Default for Writer {
    fn default() -> Self {
        Self { out: encoder(), count: 0 }
    }
}

impl Writer {
    /// How many records were written.
    pub fn count(&self) -> usize {
        self.count
    }

    /// A block of the records that were written.
    pub fn block(self, stage: Stage, group: i64) -> NewBlock {
        NewBlock { stage, group, count: self.count, data: self.out.finish() }
    }

    /// Writes a record.
    ///
    /// # Errors
    /// Content that cannot be kept, such as a function.
    pub fn record(&mut self, record: &Record) -> Result<(), Fault> {
        self.count += 1;
        self.out.count(record.number);
        record.payload.write(&mut self.out)?;
        self.changed(&record.changed)?;
        self.out.presence(record.origin.is_some());
        let Some(origin) = &record.origin else { return Ok(()) };
        self.out.count(origin.step as u64);
        origin.payload.write(&mut self.out)?;
        self.changed(&origin.changed)?;
        self.out.count(origin.fates.len() as u64);
        origin.fates.iter().for_each(|fate| self.out.tag(fate.tag()));
        self.out.count(record.failures.len() as u64);
        record.failures.iter().try_for_each(|failure| failure.write(&mut self.out))
    }

    fn changed(&mut self, changed: &Changed) -> Result<(), Fault> {
        self.out.count(changed.len() as u64);
        for (name, value) in changed {
            self.out.text(name);
            self.out.presence(value.is_some());
            value.iter().try_for_each(|value| value.write(&mut self.out))?;
        }
        Ok(())
    }
}

/// The records of a block of so many.
///
/// # Errors
/// Damaged data.
pub fn records(data: &[u8], count: usize) -> Result<Vec<Record>, Fault> {
    let mut input = decoder(data)?;
    let records: Result<Vec<_>, _> = (0..count).map(|_| record(&mut input)).collect();
    input.finish()?;
    records
}

fn record(input: &mut Decoder<'_>) -> Result<Record, Fault> {
    let mut record = Record::new(input.count()?, Typed::read_from(input)?);
    record.changed = changed(input)?;
    if input.is_present()? {
        let step = input.count()? as usize;
        let (payload, changed) = (Typed::read_from(input)?, changed(input)?);
        let fates = (0..input.count()?).map(|_| Fate::of_tag(input.tag()?)).collect::<Result<_, _>>()?;
        record.origin = Some(Box::new(Origin { step, payload, changed, fates }));
        let failures: Result<Vec<_>, _> = (0..input.count()?).map(|_| Failure::read_from(input)).collect();
        record.failures = Arc::new(failures?);
    }
    Ok(record)
}

fn changed(input: &mut Decoder<'_>) -> Result<Changed, Fault> {
    let count = input.count()?;
    let one = |_| {
        let name = input.text()?;
        let value = if input.is_present()? { Some(Typed::read_from(input)?) } else { None };
        Ok((name, value))
    };
    (0..count).map(one).collect()
}

impl Fate {
    fn tag(self) -> u8 {
        match self {
            Fate::Successful => 0,
            Fate::Failed => 1,
            Fate::Skipped => 2,
        }
    }

    fn of_tag(tag: u8) -> Result<Self, Fault> {
        let all = [Fate::Successful, Fate::Failed, Fate::Skipped];
        let found = all.into_iter().find(|fate| fate.tag() == tag);
        found.ok_or_else(|| damaged("a fate that no record has"))
    }
}

impl Stored for Failure {
    fn write(&self, out: &mut Encoder) -> Result<(), Fault> {
        for text in [&self.step, &self.error_type, &self.description, &self.detail, &self.cause, &self.place] {
            out.text(text);
        }
        Ok(())
    }

    fn read_from(input: &mut Decoder<'_>) -> Result<Self, Fault> {
        let mut text = || input.text().map(|text| text.to_string());
        let (step, error_type, description) = (text()?, text()?, text()?);
        let (detail, cause, place) = (text()?, text()?, text()?);
        Ok(Self { step, error_type, description, detail, cause, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::event::media;
    use crate::value::{ObjectBuilder, Value};

    #[test]
    fn records_come_back_as_they_were() {
        let mut object = ObjectBuilder::with_capacity(1);
        object.field("sku", "T-1");
        let mut record = Record::new(7, Typed::value(object.value()));
        let document = Typed::bytes("{}", media("application/json"));
        record.changed = vec![("basket".into(), Some(document)), ("old".into(), None)];
        let [step, error_type, description, detail, cause, place] = ["s", "A:B", "d", "e", "c", "p"].map(String::from);
        record.fail(1, Failure { step, error_type, description, detail, cause, place });
        let mut out = Writer::default();
        out.record(&record).unwrap();
        out.record(&Record::new(8, Typed::value(Value::Null))).unwrap();
        let block = out.block(0, 0);
        let back = records(&block.data, block.count).unwrap();
        let failed = &back[0];
        assert_eq!((failed.number, &failed.failures), (7, &record.failures));
        assert!(failed.payload.is_equal(&record.payload) && failed.origin.as_ref().is_some_and(|o| o.step == 1));
        let basket = failed.changed[0].1.as_ref().map(|typed| typed.media().to_string());
        assert_eq!((basket.as_deref(), failed.changed[1].1.is_none()), (Some("application/json"), true));
        assert_eq!((back[1].number, back[1].is_failed()), (8, false));
    }

    #[test]
    fn damaged_data_is_a_fault() {
        assert!(records(&[], 1).is_err() && records(&[1, 0, 1, 0], 1).is_err());
    }
}
