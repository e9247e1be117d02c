import { describe, expect, test } from 'vitest'
import { differences } from '../src/features/settings/differences.ts'
import { mappingOf, missingFields } from '../src/features/settings/mapping.ts'

describe('the mapping of an import', () => {
  test('says our field to their column, and leaves out what was left out', () => {
    expect(mappingOf({ 'Opportunity Name': 'name', Stage: null, 金额: 'amount' })).toEqual({
      name: 'Opportunity Name',
      amount: '金额',
    })
  })

  test('names the fields a table must have; a file that is no table needs none', () => {
    const known = [
      { name: 'name', required: true },
      { name: 'amount', required: false },
    ]
    expect(missingFields(known, { A: null, B: 'amount' })).toEqual([known[0]])
    expect(missingFields(known, { A: 'name' })).toEqual([])
    expect(missingFields(known, {})).toEqual([])
  })
})

describe('the audit trail', () => {
  test('shows what differs and from which value to which, not what changes with every write', () => {
    expect(
      differences({ name: 'a', version: 1, updatedAt: 'x' }, { name: 'b', version: 2, updatedAt: 'y', goal: 'z' }),
    ).toEqual([
      { name: 'name', before: 'a', after: 'b' },
      { name: 'goal', before: undefined, after: 'z' },
    ])
    expect(differences({ name: 'a' }, null)).toEqual([{ name: 'name', before: 'a', after: undefined }])
  })
})
