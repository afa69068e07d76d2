#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    batos_tests::oracle::translation::run(data);
    batos_tests::oracle::translation::run(&batos_tests::oracle::translation::made_from(data));
});
