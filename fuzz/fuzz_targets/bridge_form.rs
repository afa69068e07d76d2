#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| batos_tests::oracle::bridge_form::run(data));
