//! The command `rightscheck`.

fn main() -> std::process::ExitCode {
    rightscheck::cli::main()
}
