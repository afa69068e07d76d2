//! The language server, as an editor meets it: a scripted client over pipes.

use std::fs;
use std::time::{Duration, Instant};

use batos_tests::editor::{Editor, edited, position, text_of};
use batos_tests::program::Home;
use serde_json::{Value, json};

/// A document in the project folder.
fn uri(home: &Home, name: &str) -> String {
    format!("file://{}", home.path("project").join(name).display())
}

fn codes(findings: &[Value]) -> Vec<&str> {
    findings.iter().filter_map(|finding| finding["code"].as_str()).collect()
}

fn labels(list: &Value) -> Vec<&str> {
    let items = list.get("items").unwrap_or(list).as_array();
    items.into_iter().flatten().filter_map(|item| item["label"].as_str()).collect()
}

#[test]
fn a_conversation_has_a_beginning_and_an_end() {
    let home = Home::new();
    let mut editor = Editor::start(&home, &["--stdio"]);
    assert_eq!(editor.refused("textDocument/hover", json!({}))["code"], -32002);
    let answer = editor.initialize(&home, json!(["utf-32", "utf-16"]));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-32");
    assert_eq!(answer["serverInfo"]["name"], "batos");
    assert_eq!(editor.refused("initialize", json!({ "capabilities": {} }))["code"], -32600);
    assert_eq!(editor.refused("no/such", json!({}))["code"], -32601);
    assert_eq!(editor.refused("textDocument/hover", json!({ "position": 3 }))["code"], -32602);
    editor.ask("shutdown", json!(null));
    assert_eq!(editor.refused("textDocument/hover", json!({}))["code"], -32600);
    editor.tell("exit", json!(null));
    assert_eq!(editor.status(), Some(0));

    let mut editor = Editor::start(&home, &[]);
    editor.initialize(&home, json!(null));
    editor.tell("exit", json!(null));
    assert_eq!(editor.status(), Some(1), "it was not shut down");
    assert_eq!(Editor::start(&home, &[]).status(), Some(1), "it went without a word");
}

#[test]
fn what_is_no_message_is_answered_and_passed_over() {
    let home = Home::new();
    let mut editor = Editor::start(&home, &[]);
    editor.initialize(&home, json!(null));
    for (text, code) in [("{", -32700), ("[]", -32600), ("{\"id\":7}", -32600), ("\u{7f}", -32700)] {
        editor.send(text);
        let reply = editor.until(|m| m.get("error").is_some());
        assert_eq!(reply["error"]["code"], code, "{text}");
    }
    editor.write(b"Content-Length: what\r\n\r\n");
    assert_eq!(editor.until(|m| m.get("error").is_some())["error"]["code"], -32700);
    editor.write(b"Content-Length: 2\r\n\r\n\xff\xfe");
    assert_eq!(editor.until(|m| m.get("error").is_some())["error"]["code"], -32700);
    // Notifications that say nothing sensible.
    editor.tell("textDocument/didOpen", json!({ "textDocument": 3 }));
    editor.tell("textDocument/didChange", json!(null));
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": "file:///none" } }));
    let far = json!({ "line": 4_000_000_000u32, "character": 4_000_000_000u32 });
    let file = uri(&home, "far.self");
    editor.open(&file, "3 + 4\n");
    let change = json!({ "range": { "start": far, "end": far }, "text": "5" });
    let version = json!({ "uri": file, "version": 2 });
    editor.tell("textDocument/didChange", json!({ "textDocument": version, "contentChanges": [change] }));
    let at = json!({ "textDocument": { "uri": file }, "position": far });
    assert_eq!(editor.ask("textDocument/definition", at), json!(null));
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn a_request_that_is_taken_back_is_not_answered_otherwise() {
    let home = Home::new();
    let mut editor = Editor::start(&home, &[]);
    editor.initialize(&home, json!(null));
    editor.tell("$/cancelRequest", json!({ "id": 77 }));
    editor.send(r#"{"jsonrpc":"2.0","id":77,"method":"workspace/symbol","params":{"query":"a"}}"#);
    assert_eq!(editor.reply(77)["error"]["code"], -32800);
    assert_eq!(editor.ask("workspace/symbol", json!({ "query": "nobodyHasThis" })), json!([]));
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn all_mistakes_are_told_at_their_places() {
    let home = Home::new();
    let mut editor = Editor::ready(&home, &[]);
    let file = uri(&home, "errors.self");
    let text = "globals _AddSlots: (| a = ( '😀' Size ). b = ( 3 + ). c = ( x ] ) |)\n";
    editor.open(&file, text);
    let found = editor.findings(&file, |found| found.len() >= 3);
    let errors: Vec<&Value> = found.iter().filter(|f| f["severity"] == 1).collect();
    assert!(errors.len() >= 3, "{found:?}");
    assert_eq!(text_of(text, &errors[0]["range"]), "Size");
    assert_eq!(errors[0]["code"], "L0007");
    // What is put right is not told any more, and half of a change is no worse than the other.
    let range = errors[0]["range"].clone();
    let change = json!({ "range": range, "text": "size" });
    let version = json!({ "uri": file, "version": 2 });
    editor.tell("textDocument/didChange", json!({ "textDocument": version, "contentChanges": [change] }));
    let left = editor.findings(&file, |left| left.len() < found.len());
    assert!(!codes(&left).contains(&"L0007"), "{left:?}");
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": file } }));
    assert!(editor.findings(&file, |found| found.is_empty()).is_empty());
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn what_was_probably_meant_is_a_quick_fix() {
    let home = Home::new();
    let mut editor = Editor::ready(&home, &[]);
    let file = uri(&home, "meant.self");
    let slips = [
        ("3 prinLine\n", "prinLine", "3 printLine\n"),
        ("(list copyRemoveAll) adLast: 3\n", "adLast:", "(list copyRemoveAll) addLast: 3\n"),
        ("(3 < 4) ifTrue: [ 1 ] ifFalse: [ 2 ]\n", "ifFalse:", "(3 < 4) ifTrue: [ 1 ] False: [ 2 ]\n"),
        ("dictionary copyRemoveAll at: 3 put: 4\n", "put:", "dictionary copyRemoveAll at: 3 Put: 4\n"),
        ("Globals\n", "Globals", "globals\n"),
    ];
    for (i, (wrong, word, right)) in slips.into_iter().enumerate() {
        let file = format!("{file}{i}");
        editor.open(&file, wrong);
        let found = editor.findings(&file, |found| !found.is_empty());
        assert_eq!(text_of(wrong, &found[0]["range"]), word, "{found:?}");
        let context = json!({ "diagnostics": found });
        let params =
            json!({ "textDocument": { "uri": file }, "range": found[0]["range"], "context": context });
        let actions = editor.ask("textDocument/codeAction", params);
        assert_eq!(edited(wrong, &actions[0]["edit"]["changes"][&file]), right, "{actions}");
    }
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn a_list_that_all_copies_share_is_told() {
    let home = Home::new();
    let mut editor = Editor::ready(&home, &[]);
    let file = uri(&home, "shared.self");
    let text = "globals _AddSlots: (| account = (| parent* = traits clonable. entries <- list copyRemoveAll. n <- 0 |) |)\n";
    editor.open(&file, text);
    let found = editor.findings(&file, |found| !found.is_empty());
    assert_eq!(codes(&found), ["L0202"]);
    assert_eq!(text_of(text, &found[0]["range"]), "entries");
    let mended = text.replace("n <- 0", "n <- 0. copy = ( resend.copy entries: list copyRemoveAll )");
    let version = json!({ "uri": file, "version": 2 });
    let changes = json!([{ "text": mended }]);
    editor.tell("textDocument/didChange", json!({ "textDocument": version, "contentChanges": changes }));
    assert!(editor.findings(&file, |found| found.is_empty()).is_empty());
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn changes_of_parts_come_to_the_same_as_a_new_text() {
    let home = Home::new();
    let mut editor = Editor::ready(&home, &[]);
    let file = uri(&home, "format.self");
    editor.open(&file, "lobby _AddSlots: (|a='ä😀'.b=(3+4)|)\n");
    // Two changes of one message: the second counts on the first.
    let text = "lobby _AddSlots: (|a='ä😀'.b=(3+4)|)\n";
    let place = |what: &str| {
        let at = text.find(what).unwrap();
        (position(text, at), position(text, at + what.len()))
    };
    let (start, end) = place("😀");
    let first = json!({ "range": { "start": start, "end": end }, "text": "ö" });
    let second = json!({ "range": { "start": { "line": 0, "character": 26 }, "end": { "line": 0, "character": 27 } },
            "text": "cc" });
    let version = json!({ "uri": file, "version": 2 });
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": version, "contentChanges": [first, second] }),
    );
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    let params = json!({ "textDocument": { "uri": file }, "options": options });
    let edits = editor.ask("textDocument/formatting", params.clone());
    let now = "lobby _AddSlots: (|a='äö'.cc=(3+4)|)\n";
    assert_eq!(edited(now, &edits), "lobby _AddSlots: (| a = 'äö'. cc = ( 3 + 4 ) |)\n");
    // A source with mistakes stays as it is.
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": file, "version": 3 }, "contentChanges": [{ "text": "(| a = " }] }),
    );
    assert_eq!(editor.ask("textDocument/formatting", params), json!(null));
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn a_word_tells_what_it_is_and_where_it_comes_from() {
    let home = Home::new();
    let mut editor = Editor::ready(&home, &[]);
    let file = uri(&home, "words.self");
    let hover = editor.ask_at("textDocument/hover", &file, "list copyRemoveAll ad¦dLast: 3\n");
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("addLast:") && text.contains("traits list"), "{text}");
    let hover = editor.ask_at("textDocument/hover", &file, "3 fact¦orial\n");
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("traits integer") && text.contains("Factorial"), "{text}");
    let hover = editor.ask_at("textDocument/hover", &file, "16r1¦F\n");
    assert!(hover["contents"]["value"].as_str().unwrap().contains("31"), "{hover}");

    let found = editor.ask_at("textDocument/definition", &file, "3 fact¦orial\n");
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    let path = found[0]["uri"].as_str().unwrap().strip_prefix("file://").unwrap();
    assert!(path.ends_with("stdlib/number/integer.self"), "{path}");
    assert_eq!(text_of(&fs::read_to_string(path).unwrap(), &found[0]["range"]), "factorial");

    // A source of the world that an editor shows stays the world's.
    let shown = found[0]["uri"].as_str().unwrap().to_string();
    editor.open(&shown, &fs::read_to_string(path).unwrap());
    let params = json!({ "textDocument": { "uri": shown }, "position": found[0]["range"]["start"] });
    assert_eq!(editor.refused("textDocument/prepareRename", params)["code"], -32803);
    assert_eq!(editor.findings(&shown, |_| true), [] as [Value; 0]);

    let found = editor.ask_at("textDocument/implementation", &file, "x ¦printString\n");
    assert!(found.as_array().map_or(0, Vec::len) > 10, "{found}");
    let text =
        "lobby _AddSlots: (| twice: b = ( | n | n: 2. n + (b value: n¦) ). four = ( twice: [ |:x| x ] ) |)\n";
    let found = editor.ask_at("textDocument/definition", &file, text);
    let plain = text.replace('¦', "");
    assert_eq!(found[0]["range"]["start"], position(&plain, plain.find("n |").unwrap()));
    let highlights = editor.ask_at("textDocument/documentHighlight", &file, text);
    assert_eq!(highlights.as_array().map(Vec::len), Some(4));
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn completion_knows_the_receiver_the_locals_and_the_message_begun() {
    let home = Home::new();
    let mut editor = Editor::ready(&home, &[]);
    let file = uri(&home, "complete.self");
    let offered = |editor: &mut Editor, text: &str| {
        let list = editor.ask_at("textDocument/completion", &file, text);
        labels(&list).into_iter().map(str::to_string).collect::<Vec<_>>()
    };
    let has = |list: &[String], name: &str| list.iter().any(|label| label == name);
    let list = offered(&mut editor, "list copyRemoveAll addL¦\n");
    assert!(has(&list, "addLast:") && !has(&list, "factorial"), "{list:?}");
    let list = offered(&mut editor, "3 fac¦\n");
    assert!(has(&list, "factorial"), "{list:?}");
    let list =
        offered(&mut editor, "lobby _AddSlots: (| sum: numbers = ( | total <- 0 | [ |:next| to¦ ] ) |)\n");
    assert!(has(&list, "total"), "{list:?}");
    let list = offered(&mut editor, "dictionary copyRemoveAll at: 3 Pu¦\n");
    assert!(has(&list, "Put:"), "{list:?}");
    // What the file itself defines, and what it inherits.
    let own =
        "globals _AddSlots: (| shop = (| parent* = traits clonable. goods = ( 3 ). open = ( go¦ ) |) |)\n";
    assert!(has(&offered(&mut editor, own), "goods"));
    let own =
        "globals _AddSlots: (| shop = (| parent* = traits clonable. goods = ( 3 ) |) |)\nshop copy go¦\n";
    assert!(has(&offered(&mut editor, own), "goods"));
    assert!(has(&offered(&mut editor, "dictionary copyRemoveAll at:lis¦\n"), "list"));
    assert!(offered(&mut editor, "[ |:lis¦\n").is_empty(), "a new name");
    // Nothing in strings and comments, and behind letters that words don't have.
    assert!(offered(&mut editor, "'😀¦\n").is_empty());
    offered(&mut editor, "3 😀¦\n");
    assert!(offered(&mut editor, "'fac¦'\n").is_empty());
    assert!(offered(&mut editor, "\"fac¦\"\n").is_empty());

    let list = editor.ask_at("textDocument/completion", &file, "dictionary copyRemoveAll at¦\n");
    let item =
        list["items"].as_array().unwrap().iter().find(|item| item["label"] == "at:Put:").unwrap().clone();
    assert!(item["textEdit"]["newText"].as_str().unwrap().contains("Put: ${2:"), "{item}");
    let item = editor.ask("completionItem/resolve", item);
    assert!(item["documentation"]["value"].as_str().unwrap().contains("at:"), "{item}");

    let help = editor.ask_at("textDocument/signatureHelp", &file, "dictionary copyRemoveAll at: 3 Put: ¦\n");
    assert_eq!(help["activeParameter"], 1, "{help}");
    assert!(help["signatures"][0]["label"].as_str().unwrap().starts_with("at: "), "{help}");
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn names_are_changed_everywhere_or_not_at_all() {
    let home = Home::new();
    fs::create_dir_all(home.path("project")).unwrap();
    fs::write(
        home.path("project/other.self"),
        "globals _AddSlots: (| lot = (| spend = ( myFund takeOut: 3 In: 4 ) |) |)\n",
    )
    .unwrap();
    let mut editor = Editor::ready(&home, &[]);
    let (file, other) = (uri(&home, "fund.self"), uri(&home, "other.self"));
    let text =
        "globals _AddSlots: (| myFund = (| money <- 3. take¦Out: n In: m = ( money: money - n. m ) |) |)\n";
    let plain = text.replace('¦', "");
    let mut params = editor.at_cursor(&file, text);
    // The folder is read in the background.
    while editor.ask("workspace/symbol", json!({ "query": "spend" })) == json!([]) {}
    let prepared = editor.ask("textDocument/prepareRename", params.clone());
    assert_eq!(prepared["placeholder"], "takeOut:In:");
    params["newName"] = json!("draw:As:");
    let edit = editor.ask("textDocument/rename", params.clone());
    assert!(edited(&plain, &edit["changes"][&file]).contains("draw: n As: m = ("), "{edit}");
    let spent = fs::read_to_string(home.path("project/other.self")).unwrap();
    assert!(edited(&spent, &edit["changes"][&other]).contains("myFund draw: 3 As: 4"), "{edit}");
    for wrong in ["draw:", "draw", "Draw:As:", "draw:as:", "a b:C:", ""] {
        params["newName"] = json!(wrong);
        assert_eq!(editor.refused("textDocument/rename", params.clone())["code"], -32803, "{wrong}");
    }
    let found = editor.ask("textDocument/references", {
        let mut params = params.clone();
        params["context"] = json!({ "includeDeclaration": true });
        params
    });
    assert_eq!(found.as_array().map(Vec::len), Some(2), "{found}");

    let mut params = editor.at_cursor(&file, &plain.replace("money <-", "mo¦ney <-"));
    params["newName"] = json!("coins");
    let edit = editor.ask("textDocument/rename", params);
    assert!(edited(&plain, &edit["changes"][&file]).contains("coins: coins - n"), "{edit}");
    let mut params = editor.at_cursor(&file, &plain.replace("- n", "- n¦"));
    params["newName"] = json!("amount");
    let edit = editor.ask("textDocument/rename", params.clone());
    assert!(
        edited(&plain, &edit["changes"][&file]).contains("takeOut: amount In: m = ( money: money - amount.")
    );
    params["newName"] = json!("m");
    assert_eq!(editor.refused("textDocument/rename", params)["code"], -32803, "there is an m");
    let params = editor.at_cursor(&file, "list copy pri¦ntString\n");
    let error = editor.refused("textDocument/prepareRename", params);
    assert!(error["message"].as_str().unwrap().contains("in the world"), "{error}");
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn a_source_has_an_outline_folds_and_colours() {
    let home = Home::new();
    let mut editor = Editor::ready(&home, &[]);
    let file = uri(&home, "outline.self");
    let text = "\"What it is for.\"\nglobals _AddSlots: (|\n    {'Category: things'\n        box = (|\n            parent* = traits clonable.\n            put: x = (\n                'ä😀' size.\n                x )\n        |)\n    }\n|)\n";
    editor.open(&file, text);
    let document = json!({ "textDocument": { "uri": file } });
    let symbols = editor.ask("textDocument/documentSymbol", document.clone());
    assert_eq!(symbols[0]["name"], "globals");
    assert_eq!(symbols[0]["children"][0]["name"], "box");
    assert_eq!(symbols[0]["children"][0]["detail"], "things");
    assert_eq!(symbols[0]["children"][0]["children"][1]["name"], "put: x");
    let folds = editor.ask("textDocument/foldingRange", document.clone());
    let lines: Vec<_> =
        folds.as_array().unwrap().iter().map(|f| (f["startLine"].as_u64(), f["endLine"].as_u64())).collect();
    assert!(lines.contains(&(Some(3), Some(7))), "{lines:?}");
    let tokens = editor.ask("textDocument/semanticTokens/full", document.clone());
    let data: Vec<u64> = tokens["data"].as_array().unwrap().iter().filter_map(Value::as_u64).collect();
    assert_eq!(data.len() % 5, 0);
    // `'ä😀'` is five units long, and the next word comes a blank behind it.
    assert!(data.windows(10).any(|w| w[2..4] == [5, 1] && w[5..8] == [0, 6, 4]), "{data:?}");
    let mut params = document;
    params["positions"] = json!([position(text, text.find("size").unwrap())]);
    let selection = editor.ask("textDocument/selectionRange", params);
    assert_eq!(text_of(text, &selection[0]["range"]), "size");
    assert_eq!(text_of(text, &selection[0]["parent"]["range"]), "'ä😀' size");
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn sources_are_read_and_never_run() {
    let home = Home::new();
    let mut editor = Editor::ready(&home, &[]);
    let file = uri(&home, "run.self");
    let trace = home.path("trace");
    let text = format!("(file named: '{}') contents: 'here I was'. 3 prin¦t\n", trace.display());
    let params = editor.at_cursor(&file, &text);
    let document = json!({ "textDocument": { "uri": file } });
    for method in ["hover", "completion", "definition", "signatureHelp", "documentHighlight"] {
        editor.ask(&format!("textDocument/{method}"), params.clone());
    }
    for method in ["documentSymbol", "foldingRange", "semanticTokens/full", "documentLink"] {
        editor.ask(&format!("textDocument/{method}"), document.clone());
    }
    assert!(!trace.exists());
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn an_image_is_known_with_what_only_it_has() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let change = "globals _AddSlots: (| {'Category: garden\\x7fComment: Where roses grow.' garden = (| parent* = traits oddball. {'Comment: Gives water.' water: litres = ( litres * 2 ) } |) } |)";
    let run = home.run(&["eval", "--image", "w.batos", "--commit", "a garden", change], b"");
    assert_eq!(run.status, 0, "{run:?}");
    let before = fs::read(home.path("w.batos")).unwrap();
    let mut editor = Editor::ready(&home, &["--image", "w.batos"]);
    let file = uri(&home, "garden.self");
    let hover = editor.ask_at("textDocument/hover", &file, "garden wat¦er: 3\n");
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("litres * 2") && text.contains("Gives water."), "{text}");
    let found = editor.ask_at("textDocument/definition", &file, "garden wat¦er: 3\n");
    let path = found[0]["uri"].as_str().unwrap().strip_prefix("file://").unwrap();
    assert_eq!(text_of(&fs::read_to_string(path).unwrap(), &found[0]["range"]), "water:");
    assert_eq!(editor.leave(), Some(0));
    assert_eq!(fs::read(home.path("w.batos")).unwrap(), before, "it is only looked at");

    let mut editor = Editor::start(&home, &["--image", "none.batos"]);
    editor.initialize(&home, json!(null));
    let told = editor.until(|m| m["method"] == "window/logMessage");
    assert!(told["params"]["message"].as_str().unwrap().contains("none.batos"), "{told}");
    // Without a world sources are still read.
    let file = uri(&home, "alone.self");
    editor.open(&file, "( 3 + \n");
    assert!(!editor.findings(&file, |found| !found.is_empty()).is_empty());
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn five_thousand_lines_are_no_burden() {
    let home = Home::new();
    let mut editor = Editor::ready(&home, &[]);
    let file = uri(&home, "long.self");
    let mut text = String::from("globals _AddSlots: (| long = (| parent* = traits clonable.\n");
    for i in 0..5_000 {
        text.push_str(&format!("    method{i}: x With: y = ( (x + {i}) max: (y ifTrue: [ 'ä' ] False: [ {i} printString size ]) ).\n"));
    }
    text.push_str("|) |)\n");
    editor.open(&file, &text);
    editor.findings(&file, |_| true);
    let at = json!({ "line": 2_500, "character": 30 });
    let document = json!({ "uri": file });
    let mut slowest = Duration::ZERO;
    for version in 2..22 {
        let start = Instant::now();
        let change = json!({ "range": { "start": at, "end": at }, "text": " " });
        let changed = json!({ "uri": file, "version": version });
        editor.tell("textDocument/didChange", json!({ "textDocument": changed, "contentChanges": [change] }));
        editor.ask("textDocument/completion", json!({ "textDocument": document, "position": at }));
        slowest = slowest.max(start.elapsed());
        let found = editor.findings(&file, |_| true);
        assert!(found.iter().all(|finding| finding["severity"] != 1), "{found:?}");
    }
    println!("a change and a completion in 5,000 lines: at most {slowest:?}");
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn an_editor_may_ask_for_diagnostics_itself() {
    let home = Home::new();
    let mut editor = Editor::start(&home, &[]);
    let capabilities = json!({
        "textDocument": { "diagnostic": { "dynamicRegistration": false } },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    let answer = editor.ask("initialize", json!({ "processId": null, "capabilities": capabilities }));
    assert_eq!(answer["capabilities"]["diagnosticProvider"]["interFileDependencies"], true);
    editor.tell("initialized", json!({}));
    let file = uri(&home, "pulled.self");
    editor.open(&file, "3 prinLine. 3 +\n");
    // When the world is there, it is asked again: now it knows the messages, too.
    editor.until(|m| m["params"]["message"].as_str().is_some_and(|text| text.ends_with(" objects")));
    editor.until(|m| m["method"] == "workspace/diagnostic/refresh");
    let params = json!({ "textDocument": { "uri": file } });
    let report = editor.ask("textDocument/diagnostic", params);
    assert_eq!(report["kind"], "full");
    let told = report["items"].as_array().cloned().unwrap_or_default();
    assert!(told.iter().any(|f| f["severity"] == 1), "{report}");
    let again = json!({ "textDocument": { "uri": file }, "previousResultId": report["resultId"] });
    assert_eq!(editor.ask("textDocument/diagnostic", again.clone())["kind"], "unchanged");
    let change =
        json!({ "textDocument": { "uri": file, "version": 2 }, "contentChanges": [{ "text": "3 + 4\n" }] });
    editor.tell("textDocument/didChange", change);
    let report = editor.ask("textDocument/diagnostic", again);
    assert_eq!((report["kind"].as_str(), report["items"].as_array().map(Vec::len)), (Some("full"), Some(0)));
    assert_eq!(editor.refused("textDocument/diagnostic", json!({}))["code"], -32602);
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn a_part_of_a_source_is_formatted_alone() {
    let home = Home::new();
    let mut editor = Editor::ready(&home, &[]);
    let file = uri(&home, "part.self");
    let text = "3   +   4\n5   +   6\n'ü'   ,   'x'\n";
    editor.open(&file, text);
    let mut ask = |from: (u32, u32), to: (u32, u32)| {
        let place = |(line, character)| json!({ "line": line, "character": character });
        let range = json!({ "start": place(from), "end": place(to) });
        let options = json!({ "tabSize": 4, "insertSpaces": true });
        let params = json!({ "textDocument": { "uri": file }, "range": range, "options": options });
        edited(text, &editor.ask("textDocument/rangeFormatting", params))
    };
    assert_eq!(ask((1, 2), (1, 3)), "3   +   4\n5 + 6\n'ü'   ,   'x'\n");
    assert_eq!(ask((1, 0), (2, 0)), "3   +   4\n5 + 6\n'ü'   ,   'x'\n");
    assert_eq!(ask((2, 0), (3, 0)), "3   +   4\n5   +   6\n'ü', 'x'\n");
    assert_eq!(ask((0, 0), (9, 0)), "3 + 4\n5 + 6\n'ü', 'x'\n");
    assert_eq!(editor.leave(), Some(0));
}
