(| m: a = ( a ifTrue: [ a ifTrue: [ a ifTrue: [ a ifTrue: [ a ifTrue: [ a ifTrue: [ a ifTrue: [ a ifTrue: [ a ifTrue: [ a ifTrue: [ 1 ] ] ] ] ] ] ] ] ] ] ) |)
