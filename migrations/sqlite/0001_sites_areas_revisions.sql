-- Sites, areas and the log of every change. The same word here, in Rust, in JSON and on screen.

-- Facts about this database itself.
create table setting (
  name  text primary key,
  value text not null
) strict, without rowid;

-- One row a site. Public kinds count up from 1, aggregate kinds down from -1 (see src/site/record.rs).
create table site (
  id         integer primary key,
  kind       text not null,
  name       text not null,
  lon        real not null check (lon between -180 and 180),
  lat        real not null check (lat between -90 and 90),
  attributes text not null,            -- JSON object, attribute id to value
  source     text not null,            -- 'osm', 'file', 'demonstration' …
  source_key text not null,            -- what the source knows it by
  version    integer not null,         -- counts the changes of this site from 1
  updated    text not null,            -- RFC 3339, UTC
  unique (source, source_key)
) strict;

-- One row an area.
create table area (
  id        text primary key,
  name_zh   text not null,
  name_en   text not null,
  kind      text not null,
  county_zh text,
  county_en text,
  label_lon real not null,
  label_lat real not null,
  outline   text not null check (outline in ('schematic', 'surveyed')),
  source    text not null,
  shape     text not null,             -- GeoJSON MultiPolygon coordinates, WGS-84
  version   integer not null,
  updated   text not null
) strict, without rowid;

-- The revision log: who changed what, when and why, before and after. It only grows; memory, history and other
-- processes follow it by its number.
create table revision (
  id       integer primary key autoincrement,
  at       text not null,              -- RFC 3339, UTC
  who      text not null,
  why      text not null,
  noun     text not null,              -- 'site' or 'area'
  noun_id  text not null,
  action   text not null,              -- 'created' or 'amended'
  before   text,                       -- JSON; null when created
  after    text not null               -- JSON
) strict;

create index revision_of_noun on revision (noun, noun_id);

create trigger revision_only_grows_update before update on revision
begin select raise(abort, 'the revision log only grows'); end;
create trigger revision_only_grows_delete before delete on revision
begin select raise(abort, 'the revision log only grows'); end;
