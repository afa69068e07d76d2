"Regular expressions: patterns of text, in the usual notation.

  r: regex matching: '(?P<year>[0-9]{4})-([0-9]{2})'
  (r firstIn: 'on 2026-11-28') at: 'year'           '2026'
  r replaceAllIn: 'on 2026-11-28' With: '$2/$year'  'on 11/2026-28'

Time is linear in the length of the text, whatever the pattern says; so there are no
references back to groups and no looking around."

traits _AddSlots: (|
    {'Category: text\x7fComment: Behaviour of regular expressions.'
        regex = (| {} = 'Comment: I am a pattern of text.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: By a pattern, which is an error if it is none; one that takes a text as it stands. A pattern begins with (?i) to take capital and small letters as the same.'
                matching: pattern = ( matching: pattern IfFail: [ |:why| complain: why ] ).
                matching: pattern IfFail: a = (| names |
                    names: pattern _RegexNamesIfFail: [ |:e|
                        ^ a value: (explain: e Pattern: pattern) ].
                    (clone pattern: pattern copy) groupNames: names ).
                literally: text = ( matching: (text _RegexEscapeIfFail: text) ).
                explain: e Pattern: pattern = (
                    (reflect: pattern) safePrintString, ' is no regular expression: '
                        , ('badTypeError' = e ifTrue: 'it is no string' False: [
                            ((e splitOn: '\n') last trim) replaceAll: 'error: ' With: '' ]) ).
                complain: why = ( (errors format copyReceiver: self Message: why) signal ).
            }
            {'Category: testing\x7fComment: Does the whole of a text match; does a part of it? Example: (regex matching: \'a+\') matches: \'aab\' >>> false. Example: (regex matching: \'a+\') isIn: \'baab\' >>> true.'
                matches: text = ( (matching: '\\A(?:', pattern, ')\\z') isIn: text ).
                isIn: text = ( (places: text From: 0) isNil not ).
            }
            {'Category: searching\x7fComment: The first match, or nil, or what the block says; all matches that do not overlap, in order; how many. Example: ((regex matching: \'[0-9]+\') allIn: \'a1b22\') asVector >>> a vector(a match(\'1\'), a match(\'22\')).'
                firstIn: text = ( firstIn: text IfAbsent: nil ).
                firstIn: text IfAbsent: a = (| p |
                    p: places: text From: 0.
                    p isNil ifTrue: [ a value ] False: [ matchOf: text Places: p ] ).
                allIn: text = (| l |
                    l: list copyRemoveAll.
                    (allPlaces: text) do: [ |:p| l addLast: (matchOf: text Places: p) ].
                    l ).
                stringsIn: text = ( (allIn: text) mapBy: [ |:m| m string ] ).
                occurrencesIn: text = ( (allPlaces: text) size ).
            }
            {'Category: transforming\x7fComment: The text with another in place of each match, in which $1 or ${name} stand for groups and $$ for a dollar; with what the block makes of the match; the parts between matches. Example: (regex matching: \'l+\') replaceAllIn: \'hello\' With: \'L\' >>> \'heLo\'. Example: (regex matching: \', *\') splitting: \'a, b,c\' >>> a list(\'a\', \'b\', \'c\').'
                replaceAllIn: text With: new = (
                    (pattern _RegexReplaceIn: text With: new IfFail: [ |:e. :n|
                        primitiveFailedError: e Name: n ]) asString ).
                replaceAllIn: text By: b = (| out. from <- 0 |
                    out: stringWriter copyRemoveAll.
                    (allPlaces: text) do: [ |:p|
                        out write: (text copyBytesFrom: from UpTo: (p at: 0)).
                        out write: (b value: (matchOf: text Places: p)) asString.
                        from: p at: 1 ].
                    out write: (text copyBytesFrom: from UpTo: text byteSize).
                    out contents ).
                splitting: text = (| l. from <- 0 |
                    l: list copyRemoveAll.
                    (allPlaces: text) do: [ |:p|
                        l addLast: (text copyBytesFrom: from UpTo: (p at: 0)).
                        from: p at: 1 ].
                    l addLast: (text copyBytesFrom: from UpTo: text byteSize).
                    l ).
            }
            {'Category: comparing\x7fComment: By the pattern.'
                isRegex = true.
                = r = ( ((reflect: r) understands: 'isRegex') && [ pattern = r pattern ] ).
                hash = ( pattern hash ).
            }
            {'Category: printing\x7fComment: The pattern.'
                printString = ( 'regex matching: ', pattern printString ).
            }
            {'Category: private\x7fComment: Bytes where groups begin and end, in turn.'
                places: text From: i = (
                    pattern _RegexFind: text From: i IfFail: [ |:e. :n|
                        primitiveFailedError: e Name: n ] ).
                allPlaces: text = (
                    pattern _RegexFindAll: text IfFail: [ |:e. :n|
                        primitiveFailedError: e Name: n ] ).
                matchOf: text Places: p = (
                    regexMatch copyText: text Places: p Names: groupNames ).
            }
        |).

        regexMatch = (| {} = 'Comment: I am a place where a pattern was found.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: Of a text, by the bytes where groups begin and end.'
                copyText: t Places: p Names: n = ( ((clone text: t) places: p) names: n ).
            }
            {'Category: accessing\x7fComment: What was found; where it begins and ends in the text.'
                string = ( at: 0 ).
                start = ( text indexOfByte: (places at: 0) ).
                end = ( text indexOfByte: (places at: 1) ).
            }
            {'Category: accessing\x7fComment: What a group found, by number (0 is the whole) or name; nil if it took no part; all groups but the whole.'
                at: g = ( at: g IfAbsent: [ error: 'no such group: ', g printString ] ).
                at: g IfAbsent: a = (| i. from |
                    i: g isString ifTrue: [ names keyAt: g canonicalize IfAbsent: -1 ] False: g.
                    (i isBetween: 0 And: names size - 1) ifFalse: [ ^ a value ].
                    from: places at: i * 2.
                    from ifNotNil: [ text copyBytesFrom: from UpTo: (places at: (i * 2) + 1) ] ).
                groups = (| l |
                    l: list copyRemoveAll.
                    1 upTo: names size Do: [ |:i| l addLast: (at: i) ].
                    l asVector ).
                asDictionary = (| d |
                    d: dictionary copyRemoveAll.
                    names do: [ |:n. :i| n ifNotNil: [ d at: n Put: (at: i) ] ].
                    d ).
            }
            {'Category: printing\x7fComment: What was found.'
                asString = ( string ).
                printString = ( 'a match(', string printString, ')' ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: text\x7fComment: Prototype of regular expressions: use regex matching:.'
        regex = (| {} = 'Comment: The prototype of regular expressions.'.
            parent* = traits regex.
            {'Category: parts\x7fComment: The text of the pattern; the names of its groups, nil for those without.'
                pattern <- ''.
                groupNames <- vector.
            }
        |).
        regexMatch = (| {} = 'Comment: The prototype of matches.'.
            parent* = traits regexMatch.
            {'Category: parts\x7fComment: In what, where, and what groups are called.'
                text <- ''.
                places <- vector.
                names <- vector.
            }
        |).
    }
|)

traits string _AddSlots: (|
    {'Category: regular expressions\x7fComment: I as a pattern.'
        asRegex = ( regex matching: self ).
    }
|)
