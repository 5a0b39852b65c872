//! Where the sites meet the streets, kept with the network and amended as sites come and go: one set of doors for those
//! who can use stairs, one for those who can't.

use super::{HeldWalks, Live, Snapshot, point_of};
use crate::geo::Indexed;
use crate::network::{Doors, Profiles, Walk};
use std::sync::{Arc, OnceLock};

/// How often doors are begun anew when the sites change under way.
const ROUNDS: usize = 3;

/// Doors of those who can use stairs, and of those who can't; each made when it is first needed.
#[derive(Debug, Default)]
pub(super) struct BothDoors([OnceLock<Doors>; 2]);

impl BothDoors {
    fn of(&self, walk: &Walk) -> &OnceLock<Doors> {
        &self.0[usize::from(walk.is_on_wheels())]
    }

    /// Those that are made already.
    pub fn made(&self, walk: &Walk) -> Option<&Doors> {
        self.of(walk).get()
    }
}

/// A profile of those who can use stairs, and one of those who can't, as far as there are such.
fn sides(profiles: &Profiles) -> impl Iterator<Item = usize> {
    let first = |on_wheels| profiles.all().iter().position(|profile| profile.steps.is_none() == on_wheels);
    [false, true].into_iter().filter_map(first)
}

impl Live {
    /// Makes the doors ready before somebody asks for what is near. When the sites change meanwhile it starts anew; after a
    /// few such times the first question does it.
    pub fn prepare_doors(&self) {
        let profiles = self.read().rules().profiles.clone();
        for _ in 0..ROUNDS {
            let (walks, points, changes) = {
                let now = self.read();
                let Some(walks) = now.walks().cloned() else { return };
                (walks, now.points(), now.changes.count())
            };
            let mut made: Vec<(&Walk, Doors)> = Vec::new();
            for walk in sides(&profiles).filter_map(|side| walks.of(&profiles, side)) {
                let doors = match made.first() {
                    None => Doors::build(walk, &points),
                    Some((first, doors)) => doors.beside(first, &points, walk),
                };
                made.push((walk, doors));
            }
            let now = self.read();
            let same = now.walks().is_some_and(|held| Arc::ptr_eq(held, &walks)) && now.changes.count() == changes;
            if let Some(held) = now.walks.as_ref().filter(|_| same) {
                for (walk, doors) in made {
                    // where somebody else was faster, theirs are as good
                    held.doors.of(walk).get_or_init(|| doors);
                }
                return;
            }
        }
    }
}

impl Snapshot {
    /// The doors of whoever walks so, made here when nobody has done so before.
    pub(super) fn doors<'a>(&'a self, held: &'a HeldWalks, walk: &Walk) -> &'a Doors {
        held.doors.of(walk).get_or_init(|| Doors::build(walk, &self.points()))
    }

    /// All public sites as points.
    fn points(&self) -> Vec<Indexed> {
        self.all().filter_map(|held| point_of(&held.site)).collect()
    }

    /// Adds the door of a site that is not among them.
    pub(super) fn put_door(&mut self, point: &Indexed) {
        self.amend_doors(|doors, walk| doors.insert(walk, point));
    }

    /// Takes the door of a site out.
    pub(super) fn take_door(&mut self, point: &Indexed) {
        self.amend_doors(|doors, walk| doors.remove(walk, point));
    }

    fn amend_doors(&mut self, amend: impl Fn(&mut Doors, &Walk) -> bool) {
        let profiles = &self.rules.profiles;
        let Some(held) = &mut self.walks else { return };
        for side in sides(profiles) {
            let on_wheels = profiles.all()[side].steps.is_none();
            // those that are not made yet will be made of what there is then
            let Some(doors) = held.doors.0[usize::from(on_wheels)].get_mut() else { continue };
            if let Some(walk) = held.walks.of(profiles, side) {
                amend(doors, walk);
            }
        }
    }
}
