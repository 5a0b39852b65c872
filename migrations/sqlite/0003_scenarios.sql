-- Plans that somebody gave a name, and what of them was handed to a unit. Every version of a scenario stands in the
-- revision log (noun 'scenario'), each task once (noun 'task'); the key stands nowhere but here, as a hash.

-- One row a scenario. Whoever has its id reads it, so the id is 128 random bits; whoever has its key may change it.
create table scenario (
  id            text primary key,
  version       integer not null,          -- counts the changes of this scenario from 1
  kind          text not null,             -- of site that is planned
  name          text not null,
  note          text not null,
  plan          text not null,             -- JSON: what is asked of POST /api/what-if
  siting        text,                      -- the siting job that it comes from
  figures       text not null,             -- JSON: as they were when it was saved
  made_mark     text not null,             -- what the figures say that they stand on
  made_revision integer not null,          -- the newest line of the log about sites, areas and datasets
  made_sites    text not null,             -- a sum over the sites that matter (see src/snapshot/made_on.rs)
  made_children integer not null,          -- the versions of the datasets in use
  made_network  integer not null,
  made_areas    integer not null,          -- the newest line about an area
  made_rules    text not null,             -- a hash of the data files that figures depend on
  key_sha256    text not null check (length(key_sha256) = 64),
  saved         text not null,             -- RFC 3339, UTC
  created       text not null,
  gone          integer not null default 0 check (gone in (0, 1))
) strict;

create index scenario_living on scenario (saved) where gone = 0;

-- One row a proposed site that was handed to a responsible unit: a draft of its registration. It holds what it needs
-- itself, since the scenario may change or go.
create table task (
  id       text primary key,
  scenario text not null references scenario (id),
  version  integer not null,               -- of the scenario, when it was handed over
  place    integer not null check (place >= 0), -- which of the proposed sites, then
  kind     text not null,
  lon      real not null check (lon between -180 and 180),
  lat      real not null check (lat between -90 and 90),
  name     text not null,
  unit     text not null,
  note     text not null,
  state    text not null check (state in ('draft')),
  handed   text not null,                  -- RFC 3339, UTC
  unique (scenario, unit, lon, lat)
) strict;
