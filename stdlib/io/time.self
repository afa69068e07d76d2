"Time: a moment with a date and a clock (UTC), durations in milliseconds, and how
long something takes."

globals _AddSlots: (|
    {'Category: time\x7fComment: The clock.'
        time = (| {} = 'Comment: I am the clock of the system.'.
            parent* = traits oddball.

            {'Category: clock\x7fComment: Milliseconds since 1970, by the system\'s clock and by one that does not jump while the program runs; a clock that never goes back, in nanoseconds; processor time used, in milliseconds.'
                milliseconds = (| v |
                    v: _TimeRealIfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ].
                    ((v at: 0) * 86400000) + (v at: 1) ).
                nanoseconds = ( _TimeNanosecondsIfFail: [ milliseconds * 1000000 ] ).
                cpuMilliseconds = ( _TimeCPUIfFail: 0 ).
                now = ( moment copyMilliseconds: milliseconds ).
                current = ( now ).
                currentTimeString = ( _CurrentTimeStringIfFail: [ now printString ] ).
                steady = ( _TimeSteadyIfFail: [ milliseconds ] ).
                restFor: ms = (| end. left |
                    end: steady + (duration: ms).
                    [ left: end - steady. left > 0 ] whileTrue: [ pause: left ].
                    self ).
                rest: ms ForInput: b = (
                    _RestMilliseconds: (ms min: msecPerDay) ForInput: b IfFail: [ |:e. :n|
                        ^ primitiveFailedError: e Name: n ].
                    self ).
                pause: ms = (
                    _SleepMilliseconds: (ms min: msecPerDay) IfFail: [ |:e. :n|
                        ^ primitiveFailedError: e Name: n ].
                    self ).
            }
            {'Category: clock\x7fComment: How long to wait, in whole milliseconds; an error if the argument is no time from 0 on.'
                duration: ms = (
                    ms isNumber ifFalse: [ error: 'a time to wait is a number of milliseconds' ].
                    (ms >= 0) && [ ms < math infinity ] ifFalse: [
                        error: 'one can wait for a finite time from 0 on, not for '
                            , ms printString, ' ms' ].
                    ms ceil asInteger ).
            }
            {'Category: moments\x7fComment: The beginning of 1970; a moment by day and millisecond of that day, by milliseconds, by calendar and clock (UTC); how long a day is.'
                origin = ( copyMsec: 0 ).
                copyDay: d Msec: ms = ( moment copyDay: d Msec: ms ).
                copyMsec: ms = ( moment copyMilliseconds: ms ).
                copyYear: y Month: m Date: d Hours: h Minutes: min Seconds: s = (
                    moment copyYear: y Month: m Date: d Hours: h Minutes: min Seconds: s ).
                msecPerDay = 86400000.
            }
        |).

        times = (| {} = 'Comment: I tell how much time there is and was used, in milliseconds.'.
            parent* = traits oddball.

            {'Category: clock\x7fComment: What time it is, a moment; what the processor was used for, all of it for the program.'
                real = ( time now ).
                cpu = ( time cpuMilliseconds ).
                user = ( cpu ).
                system = 0.
            }
            {'Category: waiting\x7fComment: The process that asks goes on after so many milliseconds.'
                delay: ms = ( process sleep: ms. self ).
            }
        |).

        timesTaken = (| {} = 'Comment: I tell how long something took, in milliseconds.'.
            parent* = traits clonable.

            {'Category: times\x7fComment: By the clock; by the processor, and whose part of that it was.'
                realTime <- 0.
                cpuTime <- 0.
                userTime = ( cpuTime ).
                systemTime = ( times system ).
            }
            {'Category: printing\x7fComment: The times.'
                namePrintString = 'times'.
                statePrintString = (
                    'real ', realTime printString, ' ms, processor ', cpuTime printString, ' ms' ).
            }
        |).
    }
|)

traits _AddSlots: (|
    {'Category: time\x7fComment: Behaviour of moments.'
        moment = (| {} = 'Comment: I am a moment in time, in UTC.'.
            parent* = traits orderedClonable.

            {'Category: creating\x7fComment: From milliseconds since 1970, or of a day; from a date, and a time of it.'
                copyMilliseconds: n = ( clone milliseconds: n ).
                copyYear: y Month: m Day: d = (
                    copyDay: (dayNumberYear: y Month: m Day: d) Msec: 0 ).
                copyDay: d Msec: ms = ( copyMilliseconds: (d * 86400000) + ms ).
                copyYear: y Month: m Date: d Hours: h Minutes: min Seconds: s = (
                    copyDay: (dayNumberYear: y Month: m Day: d)
                        Msec: ((((h * 60) + min) * 60) + s) * 1000 ).
            }
            {'Category: parts\x7fComment: Calendar and clock.'
                dayNumber = ( milliseconds div: 86400000 ).
                msec = ( milliseconds mod: 86400000 ).
                year = ( calendar at: 0 ).
                month = ( calendar at: 1 ).
                day = ( calendar at: 2 ).
                date = ( day ).
                hour = ( (milliseconds div: 3600000) mod: 24 ).
                minute = ( (milliseconds div: 60000) mod: 60 ).
                second = ( (milliseconds div: 1000) mod: 60 ).
                weekday = ( (dayNumber + 4) mod: 7 ).
                weekdayName = ( weekdayNames at: weekday ).
                monthName = ( monthNames at: month ).
                isLeapYear = (
                    ((year % 4) = 0) && [ ((year % 100) != 0) || [ (year % 400) = 0 ] ] ).
            }
            {'Category: parts\x7fComment: The same: I know no other time than that of Greenwich.'
                yearGMT = ( year ).
                monthGMT = ( month ).
                dateGMT = ( date ).
                hourGMT = ( hour ).
                minuteGMT = ( minute ).
                secondGMT = ( second ).
            }
            {'Category: names\x7fComment: Of days, by weekday, and of months, by month: there is none at 0.'
                weekdayNames = ('Sunday' & 'Monday' & 'Tuesday' & 'Wednesday' & 'Thursday'
                    & 'Friday' & 'Saturday') asVector.
                monthNames = (nil & 'January' & 'February' & 'March' & 'April' & 'May' & 'June'
                    & 'July' & 'August' & 'September' & 'October' & 'November' & 'December')
                    asVector.
                shortWeekdayNames = ( weekdayNames mapBy: [ |:n| n copyFrom: 0 UpTo: 3 ] ).
                shortMonthNames = (
                    monthNames mapBy: [ |:n| n ifNotNil: [ n copyFrom: 0 UpTo: 3 ] ] ).
            }
            {'Category: private\x7fComment: Days since 1970 from a date of the Gregorian calendar and back; years begin in March, eras of 400 years repeat.'
                dayNumberYear: y Month: m Day: d = (| yy. era. yearOfEra. dayOfYear |
                    yy: m <= 2 ifTrue: [ y - 1 ] False: [ y ].
                    era: yy div: 400.
                    yearOfEra: yy - (era * 400).
                    dayOfYear: ((((m + 9) % 12) * 153) + 2) / 5.
                    dayOfYear: dayOfYear + (d - 1).
                    ((era * 146097) + ((yearOfEra * 365) + ((yearOfEra / 4) - (yearOfEra / 100))))
                        + (dayOfYear - 719468) ).
                calendar = (| z. era. doe. yoe. doy. mp. y. m |
                    z: dayNumber + 719468.
                    era: z div: 146097.
                    doe: z - (era * 146097).
                    yoe: (doe - ((doe / 1460) - ((doe / 36524) - (doe / 146096)))) / 365.
                    doy: doe - ((yoe * 365) + ((yoe / 4) - (yoe / 100))).
                    mp: ((doy * 5) + 2) / 153.
                    m: mp < 10 ifTrue: [ mp + 3 ] False: [ mp - 9 ].
                    y: yoe + (era * 400).
                    m <= 2 ifTrue: [ y: y + 1 ].
                    (y & m & ((doy - (((mp * 153) + 2) / 5)) + 1)) asVector ).
            }
            {'Category: arithmetic\x7fComment: Moved by milliseconds, or a duration; the milliseconds between two moments.'
                + ms = ( copyMilliseconds: milliseconds + (inMilliseconds: ms) ).
                - x = (
                    ((reflect: x) understands: 'isMoment') ifTrue: [
                        ^ milliseconds - x milliseconds ].
                    copyMilliseconds: milliseconds - (inMilliseconds: x) ).
                inMilliseconds: x = ( x isNumber ifTrue: [ x ] False: [ x milliseconds ] ).
            }
            {'Category: comparing\x7fComment: Earlier is less.'
                = m = (
                    ((reflect: m) understands: 'isMoment') && [ milliseconds = m milliseconds ] ).
                < m = ( milliseconds < m milliseconds ).
                hash = ( milliseconds hash ).
                isMoment = true.
            }
            {'Category: printing\x7fComment: 2026-01-31 23:59:59.'
                printString = ( dateString, ' ', timeString ).
                dateString = ( (digits: year), '-', (digits: month), '-', (digits: day) ).
                timeString = ( (digits: hour), ':', (digits: minute), ':', (digits: second) ).
                digits: n = ( n printString padOnLeft: 2 With: '0' ).
                printStringGMT = ( printString ).
                timeStringGMT = ( timeString ).
            }
            {'Category: printing\x7fComment: Sat Jan 31 23:59:59 2026.'
                compactPrintString = (
                    (shortWeekdayNames at: weekday), ' ', (shortMonthNames at: month), ' '
                        , day printString, ' ', timeString, ' ', year printString ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: time\x7fComment: Prototype of moments: use time now.'
        moment = (| {} = 'Comment: The prototype of moments.'.
            parent* = traits moment.
            {'Category: state\x7fComment: Since the beginning of 1970, UTC.'
                milliseconds <- 0.
            }
        |).
    }
|)

traits block _AddSlots: (|
    {'Category: timing\x7fComment: How long I take: by the clock, by the processor (all of it counts as mine), in milliseconds.'
        realTime = (| start | start: time milliseconds. value. time milliseconds - start ).
        userTime = ( cpuTime ).
        systemTime = ( value. times system ).
        allTimes = (| start |
            start: time milliseconds.
            (timesTaken copy cpuTime: cpuTime) realTime: time milliseconds - start ).
        cpuTime = (| start | start: time cpuMilliseconds. value. time cpuMilliseconds - start ).
    }
|)
