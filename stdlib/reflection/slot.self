"Slots as objects, and what annotations say. A slot object is a mirror and a name:
it always shows the present state."

traits _AddSlots: (|
    {'Category: reflection\x7fComment: Behaviour of slots seen through mirrors.'
        slot = (| {} = 'Comment: I stand for one slot of an object.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For the slot of a mirror\'s object.'
                copyMirror: m Name: n = ( (clone holder: m) name: n ).
            }
            {'Category: parts\x7fComment: The same parts by other names.'
                key = ( name ).
                mirror = ( holder ).
            }
            {'Category: parts\x7fComment: What it holds (a mirror, or the object), and what sort of slot it is, if it is there.'
                exists = ( holder includesName: name ).
                contents = ( holder contentsAt: name ).
                contentsIfFail: a = ( holder contentsAt: name IfFail: a ).
                value = ( contents reflectee ).
                isParent = ( holder isParentAt: name ).
                isAssignable = ( holder isAssignableAt: name ).
                isArgument = ( holder isArgumentAt: name ).
                isAssignment = ( contents isReflecteeAssignment ).
                isMethod = ( contents isReflecteeMethod ).
                source = ( contents source ).
            }
            {'Category: annotations\x7fComment: The text as it is, the category, the comment.'
                annotation = ( holder annotationAt: name ).
                category = ( (annotationReader copyText: annotation) category ).
                comment = ( (annotationReader copyText: annotation) comment ).
            }
            {'Category: changing\x7fComment: Takes the slot out of its object; changes what it holds (a mirror), whether it is a parent, what its annotation says.'
                remove = ( holder removeSlot: name ).
                contents: m = ( holder at: name PutContents: m. self ).
                isParent: b = ( isParent: b Annotation: annotation ).
                annotation: text = ( isParent: isParent Annotation: text ).
                category: text = (
                    annotation: ((annotationReader copyText: annotation) withCategory: text) ).
                comment: text = (
                    annotation: ((annotationReader copyText: annotation) withComment: text) ).
                isParent: b Annotation: text = (
                    holder define: (holder
                        copyAt: name
                        Put: contents
                        IsParent: b
                        Annotation: text
                        IfFail: raiseError).
                    self ).
            }
            {'Category: comparing\x7fComment: The same name in the same object.'
                = s = ( (holder = s holder) && [ name = s name ] ).
                hash = ( name hash ).
                < s = ( name < s name ).
            }
            {'Category: printing\x7fComment: Whose slot it is.'
                printString = ( 'the slot ', name, ' of ', holder safePrintString ).
            }
        |).

        annotationReader = (| {} = 'Comment: I read annotations: entries such as Category: and Comment:, separated by the byte 127.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For a text.'
                copyText: t = ( clone text: t ).
            }
            {'Category: reading\x7fComment: All values of a key in order; the nested categories as a path; the innermost comment.'
                entries: key = (| found |
                    found: list copyRemoveAll.
                    (text splitOn: '\x7f') do: [ |:e|
                        (key isPrefixOf: e) ifTrue: [ found add: (e copyFrom: key size) trim ] ].
                    found ).
                category = ( (entries: 'Category:') joinedWith: '/' ).
                comment = (| c | c: entries: 'Comment:'. c isEmpty ifTrue: '' False: [ c last ] ).
            }
            {'Category: writing\x7fComment: My text with another category or comment.'
                withCategory: c = (
                    ((without: 'Category:') addFirst: 'Category: ', c) joinedWith: '\x7f' ).
                withComment: c = (
                    ((without: 'Comment:') addLast: 'Comment: ', c) joinedWith: '\x7f' ).
                without: key = (
                    (text splitOn: '\x7f') asList filterBy: [ |:e|
                        e isEmpty not && [ (key isPrefixOf: e) not ] ] ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Prototypes.'
        slot = (| {} = 'Comment: The prototype of slots seen through mirrors.'.
            parent* = traits slot.
            {'Category: parts\x7fComment: A mirror, and the name of a slot.'
                holder.
                name <- ''.
            }
        |).
        annotationReader = (| {} = 'Comment: The prototype of readers of annotations.'.
            parent* = traits annotationReader.
            {'Category: parts\x7fComment: The annotation.'
                text <- ''.
            }
        |).
    }
|)
