//! Whether this processor can run llama.cpp as it was built: it would die of an illegal instruction instead of saying so.

use crate::model::ModelError;

/// An error that says what to do where the processor lacks what the build uses.
pub(super) fn check() -> Result<(), ModelError> {
    match missing() {
        None => Ok(()),
        Some(feature) => Err(ModelError(format!(
            "this processor lacks {feature}, which the model's code was built for; use a model behind an address instead"
        ))),
    }
}

#[cfg(target_arch = "x86_64")]
fn missing() -> Option<&'static str> {
    let features = [
        ("AVX2", is_x86_feature_detected!("avx2")),
        ("FMA", is_x86_feature_detected!("fma")),
        ("F16C", is_x86_feature_detected!("f16c")),
        ("BMI2", is_x86_feature_detected!("bmi2")),
    ];
    features.into_iter().find(|(_, there)| !there).map(|(name, _)| name)
}

#[cfg(not(target_arch = "x86_64"))]
fn missing() -> Option<&'static str> {
    None
}
