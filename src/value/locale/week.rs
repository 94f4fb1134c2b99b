//! On which day weeks start, and which week is a year's first; by region.

/// A region's weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// 1 (Monday) to 7 (Sunday).
    pub first_day: u8,
    /// How many days of a year its first week has at least.
    pub minimal_days: u8,
}

const SUNDAY: &str = "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ \
                      NI NP PA PE PH PK PR PY SA SG SV TH TT TW US VE WS YE ZA ZW";
const SUNDAY_OF_FOUR_DAYS: &str = "PT";
const SATURDAY: &str = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY";
const FRIDAY: &str = "MV";
const MONDAY_OF_FOUR_DAYS: &str = "AD AT AX BE BG CH CZ DE DK EE ES FI FJ FO FR GB GF GI GP GR HU IE IS IT LI LT LU MC \
                                   MQ NL NO PL RE RU SE SK SM VA";

impl Week {
    /// The weeks of a region (CLDR); without one those of the United States.
    pub fn of_region(region: Option<&str>) -> Self {
        let Some(region) = region else { return Self { first_day: 7, minimal_days: 1 } };
        let is_in = |regions: &str| regions.split(' ').any(|r| r == region);
        let (first_day, minimal_days) = match region {
            _ if is_in(MONDAY_OF_FOUR_DAYS) => (1, 4),
            _ if is_in(SUNDAY) => (7, 1),
            _ if is_in(SUNDAY_OF_FOUR_DAYS) => (7, 4),
            _ if is_in(SATURDAY) => (6, 1),
            _ if is_in(FRIDAY) => (5, 1),
            _ => (1, 1),
        };
        Self { first_day, minimal_days }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_of_regions() {
        for (region, first_day, minimal_days) in [
            (None, 7, 1),
            (Some("US"), 7, 1),
            (Some("GB"), 1, 4),
            (Some("EG"), 6, 1),
            (Some("MV"), 5, 1),
            (Some("AU"), 1, 1),
        ] {
            assert_eq!(Week::of_region(region), Week { first_day, minimal_days }, "{region:?}");
        }
    }
}
