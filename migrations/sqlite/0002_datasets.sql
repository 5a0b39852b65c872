-- Large data that are imported whole and read whole: the walking network. A new version stands beside the old ones; one
-- of each kind is in use.

create table dataset (
  id      integer primary key autoincrement,
  kind    text not null,               -- 'network'
  version integer not null,            -- counts the versions of this kind from 1
  created text not null,               -- RFC 3339, UTC
  source  text not null,               -- the file's name
  sha256  text not null,               -- of the whole content, hexadecimal
  bytes   integer not null,            -- of the whole content
  stats   text not null,               -- JSON: what the import counted
  in_use  integer not null check (in_use in (0, 1)),
  unique (kind, version)
) strict;

create unique index dataset_in_use on dataset (kind) where in_use = 1;

-- The content in pieces of at most 1 MiB, each compressed by itself.
create table dataset_chunk (
  dataset integer not null references dataset (id),
  number  integer not null,            -- from 0
  sha256  text not null,               -- of the compressed bytes, hexadecimal
  content blob not null,               -- zlib (RFC 1950)
  primary key (dataset, number)
) strict;
