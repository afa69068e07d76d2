"The order in which the world is built. Folders are layers: each uses only those
above it (at run time; while loading, only what stands above in this list)."

'kernel/init.self' _RunScript
'kernel/defaultBehavior.self' _RunScript
'kernel/nil.self' _RunScript
'kernel/mixins.self' _RunScript
'kernel/boolean.self' _RunScript
'kernel/case.self' _RunScript
'kernel/block.self' _RunScript
'kernel/processState.self' _RunScript
'kernel/message.self' _RunScript
'kernel/exception.self' _RunScript
'kernel/errorKind.self' _RunScript
'kernel/lookupError.self' _RunScript
'kernel/failedMessage.self' _RunScript

'number/number.self' _RunScript
'number/integer.self' _RunScript
'number/theory.self' _RunScript
'number/smallInt.self' _RunScript
'number/bigInt.self' _RunScript
'number/float.self' _RunScript
'number/rounding.self' _RunScript
'number/random.self' _RunScript

'collection/collection.self' _RunScript
'collection/indexable.self' _RunScript
'collection/vector.self' _RunScript
'collection/list.self' _RunScript
'collection/hashed.self' _RunScript
'collection/set.self' _RunScript
'collection/dictionary.self' _RunScript
'collection/orderedDictionary.self' _RunScript
'collection/interval.self' _RunScript
'collection/collector.self' _RunScript
'collection/sorting.self' _RunScript
'collection/slice.self' _RunScript
'collection/pairs.self' _RunScript

'text/string.self' _RunScript
'text/stringWriter.self' _RunScript
'text/character.self' _RunScript
'text/search.self' _RunScript
'text/numberParsing.self' _RunScript
'text/characterTests.self' _RunScript
'text/utf8.self' _RunScript

'number/decimal.self' _RunScript

'text/plainData.self' _RunScript
'text/json.self' _RunScript
'text/messagePack.self' _RunScript
'text/csv.self' _RunScript
'text/regex.self' _RunScript
'text/format.self' _RunScript
'text/coding.self' _RunScript

'number/point.self' _RunScript
'number/rectangle.self' _RunScript
'number/cNumber.self' _RunScript

'stream/readStream.self' _RunScript
'stream/writeStream.self' _RunScript

'reflection/mirror.self' _RunScript
'reflection/slot.self' _RunScript
'reflection/naming.self' _RunScript
'reflection/parser.self' _RunScript
'reflection/browser.self' _RunScript
'reflection/places.self' _RunScript
'reflection/fileIn.self' _RunScript
'reflection/fileGraph.self' _RunScript
'reflection/fileOut.self' _RunScript
'reflection/fileText.self' _RunScript
'reflection/fileModule.self' _RunScript
'reflection/report.self' _RunScript
'reflection/copying.self' _RunScript
'reflection/finder.self' _RunScript
'reflection/examples.self' _RunScript
'reflection/modules.self' _RunScript

'process/process.self' _RunScript
'process/stepping.self' _RunScript
'process/scheduler.self' _RunScript
'process/semaphore.self' _RunScript
'process/channel.self' _RunScript

'image/image.self' _RunScript
'image/session.self' _RunScript
'image/ship.self' _RunScript
'image/vm.self' _RunScript

'io/time.self' _RunScript
'io/console.self' _RunScript
'io/file.self' _RunScript
'io/command.self' _RunScript
'io/web.self' _RunScript
'io/calendar.self' _RunScript

'mind/mind.self' _RunScript
'mind/task.self' _RunScript
'mind/babs.self' _RunScript
'mind/crucible.self' _RunScript
'mind/search.self' _RunScript
'mind/personas.self' _RunScript
'mind/question.self' _RunScript
'mind/thinking.self' _RunScript
'mind/words.self' _RunScript
'mind/near.self' _RunScript
'mind/helpers.self' _RunScript
'mind/forms.self' _RunScript
'mind/forms/integer.self' _RunScript
'mind/forms/float.self' _RunScript
'mind/forms/string.self' _RunScript
'mind/forms/boolean.self' _RunScript
'mind/forms/block.self' _RunScript
'mind/forms/point.self' _RunScript
'mind/forms/list.self' _RunScript
'mind/forms/set.self' _RunScript
'mind/forms/dictionary.self' _RunScript
'mind/forms/object.self' _RunScript
'mind/swap.self' _RunScript
'mind/intent.self' _RunScript
'mind/weaver.self' _RunScript
'mind/known.self' _RunScript
'mind/thought.self' _RunScript
'mind/act.self' _RunScript
'mind/cem.self' _RunScript
'mind/bat.self' _RunScript
'mind/retrieval.self' _RunScript
'mind/lantern.self' _RunScript
'mind/disruption.self' _RunScript
'mind/upkeep.self' _RunScript
'mind/specimen.self' _RunScript
'mind/safety.self' _RunScript
'mind/trial.self' _RunScript
'mind/inquiry.self' _RunScript
'mind/errand.self' _RunScript
'mind/errands/growing.self' _RunScript
'mind/errands/examples.self' _RunScript
'mind/errands/repeating.self' _RunScript
'mind/errands/writing.self' _RunScript
'mind/health.self' _RunScript
'mind/audit.self' _RunScript
'mind/teaching.self' _RunScript

'bridge/contract.self' _RunScript
'bridge/graph.self' _RunScript
'bridge/worker.self' _RunScript
'bridge/client.self' _RunScript
'bridge/bridge.self' _RunScript
'bridge/events.self' _RunScript
'bridge/messages.self' _RunScript
'bridge/returning.self' _RunScript
'bridge/workshop.self' _RunScript
'bridge/proposals.self' _RunScript
'bridge/mcp.self' _RunScript
'bridge/agentGuide.self' _RunScript
'bridge/watching.self' _RunScript

'morphic/all.self' _RunScript

'testing/testing.self' _RunScript

"From here on the machine may run the control methods, as they are now, natively."

_RecordNatives

"What is grown or written from here on is the world's own: the metric counts it."

cem beginHere
