"Tests of stdlib/io/calendar.self."

testing suite: 'calendar' Tests: (|
    parent* = traits testSuite.

    testDates = (| d |
        d: date year: 2026 Month: 11 Day: 28.
        expect: d ToPrint: '2026-11-28'.
        expect: d weekdayName ToBe: 'Saturday'.
        expect: d dayOfYear ToBe: 332.
        expect: d + 3 ToPrint: '2026-12-01'.
        expect: (d addMonths: 3) ToPrint: '2027-02-28'.
        expect: ((date parse: '2024-02-29') addYears: 1) ToPrint: '2025-02-28'.
        expect: d - (date parse: '2026-01-01') ToBe: 331.
        expect: d daysInMonth ToBe: 30.
        expect: d < (d + 1) ToBe: true.
        expect: d = (date parse: '28.11.2026' As: '%d.%m.%Y') ToBe: true.
        expect: (d format: '%d %B %Y') ToBe: '28 November 2026'.
        expect: (date parse: '1905-03-01') - (date parse: '1905-02-28') ToBe: 1.
        expect: [ date year: 2026 Month: 2 Day: 30 ] ToSignal: errors format.
        expect: (date parse: 'soon' IfFail: 'no') ToBe: 'no' ).

    testDurations = (
        expect: 3 hours + 20 minutes ToPrint: '3h 20m'.
        expect: (duration parse: '1h 30m') = 90 minutes ToBe: true.
        expect: (duration parse: 'PT90S') milliseconds ToBe: 90000.
        expect: (duration parse: 'P2D') = 2 days ToBe: true.
        expect: 90 minutes isoString ToBe: 'PT1H30M'.
        expect: 36 hours ToPrint: '1d 12h'.
        expect: 3 hours / 90 minutes ToBe: 2.0.
        expect: 1.5 seconds milliseconds ToBe: 1500.
        expect: 1 minutes * 3 ToPrint: '3m'.
        expect: 1 hours > 59 minutes ToBe: true.
        expect: [ duration parse: 'x' ] ToSignal: errors format ).

    testWrongKinds = (
        expect: (date parse: '2026-02-27') + 2 days ToPrint: '2026-03-01'.
        expect: (date parse: '2026-03-01') - 2 days ToPrint: '2026-02-27'.
        expect: [ (date parse: '2026-03-01') + 2 hours ]
            ToComplain: 'Error: a date moves by whole days, and not by 2h. Receiver is: 2026-03-01.'.
        expect: [ (date parse: '2026-03-01') + 1.5 ] ToSignal: errors user.
        expect: [ (date parse: '2026-03-01') < 3 ]
            ToComplain: 'Error: 3 is no date. Receiver is: 2026-03-01.'.
        expect: [ 90 minutes + 3 ]
            ToComplain: 'Error: 3 is no duration, as `3 minutes` is one. Receiver is: 1h 30m.'.
        expect: [ date parse: 3 ]
            ToComplain: 'Error: \'3\' is not a date, such as 2026-01-31: it is no string.'.
        [ date parse: 'tomorrow' ] on: errors format Do: [ |:e|
            assert: ('\'tomorrow\' is not a date, such as 2026-01-31: ' isPrefixOf: e messageText) ] ).

    testMoments = (| m |
        m: moment parse: '2026-11-28T12:00:00+01:00'.
        expect: m ToPrint: '2026-11-28 11:00:00'.
        expect: m isoString ToBe: '2026-11-28T11:00:00Z'.
        expect: (moment parse: '2026-11-28 11:00') = m ToBe: true.
        expect: (m in: 'UTC') hour ToBe: 11.
        expect: (m in: 'UTC') ToPrint: '2026-11-28T11:00:00+00:00[UTC]'.
        expect: ((m in: 'UTC') addMonths: 1) isoString ToBe: '2026-12-28T11:00:00+00:00'.
        expect: m + 90 minutes ToPrint: '2026-11-28 12:30:00'.
        expect: ((m in: 'UTC') + 2 hours) hour ToBe: 13.
        expect: (((m in: 'UTC') + 2 hours) - m) ToPrint: '2h'.
        expect: m asDate ToPrint: '2026-11-28'.
        expect: (m format: '%H:%M') ToBe: '11:00'.
        expect: [ m in: 'Nowhere/Land' ] ToSignal: errors format.
        expect: [ moment parse: 'noon' ] ToSignal: errors format ).
|)
