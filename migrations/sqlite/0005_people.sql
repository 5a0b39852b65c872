-- Who answers for what, and who may do what. Every change of a unit, a person or a token stands in the revision log,
-- and so does every sign-in; passwords, links and tokens stand nowhere but here, as hashes.

-- One row a responsible unit.
create table unit (
  id        text primary key check (length(id) between 1 and 40), -- letters, digits, hyphens
  name      text not null unique,
  confirmed integer not null check (confirmed in (0, 1)), -- whether the county has confirmed that it is the one
  source    text not null,                 -- 'file', 'page' or 'demonstration'
  version   integer not null,              -- counts the changes of this unit from 1
  updated   text not null                  -- RFC 3339, UTC
) strict, without rowid;

-- One row somebody with an account. Nobody is removed: whoever leaves is no longer active.
create table person (
  id            integer primary key autoincrement,
  account       text not null unique,      -- folded, so that no two look alike
  name          text not null,
  unit          text references unit (id),
  roles         text not null,             -- JSON list: 'member', 'reviewer', 'planner', 'administrator'
  password_hash text,                      -- argon2id, a PHC string; null until their link was used
  active        integer not null check (active in (0, 1)),
  version       integer not null,          -- counts the changes of this person from 1
  created       text not null,             -- RFC 3339, UTC
  updated       text not null
) strict;

create index person_of_unit on person (unit);

-- Whoever is signed in somewhere. The token is the browser's; here is only its hash.
create table session (
  token_sha256 text primary key check (length(token_sha256) = 64),
  person       integer not null references person (id),
  begun        text not null,              -- RFC 3339, UTC
  seen         text not null               -- when it was last used, give or take ten minutes
) strict, without rowid;

create index session_of_person on session (person);

-- Links that set a password, once.
create table link (
  token_sha256 text primary key check (length(token_sha256) = 64),
  person       integer not null references person (id),
  purpose      text not null check (purpose in ('invitation', 'reset')),
  made         text not null,              -- RFC 3339, UTC
  expires      text not null
) strict, without rowid;

create index link_of_person on link (person);

-- What scripts of a unit show instead of a password.
create table token (
  id           text primary key check (length(id) = 32), -- 128 random bits, hexadecimal; no secret
  unit         text not null references unit (id),
  name         text not null,
  scope        text not null check (scope in ('read', 'register')),
  token_sha256 text not null unique check (length(token_sha256) = 64),
  made         text not null,              -- RFC 3339, UTC
  revoked      text                        -- when; null while it works
) strict, without rowid;

create index token_of_unit on token (unit);
