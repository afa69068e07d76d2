#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| batos_tests::oracle::image_damage::run(data));
