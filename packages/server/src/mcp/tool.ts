import type { Text } from '@sente/engine'
import type { Permission } from '@sente/api'
import type { z } from 'zod'
import type { Desk } from './desk.ts'

/** One tool: what it is called, what it takes and gives, who may use it, and what does the work. */
export interface Tool {
  name: string
  title: Text
  description: Text
  /** An object with plain properties: what assistants are told of a union is nothing. */
  input: z.ZodObject
  /** What an answer consists of; keys it does not name are cut. */
  output: z.ZodObject
  needs: readonly Permission[]
  /** Only where the deals are in a workspace. */
  workspaceOnly?: true
  /** It writes, at least when it is confirmed. */
  writes?: true
  run(input: never, desk: Desk): Promise<object>
}

export const tool = <I extends z.ZodObject, O extends z.ZodObject>(
  declared: Omit<Tool, 'input' | 'output' | 'run'> & {
    input: I
    output: O
    run: (input: z.output<I>, desk: Desk) => Promise<z.input<O>>
  },
): Tool => declared as unknown as Tool
