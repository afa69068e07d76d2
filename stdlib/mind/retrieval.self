"BABS, beyond writing questions: she finds what a text is about in the live image, by
names, by words in selectors and comments, and says why; and she takes the census."

babs _AddSlots: (|
    {'Category: persona\x7fComment: Who I am, what for and how; the words I listen for.'
        personaName = 'BABS'.
        mission = 'To map the digital universe with joyful, flawless precision.'.
        method = 'Retrieval over the live image: by names, words, shapes and meanings; answers with objects and why.'.
        listensFor = ('where' & 'find' & 'which' & 'who ' & 'show' & 'list ' & 'look up'
            & 'what is' & 'what are' & 'census' & 'how many' & 'search' & 'map' & 'locate'
            & 'is there') asVector.
        persona* = mixins persona.
    }
    {'Category: persona\x7fComment: Retrieval, or the census if that is what is wanted.'
        think: t = (
            ((t prompt includesSubstring: 'census') || [ t prompt includesSubstring: 'how many' ])
                ifTrue: [ censusOf: t ]
                False: [ retrieval: t ] ).
        retrieval: t = (| hits |
            t protocol: 'retrieval'.
            hits: hitsFor: t prompt.
            hits do: [ |:h| t step: h printString ].
            t conclude: (hits isEmpty
                ifTrue: 'nothing in this world is named or described so'
                False: [ 'it is about ', hits first name, ', since ', hits first why ]) ).
        censusOf: t = (| c |
            t protocol: 'census'.
            c: census copyNow.
            t step: c printString.
            c twins do: [ |:row|
                t step: (row at: 0) safePrintString, ' ', (row at: 1), ' is written like '
                    , (row at: 2) safePrintString, ' ', (row at: 3) ].
            t conclude: c printString, ', ', c duplicates printString, ' of them said twice' ).
    }
    {'Category: finding\x7fComment: What a text may be about, the best first: objects of the rooms by their names, then those with slots or comments that have a word of it. The best one, nil if there is none.'
        about: text = (| hits |
            hits: hitsFor: text.
            hits isEmpty ifTrue: [ nil ] False: [ hits first ] ).
        hitsFor: text = (| words. hits |
            words: contentWordsOf: text.
            hits: list copyRemoveAll.
            ((reflect: globals) & (reflect: lobby) & (reflect: traits)) asVector do: [ |:room|
                room do: [ |:s|
                    s isMethod || [ s isParent || [ s contents isReflecteeSlots not ] ] ifFalse: [
                        noteHit: s Words: words In: hits ] ] ].
            (hits asVector copySortedBy: [ |:a. :b| a score > b score ])
                copyFrom: 0
                UpTo: (hits size min: 5) ).
        noteHit: s Words: words In: hits = (| name. why <- ''. score <- 0. m |
            name: s name asLowercase.
            m: s contents.
            (hits anySatisfy: [ |:h| h mirror isOnSameAs: m ]) ifTrue: [ ^ self ].
            words do: [ |:w|
                ((w = name) || [ ((w, 's') = name) || [ (name, 's') = w ] ])
                    ifTrue: [ score: score + 20. why: 'it is called so' ]
                    False: [
                        ((m includesName: w) && [ w size > 3 ]) ifTrue: [
                            score: score + 4.
                            why isEmpty ifTrue: [ why: 'it has a slot ', w ] ].
                        ((w size > 3) && [
                                (' ', s comment asLowercase, ' ', m comment asLowercase) includesSubstring: ' '
                                    , w ]) ifTrue: [
                            score: score + 3.
                            why isEmpty ifTrue: [ why: 'its comment says ', w ] ] ] ].
            score > 0 ifTrue: [
                hits addLast: (((hit copy mirror: m) name: m expressionName) why: why) score: score ].
            self ).
        contentWordsOf: text = (
            ((text asLowercase mapToWords splitOn: ' ') filterBy: [ |:w|
                (w size > 2) && [ (smallWords includes: w) not ] ]) asVector ).
        smallWords = ('the' & 'and' & 'with' & 'for' & 'are' & 'was' & 'you' & 'this' & 'that'
            & 'have' & 'has' & 'not' & 'can' & 'stuck' & 'find' & 'where' & 'what' & 'who' & 'how'
            & 'why' & 'does' & 'please' & 'help' & 'about' & 'from' & 'into' & 'all' & 'any'
            & 'some' & 'feel' & 'know' & 'need' & 'want' & 'there' & 'show' & 'which' & 'don\'t'
            & 'i\'m' & 'it\'s') asSet.
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: Prototype of what BABS finds.'
        hit = (| {} = 'Comment: I am an object that a text may be about.'.
            parent* = traits clonable.

            {'Category: parts\x7fComment: A mirror on the object; its name; why; how sure.'
                mirror.
                name <- ''.
                why <- ''.
                score <- 0.
            }
            {'Category: printing\x7fComment: With the reason.'
                printString = ( name, ' (', why, ')' ).
            }
        |).
    }
|)
