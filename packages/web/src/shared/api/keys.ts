/** Every query's key begins with its area, so that a change can say "all lists of deals" or "this deal and what hangs on it". */
export const keys = {
  me: ['me'] as const,
  members: ['members'] as const,
  workspace: ['workspace'] as const,
  today: ['today'] as const,
  deals: ['deals'] as const,
  accounts: ['accounts'] as const,
  account: (accountId: string) => ['accounts', accountId] as const,
  deal: (dealId: string) => ['deal', dealId] as const,
  dealWhole: (dealId: string) => ['deal', dealId, 'whole'] as const,
  dealPlan: (dealId: string) => ['deal', dealId, 'plan'] as const,
  dealHistory: (dealId: string) => ['deal', dealId, 'history'] as const,
  dealShares: (dealId: string) => ['deal', dealId, 'shares'] as const,
}
