-- What parents say about a site, without an account and without anything about themselves; and photos.

create table report (
  id      text primary key check (length(id) = 32), -- whoever sent it knows it, and sees what became of it
  version integer not null,
  site    integer not null references site (id),
  what    text not null check (what in ('closed', 'moved', 'hours', 'crossing', 'other')),
  text    text not null,
  lon     real check (lon between -180 and 180),
  lat     real check (lat between -90 and 90),
  state   text not null check (state in ('open', 'done', 'dismissed')),
  answer  text not null,
  made    text not null,                   -- RFC 3339, UTC
  decided text,
  check ((lon is null) = (lat is null))
) strict, without rowid;

create index report_by_state on report (state, made, id);
create index report_of_site on report (site);

-- Re-encoded as JPEG before they get here, so that nothing but the picture is left of a file.
create table photo (
  id           text primary key check (length(id) = 32),
  unit         text,                       -- of whoever sent it
  author       text not null,
  width        integer not null,
  height       integer not null,
  made         text not null,              -- RFC 3339, UTC
  used         integer not null default 0 check (used in (0, 1)), -- whether a registration ever had it
  full_jpeg    blob not null,
  small_jpeg   blob not null
) strict;

create index photo_loose on photo (author, made) where used = 0;
