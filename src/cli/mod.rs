//! The command line: one file a subcommand, nothing in them but asking and showing.

use std::ffi::OsString;
use std::io::{self, Write};

use clap::{Parser, Subcommand};

use crate::batch;
use crate::error::{Error, Result};
use crate::io::descriptors;
use crate::io::input::Source;
use crate::io::target::{Target, refuse_same};
use crate::shown;

mod args;
mod clean;
mod columns;
mod eval;
mod inspect;
mod normalize;
mod paint;
mod parse;
mod rejects;
mod schema;
mod signals;

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
Ended from outside, as shells show it: 130 Ctrl-C; 143 TERM; 129 a terminal that was closed.

Example:
  copydesk clean article.txt";

#[derive(Subcommand)]
enum Command {
    Clean(Box<clean::Args>),
    Inspect(inspect::Args),
    Normalize(normalize::Args),
    Parse(parse::Args),
    Schema(schema::Args),
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
/// rejected, 2 wrong use or a file that cannot be read or written. A signal ends the process
/// as ever, which shells show as 128 and its number: 130 for Ctrl-C.
pub fn main(args: impl Iterator<Item = OsString>) -> i32 {
    descriptors::make_sure();
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            refuse(&error);
            return error.exit_code();
        }
    };
    signals::listen();
    // What a panic says is told with the text that it was for.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    // For the tests of this command, which run it as built for debugging.
    #[cfg(debug_assertions)]
    if let Ok(text) = std::env::var("COPYDESK_FAIL_ON") {
        crate::error::fail_on(Some(text.as_bytes()));
    }
    match batch::guarded(|| run(cli.command)).and_then(|ran| ran) {
        Ok(exit) => exit.code(),
        Err(error) if is_closed_pipe(&error) => Exit::Done.code(),
        Err(error) => {
            tell(&error);
            signals::tell_kept();
            Exit::Failed.code()
        }
    }
}

/// Prints the help that was asked for, or says what is wrong with the arguments, which are repeated in it.
fn refuse(error: &clap::Error) {
    let plain = error.render().to_string();
    let _ = match shown::text(&plain) {
        std::borrow::Cow::Borrowed(_) => error.print(),
        std::borrow::Cow::Owned(escaped) => write!(io::stderr(), "{escaped}"),
    };
}

fn run(command: Command) -> Result<Exit> {
    match command {
        Command::Clean(args) => clean::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Normalize(args) => normalize::run(&args),
        Command::Parse(args) => parse::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Eval(args) => eval::run(&args),
    }
}

/// That standard output is none of the files that are read.
///
/// # Errors
/// When it is.
fn refuse_stdout(read: &[Source]) -> Result<()> {
    refuse_same(&[("--output", &Target::Stdout)], read)
}

/// The sources that can be read; the others are told of before the work begins, and do not keep these from being read.
fn readable(mut sources: Vec<Source>, lines: impl Fn(&Source) -> bool) -> Vec<Source> {
    sources.retain(|source| source.look(lines(source)).map_err(|error| tell(&error)).is_ok());
    sources
}

/// Nobody reads standard output on, as after `| head`: no error to the one who typed it.
fn is_closed_pipe(error: &Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Tells of an error, on standard error.
fn tell(error: &Error) {
    say("error", &error.to_string());
}

/// Says something of that kind, on standard error.
fn say(kind: &str, message: &str) {
    let message = shown::text(message);
    // Where even standard error is closed, nobody is there to be told.
    let _ = writeln!(anstream::stderr(), "{}{kind}:{} {message}", paint::ERROR, paint::ERROR.render_reset());
}
