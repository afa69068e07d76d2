"The CognitiveWeaver: an operating system for facets. A facet is a way of being asked: a
model (the program's own, another file, or one behind a server), an adapter if any,
instructions, settings, and what it is for.

  cognitiveWeaver ask: 'What is a prototype?' As: 'summary'
  cognitiveWeaver use: 'coder'                    missing methods are asked of it
  cognitiveWeaver add: ((facet copyNamed: 'law' For: 'contracts')
      model: 'http://localhost:8000/v1 qwen')

It keeps the models and adapters that were used last, within a budget of memory, drops
those that were not, and says what it did. `:facets` shows them. Adapters of a vLLM
server are loaded and unloaded there."

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of facets.'
        facet = (| {} = 'Comment: I am a way in which a model is asked.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: With a name and what it is for; the rest is set.'
                copyNamed: n For: what = ( (copy name: n) purpose: what ).
            }
            {'Category: asking\x7fComment: Whether the model is behind a server; the server; the model as the program wants it named, adapted if the server has the adapter; adapters for the program itself.'
                isRemote = ( model startsWith: 'http' ).
                address = ( model before: ' ' ).
                remoteName = ( ((model splitOn: ' ') asVector at: 1 IfAbsent: '') ).
                adapterName = ( name, '-', adapter hash printString ).
                description = (| words |
                    isRemote && [ adapter isEmpty not ] ifFalse: [ ^ model ].
                    words: (model splitOn: ' ') asVector copy.
                    words size < 2 ifTrue: [ ^ model ].
                    words at: 1 Put: adapterName.
                    words joinedWith: ' ' ).
                adapters = (
                    adapter isEmpty || [ isRemote ] ifTrue: vector False: [
                        vector copySize: 1 FillingWith: adapter ] ).
            }
            {'Category: measuring\x7fComment: What the model and the adapter take in memory here, in bytes: as told, else as large as their files.'
                modelBytes = ( isRemote ifTrue: 0 False: [ sizeOf: model Told: bytes ] ).
                adapterBytes = ( isRemote ifTrue: 0 False: [ sizeOf: adapter Told: 0 ] ).
                sizeOf: path Told: n = (
                    n > 0 ifTrue: [ ^ n ].
                    path isEmpty || [ (file named: path) exists not ] ifTrue: 0 False: [
                        (file named: path) size ] ).
            }
            {'Category: printing\x7fComment: In one line.'
                printString = (
                    (name padOnRight: 10), (purpose padOnRight: 44)
                        , (model isEmpty ifTrue: 'own model' False: [ model ])
                        , (adapter isEmpty ifTrue: '' False: [ ', adapter ', adapter ]) ).
            }
        |).

        loadedPart = (| {} = 'Comment: I am a model or adapter that the weaver has in use.'.
            parent* = traits clonable.
            {'Category: creating\x7fComment: Of a kind (model, adapter, remote), by name; where it is, and its size.'
                copyKind: k Name: n Place: p Bytes: b = (
                    (((copy kind: k) name: n) place: p) bytes: b ).
                isSameAs: other = (
                    (kind = other kind) && [ (name = other name) && [ place = other place ] ] ).
                printString = (
                    kind, ' ', (name isEmpty ifTrue: 'own' False: [ name ])
                        , (bytes = 0 ifTrue: '' False: [
                            ', ', (bytes / 1000000) printString, ' MB' ])
                        , (place isEmpty ifTrue: '' False: [ ' at ', place ]) ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: Prototypes of facets and of what is loaded.'
        facet = (| {} = 'Comment: The prototype of facets.'.
            parent* = traits facet.
            {'Category: parts\x7fComment: Its name; what it is for; the model: nothing for the program\'s own, the path of a GGUF file, or address, name and perhaps grammar of a server; path of an adapter; how it is told to answer; settings; bytes of the model if its file does not tell.'
                name <- ''.
                purpose <- ''.
                model <- ''.
                adapter <- ''.
                instructions <- ''.
                temperature <- 0.7.
                tokens <- 200.
                bytes <- 0.
            }
        |).
        loadedPart = (| {} = 'Comment: The prototype of what is loaded.'.
            parent* = traits loadedPart.
            {'Category: parts\x7fComment: model, adapter or remote (an adapter on a server); its name; the server; its size here.'
                kind <- 'model'.
                name <- ''.
                place <- ''.
                bytes <- 0.
            }
        |).

        cognitiveWeaver = (| {} = 'Comment: I choose who thinks: I load what a facet needs and drop what was not used for long.'.
            parent* = traits oddball.

            {'Category: settings\x7fComment: Bytes that models and adapters may take together; adapters on one server at once.'
                budget <- 2000000000.
                remoteAdapters <- 4.
            }
            {'Category: facets\x7fComment: Those that there are, by name; the one that missing methods are asked of.'
                facets <- list copyRemoveAll.
                current <- 'coder'.
                add: f = (
                    facets: (facets filterBy: [ |:other| other name != f name ]).
                    facets add: f.
                    f ).
                at: n = (
                    facets findFirst: [ |:f| f name = n ] IfPresent: [ |:f| f ] IfAbsent: [
                        error: 'there is no facet \'', n, '\'; there are: ', names ] ).
                names = ( (facets mapBy: [ |:f| f name ]) joinedWith: ', ' ).
            }
            {'Category: using\x7fComment: Missing methods are asked of this facet from now on. Asks one: the answer, or an error if there is none.'
                use: n = (| f. words |
                    f: load: (at: n).
                    words: (f description splitOn: ' ') asVector.
                    f isRemote
                        ifTrue: [
                            mind backend: words first.
                            mind backendModel: (words at: 1).
                            mind backendGrammar: (words size > 2 ifTrue: [ words at: 2 ] False: '') ]
                        False: [
                            mind backend: f model.
                            mind backendModel: ''.
                            mind backendGrammar: '' ].
                    mind adapters: f adapters.
                    current: n.
                    f ).
                ask: question As: n = (| f. rows |
                    f: load: (at: n).
                    rows: nil
                        _ModelGenerate: (f instructions & question & nil & 'root' & 1 & f tokens
                            & f temperature & mind seed & f adapters & mind modelMilliseconds & ''
                            & vector) asVector
                        IfFail: [ |:e| ^ error: 'the facet \'', n, '\' does not answer: ', e ].
                    rows isEmpty ifTrue: [ ^ error: 'the facet \'', n, '\' said nothing' ].
                    ((rows at: 0) at: 0) trim ).
            }
            {'Category: loading\x7fComment: What is loaded, the longest unused first; of this session only. What was done, in words.'
                loaded = ( session at: 'weaver loaded' IfAbsentPut: [ list copyRemoveAll ] ).
                said = ( session at: 'weaver said' IfAbsentPut: [ list copyRemoveAll ] ).
                say: text = ( said size > 99 ifTrue: [ said removeFirst ]. said add: text. self ).
                load: f = (
                    touch: (loadedPart
                            copyKind: 'model'
                            Name: (f isRemote ifTrue: [ f remoteName ] False: [ f model ])
                            Place: (f isRemote ifTrue: [ f address ] False: '')
                            Bytes: f modelBytes)
                        Do: [ say: 'a model is used for ', f name ].
                    f adapter isEmpty ifFalse: [ loadAdapterOf: f ].
                    _ModelUse: f description IfFail: [ |:e|
                        ^ error: 'the model of the facet \'', f name, '\' can\'t be used: ', e ].
                    f ).
                loadAdapterOf: f = (
                    f isRemote
                        ifTrue: [
                            touch: (loadedPart
                                    copyKind: 'remote'
                                    Name: f adapterName
                                    Place: f address
                                    Bytes: 0)
                                Do: [
                                    makeRoomAt: f address.
                                    tell: f address
                                        To: 'load_lora_adapter'
                                        With: ('lora_name' -> f adapterName)
                                            & ('lora_path' -> f adapter).
                                    say: 'adapter of ', f name, ' loaded at ', f address ] ]
                        False: [
                            touch: (loadedPart
                                    copyKind: 'adapter'
                                    Name: f adapter
                                    Place: ''
                                    Bytes: f adapterBytes)
                                Do: [ say: 'adapter of ', f name, ' is used' ] ] ).
                touch: part Do: first = (| known |
                    known: (loaded filterBy: [ |:p| p isSameAs: part ]).
                    known isEmpty ifTrue: [ makeRoomFor: part. first value ] False: [
                        loaded remove: known first IfAbsent: [] ].
                    loaded addLast: part.
                    self ).
            }
            {'Category: dropping\x7fComment: Until the rest fits the budget, what was not used for the longest time goes. Adapters on a server go by its own limit.'
                bytesLoaded = ( loaded inject: 0 Into: [ |:n. :p| n + p bytes ] ).
                makeRoomFor: part = (| old |
                    [
                        ((bytesLoaded + part bytes) > budget) && [
                                old: oldestThat: [ |:p| p bytes > 0 ].
                                old isNotNil ] ] whileTrue: [ drop: old ].
                    self ).
                makeRoomAt: place = (| there |
                    [
                        there: loaded filterBy: [ |:p|
                            (p kind = 'remote') && [ p place = place ] ].
                        there size >= remoteAdapters ] whileTrue: [ drop: there first ].
                    self ).
                oldestThat: b = ( loaded findFirst: b IfPresent: [ |:p| p ] IfAbsent: nil ).
                drop: part = (
                    loaded remove: part IfAbsent: [].
                    part kind = 'remote' ifTrue: [
                        tell: part place
                            To: 'unload_lora_adapter'
                            With: (vector copySize: 1 FillingWith: 'lora_name' -> part name) ].
                    part kind = 'model' ifTrue: [ _ModelDrop: part name IfFail: nil ].
                    say: 'dropped: ', part printString ).
                tell: address To: verb With: pairs = (| d. answer |
                    d: dictionary copyRemoveAll.
                    pairs asVector do: [ |:p| d at: p key Put: p value ].
                    answer: web post: address, '/', verb Json: d.
                    answer status = 200 ifFalse: [
                        ^ error: address, '/', verb, ' answers ', answer status printString, ': '
                            , answer body asString ].
                    answer ).
            }
            {'Category: showing\x7fComment: The facets; what is loaded; what was done last.'
                show = (| out |
                    out: stringWriter copyRemoveAll.
                    facets do: [ |:f|
                        out write: (f name = current ifTrue: '* ' False: '  '), f printString
                            , '\n' ].
                    out write: 'loaded: '
                        , (loaded isEmpty ifTrue: 'nothing' False: [
                            ((loaded mapBy: [ |:p| p printString ]) joinedWith: '; ') ])
                        , ' (budget ', (budget / 1000000) printString, ' MB)'.
                    said isEmpty ifFalse: [ out write: '\nlast: ', said last ].
                    out contents ).
                printString = 'the cognitive weaver'.
            }
        |).
    }
|)

"Facets that ship."

cognitiveWeaver add: (facet copyNamed: 'coder' For: 'missing methods')
cognitiveWeaver add: ((facet copyNamed: 'robin' For: 'comfort, and one small step') instructions: 'You are ROBIN. You comfort whoever is stuck and name one small next step, in two sentences.')
cognitiveWeaver add: ((facet copyNamed: 'brick' For: 'breaking assumptions') instructions: 'You are BRICK. You name the assumption that is wrong and one way to test it, in two sentences.')
cognitiveWeaver add: ((facet copyNamed: 'babs' For: 'finding where things are') instructions: 'You are BABS. You say precisely where to look and what is known, in two sentences.')
cognitiveWeaver add: ((facet copyNamed: 'alfred' For: 'checking and tidying') instructions: 'You are ALFRED. You say what is superfluous and what is missing, in two sentences.')
cognitiveWeaver add: ((facet copyNamed: 'summary' For: 'texts in few words') instructions: 'Say the text in one short sentence.')
cognitiveWeaver add: (facet copyNamed: 'words' For: 'meanings of words (embeddings)')
