//! The kinds of diagnostics: a number, a name, and a file with an explanation for each.
//!
//! Invariant: numbers are never given to another kind. 1-19: tokens and brackets, 20-39: expressions, 40-59: slots,
//! from 100: code generation, from 200: legal, but probably not meant (the language server tells these).

use crate::diagnostic::Code;

/// A kind: its code and its explanation.
struct Kind {
    code: Code,
    text: &'static str,
}

macro_rules! kinds {
    ($($number:literal $name:ident $file:literal)*) => {
        $(
            #[doc = concat!("See `", $file, ".md`.")]
            pub const $name: Code = Code($number);
        )*
        const KINDS: &[Kind] = &[$(Kind { code: Code($number), text: include_str!(concat!($file, ".md")) }),*];
    };
}

kinds! {
    1 STRAY_BYTE "stray_byte"
    2 UNCLOSED_STRING "unclosed_string"
    3 UNCLOSED_COMMENT "unclosed_comment"
    4 BAD_ESCAPE "bad_escape"
    5 BAD_NUMBER "bad_number"
    6 C_STYLE_NUMBER "c_style_number"
    7 CAPITAL_NAME "capital_name"
    8 BAD_NAME "bad_name"
    9 SELF_MISUSED "self_misused"
    10 LONELY_RESEND "lonely_resend"
    11 LONE_COLON "lone_colon"
    12 UNCLOSED_BRACKET "unclosed_bracket"
    13 STRAY_CLOSING "stray_closing"
    14 TOO_DEEP "too_deep"
    15 TOO_LONG "too_long"
    20 UNEXPECTED "unexpected"
    21 MISSING_OPERAND "missing_operand"
    22 MIXED_OPERATORS "mixed_operators"
    23 CAPITAL_KEYWORD "capital_keyword"
    24 SMALL_KEYWORD "small_keyword"
    25 EMPTY_STATEMENT "empty_statement"
    26 RETURN_MISPLACED "return_misplaced"
    27 GLUED_OPERATOR "glued_operator"
    28 ADJACENT_STRINGS "adjacent_strings"
    29 LEFTOVER "leftover"
    30 RESEND_MISPLACED "resend_misplaced"
    31 BRACES_MISPLACED "braces_misplaced"
    32 METHOD_IN_EXPRESSION "method_in_expression"
    33 STATEMENTS_IN_PARENS "statements_in_parens"
    34 ARGUMENT_MISPLACED "argument_misplaced"
    40 MISSING_DOT "missing_dot"
    41 METHOD_NOT_CONSTANT "method_not_constant"
    42 ARGUMENT_COUNT "argument_count"
    43 DUPLICATE_SLOT "duplicate_slot"
    44 SLOT_NAME "slot_name"
    45 METHOD_EXPECTED "method_expected"
    46 PARENT_STAR "parent_star"
    47 INNER_METHOD "inner_method"
    48 NO_CODE "no_code"
    49 UNCLOSED_SLOTS "unclosed_slots"
    50 LEGACY_DIALECT "legacy_dialect"
    51 ANNOTATION_FORM "annotation_form"
    101 TOO_MANY_REGISTERS "too_many_registers"
    102 TOO_MANY_LITERALS "too_many_literals"
    103 MISPLACED_SLOT "misplaced_slot"
    104 BAD_BRANCH "bad_branch"
    105 NOT_PARSED "not_parsed"
    201 UNKNOWN_MESSAGE "unknown_message"
    202 SHARED_CONTENTS "shared_contents"
    203 UNUSED_LOCAL "unused_local"
}

/// All codes, in ascending order.
pub fn all_codes() -> impl Iterator<Item = Code> {
    KINDS.iter().map(|kind| kind.code)
}

/// The explanation of a code written as `L0012` (in either case, zeros may be left out).
pub fn explain(code: &str) -> Option<&'static str> {
    let digits = code.strip_prefix(['L', 'l'])?;
    let number: u16 = digits.parse().ok()?;
    KINDS.iter().find(|kind| kind.code.0 == number).map(|kind| kind.text)
}
