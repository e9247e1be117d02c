import { readFileSync } from 'node:fs'
import { openReader } from '../src/index.ts'

export const SIGNALS = (
  JSON.parse(readFileSync(new URL('../../../methodology/signals.json', import.meta.url), 'utf8')) as {
    signals: { id: string; patterns: { en: string; zh: string } }[]
  }
).signals
export const MODEL_FILE = readFileSync(new URL('../model.bin', import.meta.url))
export const reader = openReader(MODEL_FILE, SIGNALS)
