//! Which column each cell of a table stands in: after those before it, and after those that reach down from rows above.

use super::attributes::{Attribute, Attributes};

/// The tables that are open, innermost last.
#[derive(Debug, Default)]
pub(super) struct Tables {
    open: Vec<Table>,
}

#[derive(Debug, Default)]
struct Table {
    /// The column of the next cell.
    next: u16,
    /// How many rows more the cell above reaches down, in each column.
    down: Vec<u16>,
}

/// What reaches further is taken to reach so far: over columns, over rows, and in which columns.
const WIDEST: i32 = 20;
const LONGEST: i32 = 1000;
const LAST_COLUMN: usize = 64;

impl Tables {
    pub fn begin(&mut self) {
        self.open.push(Table::default());
    }

    pub fn end(&mut self) {
        self.open.pop();
    }

    pub fn begin_row(&mut self) {
        let Some(table) = self.open.last_mut() else { return };
        table.next = 0;
        table.down.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }

    /// A cell begins: its column.
    pub fn cell(&mut self, attributes: &Attributes) -> u16 {
        let Some(table) = self.open.last_mut() else { return 0 };
        while table.down.get(usize::from(table.next)).is_some_and(|rows| *rows > 0) {
            table.next += 1;
        }
        let column = table.next;
        let wide = attributes.number(Attribute::Colspan).unwrap_or(1).clamp(1, WIDEST) as u16;
        table.next = column.saturating_add(wide);
        let long = attributes.number(Attribute::Rowspan).unwrap_or(1).clamp(1, LONGEST) as u16;
        let (first, end) = (usize::from(column), usize::from(table.next).min(LAST_COLUMN));
        if long > 1 && first < end {
            table.down.resize(table.down.len().max(end), 0);
            // The row at hand counts too.
            table.down[first..end].iter_mut().for_each(|rows| *rows = long);
        }
        column
    }
}
