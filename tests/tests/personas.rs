//! The same words under another persona lead to another act: with a fixed model, and with the default one if it is here.

use batos_mind::fake::FakeModel;
use batos_tests::world::{Answer, World};

const GARDEN: &str = "globals _AddSlots: (| garden = (| parent* = traits oddball. roses <- 3. thorns = ( roses * 7 ). \
                      water: n = ( roses: roses + n ) |) |)";

/// The printed value of an expression.
fn value(world: &mut World, line: &str) -> String {
    match world.enter(line.as_bytes()) {
        (_, Answer::Value(text)) => text,
        (printed, Answer::Error(text)) => panic!("{line}: {text}\n{printed}"),
    }
}

/// What each of the four does about the same words, as kinds of acts and slots of the object that they are about.
fn acts(world: &mut World) -> Vec<(String, String)> {
    value(world, GARDEN);
    let mut all = Vec::new();
    for persona in ["robin", "brick", "babs", "alfred"] {
        value(world, &format!("{persona} hear: 'I am stuck with the garden'"));
        let kind =
            value(world, "[| t | t: thoughts all last. t isActed ifTrue: [ t act kind ] False: '' ] value");
        let slots = "((reflect: garden) names filterBy: [ |:n| \
                     (('nextStep' & 'edges' & 'upkeep') asVector includes: n) ]) joinedWith: ' '";
        let slots = value(world, slots);
        value(world, "thoughts all last isActed ifTrue: [ thoughts all last undo ]");
        all.push((kind, slots));
    }
    all
}

fn expected() -> Vec<(String, String)> {
    [("'next step'", "'nextStep'"), ("'edges'", "'edges'"), ("''", "''"), ("'upkeep'", "'upkeep'")]
        .map(|(kind, slots)| (kind.to_string(), slots.to_string()))
        .to_vec()
}

#[test]
fn with_a_fixed_model_each_does_its_own() {
    let mut world = World::standard();
    let fake = FakeModel::new()
        .answering("Somebody is stuck with garden", &["Print what thorns answers today."])
        .answering("Who should answer this", &["BRICK"]);
    world.vm.host.model = Some(Box::new(fake));
    assert_eq!(acts(&mut world), expected());
    // The step is the model's, the choice between personas too where no rule fits.
    value(&mut world, "robin hear: 'I am stuck with the garden'");
    assert_eq!(value(&mut world, "garden nextStep"), "'Print what thorns answers today.'");
    assert_eq!(value(&mut world, "(bat choiceFor: 'garden') key personaName"), "'BRICK'");
}

#[cfg(feature = "llama")]
mod real {
    use batos_mind::adapter::Adapted;
    use batos_mind::llama::{LlamaModel, LlamaSettings};
    use batos_mind::store::{Store, TINY};

    use super::*;

    #[test]
    fn with_the_default_model_each_does_its_own() {
        let file = Store::of_user().ok().map(|store| store.directory().join(TINY.file));
        let Some(file) = file.filter(|file| file.is_file()) else {
            println!("not run: the smallest model is not here (batos model fetch tiny)");
            return;
        };
        let mut world = World::standard();
        let model = LlamaModel::new(LlamaSettings::new(file.clone()));
        world.vm.host.model = Some(Box::new(Adapted::new(model, &file)));
        assert_eq!(acts(&mut world), expected());
        // It was asked, and whatever it says, the step names what is there.
        assert_ne!(value(&mut world, "oracle tokens"), "0");
        value(&mut world, "robin hear: 'I am stuck with the garden'");
        let step = value(&mut world, "garden nextStep");
        println!("the step: {step}");
        assert!(step.contains("thorns"), "{step}");
        // It chooses one of the four where no rule fits.
        let chosen = value(&mut world, "(bat choiceFor: 'xyzzy plugh') key personaName");
        assert!(["'ROBIN'", "'BRICK'", "'BABS'", "'ALFRED'"].contains(&chosen.as_str()), "{chosen}");
    }
}
