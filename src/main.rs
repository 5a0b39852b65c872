//! `yimi`: arguments in, exit code out.

use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    yimi::cli::run(yimi::cli::Arguments::parse())
}
