//! How models are talked to: each family marks who speaks in its own way.
//!
//! The file of a model holds a template in a language of its own (Jinja), which is not run: the marks in it tell the family, and the
//! families are few. A model without a template, or with one that is not known, is talked to in plain words. The module knows no tokens: marks
//! are text here, and only `before` and `after` may hold them.

/// The entry of a GGUF file that holds the template.
pub const TEMPLATE: &str = "tokenizer.chat_template";

/// A kind of conversation that models were taught.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `<|im_start|>`: Qwen, SmolLM, Yi and many more.
    ChatMl,
    /// `<|start_header_id|>`: Llama 3.
    Llama3,
    /// `<start_of_turn>`: Gemma, which has no place for a system's text.
    Gemma,
    /// `[INST]`: Mistral, Llama 2.
    Instruction,
    /// `<|user|>` and `<|end|>`: Phi 3.
    Phi,
    /// `<|user|>` and the mark of the end: Zephyr, TinyLlama.
    Zephyr,
    /// `### Instruction:`: DeepSeek's first coders, Alpaca.
    Alpaca,
    /// None that is known.
    Plain,
}

impl Family {
    /// The family whose marks a template has.
    pub fn of(template: Option<&str>) -> Family {
        let Some(template) = template else { return Family::Plain };
        let marks = [
            ("<|im_start|>", Family::ChatMl),
            ("<|start_header_id|>", Family::Llama3),
            ("<start_of_turn>", Family::Gemma),
            ("[INST]", Family::Instruction),
            ("<|end|>", Family::Phi),
            ("<|user|>", Family::Zephyr),
            ("### Instruction:", Family::Alpaca),
        ];
        marks.iter().find(|(mark, _)| template.contains(mark)).map_or(Family::Plain, |(_, family)| *family)
    }

    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Family::ChatMl => "ChatML",
            Family::Llama3 => "Llama 3",
            Family::Gemma => "Gemma",
            Family::Instruction => "Mistral",
            Family::Phi => "Phi",
            Family::Zephyr => "Zephyr",
            Family::Alpaca => "Alpaca",
            Family::Plain => "none",
        }
    }
}

/// What stands around a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    /// Before it: what the model is told in general, and that a person speaks.
    pub before: String,
    /// After it: that the model speaks.
    pub after: String,
}

impl Talk {
    /// For the family of a template, with a system's text, which may be empty.
    pub fn of(template: Option<&str>, system: &str) -> Talk {
        let (before, after) = match Family::of(template) {
            Family::ChatMl => {
                let told = match system {
                    "" => String::new(),
                    _ => format!("<|im_start|>system\n{system}<|im_end|>\n"),
                };
                (format!("{told}<|im_start|>user\n"), "<|im_end|>\n<|im_start|>assistant\n")
            }
            Family::Llama3 => {
                let head = |who: &str| format!("<|start_header_id|>{who}<|end_header_id|>\n\n");
                let told = match system {
                    "" => String::new(),
                    _ => format!("{}{system}<|eot_id|>", head("system")),
                };
                let before = format!("{told}{}", head("user"));
                return Talk { before, after: format!("<|eot_id|>{}", head("assistant")) };
            }
            Family::Gemma => {
                (format!("<start_of_turn>user\n{}", led(system)), "<end_of_turn>\n<start_of_turn>model\n")
            }
            Family::Instruction => (format!("[INST] {}", led(system)), " [/INST]"),
            Family::Phi => {
                let told = match system {
                    "" => String::new(),
                    _ => format!("<|system|>\n{system}<|end|>\n"),
                };
                (format!("{told}<|user|>\n"), "<|end|>\n<|assistant|>\n")
            }
            Family::Zephyr => {
                let told = match system {
                    "" => String::new(),
                    _ => format!("<|system|>\n{system}</s>\n"),
                };
                (format!("{told}<|user|>\n"), "</s>\n<|assistant|>\n")
            }
            Family::Alpaca => (format!("{}### Instruction:\n", led(system)), "\n### Response:\n"),
            Family::Plain => (led(system), "\n\n"),
        };
        Talk { before, after: after.into() }
    }
}

fn led(system: &str) -> String {
    if system.is_empty() { String::new() } else { format!("{system}\n\n") }
}

#[cfg(test)]
mod tests {
    use super::{Family, Talk};

    #[test]
    fn families_are_told_by_their_marks() {
        let qwen = "{%- if messages[0]['role'] == 'system' %}{{- '<|im_start|>system\\n' }}";
        assert_eq!(Family::of(Some(qwen)), Family::ChatMl);
        assert_eq!(Family::of(Some("{{ '<|start_header_id|>' + message['role'] }}")), Family::Llama3);
        assert_eq!(Family::of(Some("{{ '<start_of_turn>' + role }}")), Family::Gemma);
        assert_eq!(Family::of(Some("{{ '[INST] ' }}")), Family::Instruction);
        assert_eq!(Family::of(Some("{{'<|user|>\\n' + content + '<|end|>'}}")), Family::Phi);
        assert_eq!(Family::of(Some("{{ '<|user|>\\n' + eos_token }}")), Family::Zephyr);
        assert_eq!(Family::of(Some("something new")), Family::Plain);
        assert_eq!(Family::of(None), Family::Plain);
    }

    #[test]
    fn a_question_stands_between_the_marks() {
        let talk = Talk::of(Some("<|im_start|>"), "Be brief.");
        assert_eq!(talk.before, "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n");
        assert_eq!(talk.after, "<|im_end|>\n<|im_start|>assistant\n");
        assert_eq!(Talk::of(Some("<|im_start|>"), "").before, "<|im_start|>user\n");
        assert_eq!(Talk::of(None, "Be brief.").before, "Be brief.\n\n");
        for template in
            ["<|start_header_id|>", "<start_of_turn>", "[INST]", "<|end|>", "<|user|>", "### Instruction:"]
        {
            let talk = Talk::of(Some(template), "Be brief.");
            assert!(talk.before.contains("Be brief.") && !talk.after.is_empty(), "{template}");
        }
    }
}
