-- Spreadsheets that units sent, until their rows are registered. A sheet is work in progress and stands in no log; each
-- registration that comes of it does, and so does its end (noun 'sheet').

create table sheet (
  id      text primary key check (length(id) = 32), -- 128 random bits, hexadecimal
  author  text not null,               -- the account of whoever sent it
  unit    text,                        -- whose members may go on with it
  name    text not null,               -- of the file, without folders
  kind    text not null,               -- of rows that don't say theirs
  crs     text,                        -- the datum of rows that don't say theirs; null while nobody knows
  state   text not null check (state in ('reading', 'checking', 'ready', 'failed', 'submitting', 'done')),
  job     text,                        -- the work that is under way; of a process that has ended it never ends
  columns text not null,               -- JSON list of {heading, field, examples}
  hint    text,                        -- JSON {zh, en}: what seems to be wrong with the sheet as a whole
  problem text,                        -- JSON: why it failed
  created text not null                -- RFC 3339, UTC
) strict, without rowid;

create index sheet_of_author on sheet (author, created);
create index sheet_of_unit on sheet (unit, created);

create table sheet_row (
  sheet    text not null references sheet (id) on delete cascade,
  line     integer not null,           -- of the file, from 1
  cells    text not null,              -- JSON list, in the order of the columns
  colour   text not null check (colour in ('green', 'amber', 'red')),
  lon      real,                       -- WGS-84; null where the row does not say that rightly
  lat      real,
  key      text,                       -- the row's own number
  verdict  text not null,              -- JSON: what is said of the row
  accepted integer not null check (accepted in (0, 1)), -- amber, and somebody looked at it
  left_out integer not null check (left_out in (0, 1)),
  sent     text,                       -- the registration that came of it
  primary key (sheet, line)
) strict, without rowid;

create index sheet_row_near on sheet_row (sheet, lat);
create index sheet_row_key on sheet_row (sheet, key) where key is not null;
create index sheet_row_colour on sheet_row (sheet, colour, line);
