import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createConfig, lint } from '@redocly/openapi-core'
import { expect, it } from 'vitest'
import { allContracts } from '../../src/http/table.ts'
import { TAGS } from '../../src/http/openapi-tags.ts'

const DOCUMENT = fileURLToPath(new URL('../../openapi.json', import.meta.url))

it('the document of the API has no fault and no warning that an independent linter of OpenAPI finds', async () => {
  const config = await createConfig({
    extends: ['recommended'],
    // Records whose keys are named by `required` alone: JSON Schema says so, and the rule looks for `properties`.
    rules: { 'no-required-schema-properties-undefined': 'off' },
  })
  const problems = await lint({ ref: DOCUMENT, config })
  expect(problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)).toEqual([])
})

it('every part of the API says what it is about', async () => {
  const tags = new Set(allContracts().map(({ contract }) => contract.tag))
  expect(Object.keys(TAGS).sort()).toEqual([...tags].sort())
  expect(await readFile(DOCUMENT, 'utf8')).toContain(TAGS['Webhooks'])
})
