//! The `copydesk` command.

fn main() {
    std::process::exit(copydesk::cli::main(std::env::args_os()));
}
