import type { Said, Seat } from './quotes.ts'

/**
 * Courses that deals take: what happens on which day after the first contact, at a normal pace. A deal of the sample follows a course up to
 * today. They show what the product is for: being ahead, being loved and unprepared, missing the top, coming late, standing still.
 */
export type Step =
  | readonly [day: number, 'hears', signal: Said, seat?: Seat]
  | readonly [
      day: number,
      'does',
      play: string,
      seats: readonly Seat[],
      concern: 'need' | 'cost' | 'solution' | 'risk',
      hours: number,
    ]
  | readonly [
      day: number,
      'proof',
      topic: string,
      proof: string,
      seats: readonly Seat[],
      status: 'preparing' | 'prepared' | 'presented' | 'accepted',
    ]
  | readonly [day: number, 'stance', seat: Seat, value: number]
  | readonly [day: number, 'hold', state: 'asked' | 'given']
  | readonly [day: number, 'rival', seat: Seat]
  | readonly [day: number, 'ucv']
  | readonly [day: number, 'estimate', value: number]
  | readonly [day: number, 'milestone', step: string, done: boolean]
  | readonly [day: number, 'plans', play: string, seats: readonly Seat[]]
  | readonly [day: number, 'closes', 'won' | 'lost' | 'no-decision']

export interface Storyline {
  /** How much of the homework on proofs the team does, and how early. */
  kit?: 'early' | 'half' | 'little'
  traits?: readonly string[]
  steps: readonly Step[]
}

const discovery: Step[] = [
  [0, 'hears', 'just_learning'],
  [9, 'does', 'insight_briefing', ['tech'], 'need', 6],
  [18, 'hears', 'pain_admitted'],
  [18, 'stance', 'tech', 1],
  [30, 'does', 'arrange_base', ['user', 'tech'], 'need', 8],
  [38, 'hears', 'pain_quantified'],
  [46, 'proof', 'pain_quantified', 'loss_calculation', ['user'], 'presented'],
]

export const STORYLINES = {
  /** Ahead all the way: the top registered early, risk answered before it is asked. */
  ahead: {
    kit: 'early',
    steps: [
      [0, 'hears', 'exec_strategy_announced'],
      [6, 'does', 'register_exec', ['top'], 'need', 3],
      [14, 'hears', 'pain_admitted'],
      [20, 'does', 'insight_briefing', ['deputy', 'tech'], 'need', 8],
      [24, 'stance', 'deputy', 1],
      [34, 'hears', 'exec_meeting_accepted'],
      [40, 'does', 'exec_discovery', ['top'], 'need', 6],
      [41, 'hears', 'exec_asks_business_value'],
      [44, 'ucv'],
      [48, 'hears', 'pain_quantified'],
      [52, 'proof', 'pain_quantified', 'loss_calculation', ['user', 'deputy'], 'accepted'],
      [56, 'does', 'hold_commitment', ['top'], 'need', 2],
      [56, 'hold', 'asked'],
      [62, 'hears', 'workgroup_formed'],
      [62, 'milestone', 'workgroup-formed', true],
      [70, 'does', 'joint_plan', ['deputy', 'tech'], 'solution', 8],
      [78, 'hears', 'exec_holds_commitment'],
      [78, 'hold', 'given'],
      [85, 'hears', 'business_case_requested'],
      [96, 'proof', 'business_case', 'case_with_their_numbers', ['deputy', 'top'], 'presented'],
      [104, 'does', 'risk_prefiling', ['deputy', 'tech'], 'risk', 10],
      [108, 'proof', 'local_support', 'sla', ['user'], 'presented'],
      [112, 'proof', 'implementation', 'named_team', ['tech', 'deputy'], 'presented'],
      [116, 'hears', 'budget_approved'],
      [116, 'milestone', 'budget-approval', true],
      [124, 'hears', 'requirements_shared'],
      [132, 'does', 'reference_visit', ['deputy', 'tech', 'user'], 'risk', 24],
      [133, 'hears', 'reference_site_visit'],
      [134, 'proof', 'reference', 'visit_reference', ['deputy', 'tech'], 'accepted'],
      [140, 'hears', 'formal_demo_requested'],
      [150, 'proof', 'demonstration', 'scripted_demo', ['tech', 'user'], 'accepted'],
      [152, 'stance', 'tech', 2],
      [160, 'hears', 'scoring_done'],
      [166, 'hears', 'what_if_questions'],
      [170, 'does', 'peer_exec_exchange', ['top'], 'risk', 8],
      [172, 'proof', 'vendor_viability', 'financials', ['buyer', 'top'], 'accepted'],
      [178, 'estimate', 0.7],
      [184, 'hears', 'verbal_yes'],
      [190, 'plans', 'exec_close', ['top']],
      [196, 'hears', 'legal_redlines'],
      [206, 'closes', 'won'],
      [208, 'hears', 'contract_signed'],
      [224, 'hears', 'kickoff_held'],
      [300, 'hears', 'gone_live'],
      [340, 'hears', 'expansion_inquiry'],
    ],
  },
  /** Loved at once, and nobody prepared for the questions at the end. */
  loved: {
    traits: ['unknown_vendor', 'no_local_presence'],
    steps: [
      [0, 'hears', 'excited_first_meeting'],
      [4, 'does', 'insight_briefing', ['tech'], 'need', 6],
      [10, 'stance', 'tech', 2],
      [12, 'hears', 'pain_admitted'],
      [21, 'estimate', 0.8],
      [24, 'does', 'arrange_base', ['user', 'tech'], 'solution', 12],
      [33, 'hears', 'champion_sells_inside'],
      [45, 'hears', 'requirements_shared'],
      [58, 'hears', 'formal_demo_requested'],
      [66, 'proof', 'demonstration', 'standard_demo', ['tech', 'user'], 'accepted'],
      [80, 'hears', 'user_trial_feedback'],
      [94, 'hears', 'asks_references'],
      [108, 'hears', 'asks_local_support'],
      [116, 'hears', 'asks_vendor_viability'],
      [120, 'proof', 'vendor_viability', 'investor_letter', ['buyer'], 'preparing'],
      [131, 'hears', 'cfo_enters'],
      [140, 'hears', 'asks_financial_statements'],
      [152, 'hears', 'unexplained_hesitation'],
      [175, 'closes', 'lost'],
    ],
  },
  /** The working level is ours, the number one has only seen the rival. */
  topMissing: {
    kit: 'little',
    steps: [
      ...discovery,
      [52, 'stance', 'user', 1],
      [60, 'hears', 'problem_owner_named'],
      [64, 'hears', 'remote_top_leader'],
      [72, 'does', 'arrange_base', ['deputy', 'tech'], 'solution', 10],
      [80, 'stance', 'deputy', 1],
      [88, 'hears', 'project_approved'],
      [88, 'milestone', 'project-approval', true],
      [96, 'proof', 'fit', 'requirement_match', ['tech', 'user'], 'presented'],
      [110, 'hears', 'deputy_won_over'],
      [110, 'stance', 'deputy', 2],
      [118, 'rival', 'top'],
      [126, 'proof', 'demonstration', 'scripted_demo', ['tech', 'user'], 'accepted'],
      [130, 'estimate', 0.85],
      [140, 'hears', 'top_not_met'],
      [148, 'hears', 'competitor_met_top'],
      [160, 'hears', 'what_if_questions'],
      [172, 'hears', 'unexplained_hesitation'],
      [196, 'closes', 'lost'],
    ],
  },
  /** Late into somebody else's race; risk first is the way in. */
  late: {
    kit: 'half',
    traits: ['public_tender'],
    steps: [
      [0, 'hears', 'rfp_issued'],
      [0, 'milestone', 'tender-notice', true],
      [3, 'hears', 'competitor_named'],
      [5, 'does', 'intel_sprint', ['user'], 'solution', 16],
      [9, 'hears', 'coach_inside_info'],
      [14, 'does', 'risk_workshop', ['tech', 'user'], 'risk', 12],
      [17, 'hears', 'asks_migration_cutover'],
      [20, 'proof', 'implementation', 'failure_story', ['tech', 'user'], 'presented'],
      [26, 'hears', 'deep_technical_questions'],
      [33, 'hears', 'bid_clarification'],
      [40, 'proof', 'fit', 'requirement_match', ['tech'], 'presented'],
      [47, 'hears', 'shortlisted'],
      [47, 'milestone', 'shortlist', true],
      [55, 'stance', 'tech', 1],
      [62, 'hears', 'asks_references'],
      [70, 'proof', 'reference', 'case_sheet', ['deputy', 'tech'], 'presented'],
      [78, 'hears', 'discount_demanded'],
      [84, 'estimate', 0.4],
      [95, 'closes', 'won'],
    ],
  },
  /** Went well, then silence. */
  stalled: {
    kit: 'half',
    steps: [
      ...discovery,
      [58, 'hears', 'workgroup_formed'],
      [74, 'hears', 'business_case_requested'],
      [90, 'proof', 'business_case', 'case_draft', ['deputy'], 'presented'],
      [92, 'estimate', 0.6],
      [104, 'hears', 'meeting_cancelled'],
      [118, 'hears', 'calls_unreturned'],
      [140, 'hears', 'budget_cut_or_frozen'],
      [190, 'does', 'stall_recovery', ['deputy'], 'need', 4],
      [230, 'hears', 'no_urgency'],
      [260, 'closes', 'no-decision'],
    ],
  },
  /** Price, price, price: cheap to lose. */
  price: {
    kit: 'little',
    traits: ['commodity', 'public_tender'],
    steps: [
      [0, 'hears', 'incumbent_contract_expiring'],
      [12, 'does', 'arrange_base', ['buyer', 'tech'], 'cost', 4],
      [26, 'hears', 'requirements_shared'],
      [40, 'hears', 'criteria_weights_set'],
      [40, 'milestone', 'criteria-set', true],
      [55, 'hears', 'rfp_issued'],
      [60, 'rival', 'buyer'],
      [68, 'hears', 'comparison_matrix'],
      [75, 'hears', 'procurement_contact_new'],
      [84, 'hears', 'only_price_talk'],
      [90, 'proof', 'price_position', 'total_cost', ['buyer'], 'presented'],
      [98, 'hears', 'discount_demanded'],
      [100, 'estimate', 0.5],
      [112, 'hears', 'payment_terms_discussed'],
      [124, 'closes', 'lost'],
    ],
  },
  /** Early: a goal, an executive, no project yet. */
  early: {
    kit: 'early',
    steps: [
      [0, 'hears', 'exec_strategy_announced'],
      [8, 'does', 'insight_briefing', ['tech'], 'need', 5],
      [20, 'hears', 'performance_miss_disclosed'],
      [32, 'does', 'register_exec', ['top'], 'need', 3],
      [45, 'hears', 'pain_admitted'],
      [50, 'stance', 'tech', 1],
      [66, 'hears', 'exec_intro_offered'],
      [80, 'plans', 'exec_discovery', ['top']],
      [84, 'estimate', 0.3],
      [100, 'hears', 'problem_owner_named'],
    ],
  },
  /** A good middle: base and deputy are there, the risk file is being built. */
  building: {
    kit: 'half',
    steps: [
      ...discovery,
      [55, 'hears', 'incident_triggered'],
      [60, 'hears', 'top_priority_with_date'],
      [66, 'does', 'register_exec', ['top'], 'need', 3],
      [70, 'stance', 'deputy', 1],
      [78, 'ucv'],
      [84, 'hears', 'budget_requested'],
      [92, 'does', 'joint_plan', ['deputy', 'tech', 'user'], 'solution', 10],
      [100, 'hears', 'decision_process_explained'],
      [104, 'proof', 'fit', 'solution_paper', ['tech', 'user'], 'presented'],
      [112, 'hears', 'exec_meeting_accepted'],
      [118, 'does', 'exec_discovery', ['top'], 'need', 5],
      [124, 'hears', 'poc_requested'],
      [130, 'proof', 'proof_of_concept', 'poc_report', ['tech', 'user'], 'preparing'],
      [138, 'hears', 'integration_questions'],
      [146, 'proof', 'local_support', 'partner_contract', ['user', 'deputy'], 'preparing'],
      [150, 'estimate', 0.55],
      [156, 'hears', 'security_questionnaire'],
      [165, 'plans', 'reference_visit', ['deputy', 'tech']],
      [172, 'hears', 'career_fear'],
      [185, 'plans', 'peer_exec_exchange', ['top']],
      [200, 'hears', 'verbal_yes'],
      [215, 'hears', 'signature_workflow'],
    ],
  },
} as const satisfies Record<string, Storyline>

export type StorylineName = keyof typeof STORYLINES
