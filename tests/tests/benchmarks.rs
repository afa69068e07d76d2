//! Every benchmark, once, at a small size: a benchmark whose result is wrong measures nothing.

use batos_tests::world::{Answer, World, project};

/// The size to run a benchmark at: one that its published results know.
fn size(name: &str) -> u32 {
    match name {
        "cd" => 10,
        "deltablue" => 50,
        _ => 1,
    }
}

#[test]
fn every_benchmark_knows_its_result() {
    let folder = project().join("tests/benchmarks");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the folder of benchmarks")
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            name.strip_suffix(".self").map(str::to_string)
        })
        .filter(|name| name != "harness" && name != "benchmark")
        .collect();
    names.sort();
    let published = [
        "bounce",
        "cd",
        "deltablue",
        "havlak",
        "json",
        "list",
        "mandelbrot",
        "nbody",
        "permute",
        "queens",
        "richards",
        "sieve",
        "storage",
        "towers",
    ];
    for name in published {
        assert!(names.iter().any(|n| n == name), "{name} is missing");
    }
    let mut world = World::standard();
    let read = |world: &mut World, name: &str| {
        let path = folder.join(name).with_extension("self");
        world.enter(format!("'{}' _RunScript. nil", path.display()).as_bytes())
    };
    read(&mut world, "benchmark");
    for name in &names {
        let (_, answer) = read(&mut world, name);
        assert_eq!(answer, Answer::Value("nil".into()), "{name} is read");
        let line = format!("benchmarks {name} iterate: {}", size(name));
        let (_, answer) = world.enter(line.as_bytes());
        assert_eq!(answer, Answer::Value("true".into()), "{name}");
        // And the check is one: a wrong result is told.
        let line = format!("(benchmarks {name} verify: 'wrong') == true");
        let (_, answer) = world.enter(line.as_bytes());
        assert_ne!(answer, Answer::Value("true".into()), "{name} takes anything for its result");
    }
}
