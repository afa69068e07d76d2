"JSON: objects are dictionaries, arrays are lists, null is nil.

  json parse: '{\"name\": \"Ada\", \"tags\": [1, 2.5]}'
  json print: a dictionary

Keys are written in order of their texts, those of an orderedDictionary in its own. Whole numbers are exact whatever their size; others are
floats, or decimals by parseExactly:, for money."

globals _AddSlots: (|
    {'Category: text\x7fComment: Reads and writes JSON.'
        json = (| {} = 'Comment: I read and write JSON.'.
            parent* = traits dataFormat.

            {'Category: reading\x7fComment: What a text says; the block gets line, column and complaint. Example: json parse: \'[1, 2]\' >>> a list(1, 2).'
                parse: text = ( parse: text IfFail: [ |:why| complain: why ] ).
                parse: text IfFail: a = (
                    text _JsonParse: prototypes Exactly: false IfFail: [ |:e| explain: e To: a ] ).
            }
            {'Category: reading\x7fComment: The same with decimals for numbers that have a point. Example: (json parseExactly: \'0.10\') + (json parseExactly: \'0.20\') >>> 0.30.'
                parseExactly: text = ( parseExactly: text IfFail: [ |:why| complain: why ] ).
                parseExactly: text IfFail: a = (
                    text _JsonParse: prototypes Exactly: true IfFail: [ |:e| explain: e To: a ] ).
            }
            {'Category: writing\x7fComment: An object as JSON, on one line; each element on a line of its own. What is no plain data is asked for asPlainData. Example: json print: (1 & nil & \'a\') asVector >>> \'[1,null,"a"]\'.'
                print: x = ( print: x Indent: 0 ).
                printIndented: x = ( print: x Indent: 2 ).
                print: x Indent: n = (
                    write: x By: [ |:y. :fail| y _JsonPrint: prototypes Indent: n IfFail: fail ] ).
            }
        |).
    }
|)
