"The Ship of Theseus: another version of the program goes on with this world while it
runs. First it proves itself on a fork of the image; then this program commits, hands
over file, lock, doors and terminal, and ends. If anything is unlike, or the other one
dies, this one goes on.

  ship sail: '/usr/local/bin/batos-next'
  ship log"

errors _AddSlots: (|
    {'Category: kinds\x7fComment: Another program can\'t go on with this world.'
        ship = (errors any copyName: 'ship') _AddSlots: (|
            describe: e = ( 'Error: ', e messageText ).
        |).
    }
|)

globals _AddSlots: (|
    {'Category: image\x7fComment: Has another program go on with this world.'
        ship = (| {} = 'Comment: I carry this world from one program to the next.'.
            parent* = traits oddball.

            {'Category: sailing\x7fComment: Asks for the program of this path to go on; it does when this turn of the world is over. The steps of the latest crossing.'
                sail: path = (
                    path _ShipSailIfFail: [ |:e|
                        ^ (errors ship copyReceiver: self Message: (reason: e)) signal ].
                    self ).
                log = ( _ShipLogIfFail: vector ).
                showLog = ( log joinedWith: '\n' ).
            }
            {'Category: questions\x7fComment: Expressions that clients asked lately: another program must answer the same.'
                asked = ( session at: 'ship asked' IfAbsent: [ list copyRemoveAll ] ).
                note: text = (| all |
                    all: session at: 'ship asked' IfAbsentPut: [ list copyRemoveAll ].
                    all addLast: text.
                    all size > most ifTrue: [ all removeFirst ].
                    self ).
                most = 16.
            }
            {'Category: private\x7fComment: What is wrong, in words.'
                reason: e = (
                    ('shipError: ' isPrefixOf: e) ifTrue: [
                        ^ (e copyFrom: 'shipError: ' size), '.' ].
                    'no other program can go on with this world from here.' ).
            }
        |).
    }
|)
