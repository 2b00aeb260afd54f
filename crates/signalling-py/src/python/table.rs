//! A table in memory, for every library that speaks the Arrow C stream interface.

use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::sink::Kind;

/// A table in memory. Hands its batches out as often as it is asked: DuckDB asks more than once.
#[pyclass(frozen, module = "ipxray_signalling")]
pub(super) struct Table {
    kind: Kind,
    batches: Arc<Vec<RecordBatch>>,
}

impl Table {
    pub(super) const fn new(kind: Kind, batches: Arc<Vec<RecordBatch>>) -> Self {
        Self { kind, batches }
    }
}

#[pymethods]
impl Table {
    /// Give a new stream over the same batches; nothing is copied.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer ignore a wish that it cannot meet.
        drop(requested_schema);
        let batches = self.batches.as_ref().clone();
        let reader = RecordBatchIterator::new(batches.into_iter().map(Ok), self.kind.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }

    /// Give the schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.kind.schema().as_ref()).map_err(|error| PyValueError::new_err(error.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        format!("<{} table of {} rows>", self.kind.name(), self.__len__())
    }

    /// Bytes that the batches hold.
    #[getter]
    fn nbytes(&self) -> usize {
        self.batches.iter().map(RecordBatch::get_array_memory_size).sum()
    }
}
