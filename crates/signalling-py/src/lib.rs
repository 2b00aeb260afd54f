//! The distribution `ipxray-signalling`: capture files in, Arrow batches, Parquet files and counts out. Decides nothing.
//!
//! Files, compression, threads and columns live here; what the bytes mean is the crate `signalling`'s.

#![cfg_attr(not(feature = "python"), allow(dead_code, reason = "only the Python door uses everything"))]

mod ahead;
mod captures;
mod column;
mod fault;
mod input;
mod mask;
mod messages;
mod origin;
mod output;
#[cfg(feature = "python")]
mod python;
mod run;
mod sink;
mod source;
mod summary;
mod table;
mod text;
mod zstd;
