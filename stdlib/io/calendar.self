"Dates, durations, and moments in zones.

  date year: 2026 Month: 11 Day: 28              2026-11-28
  (date parse: '2026-01-31') addMonths: 1        2026-02-28
  3 hours + 20 minutes                           3h 20m
  (moment parse: '2026-11-28T12:00+01:00') in: 'Europe/Berlin'

A date is a day of the Gregorian calendar, in no zone. A moment is a point in time,
shown in UTC unless it is put `in:` a zone, named as the system names zones; 'system'
is the one that the computer is set to."

traits _AddSlots: (|
    {'Category: time\x7fComment: Behaviour of dates.'
        date = (| {} = 'Comment: I am a day of the calendar.'.
            parent* = traits orderedClonable.

            {'Category: creating\x7fComment: By year, month and day; from a text, as 2026-11-28 or by a pattern with %d, %m, %Y, %b and so on; today, in the zone of the system. Example: date parse: \'28.11.2026\' As: \'%d.%m.%Y\' >>> 2026-11-28.'
                year: y Month: m Day: d = (
                    parse: (digits: y Width: 4), '-', (digits: m Width: 2), '-'
                        , (digits: d Width: 2) ).
                parse: text = ( parse: text As: '' ).
                parse: text As: pattern = (
                    parse: text As: pattern IfFail: [ |:why|
                        badFormat: text As: 'a date, such as 2026-01-31' Because: why ] ).
                parse: text IfFail: a = ( parse: text As: '' IfFail: a ).
                parse: text As: pattern IfFail: a = (
                    clone dayNumber: (text _DateParse: pattern IfFail: [ |:e|
                        ^ a value: (explain: e) ]) ).
                copyDayNumber: n = ( clone dayNumber: n ).
                today = ( (time now in: 'system') date ).
            }
            {'Category: parts\x7fComment: Year, month, day; the day of the week (0 is Sunday) and its name, the name of the month; the day of the year, how many days the month has. Example: (date parse: \'2026-11-28\') weekdayName >>> \'Saturday\'.'
                year = ( asMoment year ).
                month = ( asMoment month ).
                day = ( asMoment day ).
                weekday = ( asMoment weekday ).
                weekdayName = ( asMoment weekdayName ).
                monthName = ( asMoment monthName ).
                isLeapYear = ( asMoment isLeapYear ).
                dayOfYear = ( (self - (year: year Month: 1 Day: 1)) + 1 ).
                firstOfMonth = ( year: year Month: month Day: 1 ).
                lastOfMonth = ( (firstOfMonth addMonths: 1) - 1 ).
                daysInMonth = ( lastOfMonth day ).
            }
            {'Category: arithmetic\x7fComment: So many days later or earlier, the days between two dates; so many months or years later, on the last day where the month is shorter. Example: (date parse: \'2026-02-27\') + 2 days >>> 2026-03-01. Example: (date parse: \'2026-03-01\') - (date parse: \'2026-02-01\') >>> 28.'
                + days = ( copyDayNumber: dayNumber + (wholeDays: days) ).
                - x = (
                    ((reflect: x) understands: 'isDate')
                        ifTrue: [ dayNumber - x dayNumber ]
                        False: [ copyDayNumber: dayNumber - (wholeDays: x) ] ).
                addDays: n = ( + n ).
                addMonths: n = (
                    copyDayNumber: (dayNumber _DateAddMonths: n IfFail: [ |:e|
                        badFormat: self Because: (explain: e) ]) ).
                addYears: n = ( addMonths: n * 12 ).
                next = ( + 1 ).
                previous = ( - 1 ).
                upTo: d Do: b = (
                    dayNumber upTo: d dayNumber Do: [ |:n| b value: (copyDayNumber: n) ].
                    self ).
            }
            {'Category: comparing\x7fComment: Earlier is less.'
                isDate = true.
                = d = ( ((reflect: d) understands: 'isDate') && [ dayNumber = d dayNumber ] ).
                < d = (
                    ((reflect: d) understands: 'isDate') ifFalse: [
                        ^ error: (reflect: d) safePrintString, ' is no date' ].
                    dayNumber < d dayNumber ).
                hash = ( dayNumber hash ).
            }
            {'Category: converting\x7fComment: My midnight in UTC, in a zone.'
                asMoment = ( moment copyDay: dayNumber Msec: 0 ).
                in: zone = ( (moment parse: printString In: zone) in: zone ).
                asPlainData = ( printString ).
                storeString = ( '(date parse: \'', printString, '\')' ).
            }
            {'Category: printing\x7fComment: As 2026-11-28; by a pattern. Example: (date parse: \'2026-11-28\') format: \'%d %B %Y\' >>> \'28 November 2026\'.'
                printString = (
                    (digits: year Width: 4), '-', (digits: month Width: 2), '-'
                        , (digits: day Width: 2) ).
                format: pattern = (
                    (dayNumber _DateFormat: pattern IfFail: [ |:e|
                        ^ badFormat: pattern Because: (explain: e) ]) asString ).
            }
            {'Category: private\x7fComment: Digits, and complaints.'
                digits: n Width: w = ( n printString padOnLeft: w With: '0' ).
                wholeDays: x = (
                    (reflect: x) isReflecteeInteger ifTrue: [ ^ x ].
                    ((reflect: x) understands: 'isDuration') && [
                            (x milliseconds % 86400000) = 0 ] ifTrue: [
                        ^ x milliseconds / 86400000 ].
                    error: 'a date moves by whole days, and not by ', (reflect: x) safePrintString ).
                explain: e = (| i |
                    'badTypeError' = e ifTrue: [ ^ 'it is no string' ].
                    i: e indexOf: ': '.
                    i < 0 ifTrue: [ e ] False: [ e copyFrom: i + 2 ] ).
                badFormat: text As: what Because: why = (
                    (errors format
                        copyReceiver: text
                        Message: text asString printString, ' is not ', what, ': ', why) signal ).
                badFormat: text Because: why = (
                    (errors format
                        copyReceiver: text
                        Message: text asString printString, ': ', why) signal ).
            }
        |).

        duration = (| {} = 'Comment: I am a length of time.'.
            parent* = traits orderedClonable.

            {'Category: creating\x7fComment: By milliseconds; from a text, as \'2h 30m\' or PT2H30M; how long a block takes. Example: duration parse: \'1h 30m\' >>> 1h 30m.'
                copyMilliseconds: n = ( clone milliseconds: n ).
                parse: text = (
                    parse: text IfFail: [ |:why|
                        date badFormat: text As: 'a duration, such as 2h 30m' Because: why ] ).
                parse: text IfFail: a = (
                    copyMilliseconds: (text _DurationParseIfFail: [ |:e|
                        ^ a value: (date explain: e) ]) ).
                of: b = (| start |
                    start: time nanoseconds.
                    b value.
                    copyMilliseconds: (time nanoseconds - start) / 1000000 ).
            }
            {'Category: parts\x7fComment: All of me in one unit, as a float; whole units.'
                seconds = ( milliseconds asFloat / 1000.0 ).
                minutes = ( milliseconds asFloat / 60000.0 ).
                hours = ( milliseconds asFloat / 3600000.0 ).
                days = ( milliseconds asFloat / 86400000.0 ).
            }
            {'Category: arithmetic\x7fComment: With durations; so many of me; how often another goes into me, or a part of me. Example: 90 minutes + 30 seconds >>> 1h 30m 30s. Example: 3 hours / 90 minutes >>> 2.0.'
                + d = (
                    ((reflect: d) understands: 'isMoment') ifTrue: [ ^ d + milliseconds ].
                    copyMilliseconds: milliseconds + (millisecondsOf: d) ).
                - d = ( copyMilliseconds: milliseconds - (millisecondsOf: d) ).
                millisecondsOf: d = (
                    ((reflect: d) understands: 'isDuration') ifFalse: [
                        ^ error: (reflect: d) safePrintString
                            , ' is no duration, as `3 minutes` is one' ].
                    d milliseconds ).
                * n = ( copyMilliseconds: (milliseconds * n) truncate ).
                / x = (
                    x isNumber ifTrue: [ copyMilliseconds: (milliseconds / x) truncate ] False: [
                        milliseconds asFloat / x milliseconds asFloat ] ).
                negate = ( copyMilliseconds: milliseconds negate ).
                abs = ( copyMilliseconds: milliseconds abs ).
            }
            {'Category: comparing\x7fComment: Shorter is less.'
                isDuration = true.
                = d = (
                    ((reflect: d) understands: 'isDuration') && [ milliseconds = d milliseconds ] ).
                < d = ( milliseconds < (millisecondsOf: d) ).
                hash = ( milliseconds hash ).
            }
            {'Category: printing\x7fComment: As 2h 30m; as PT2H30M.'
                printString = (
                    (milliseconds _DurationPrintIfFail: [ milliseconds printString, 'ms' ])
                        asString ).
                isoString = (
                    (milliseconds _DurationPrintISOIfFail: [ |:e| date badFormat: '' Because: e ])
                        asString ).
                asPlainData = ( isoString ).
                storeString = ( '(duration copyMilliseconds: ', milliseconds printString, ')' ).
            }
        |).

        zonedMoment = (| {} = 'Comment: I am a moment as the clocks of a zone show it.'.
            parent* = traits orderedClonable.

            {'Category: creating\x7fComment: A moment in a zone.'
                copyMoment: m Zone: z = (
                    ((clone moment: m) zone: z) parts: (m milliseconds _TimePartsIn: z IfFail: [ |
                        :e
                        |
                        globals date
                            badFormat: z
                            As: 'a time zone, such as Europe/Berlin'
                            Because: (globals date explain: e) ]) ).
            }
            {'Category: parts\x7fComment: Calendar and clock; the date; seconds east of Greenwich, whether it is daylight saving time, the short name of the zone.'
                year = ( parts at: 0 ).
                month = ( parts at: 1 ).
                day = ( parts at: 2 ).
                hour = ( parts at: 3 ).
                minute = ( parts at: 4 ).
                second = ( parts at: 5 ).
                millisecond = ( parts at: 6 ).
                weekday = ( parts at: 7 ).
                dayOfYear = ( parts at: 8 ).
                offset = ( parts at: 9 ).
                isDaylightSaving = ( parts at: 10 ).
                zoneAbbreviation = ( parts at: 11 ).
                weekdayName = ( moment weekdayNames at: weekday ).
                monthName = ( moment monthNames at: month ).
                date = ( globals date year: year Month: month Day: day ).
                milliseconds = ( moment milliseconds ).
            }
            {'Category: arithmetic\x7fComment: A duration later or earlier, the duration between two moments; so many days or months later at the same time of the day, as the zone has it.'
                + d = ( copyMoment: moment + (asMilliseconds: d) Zone: zone ).
                - x = (
                    ((reflect: x) understands: 'isMoment') ifTrue: [
                        ^ duration copyMilliseconds: milliseconds - x milliseconds ].
                    copyMoment: moment - (asMilliseconds: x) Zone: zone ).
                asMilliseconds: d = ( d isNumber ifTrue: [ d ] False: [ d milliseconds ] ).
                addDays: n = ( addMonths: 0 Days: n ).
                addMonths: n = ( addMonths: n Days: 0 ).
                addYears: n = ( addMonths: n * 12 Days: 0 ).
                addMonths: m Days: d = (
                    copyMoment: (moment copyMilliseconds: (milliseconds
                            _TimeAddMonths: m
                            Days: d
                            Zone: zone
                            IfFail: [ |:e|
                                globals date
                                    badFormat: printString
                                    Because: (globals date explain: e) ]))
                        Zone: zone ).
            }
            {'Category: comparing\x7fComment: Earlier is less, whatever the zone.'
                isMoment = true.
                = m = (
                    ((reflect: m) understands: 'isMoment') && [ milliseconds = m milliseconds ] ).
                < m = ( milliseconds < m milliseconds ).
                hash = ( milliseconds hash ).
            }
            {'Category: converting\x7fComment: In another zone.'
                in: z = ( copyMoment: moment Zone: z ).
                asPlainData = ( isoString ).
            }
            {'Category: printing\x7fComment: As 2026-11-28T13:00:00+01:00; with the zone after it; by a pattern.'
                isoString = ( format: '%Y-%m-%dT%H:%M:%S%:z' ).
                printString = ( isoString, '[', zone, ']' ).
                format: pattern = ( moment format: pattern In: zone ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: time\x7fComment: Prototypes: use date year:Month:Day:, date parse:, 3 hours, moment in:.'
        date = (| {} = 'Comment: The prototype of dates.'.
            parent* = traits date.
            {'Category: parts\x7fComment: Days since the first of 1970.'
                dayNumber <- 0.
            }
        |).
        duration = (| {} = 'Comment: The prototype of durations.'.
            parent* = traits duration.
            {'Category: parts\x7fComment: All of it.'
                milliseconds <- 0.
            }
        |).
        zonedMoment = (| {} = 'Comment: The prototype of moments in zones.'.
            parent* = traits zonedMoment.
            {'Category: parts\x7fComment: Which moment, the name of the zone, calendar and clock there.'
                moment.
                zone <- 'UTC'.
                parts <- vector.
            }
        |).
    }
|)

traits moment _AddSlots: (|
    {'Category: zones\x7fComment: As clocks of a zone show me. From a text with a zone or an offset, else in UTC or the given zone; written by a pattern. Example: (moment parse: \'2026-11-28T12:00:00+01:00\') printString >>> \'2026-11-28 11:00:00\'. Example: ((moment parse: \'2026-07-01T12:00:00Z\') in: \'UTC\') isoString >>> \'2026-07-01T12:00:00+00:00\'.'
        in: zone = ( zonedMoment copyMoment: self Zone: zone ).
        parse: text = ( parse: text In: 'UTC' ).
        parse: text In: zone = (
            parse: text In: zone IfFail: [ |:why|
                globals date
                    badFormat: text
                    As: 'a moment, such as 2026-01-31T12:00:00+01:00'
                    Because: why ] ).
        parse: text IfFail: a = ( parse: text In: 'UTC' IfFail: a ).
        parse: text In: zone IfFail: a = (
            copyMilliseconds: (text _TimeParse: zone IfFail: [ |:e|
                ^ a value: (globals date explain: e) ]) ).
        format: pattern = ( format: pattern In: 'UTC' ).
        format: pattern In: zone = (
            (milliseconds _TimeFormat: pattern Zone: zone IfFail: [ |:e|
                ^ globals date badFormat: pattern Because: (globals date explain: e) ]) asString ).
        isoString = ( format: '%Y-%m-%dT%H:%M:%SZ' ).
        asDate = ( globals date copyDayNumber: dayNumber ).
        durationSince: m = ( duration copyMilliseconds: milliseconds - m milliseconds ).
        asPlainData = ( isoString ).
    }
|)

traits number _AddSlots: (|
    {'Category: durations\x7fComment: I as so many of a unit.'
        milliseconds = ( duration copyMilliseconds: asInteger ).
        seconds = ( duration copyMilliseconds: (self * 1000) asInteger ).
        minutes = ( duration copyMilliseconds: (self * 60000) asInteger ).
        hours = ( duration copyMilliseconds: (self * 3600000) asInteger ).
        days = ( duration copyMilliseconds: (self * 86400000) asInteger ).
        weeks = ( duration copyMilliseconds: (self * 604800000) asInteger ).
    }
|)

time _AddSlots: (|
    {'Category: zones\x7fComment: Name of the zone that the system is set to.'
        zoneName = ( _TimeZoneNameIfFail: 'UTC' ).
    }
|)
