//! A table's columns, named once: the schema, the builders and the batch follow from one list.

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};

/// Columns of one table under construction.
pub(crate) trait Rows: Default {
    /// Names and types, in order.
    fn schema() -> SchemaRef;
    /// What was built; the next batch begins empty.
    fn finish(&mut self) -> Result<RecordBatch, ArrowError>;
    /// Rows built so far.
    fn len(&self) -> usize;
}

/// Declare a table: `name: Builder, nullability;` a column. `optional` columns may be null, `required` ones never are.
macro_rules! table {
    ($(#[$meta:meta])* $name:ident { $($column:ident: $builder:ty, $nullability:ident;)* }) => {
        $(#[$meta])*
        #[derive(Default)]
        pub(crate) struct $name {
            rows: usize,
            $($column: $builder,)*
        }

        impl $crate::table::Rows for $name {
            fn schema() -> arrow_schema::SchemaRef {
                use $crate::column::Column;
                let fields = vec![$(arrow_schema::Field::new(
                    stringify!($column), <$builder>::data_type(), $crate::table::$nullability,
                ),)*];
                std::sync::Arc::new(arrow_schema::Schema::new(fields))
            }

            fn finish(&mut self) -> Result<arrow_array::RecordBatch, arrow_schema::ArrowError> {
                use $crate::column::Column;
                let rows = core::mem::take(&mut self.rows);
                arrow_array::RecordBatch::try_new(Self::schema(), vec![$(self.$column.finish(rows)?,)*])
            }

            fn len(&self) -> usize {
                self.rows
            }
        }
    };
}

#[allow(non_upper_case_globals, reason = "read as words in the declaration of a table")]
pub(crate) const optional: bool = true;
#[allow(non_upper_case_globals, reason = "read as words in the declaration of a table")]
pub(crate) const required: bool = false;

pub(crate) use table;
