//! Teaches an adapter without the rest of the program: the same as `batos mind train`.

fn main() -> std::process::ExitCode {
    let options = match batos_mind::train::Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(text) => {
            eprintln!("{text}");
            return std::process::ExitCode::FAILURE;
        }
    };
    match batos_mind::train::run(&options, &mut |line| println!("{line}")) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::FAILURE
        }
    }
}
