//! The command line: one file a subcommand, nothing in them but asking and showing.

use std::ffi::OsString;
use std::io;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::error::{Error, Result};
use crate::io::output::settle;

mod args;
mod clean;
mod columns;
mod eval;
mod inspect;
mod normalize;
mod paint;
mod parse;
mod rejects;

/// Ctrl-C: what a shell reports for a program that was interrupted.
const INTERRUPTED: i32 = 130;
/// How long Ctrl-C waits for a line that is being written.
const PATIENCE: Duration = Duration::from_millis(300);

/// Scraped news in, clean copy out.
#[derive(Parser)]
#[command(
    name = "copydesk",
    version,
    about = "Scraped news in, clean copy out: labels every line of a scraped article as an editor would",
    after_help = EXAMPLE,
    disable_help_subcommand = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLE: &str = "\
Exit codes: 0 done; 1 some records rejected; 2 wrong use, or a file that cannot be read or written.

Example:
  copydesk clean article.txt";

#[derive(Subcommand)]
enum Command {
    Clean(clean::Args),
    Inspect(inspect::Args),
    Normalize(normalize::Args),
    Parse(parse::Args),
    Eval(eval::Args),
}

/// How a run ended, when it was not stopped by an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Done,
    Rejected,
    /// Some files could not be read; the others were.
    Failed,
}

impl Exit {
    const fn code(self) -> i32 {
        match self {
            Self::Done => 0,
            Self::Rejected => 1,
            Self::Failed => 2,
        }
    }
}

/// Runs the command with its arguments, the name of the program first, and returns its exit code: 0 done, 1 some records
/// rejected, 2 wrong use or a file that cannot be read or written. Ctrl-C ends the process with 130.
pub fn main(args: impl Iterator<Item = OsString>) -> i32 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return error.exit_code();
        }
    };
    // Refused only where the process has a handler already, which then stays.
    let _ = ctrlc::set_handler(|| {
        let _quiet = settle(PATIENCE);
        std::process::exit(INTERRUPTED);
    });
    // For the tests of this command, which run it as built for debugging.
    #[cfg(debug_assertions)]
    if let Ok(text) = std::env::var("COPYDESK_FAIL_ON") {
        crate::error::fail_on(Some(text.as_bytes()));
    }
    match run(cli.command) {
        Ok(exit) => exit.code(),
        Err(error) if is_closed_pipe(&error) => Exit::Done.code(),
        Err(error) => {
            tell(&error);
            Exit::Failed.code()
        }
    }
}

fn run(command: Command) -> Result<Exit> {
    match command {
        Command::Clean(args) => clean::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Normalize(args) => normalize::run(&args),
        Command::Parse(args) => parse::run(&args),
        Command::Eval(args) => eval::run(&args),
    }
}

/// Nobody reads on, as behind `| head`: no error to the one who typed it.
fn is_closed_pipe(error: &Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Tells of an error, on standard error.
fn tell(error: &Error) {
    use std::io::Write;
    // Where even standard error is closed, nobody is there to be told.
    let _ = writeln!(anstream::stderr(), "{}error:{} {error}", paint::ERROR, paint::ERROR.render_reset());
}
