// The files of the method by name, as they are; the engine checks and loads them (`loadMethodology`).
import account from './account.json' with { type: 'json' }
import concerns from './concerns.json' with { type: 'json' }
import facts from './facts.json' with { type: 'json' }
import meetings from './meetings.json' with { type: 'json' }
import method from './method.json' with { type: 'json' }
import outlook from './outlook.json' with { type: 'json' }
import people from './people.json' with { type: 'json' }
import phases from './phases.json' with { type: 'json' }
import plan from './plan.json' with { type: 'json' }
import plays from './plays.json' with { type: 'json' }
import presetAccountUnits from './presets/account-units.json' with { type: 'json' }
import presetBuyingInfluences from './presets/buying-influences.json' with { type: 'json' }
import presetDecisionCycle from './presets/decision-cycle.json' with { type: 'json' }
import presetEightLetters from './presets/eight-letters.json' with { type: 'json' }
import presetEightMoves from './presets/eight-moves.json' with { type: 'json' }
import presetFiveRings from './presets/five-rings.json' with { type: 'json' }
import presetFourLetters from './presets/four-letters.json' with { type: 'json' }
import presetFourQuestions from './presets/four-questions.json' with { type: 'json' }
import presetIndustrialEightSteps from './presets/industrial-eight-steps.json' with { type: 'json' }
import presetIndustrialPurchasing from './presets/industrial-purchasing.json' with { type: 'json' }
import presetLargeAccount from './presets/large-account.json' with { type: 'json' }
import presetLeadsToCash from './presets/leads-to-cash.json' with { type: 'json' }
import presetOpportunityAssessment from './presets/opportunity-assessment.json' with { type: 'json' }
import presetOpportunityToSignature from './presets/opportunity-to-signature.json' with { type: 'json' }
import presetOvercomeIndecision from './presets/overcome-indecision.json' with { type: 'json' }
import presetPowerBase from './presets/power-base.json' with { type: 'json' }
import presetSixBuyingJobs from './presets/six-buying-jobs.json' with { type: 'json' }
import presetTeachAndMobilise from './presets/teach-and-mobilise.json' with { type: 'json' }
import presetThreePhases from './presets/three-phases.json' with { type: 'json' }
import presetThreeRelationshipLayers from './presets/three-relationship-layers.json' with { type: 'json' }
import presetValueMessage from './presets/value-message.json' with { type: 'json' }
import rules from './rules.json' with { type: 'json' }
import signals from './signals.json' with { type: 'json' }
import tender from './tender.json' with { type: 'json' }
import topics from './topics.json' with { type: 'json' }
import wargame from './wargame.json' with { type: 'json' }

export const files: Record<string, unknown> = {
  account,
  concerns,
  facts,
  meetings,
  method,
  outlook,
  people,
  phases,
  plan,
  plays,
  'presets/account-units': presetAccountUnits,
  'presets/buying-influences': presetBuyingInfluences,
  'presets/decision-cycle': presetDecisionCycle,
  'presets/eight-letters': presetEightLetters,
  'presets/eight-moves': presetEightMoves,
  'presets/five-rings': presetFiveRings,
  'presets/four-letters': presetFourLetters,
  'presets/four-questions': presetFourQuestions,
  'presets/industrial-eight-steps': presetIndustrialEightSteps,
  'presets/industrial-purchasing': presetIndustrialPurchasing,
  'presets/large-account': presetLargeAccount,
  'presets/leads-to-cash': presetLeadsToCash,
  'presets/opportunity-assessment': presetOpportunityAssessment,
  'presets/opportunity-to-signature': presetOpportunityToSignature,
  'presets/overcome-indecision': presetOvercomeIndecision,
  'presets/power-base': presetPowerBase,
  'presets/six-buying-jobs': presetSixBuyingJobs,
  'presets/teach-and-mobilise': presetTeachAndMobilise,
  'presets/three-phases': presetThreePhases,
  'presets/three-relationship-layers': presetThreeRelationshipLayers,
  'presets/value-message': presetValueMessage,
  rules,
  signals,
  tender,
  topics,
  wargame,
}
