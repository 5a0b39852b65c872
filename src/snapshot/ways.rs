//! The way on foot between two places, the safest beside the quickest. Who asks from where is kept nowhere.

use super::{Live, NoCoverage, NotOnFoot};
use crate::geo::LonLat;
use crate::network::{Network, SNAP_LIMIT_M, Ways};
use chrono::NaiveDateTime;
use std::sync::Arc;

/// From where to where, who walks and when.
#[derive(Debug, Clone, Copy)]
pub struct WayQuery {
    /// From here.
    pub from: LonLat,
    /// To there.
    pub to: LonLat,
    /// The profile's place.
    pub profile: usize,
    /// With the safety posts on duty then; nothing: nobody on duty.
    pub at: Option<NaiveDateTime>,
    /// The same way back, from there to here.
    pub home: bool,
}

/// The ways, and the streets that they are on.
#[derive(Debug)]
pub struct FoundWays {
    /// The quickest, and the safest where it is another.
    pub ways: Ways,
    /// The streets.
    pub network: Arc<Network>,
    /// The profile's id.
    pub profile: String,
}

impl Live {
    /// The quickest and the safest way. Costs two searches: not for a thread that others wait for.
    pub fn ways(&self, query: WayQuery) -> Result<FoundWays, NotOnFoot> {
        let (walks, rules, posts) = {
            let now = self.read();
            (now.walks().ok_or(NoCoverage::Network)?.clone(), now.rules().clone(), now.posts_on_duty(query.at))
        };
        let profiles = &rules.profiles;
        let streets = walks.reguarded(profiles, query.profile, &posts).ok_or(NoCoverage::Network)?;
        let safer = walks.reguarded_avoiding(profiles, query.profile, &posts).ok_or(NoCoverage::Network)?;
        let mut ways = streets.ways(&safer, query.from, query.to, SNAP_LIMIT_M).map_err(NotOnFoot::NoWay)?;
        if query.home {
            let Ways { quickest, safest } = ways;
            ways = Ways { quickest: streets.home(&quickest), safest: safest.map(|way| streets.home(&way)) };
        }
        Ok(FoundWays { ways, network: walks.network().clone(), profile: streets.before().profile().id.clone() })
    }
}
