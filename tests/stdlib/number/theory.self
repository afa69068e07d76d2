"Tests of stdlib/number/theory.self."

testing suite: 'theory' Tests: (|
    parent* = traits testSuite.

    testDivisors = (
        expect: (12 gcd: 18) ToBe: 6.
        expect: (-12 gcd: 18) ToBe: 6.
        expect: (4 lcm: 6) ToBe: 12.
        expect: (3 divides: 12) ToBe: true.
        expect: (12 isDivisibleBy: 5) ToBe: false ).

    testPrimes = (
        expect: 17 isPrime ToBe: true.
        expect: 91 isPrime ToBe: false.
        expect: ((0 upTo: 20) filterBy: [ |:n| n isPrime ])
            ToPrint: 'a vector(2, 3, 5, 7, 11, 13, 17, 19)'.
        expect: (((2 power: 89) - 1) isPrime: 10) ToBe: true.
        expect: (((2 power: 83) - 1) isPrime: 10) ToBe: false.
        expect: (1000003 * 1000033 isPrime: 10) ToBe: false.
        expect: (2 isPrime: 1) ToBe: true.
        expect: -5 nextPrime ToBe: 2.
        expect: 2 nextPrime ToBe: 3.
        expect: 7 nextPrime ToBe: 11.
        expect: 1000000000 nextPrime ToBe: 1000000007 ).

    testFactors = (
        expect: 360 factors ToPrint: 'a list(2, 2, 2, 3, 3, 5)'.
        expect: 97 factors ToPrint: 'a list(97)'.
        expect: 1 factors isEmpty ToBe: true.
        expect: [ 0 factors ] ToSignal: errors user ).

    testModularArithmetic = (
        expect: (3 pow: 100 Mod: 7) ToBe: 4.
        expect: (3 power: 100 Mod: 7) ToBe: 4.
        expect: (240 gcdExtended: 46) ToBe: 2 @ (-9 @ 47).
        expect: (3 inverseMod: 11) ToBe: 4.
        expect: (-3 inverseMod: 11) ToBe: 7.
        expect: [ 6 inverseMod: 9 ] ToSignal: errors user ).
|)
