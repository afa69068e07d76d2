"Tests in the image. A suite is an object whose slots that begin with `test` are
tests:

  testing suite: 'list' Tests: (| parent* = traits testSuite.
      testAdd = ( expect: (list copyRemoveAll add: 3) size ToBe: 1 ).
  |)

`testing runAll` runs them, prints what failed, and answers whether nothing did."

errors _AddSlots: (|
    {'Category: kinds\x7fComment: What a test expected did not happen.'
        expectation = (errors assertion copyName: 'expectation') _AddSlots: (|
            describe: e = ( e messageText ).
        |).
    }
|)

traits _AddSlots: (|
    {'Category: testing\x7fComment: Behaviour of test suites.'
        testSuite = (| {} = 'Comment: I am the behaviour of test suites. Slots of mine that begin with test are tests.'.
            parent* = traits oddball.

            {'Category: preparing\x7fComment: Evaluated before and after each test.'
                setUp = ( self ).
                tearDown = ( self ).
            }
            {'Category: expecting\x7fComment: That two things are equal; the same object; that something is true or false.'
                expect: x ToBe: y = (
                    x = y ifFalse: [ fail: 'expected ', (show: y), ' but got ', (show: x) ] ).
                expect: x ToPrint: text = (
                    (show: x) = text ifFalse: [ fail: 'expected ', text, ' but got ', (show: x) ] ).
                expect: x ToBeSameAs: y = (
                    (x _Eq: y) ifFalse: [
                        fail: 'expected the same object as ', (show: y), ' but got ', (show: x) ] ).
                assert: b = ( assert: b Description: 'an assertion is false' ).
                assert: b Description: text = ( (true _Eq: b value) ifFalse: [ fail: text ] ).
                deny: b = ( deny: b Description: 'a denial is true' ).
                deny: b Description: text = ( (false _Eq: b value) ifFalse: [ fail: text ] ).
            }
            {'Category: expecting\x7fComment: That the block signals an error: of a kind, with a certain text.'
                expectError: b = ( expect: b ToSignal: errors any ).
                expect: b ToSignal: kind = (
                    b on: kind Do: [ |:e| ^ self ].
                    fail: 'expected an error of kind ', (show: kind) ).
                expect: b ToComplain: text = (
                    b on: errors any Do: [ |:e|
                        e description = text ifFalse: [
                            ^ fail: 'expected the error ', text, ' but got ', e description ].
                        ^ self ].
                    fail: 'expected the error ', text ).
                fail: text = (
                    (errors expectation
                        copyReceiver: self
                        Message: text, (placeOfTest: process this)) signal ).
                placeOfTest: p = (
                    p activations do: [ |:a|
                        ('test' isPrefixOf: a selector) && [ a receiver = (reflect: self) ] ifTrue: [
                            ^ ' (', a file, ':', a line printString, ')' ] ].
                    '' ).
                show: x = ( (reflect: x) safePrintString ).
            }
            {'Category: running\x7fComment: The names of my tests in order; runs those whose name, with mine before it, contains a text. An error is told with the line of the test that it came from.'
                namesOfTests = (
                    ((reflect: self) names filterBy: [ |:n| 'test' isPrefixOf: n ]) asVector
                        copySorted ).
                runMatching: text Into: outcome = (
                    namesOfTests do: [ |:n|
                        ((name, ' ', n) includesSubstring: text) ifTrue: [ run: n Into: outcome ] ].
                    self ).
                run: testName Into: outcome = (
                    [
                        setUp.
                        [ _Perform: testName canonicalize ] ensure: [ tearDown ].
                        outcome passed ] on: errors any Do: [ |:e|
                        outcome suite: self Test: testName Failed: e description, (placeOf: e) ] ).
                placeOf: e = (
                    (e isKind: errors expectation) ifTrue: '' False: [ placeOfTest: process this ] ).
                name = 'unnamed suite'.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: testing\x7fComment: Knows all suites and runs them.'
        testing = (| {} = 'Comment: I know all suites and run them.'.
            parent* = traits oddball.

            {'Category: state\x7fComment: The suites in the order of their definition.'
                suites <- list copyRemoveAll.
            }
            {'Category: defining\x7fComment: A suite of that name; an older one of the name is forgotten.'
                suite: suiteName Tests: tests = (
                    modules note: tests.
                    tests _AddSlots: (| name <- '' |).
                    tests name: suiteName.
                    suites removeWhere: [ |:s| s name = suiteName ].
                    suites addLast: tests.
                    tests ).
            }
            {'Category: running\x7fComment: All, or those whose suite and name contain a text. Prints a report; answers whether all passed, and there were some that contain it.'
                runAll = ( runMatching: '' ).
                runMatching: text = (| outcome |
                    outcome: testOutcome copyRemoveAll.
                    suites do: [ |:s| s runMatching: text Into: outcome ].
                    outcome report.
                    outcome isEmpty && [ text isEmpty not ] ifTrue: [
                        console complain: 'no test has ', text, ' in its name'.
                        ^ false ].
                    outcome hasPassed ).
            }
        |).

        testOutcome = (| {} = 'Comment: I count what tests came to.'.
            parent* = traits clonable.

            {'Category: state\x7fComment: How many passed; lines on those that did not.'
                passCount <- 0.
                failures <- list copyRemoveAll.
            }
            {'Category: creating\x7fComment: Nothing run yet.'
                copyRemoveAll = ( (clone passCount: 0) failures: list copyRemoveAll ).
            }
            {'Category: counting\x7fComment: One more, passed or failed.'
                passed = ( passCount: passCount + 1 ).
                suite: s Test: n Failed: text = ( failures addLast: s name, ' ', n, ': ', text ).
                hasPassed = ( failures isEmpty ).
                isEmpty = ( (passCount = 0) && [ failures isEmpty ] ).
            }
            {'Category: reporting\x7fComment: One line for each failure, and the sum.'
                report = (
                    failures do: [ |:line| console writeLine: 'FAILED ', line ].
                    console writeLine: passCount printString, ' passed, '
                        , failures size printString, ' failed' ).
            }
        |).
    }
|)
