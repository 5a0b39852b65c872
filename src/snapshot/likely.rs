//! Public sites that are likely the same as one that somebody registers.

use super::Snapshot;
use crate::site::SiteId;
use crate::site::duplicate::{Likely, Looked, NEAR_M, Places, SAME_ADDRESS_M, likely};

/// Sites of a kind that are looked at around one place. More stand together nowhere but in a file that is wrong.
const LOOKED_AT: usize = 64;
/// The same for those that may have the same address.
const LOOKED_AT_FURTHER: usize = 200;

impl Snapshot {
    /// The county and its towns, as names of sites begin with them.
    #[must_use]
    pub fn places(&self) -> Places<'_> {
        let towns = self.areas.all().iter().map(|area| &*area.name.zh);
        let county = self.areas.county().map(|county| &*county.zh);
        Places::new(&self.rules.readings, towns.chain(county))
    }

    /// Public sites that are likely `wanted`, the likeliest first. `places` are [`Self::places`], made once for many.
    #[must_use]
    pub fn likely_same(&self, places: &Places<'_>, wanted: &Looked) -> Vec<Likely<SiteId>> {
        let of_kind = Some(&[wanted.kind()][..]);
        let (limit, within_m) =
            if wanted.has_address() { (LOOKED_AT_FURTHER, SAME_ADDRESS_M) } else { (LOOKED_AT, NEAR_M) };
        let found = self.index.nearest(wanted.at(), of_kind, limit, within_m, |_| true);
        let near = found.into_iter().filter_map(|(key, metres)| {
            let site = &self.held(key)?.site;
            // an address is read only where it can matter, further away
            let told = (metres > NEAR_M).then(|| site.attributes.told());
            let address = told.as_ref().and_then(|told| told.get("address")).and_then(|address| address.as_str());
            if metres > NEAR_M && !wanted.has_this_address(address?) {
                return None;
            }
            Some((site.id, Looked::new(site.kind, site.at, &site.name, address)))
        });
        let near: Vec<(SiteId, Looked)> = near.collect();
        likely(places, wanted, near.iter().map(|(id, looked)| (*id, looked)))
    }
}
