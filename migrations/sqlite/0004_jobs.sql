-- Long work that somebody asked for over HTTP, and what came of it, so that a link to a result outlives the process.

create table job (
  id      text primary key,            -- 128 random bits, hexadecimal: whoever has it may read and cancel
  kind    text not null,               -- 'siting'
  status  text not null check (status in ('queued', 'running', 'done', 'cancelled', 'failed')),
  request text not null,               -- JSON, as it was asked
  result  text,                        -- JSON
  problem text,                        -- JSON: why it failed
  asked   text not null,               -- RFC 3339, UTC
  ended   text                         -- RFC 3339, UTC
) strict, without rowid;

create index job_by_age on job (asked);
