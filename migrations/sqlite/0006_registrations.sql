-- What units say about sites, until it is published and after. The table `site` stays what the public sees; a registration
-- is a working record beside it. Every step of one stands in the revision log (noun 'registration'), and what becomes
-- public stands there as well (noun 'site').

-- Who answers for a site; null for what was imported and nobody has taken on.
alter table site add column unit text;
-- From this day on it is not shown; null while nobody closes it. YYYY-MM-DD, as people in the county count days.
alter table site add column closed text check (closed is null or length(closed) = 10);
-- JSON list of {id, width, height}.
alter table site add column photos text not null default '[]';

create index site_closing on site (closed) where closed is not null;
create index site_tended on site (id) where unit is not null or photos <> '[]';
create index site_of_unit on site (unit) where unit is not null;

create table registration (
  id          text primary key check (length(id) = 32), -- 128 random bits, hexadecimal
  version     integer not null,            -- counts the changes of this registration from 1
  state       text not null check (state in ('draft', 'submitted', 'returned', 'published', 'withdrawn')),
  change      text not null check (change in ('create', 'amend', 'close')),
  site        integer references site (id), -- that is amended or closed; of a new one, once it is published
  base        integer,                     -- the site's version that it was made on
  unit        text,                        -- whose it is
  author      text not null,               -- the account, as in the log
  author_name text not null,
  kind        text not null,
  name        text not null,               -- empty in a draft that has none yet
  lon         real check (lon between -180 and 180),
  lat         real check (lat between -90 and 90),
  area        text,                        -- the code of the town that it lay in when it was saved
  attributes  text not null,               -- JSON object, attribute id to value
  photos      text not null,               -- JSON list of {id, width, height}
  closed_on   text check (closed_on is null or length(closed_on) = 10),
  reopens     integer not null check (reopens in (0, 1)), -- whether publishing sets the site's closing day as well
  note        text not null,
  reason      text not null,               -- why it was returned
  sent_as     text,                        -- the sender's own key, so that sending twice registers once
  number      text,                        -- what its unit's own list calls it; published, the site is known again by it
  task        text unique,                 -- the handed-over task that it began as
  created     text not null,               -- RFC 3339, UTC
  saved       text not null,
  since       text not null,               -- when it came to its state
  submitted   text,
  decided     text,
  check ((lon is null) = (lat is null)),
  check (change = 'create' or site is not null)
) strict, without rowid;

create unique index registration_sent on registration (author, sent_as) where sent_as is not null;
create index registration_by_state on registration (state, since, id);
create index registration_of_unit on registration (unit, state, since, id);
create index registration_of_site on registration (site) where site is not null;
