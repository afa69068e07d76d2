#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| batos_tests::oracle::vm_programs::run_compiled(data));
