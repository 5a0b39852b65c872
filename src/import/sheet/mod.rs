//! A unit's own spreadsheet, looked through before anything of it is registered.
//!
//! [`table`] reads XLSX or CSV into rows under headings; [`columns`] proposes what each column means, and people correct it;
//! [`check`] tells of every row whether it is right (green), should be looked at (amber: a possible duplicate, moved, another
//! town than it says) or is wrong (red, with the cell and what is wanted). [`intake`] does this for a whole upload, and for
//! the rows that a corrected cell touches. Registering the good rows is not its business.

mod check;
mod columns;
mod edit;
mod good;
mod intake;
mod known;
mod row;
mod table;

pub use check::{CellProblem, Colour, Verdict, Warning};
pub use columns::{ColumnShown, FieldShown, fields};
pub use edit::{Edit, EditError, edit};
pub use good::{Good, good_rows};
pub use intake::{Intake, ReadSheet, SheetError, lines};
pub use table::{MOST_COLUMNS, MOST_ROWS};
