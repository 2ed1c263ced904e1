//! The `copydesk` command.

fn main() {
    std::process::exit(copydesk::__command(std::env::args_os()));
}
