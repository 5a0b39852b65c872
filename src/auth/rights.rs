//! Who may do what. This table is the only place that says so.

use serde::{Deserialize, Serialize};

/// What somebody is. One person can be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Registers the sites of their own unit.
    Member,
    /// Publishes and returns what units register.
    Reviewer,
    /// Saves scenarios, sites new places, hands them over.
    Planner,
    /// Looks after people, units and the audit.
    Administrator,
}

/// What somebody wants to do, beyond what everybody may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Sign out, change the own password: anybody with an account.
    OwnAccount,
    /// Register and amend sites of the own unit, see what became of it, answer reports about it.
    Register,
    /// See everybody's registrations; publish, return, merge; answer all reports.
    Review,
    /// Ask where the next sites should go; save scenarios and hand their sites over.
    Plan,
    /// Add people, change what they are, make links for them.
    ManagePeople,
    /// Add and rename units; make and revoke their tokens.
    ManageUnits,
    /// Read who changed what and who signed in.
    Audit,
    /// See homes as points; every look is logged.
    SeeHomes,
}

/// Role by role what they may do.
const TABLE: &[(Role, &[Action])] = &[
    (Role::Member, &[Action::OwnAccount, Action::Register]),
    (Role::Reviewer, &[Action::OwnAccount, Action::Register, Action::Review, Action::SeeHomes]),
    (Role::Planner, &[Action::OwnAccount, Action::Plan]),
    (Role::Administrator, &[Action::OwnAccount, Action::ManagePeople, Action::ManageUnits, Action::Audit]),
];

/// Whether one of these roles allows it.
#[must_use]
pub fn may(roles: &[Role], action: Action) -> bool {
    TABLE.iter().any(|(role, actions)| roles.contains(role) && actions.contains(&action))
}

/// All that these roles allow, each once.
#[must_use]
pub fn allowed(roles: &[Role]) -> Vec<Action> {
    let mut actions: Vec<Action> =
        TABLE.iter().filter(|(role, _)| roles.contains(role)).flat_map(|(_, actions)| *actions).copied().collect();
    actions.sort_unstable();
    actions.dedup();
    actions
}
