//! Strings that the machine itself sends or reports, interned once.

use batos_image::heap::Heap;
use batos_image::value::{ObjectRef, Value};

macro_rules! symbols {
    ($($name:ident = $text:literal),* $(,)?) => {
        /// The machine's own selectors and words.
        pub struct Symbols { $( pub $name: ObjectRef, )* }

        impl Symbols {
            /// Interns them all.
            pub fn new(heap: &mut Heap) -> Symbols {
                Symbols { $( $name: heap.intern($text.as_bytes()), )* }
            }

            /// Shows them to the collector.
            pub fn visit(&mut self, f: &mut dyn FnMut(&mut Value)) {
                $( let mut value = self.$name.value(); f(&mut value); )*
            }
        }
    };
}

symbols! {
    value = "value",
    value_1 = "value:",
    value_with = "value:With:",
    if_true_false = "ifTrue:False:",
    primitive_failed = "primitiveFailedError:Name:",
    undefined_selector = "undefinedSelector:Receiver:Type:Delegatee:MethodHolder:Arguments:",
    ambiguous_selector = "ambiguousSelector:Receiver:Type:Delegatee:MethodHolder:Arguments:",
    missing_parent_selector = "missingParentSelector:Receiver:Type:Delegatee:MethodHolder:Arguments:",
    mismatched_argument_count = "mismatchedArgumentCountSelector:Receiver:Type:Delegatee:MethodHolder:Arguments:",
    perform_type_error = "performTypeErrorSelector:Receiver:Type:Delegatee:MethodHolder:Arguments:",
    normal = "normal",
    implicit_self = "implicitSelf",
    undirected_resend = "undirectedResend",
    directed_resend = "directedResend",
    delegated = "delegated",
    return_home = "^",
    ran_out = "ranOut:",
    interrupted = "interrupted",
    add_by_script = "addSlots:To:Script:Number:",
    script_ended = "scriptEnded:Number:",
}
