"The order in which the world of morphs is built: by world.self, or in a world that was
made without it, when the first message asks for it (mind/known.self)."

'morph.self' _RunScript
'scene.self' _RunScript
'shapes.self' _RunScript
'hand.self' _RunScript
'stepper.self' _RunScript
'worldMorph.self' _RunScript
'screen.self' _RunScript
'uiManager.self' _RunScript
'menu.self' _RunScript
'toolMorph.self' _RunScript
'uvmMorph.self' _RunScript
'slotMorph.self' _RunScript
'debuggerMorph.self' _RunScript
'carpet.self' _RunScript
'tools.self' _RunScript
'historyMorph.self' _RunScript
'performanceMorph.self' _RunScript
'mindMorph.self' _RunScript
'healthMorph.self' _RunScript
'proposalMorph.self' _RunScript
'faceMorph.self' _RunScript
'thingPlan.self' _RunScript
'thingMorph.self' _RunScript
'makerMorph.self' _RunScript
