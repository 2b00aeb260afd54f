//! Parquet files, a table each, written while the capture is still being read. Ref: Apache Parquet 2.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::DataType;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, Encoding};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use crate::fault::Fault;
use crate::sink::Kind;

/// Rows of a row group: what a reader skips or takes at once.
const ROW_GROUP_ROWS: usize = 1 << 19;
/// Bytes of a row group, which the writer holds until it is whole.
const ROW_GROUP_BYTES: usize = 32 << 20;

/// Columns by which a reader skips row groups; bounds of the others would cost more than they save.
const BOUNDED: [&str; 2] = ["frame", "observed_at"];

/// Text that hardly ever repeats: a dictionary of it would be looked into in vain.
const UNLIKE: [&str; 3] = ["imsi", "msisdn", "imei"];

/// What a table says of itself in its file: the same keys that the assessment's tables carry.
#[derive(Clone, Debug)]
pub(crate) struct Meaning {
    pub table: String,
    pub text: String,
}

/// Rows of each table.
pub(crate) type TableSizes = Vec<(&'static str, u64)>;

/// The three files of one capture.
pub(crate) struct Output {
    tables: Vec<TableFile>,
}

struct TableFile {
    path: PathBuf,
    writer: ArrowWriter<BufWriter<File>>,
    rows: u64,
}

impl Output {
    /// Create `<table>.parquet` for every table in `folder`, which exists.
    pub(crate) fn create(folder: &Path, meanings: &[Meaning]) -> Result<Self, Fault> {
        let open = |kind: Kind| {
            let path = folder.join(kind.name()).with_extension("parquet");
            let file = File::create(&path).map_err(|error| Fault::writing(&path, &error))?;
            let text = meanings.iter().find(|meaning| meaning.table == kind.name()).map(|meaning| meaning.text.clone());
            let options = ArrowWriterOptions::new().with_properties(properties(kind, text)).with_skip_arrow_metadata(true);
            let buffered = BufWriter::with_capacity(1 << 20, file);
            let writer =
                ArrowWriter::try_new_with_options(buffered, kind.schema(), options).map_err(|error| Fault::writing(&path, error))?;
            Ok(TableFile { path, writer, rows: 0 })
        };
        Ok(Self { tables: Kind::ALL.into_iter().map(open).collect::<Result<_, Fault>>()? })
    }

    /// Write a batch to its table.
    pub(crate) fn write(&mut self, kind: Kind, batch: &RecordBatch) -> Result<(), Fault> {
        let Some(table) = self.tables.iter_mut().zip(Kind::ALL).find(|(_, found)| *found == kind).map(|(table, _)| table) else {
            return Ok(());
        };
        table.rows = table.rows.saturating_add(u64::try_from(batch.num_rows()).unwrap_or(u64::MAX));
        table.writer.write(batch).map_err(|error| Fault::writing(&table.path, error))
    }

    /// Complete every file; rows of each table.
    pub(crate) fn close(self) -> Result<TableSizes, Fault> {
        let mut rows = Vec::new();
        for (table, kind) in self.tables.into_iter().zip(Kind::ALL) {
            let failed = |error: String| Fault::writing(&table.path, error);
            let mut buffered = table.writer.into_inner().map_err(|error| failed(error.to_string()))?;
            buffered.flush().map_err(|error| failed(error.to_string()))?;
            rows.push((kind.name(), table.rows));
        }
        Ok(rows)
    }
}

fn properties(kind: Kind, meaning: Option<String>) -> WriterProperties {
    let metadata =
        vec![KeyValue::new("ipxray_table".to_owned(), kind.name().to_owned()), KeyValue::new("ipxray_meaning".to_owned(), meaning)];
    let mut builder = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_max_row_group_bytes(Some(ROW_GROUP_BYTES))
        .set_created_by("ipxray".to_owned())
        .set_key_value_metadata(Some(metadata));
    for field in kind.schema().fields() {
        let column = ColumnPath::from(field.name().as_str());
        if field.data_type() == &DataType::Int64 {
            builder = builder.set_column_encoding(column.clone(), Encoding::DELTA_BINARY_PACKED);
            builder = builder.set_column_dictionary_enabled(column, false);
        } else if UNLIKE.contains(&field.name().as_str()) {
            builder = builder.set_column_dictionary_enabled(column, false);
        }
    }
    for name in BOUNDED {
        builder = builder.set_column_statistics_enabled(ColumnPath::from(name), EnabledStatistics::Chunk);
    }
    builder.build()
}

/// Keeps what a table's batches hold, for readers that take it from memory.
#[derive(Default)]
pub(crate) struct Memory {
    tables: [Vec<RecordBatch>; 3],
}

impl Memory {
    pub(crate) fn keep(&mut self, kind: Kind, batch: RecordBatch) {
        if let Some((table, _)) = self.tables.iter_mut().zip(Kind::ALL).find(|(_, found)| *found == kind) {
            table.push(batch);
        }
    }

    pub(crate) fn tables(self) -> [Arc<Vec<RecordBatch>>; 3] {
        self.tables.map(Arc::new)
    }
}
