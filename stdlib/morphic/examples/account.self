"A bank account with buttons: an object that knows its balance, and a morph that shows it.
What the account forbids is an error, and so a debugger."

globals _AddSlots: (|
    {'Category: morphic examples\x7fComment: An account; its face.'
        bankAccount = (| {} = 'Comment: I am an account.'.
            parent* = traits clonable.

            {'Category: money\x7fComment: What there is; more, and less, but not less than nothing.'
                balance <- 0.
                deposit: n = ( balance: balance + n. self ).
                withdraw: n = (
                    n > balance ifTrue: [ ^ error: 'there are only ', balance printString ].
                    balance: balance - n.
                    self ).
            }
        |).
        accountExample = columnMorph copy _AddSlots: (| {} = 'Comment: I show an account, with buttons.'.

            {'Category: parts\x7fComment: The account, and where its balance stands.'
                account.
                shown.
            }
            {'Category: creating\x7fComment: Of a new account.'
                copyReady = (| m |
                    m: copy.
                    m account: bankAccount copy.
                    m look: 'panel'.
                    m width: 270.
                    m role: 'group'.
                    m label: 'Bank account'.
                    m shown: textMorph copyText: '0' Look: 'big'.
                    m addMorph: m shown.
                    m addMorph: (rowMorph copyWith: (((buttonMorph copyLabel: 'Deposit 10' Do: [
                        m account deposit: 10.
                        m step ])
                        & (buttonMorph copyLabel: 'Withdraw 10' Do: [
                            m account withdraw: 10.
                            m step ])) asVector)).
                    m startStepping: 500 ).
                step = ( shown text: account balance printString. self ).
            }
        |).
    }
|)
