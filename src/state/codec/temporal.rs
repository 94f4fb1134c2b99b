//! Dates, times, zones and periods as bytes: the parts they are made of.

use super::{Decoder, Encoder, damaged};
use crate::diag::Fault;
use crate::value::temporal::{
    Date, DateTime, Dates, Duration, LocalDateTime, LocalTime, Offset, Period, Temporal, Time, Zone,
};

const DATE: u8 = 0;
const TIME: u8 = 1;
const LOCAL_TIME: u8 = 2;
const DATE_TIME: u8 = 3;
const LOCAL_DATE_TIME: u8 = 4;
const ZONE: u8 = 5;
const DATES: u8 = 6;
const DURATION: u8 = 7;

const OFFSET: u8 = 0;
const REGION: u8 = 1;

impl Encoder {
    pub(super) fn temporal(&mut self, temporal: &Temporal) {
        match temporal {
            Temporal::Date(date) => {
                self.tag(DATE);
                self.signed(date.epoch_day());
            }
            Temporal::Time(time) => {
                self.tag(TIME);
                self.count(time.time.nano_of_day());
                self.offset(time.offset);
            }
            Temporal::LocalTime(time) => {
                self.tag(LOCAL_TIME);
                self.count(time.nano_of_day());
            }
            Temporal::DateTime(moment) => {
                self.tag(DATE_TIME);
                self.local(moment.local());
                self.offset(moment.offset());
                self.zone(&moment.zone());
            }
            Temporal::LocalDateTime(local) => {
                self.tag(LOCAL_DATE_TIME);
                self.local(*local);
            }
            Temporal::TimeZone(zone) => {
                self.tag(ZONE);
                self.zone(zone);
            }
            Temporal::Period(Period::Dates(dates)) => {
                self.tag(DATES);
                for part in [dates.years, dates.months, dates.days] {
                    self.signed(part.into());
                }
            }
            Temporal::Period(Period::Duration(duration)) => {
                self.tag(DURATION);
                self.long(duration.nanos());
            }
        }
    }

    fn local(&mut self, local: LocalDateTime) {
        self.signed(local.date.epoch_day());
        self.count(local.time.nano_of_day());
    }

    fn offset(&mut self, offset: Offset) {
        self.signed(offset.seconds().into());
    }

    fn zone(&mut self, zone: &Zone) {
        match zone {
            Zone::Offset(offset) => {
                self.tag(OFFSET);
                self.offset(*offset);
            }
            Zone::Region(region) => {
                self.tag(REGION);
                self.text(region.id());
            }
        }
    }
}

/// The fault of parts that no date or time has.
fn impossible() -> Fault {
    damaged("a date or time that there is not")
}

impl Decoder<'_> {
    pub(super) fn temporal(&mut self) -> Result<Temporal, Fault> {
        Ok(match self.tag()? {
            DATE => Temporal::Date(self.date()?),
            TIME => Temporal::Time(Time { time: self.time()?, offset: self.offset()? }),
            LOCAL_TIME => Temporal::LocalTime(self.time()?),
            DATE_TIME => Temporal::DateTime(self.moment()?),
            LOCAL_DATE_TIME => Temporal::LocalDateTime(self.local()?),
            ZONE => Temporal::TimeZone(self.zone()?),
            DATES => {
                let (years, months, days) = (self.part()?, self.part()?, self.part()?);
                Temporal::Period(Period::Dates(Dates { years, months, days }))
            }
            DURATION => {
                let duration = Duration::from_nanos(self.long()?).ok_or_else(impossible)?;
                Temporal::Period(Period::Duration(duration))
            }
            _ => return Err(impossible()),
        })
    }

    fn date(&mut self) -> Result<Date, Fault> {
        // Beyond any date, and small enough to count with.
        const FURTHEST: u64 = 1 << 40;
        let day = Some(self.signed()?).filter(|day| day.unsigned_abs() < FURTHEST);
        day.and_then(Date::from_epoch_day).ok_or_else(impossible)
    }

    fn time(&mut self) -> Result<LocalTime, Fault> {
        LocalTime::from_nano_of_day(self.count()?).ok_or_else(impossible)
    }

    fn local(&mut self) -> Result<LocalDateTime, Fault> {
        Ok(LocalDateTime { date: self.date()?, time: self.time()? })
    }

    fn offset(&mut self) -> Result<Offset, Fault> {
        Offset::from_seconds(self.part()?).ok_or_else(impossible)
    }

    fn part(&mut self) -> Result<i32, Fault> {
        i32::try_from(self.signed()?).map_err(|_| impossible())
    }

    /// A moment of a region keeps its wall-clock time, should the region's rules have changed.
    fn moment(&mut self) -> Result<DateTime, Fault> {
        let (local, offset) = (self.local()?, self.offset()?);
        match self.zone()? {
            Zone::Offset(_) => Ok(DateTime::at_offset(local, offset)),
            zone => DateTime::in_zone(local, zone, Some(offset)).ok_or_else(impossible),
        }
    }

    fn zone(&mut self) -> Result<Zone, Fault> {
        match self.tag()? {
            OFFSET => Ok(Zone::Offset(self.offset()?)),
            REGION => Zone::parse(&self.text()?).ok_or_else(|| damaged("a time zone that there is not")),
            _ => Err(impossible()),
        }
    }
}
