//! What is known already: numbers of earlier rows, names and numbers of public sites.

use super::super::shift::{Placed, SAMPLE, likelier};
use super::check::Known;
use super::row::ReadRow;
use crate::registry::registrations::{SOURCE, unit_key};
use crate::site::{KindIndex, SiteId};
use crate::snapshot::{Live, Snapshot};
use crate::store::{Store, StoreError};
use crate::text::{Words, fold};
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Rows whose own number an earlier one has, by their place, with the line of that.
pub(super) fn taken(read: &[ReadRow], rows: &[(u64, Vec<String>)], left_out: &BTreeSet<u64>) -> HashMap<usize, u64> {
    let (mut first, mut taken) = (HashMap::new(), HashMap::new());
    for (place, (row, (line, _))) in read.iter().zip(rows).enumerate() {
        let Some(key) = row.key.as_ref().filter(|_| !left_out.contains(line)) else { continue };
        match first.entry(key) {
            Entry::Occupied(had) => {
                taken.insert(place, *had.get());
            }
            Entry::Vacant(free) => {
                free.insert(*line);
            }
        }
    }
    taken
}

/// Public sites that have the names or own numbers of rows, which are a unit's.
pub(super) async fn known(
    store: &Store,
    live: &Live,
    unit: Option<&str>,
    read: &[ReadRow],
) -> Result<Known, StoreError> {
    let right = || read.iter().filter_map(|row| Some((row, row.site.as_ref().ok()?)));
    let mut known = Known::default();
    {
        let now = live.read();
        let named: HashSet<(KindIndex, String)> = right().map(|(_, site)| (site.kind, fold(&site.name))).collect();
        let kinds: HashSet<KindIndex> = named.iter().map(|(kind, _)| *kind).collect();
        for held in now.all().filter(|held| kinds.contains(&held.site.kind)) {
            let name = (held.site.kind, fold(&held.site.name));
            if named.contains(&name) {
                let first = Some((held.site.id, held.site.at));
                known.by_name.entry(name).and_modify(|known| *known = None).or_insert(first);
            }
        }
    }
    let rules = live.read().rules().clone();
    let kind_id = |kind: KindIndex| rules.catalogue.kind(kind).id.as_str();
    let numbered = || right().filter_map(|(row, site)| Some((row.key.clone()?, site)));
    // the county's own files number sites as well, and a unit's 1 is hardly ever the county's 1
    let in_files: HashMap<String, _> =
        numbered().map(|(number, site)| (format!("{}:{number}", kind_id(site.kind)), (number, site))).collect();
    for (id, key) in store.site_ids_by_key("file", &in_files.keys().cloned().collect::<Vec<_>>()).await? {
        let (Some((number, row)), now) = (in_files.get(&key), live.read()) else { continue };
        let Some(found) = now.site(SiteId(id)) else { continue };
        let is_its_own = unit.is_some() && now.tended(SiteId(id)).and_then(|tended| tended.unit.as_deref()) == unit;
        if is_its_own || fold(&found.held.site.name) == fold(&row.name) {
            known.by_key.insert((row.kind, number.clone()), SiteId(id));
        }
    }
    if let Some(unit) = unit {
        let own: HashMap<String, _> = numbered()
            .map(|(number, site)| (unit_key(unit, kind_id(site.kind), &number), (site.kind, number)))
            .collect();
        for (id, key) in store.site_ids_by_key(SOURCE, &own.keys().cloned().collect::<Vec<_>>()).await? {
            known.by_key.extend(own.get(&key).map(|own| (own.clone(), SiteId(id))));
        }
    }
    Ok(known)
}

/// What is to be said when the rows seem to be in another datum than was said.
pub(super) fn shifted(now: &Snapshot, read: &[ReadRow]) -> Option<Words> {
    let sample: Vec<Placed> = read
        .iter()
        .filter_map(|row| row.site.as_ref().ok())
        .take(SAMPLE)
        .map(|site| Placed { name: site.name.to_string(), as_written: site.as_written, at: site.at })
        .collect();
    let mut known: HashMap<String, Vec<_>> = sample.iter().map(|row| (row.name.clone(), Vec::new())).collect();
    for held in now.all() {
        if let Some(places) = known.get_mut(&*held.site.name) {
            places.push(held.site.at);
        }
    }
    known.retain(|_, places| !places.is_empty());
    let shift = likelier(&sample, &known)?;
    let (n, id, said, other) = (shift.witnesses, shift.datum.id(), shift.as_said_m, shift.as_other_m);
    Some(Words::new(
        format!("坐标系可能选错了:{n} 个同名的已有场所与表中位置相差 {said:.0} 米,按 {id} 换算后只差 {other:.0} 米"),
        format!(
            "probably another datum: {n} known sites of the same names lie {said:.0} m away, but {other:.0} m when the sheet is read as {id}"
        ),
    ))
}
